package session

import (
	"testing"
	"testing/synctest"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// slowToClose answers all loads with frames that take a second to unmap.
func slowToClose(t *testing.T, p *fakePool) {
	t.Helper()
	for len(p.waiting) > 0 {
		built := p.frame()
		f, err := cache.NewFrame(built.Index(), make([]byte, 64), func() error {
			time.Sleep(time.Second)
			p.closed.Add(1)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		r, id := p.take(0)
		r.Done(jobs.Result{ID: id, Request: r, Frame: f, Mapped: true})
	}
}

// To close thousands of frames the loop stood still.
func TestFramesAreUnmappedBesideTheLoop(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do    func(*Session, *Layer)
		frees int32
	}{
		"close":     {(*Session).CloseLayer, 4},
		"close all": {func(s *Session, _ *Layer) { s.CloseAll() }, 4},
		"reload":    {(*Session).Reload, 3}, // one is held on the screen
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s, p, l := open(t, Options{Patience: 5 * time.Millisecond}, 1, 4)
				l.Seq.Whole = false // no folder is read
				slowToClose(t, p)
				posted := make(chan func(), 16)
				s.post = func(f func()) { posted <- f }
				begun := time.Now()
				c.do(s, l)
				if waited := time.Since(begun); waited > 5*time.Millisecond || p.closed.Load() != 0 {
					t.Errorf("the loop waited for %v, %d frames closed", waited, p.closed.Load())
				}
				made := make(chan bool, 1)
				go func() { made <- s.AskRoom(t.Context(), jobs.Need{Mapping: true}, jobs.Request{Layer: l.ID, Frame: 1}) }()
				synctest.Wait()
				(<-posted)() // asks
				for len(made) == 0 {
					(<-posted)()
					synctest.Wait()
				}
				if n := p.closed.Load(); n != c.frees || !<-made {
					t.Errorf("%d frames are closed when there is said to be room", n)
				}
			})
		})
	}
}
