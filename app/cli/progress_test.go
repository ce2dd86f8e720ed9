package cli

import (
	"strings"
	"testing"
	"time"
)

func TestProgressIsOneLineOnATerminalAndNothingElsewhere(t *testing.T) {
	t.Parallel()
	var w strings.Builder
	p := newProgress(&w, 10)
	p.draw(5, 1000)
	p.clear()
	if w.Len() != 0 {
		t.Errorf("wrote %q to what is no terminal", w.String())
	}
	p = &progress{w: &w, total: 10, start: time.Now().Add(-time.Second)}
	p.draw(5, 3_000_000)
	p.draw(6, 3_000_000) // too soon
	got := w.String()
	if !strings.HasPrefix(got, "\r5 of 10 frames, 50 %, ") || !strings.Contains(got, " frames/s, ") || !strings.Contains(got, " MB/s, ") ||
		!strings.HasSuffix(got, " s left\x1b[K") || strings.Count(got, "\r") != 1 {
		t.Errorf("drew %q", got)
	}
	w.Reset()
	p.draw(10, 0)
	p.clear()
	p.clear()
	if got := w.String(); strings.Count(got, "\r") != 2 || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("ended with %q", got)
	}
}
