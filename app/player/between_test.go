package player

import (
	"math"
	"testing"
	"time"

	"iceexplorer/cache"
)

func near(a, b cache.Number) bool { return math.Abs(float64(a-b)) < 1e-6 }

// At a tenth of the rate the head passes what is between frames, in both directions; at the
// rate itself it stands on frames.
func TestSlowPlayPassesWhatIsBetweenFrames(t *testing.T) {
	t.Parallel()
	for _, mode := range []Mode{EveryFrame, RealTime} {
		for _, dir := range []int{1, -1} {
			p := player(span(1, 9)...) // 10 frames a second
			p.SetBetween(true)
			p.SetMode(mode)
			p.SetSpeed(0.1)
			p.Seek(5)
			p.PlayDir(dir)
			p.Advance(t0)
			for i := 1; i <= 25; i++ {
				p.Advance(t0.Add(time.Duration(i) * tenth))
				if want := 5 + cache.Number(dir*i)/10; !near(p.Position(), want) {
					t.Fatalf("%v: after %d tenths of a second in direction %d at %v, want %v", mode, i, dir, p.Position(), want)
				}
				if h, _ := p.Head(); math.Abs(float64(h-p.Position())) >= 1+1e-9 {
					t.Fatalf("the head is at %v", h)
				}
			}
			p.Stop()
			if want := 5 + cache.Number(dir)*2.5; !near(p.Position(), want) {
				t.Errorf("%v: stopped at %v, want %v", mode, p.Position(), want)
			}
			if h, _ := p.Head(); h != cache.Number(math.Floor(5+float64(dir)*2.5)) {
				t.Errorf("%v: the head rests on %v", mode, h)
			}
			p.Play() // goes on from there
			p.Advance(t0.Add(time.Minute))
			p.Advance(t0.Add(time.Minute + tenth))
			if want := 5 + cache.Number(dir)*2.6; !near(p.Position(), want) {
				t.Errorf("%v in direction %d: goes on at %v, want %v", mode, dir, p.Position(), want)
			}
			p.SetSpeed(1)
			p.Advance(t0.Add(time.Minute + tenth*3/2))
			if h, _ := p.Head(); p.Position() != h {
				t.Errorf("at full speed at %v, between frames", p.Position())
			}
		}
	}
}

func TestTheHeadRestsBetweenFramesOnlyIfItMay(t *testing.T) {
	t.Parallel()
	p := player(1, 2, 5, 5.5, 6)
	p.Seek(2.25)
	if h, _ := p.Head(); h != 2 || p.Position() != 2 || p.Nearest(2.25) != 2 {
		t.Errorf("at %v, %v", h, p.Position())
	}
	p.SetBetween(true)
	for _, tc := range []struct{ seek, at, head cache.Number }{
		{2.25, 2.25, 2}, {3.5, 3.5, 3}, {5.2, 5.2, 5}, {5.75, 5.75, 5.5}, {9, 6, 6}, {-3, 1, 1}, {2, 2, 2},
	} {
		p.Seek(tc.seek)
		if h, _ := p.Head(); !near(p.Position(), tc.at) || h != tc.head {
			t.Errorf("to %v: at %v, the head on %v", tc.seek, p.Position(), h)
		}
	}
	step := func(from cache.Number, how func(), want cache.Number) {
		t.Helper()
		p.Seek(from)
		how()
		if p.Position() != want {
			t.Errorf("from %v to %v, want %v", from, p.Position(), want)
		}
	}
	step(2.25, func() { p.Step(1) }, 3)
	step(2.25, func() { p.Step(-1) }, 2)
	step(2.25, func() { p.StepFrame(1) }, 5)
	step(2.25, func() { p.StepFrame(-1) }, 2)
	step(5.75, func() { p.StepFrame(-1) }, 5.5)
	step(5.75, func() { p.Stop() }, 5.75)
	step(5.75, func() { p.SetBetween(false) }, 5.5)
}
