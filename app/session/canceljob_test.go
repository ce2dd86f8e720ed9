package session

import "testing"

// A frame whose load was canceled alone would be asked for again at once.
func TestACanceledLoadIsNotAskedForAgainUntilItIsReloaded(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Window: 8}, 1, 4)
	r, id := p.waiting[1], p.ids[1]
	s.CancelJob(id)
	asked := func() bool {
		for _, w := range p.waiting {
			if w.Frame == r.Frame {
				return true
			}
		}
		return false
	}
	if st, _ := l.State(r.Frame); asked() || st != Failed || l.Failure(r.Frame) != canceledByHand {
		t.Errorf("frame %v is %v, asked for: %v, because %q", r.Frame, st, asked(), l.Failure(r.Frame))
	}
	if n := p.loads(); n != 3 {
		t.Errorf("%d loads go on, want 3", n)
	}
	s.CancelJob(0)
	s.CancelJob(999)
	if n := p.loads(); n != 3 {
		t.Errorf("%d loads go on after jobs were canceled that do not exist", n)
	}
	s.Reload(l)
	if !asked() && len(s.Readings()) == 0 {
		t.Error("reloading does not ask for the frame")
	}
}
