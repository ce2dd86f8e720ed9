package session

import (
	"testing"

	"iceexplorer/jobs"
)

// A window that was closed while it converted left the sample's folder on Windows: frames that it
// had not taken kept their files mapped.
func TestResultsThatNobodyTakesAreClosed(t *testing.T) {
	t.Parallel()
	s, p, _ := open(t, Options{}, 1, 2)
	take := s.post
	p.serve(false)
	var late []func()
	s.post = func(f func()) { late = append(late, f) } // the loop has ended
	r, id := p.take(0)
	r.Done(jobs.Result{ID: id, Request: r, Frame: p.frame(), Decoded: true})
	s.post = take
	s.CloseAll()
	closed := p.closed.Load()
	s.DropResults()
	s.DropResults()
	if got := p.closed.Load(); got != closed+1 {
		t.Errorf("%d frames were closed, want one", got-closed)
	}
	for _, f := range late {
		f()
	}
	if got := p.closed.Load(); got != closed+1 {
		t.Error("a frame was closed twice")
	}
}
