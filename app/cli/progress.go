package cli

import (
	"fmt"
	"io"
	"time"

	"iceexplorer/app/export"
)

// progress is a line on a terminal that is drawn over and over; on anything else
// it is silent, or prints a line now and then.
type progress struct {
	w     io.Writer
	plain io.Writer // not nil: where lines go if there is no terminal
	shown bool
	total int
	start time.Time
	drawn time.Time
}

func newProgress(w io.Writer, total int) *progress {
	p := &progress{total: total, start: time.Now()}
	if isTerminal(w) {
		p.w = bare(w)
	}
	return p
}

// redrawEvery keeps the line from costing more than the work.
const redrawEvery = 50 * time.Millisecond

// plainEvery keeps logs short.
const plainEvery = 10 * time.Second

// draw shows how many frames are done; bytes may be 0.
func (p *progress) draw(done int, bytes uint64) {
	p.show(export.Progress{Done: done, Total: p.total, Bytes: bytes, Took: time.Since(p.start)})
}

// show is draw of a run.
func (p *progress) show(now export.Progress) {
	if p.w == nil && p.plain != nil {
		p.print(now, plainEvery)
		return
	}
	if p.w == nil || time.Since(p.drawn) < redrawEvery && now.Done < now.Total {
		return
	}
	p.drawn, p.shown = time.Now(), true
	fmt.Fprintf(p.w, "\r%s\x1b[K", now)
}

// print prints a line if the last one, or the start, is as long ago.
func (p *progress) print(now export.Progress, every time.Duration) {
	last := p.drawn
	if last.IsZero() {
		last = p.start
	}
	if time.Since(last) >= every && now.Done < now.Total {
		p.drawn = time.Now()
		fmt.Fprintf(p.plain, "iceexplorer: %s\n", now)
	}
}

// clear takes the line away, before other text and at the end.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
		p.drawn = time.Time{}
	}
}
