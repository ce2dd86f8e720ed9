package session

import (
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// lent is what became of a frame that was borrowed.
type lent struct {
	frame   *cache.Frame
	release func()
	err     error
	told    int
}

func (b *lent) take(f *cache.Frame, release func(), err error) {
	b.frame, b.release, b.err = f, release, err
	b.told++
}

func TestAFrameInMemoryIsBorrowedAtOnce(t *testing.T) {
	s, p, l := open(t, Options{}, 1, 3)
	p.serve(false)
	var b lent
	s.Borrow(l, 1, b.take)
	if b.told != 1 || b.frame != l.Frame(1) || b.frame == nil {
		t.Fatalf("%+v", b)
	}
	s.CloseLayer(l)
	if p.closed.Load() != 0 {
		t.Error("the frame was closed while it was lent")
	}
	if b.release(); p.closed.Load() != 1 {
		t.Error("the frame stays open")
	}
}

func TestAFrameThatIsNotInMemoryIsReadToBeBorrowed(t *testing.T) {
	s, p, l := open(t, Options{}, 1, 3)
	var b, never lent
	s.Borrow(l, 3, b.take)
	cancel := s.Borrow(l, 2, never.take)
	cancel()
	served := false
	for i := range p.waiting {
		if r := &p.waiting[i]; r.Layer == borrower {
			r, id := p.take(i)
			if r.Frame != 3 || r.Priority < 1000 {
				t.Errorf("frame %v at %d", r.Frame, r.Priority)
			}
			r.Done(jobs.Result{ID: id, Request: r, Frame: p.frame()})
			served = true
			break
		}
	}
	if !served || b.told != 1 || b.frame == nil || l.Frame(3) != nil || never.told != 0 {
		t.Fatalf("%v: %+v, %+v", served, b, never)
	}
	if b.release(); p.closed.Load() != 1 {
		t.Error("the frame stays open")
	}
	s.Borrow(l, 77, b.take)
	if b.told != 2 || b.err == nil {
		t.Errorf("%+v", b)
	}
}

// What made room for a frame that was borrowed came back at once, and drove out the next.
func TestOnlyTheFrameUnderTheHeadIsLoadedWhileFramesAreBorrowed(t *testing.T) {
	s, p, _ := open(t, Options{}, 1, 3)
	s.Lend(true)
	if s.pump(); p.loads() != 1 {
		t.Errorf("%d frames are being loaded", p.loads())
	}
	if s.Lend(false); p.loads() != 3 {
		t.Errorf("%d frames are being loaded afterwards", p.loads())
	}
}
