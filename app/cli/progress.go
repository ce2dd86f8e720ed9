package cli

import (
	"fmt"
	"io"
	"time"

	"iceexplorer/app/export"
)

// progress is a line on a terminal that is drawn over and over; on anything else
// it is silent.
type progress struct {
	w     io.Writer
	shown bool
	total int
	start time.Time
	drawn time.Time
}

func newProgress(w io.Writer, total int) *progress {
	p := &progress{total: total, start: time.Now()}
	if isTerminal(w) {
		p.w = w
	}
	return p
}

// redrawEvery keeps the line from costing more than the work.
const redrawEvery = 50 * time.Millisecond

// draw shows how many frames are done; bytes may be 0.
func (p *progress) draw(done int, bytes uint64) {
	if p.w == nil || time.Since(p.drawn) < redrawEvery && done < p.total {
		return
	}
	p.drawn, p.shown = time.Now(), true
	now := export.Progress{Done: done, Total: p.total, Bytes: bytes, Took: time.Since(p.start)}
	fmt.Fprintf(p.w, "\r%s\x1b[K", now)
}

// clear takes the line away, before other text and at the end.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
		p.drawn = time.Time{}
	}
}
