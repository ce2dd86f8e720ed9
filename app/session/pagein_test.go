package session

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"iceexplorer/app/disk"
	"iceexplorer/cache"
)

// heavyDisk takes its time to read frames: what is asked of it waits until the test
// lets it go on.
type heavyDisk struct {
	disk.System
	asked chan chan struct{}
}

func (d heavyDisk) Populate([]byte) {
	gate := make(chan struct{})
	d.asked <- gate
	<-gate
}

// heavily runs a test of four frames that are loaded but not in memory, by the bubble's
// clock.
func heavily(t *testing.T, test func(t *testing.T, s *Session, l *Layer, d heavyDisk, posted chan func())) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, posted := heavyDisk{asked: make(chan chan struct{}, 16)}, make(chan func(), 16)
		s, p, l := open(t, Options{Disk: d, Patience: 5 * time.Millisecond}, 1, 4)
		s.prefetches.Store(maxPrefetches) // this is about what nobody has brought in before
		s.post = func(f func()) { posted <- f }
		for len(p.waiting) > 0 {
			p.serve(true)
			for len(posted) > 0 {
				(<-posted)()
			}
		}
		test(t, s, l, d, posted)
		s.CloseAll()
		for len(d.asked) > 0 {
			close(<-d.asked)
		}
	})
}

func TestAFrameThatComesIntoMemorySlowlyIsShownWhenItIsThere(t *testing.T) {
	heavily(t, func(t *testing.T, s *Session, l *Layer, d heavyDisk, posted chan func()) {
		if sh := s.Shown(l); sh.Frame != nil || !strings.HasSuffix(sh.Why, "reading frame 1") || s.Settled(false) || s.Ready(1) {
			t.Errorf("before the first is in memory: %+v, settled %v, ready %v", sh, s.Settled(false), s.Ready(1))
		}
		told := 0
		s.Subscribe(func(Change) { told++ })
		close(<-d.asked)
		(<-posted)()
		one := s.Shown(l)
		if one.Number != 1 || one.Held || one.Why != "" || told == 0 || !s.Settled(false) || !s.Ready(1) {
			t.Fatalf("in memory: %+v, told %d times", one, told)
		}
		begun := time.Now()
		s.Seek(2)
		if waited := time.Since(begun); waited > 5*time.Millisecond {
			t.Errorf("the loop waited for %v", waited)
		}
		if sh := s.Shown(l); sh.Key != one.Key || !sh.Held || !strings.HasSuffix(sh.Why, "reading frame 2, still showing frame 1") {
			t.Errorf("the last picture is not held: %+v", sh)
		}
		begun = time.Now()
		for range 100 {
			s.Advance(begun)
			s.Shown(l)
		}
		if waited := time.Since(begun); waited > 0 {
			t.Errorf("drawing waited for %v more", waited)
		}
		close(<-d.asked)
		(<-posted)()
		if sh := s.Shown(l); sh.Number != 2 || sh.Held {
			t.Errorf("in memory: %+v", sh)
		}
	})
}

// A disk that does not answer is asked for a few frames alone, however far the head goes.
func TestTheFrameWantedLastIsShownAfterThoseThatAreStuck(t *testing.T) {
	heavily(t, func(t *testing.T, s *Session, l *Layer, d heavyDisk, posted chan func()) {
		begun := time.Now()
		for range 25 {
			for n := cache.Number(2); n <= 4; n++ {
				s.Seek(n)
			}
		}
		if waited := time.Since(begun); len(d.asked) != maxPageIns || waited > maxPageIns*5*time.Millisecond {
			t.Errorf("%d frames are asked for; the loop waited for %v", len(d.asked), waited)
		}
		for range maxPageIns {
			close(<-d.asked)
		}
		(<-posted)()
		close(<-d.asked)
		for synctest.Wait(); len(posted) > 0; {
			(<-posted)()
		}
		if sh := s.Shown(l); sh.Number != 4 || sh.Held {
			t.Errorf("shown %+v", sh)
		}
		synctest.Wait()
		if len(d.asked) != 0 || len(l.pageIns) != 0 {
			t.Errorf("%d frames are asked for still, %d waited for", len(d.asked), len(l.pageIns))
		}
	})
}

func TestPlayingEveryFrameWaitsForWhatComesIntoMemorySlowly(t *testing.T) {
	heavily(t, func(t *testing.T, s *Session, l *Layer, d heavyDisk, posted chan func()) {
		s.Play()
		now := time.Unix(1000, 0)
		var got []cache.Number
		for turn := range 40 {
			now = now.Add(time.Second)
			s.Advance(now)
			if sh := s.Shown(l); sh.Frame != nil && !sh.Held && (len(got) == 0 || got[len(got)-1] != sh.Number) {
				got = append(got, sh.Number)
			}
			if turn%3 == 0 && len(d.asked) > 0 {
				close(<-d.asked)
				(<-posted)()
			}
		}
		if text := fmt.Sprint(got); !strings.HasPrefix(text, "[1 2 3 4 1 2 3 4 ") {
			t.Errorf("shown were %s", text)
		}
	})
}

func TestAFrameThatIsClosedWhileItComesIntoMemoryStaysOpenUntilThen(t *testing.T) {
	heavily(t, func(t *testing.T, s *Session, l *Layer, d heavyDisk, posted chan func()) {
		p := s.pool.(*fakePool)
		s.CloseLayer(l)
		if n := p.closed.Load(); n != 3 {
			t.Errorf("%d frames closed, want all but the one that is read", n)
		}
		close(<-d.asked)
		(<-posted)()
		if n := p.closed.Load(); n != 4 {
			t.Errorf("%d frames closed in the end", n)
		}
	})
}
