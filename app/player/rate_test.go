package player

import (
	"math"
	"slices"
	"testing"
	"time"

	"iceexplorer/cache"
)

func TestFramesBetweenWholeOnesTakeTheirPartOfTheTime(t *testing.T) {
	t.Parallel()
	frames := []cache.Number{101, 101.25, 101.5, 101.75, 102, 103, 104, 104.5}
	// From each to the next, in quarters of a period; the last as long as the one before.
	quarters := []int{1, 1, 1, 1, 4, 4, 2, 2}
	for _, mode := range []Mode{EveryFrame, RealTime} {
		for _, dir := range []int{1, -1} {
			p := player(frames...)
			p.SetMode(mode)
			p.turn(dir)
			if dir < 0 {
				p.Last()
			}
			p.Advance(t0)
			c := start(p)
			for round := range 2 {
				for k := range frames {
					wait, next := quarters[k], frames[(k+1)%len(frames)]
					if dir < 0 { // it stands on a frame for as long as it is to the one it goes to
						i := len(frames) - 1 - k
						next = frames[(i+len(frames)-1)%len(frames)]
						wait = quarters[(i+len(quarters)-1)%len(quarters)]
						if i == 0 {
							wait = quarters[0]
						}
					}
					head, _ := p.Head()
					if due, ok := p.NextDue(c.now); !ok || due.Sub(c.now) != time.Duration(wait)*tenth/4 {
						t.Fatalf("%v, direction %d, round %d: after %v the next is due in %v", mode, dir, round, head, due.Sub(c.now))
					}
					if got := c.run(wait, tenth/4); !slices.Equal(got, []cache.Number{next}) {
						t.Fatalf("%v, direction %d, round %d: %v is followed by %v, not by %v alone", mode, dir, round, head, got, next)
					}
				}
			}
			if p.Dropped() != 0 {
				t.Errorf("%v: dropped %d", mode, p.Dropped())
			}
		}
	}
}

func TestRealTimeDropsFramesBetweenWholeOnesThatAreTooMany(t *testing.T) {
	t.Parallel()
	var frames []cache.Number
	for n := cache.Number(0); n < 10; n += 0.25 {
		frames = append(frames, n)
	}
	p := player(frames...)
	p.SetMode(RealTime)
	c := start(p)
	if got := c.run(9, tenth); !slices.Equal(got, span(1, 9)) || p.Dropped() != 27 {
		t.Errorf("heads %v, dropped %d", got, p.Dropped())
	}
	if r := p.Measured(c.now); math.Abs(r-2.5) > 0.01 {
		t.Errorf("a quarter of the frames was shown, and %v fps measured", r)
	}
	p = player(frames...)
	c = start(p)
	c.run(36, tenth/4)
	if r := p.Measured(c.now); math.Abs(r-10) > 0.01 {
		t.Errorf("all frames were shown in time, and %v fps measured", r)
	}
}

func TestEveryFrameKeepsTheRateWithoutDrift(t *testing.T) {
	t.Parallel()
	p := New()
	p.SetFPS(23.976)
	p.SetFrames(span(0, 999), false)
	c := start(p)
	got := c.run(10*1000/7, 7*time.Millisecond) // dt does not divide the period
	want := int(c.now.Sub(t0).Seconds() * 23.976)
	if len(got) < want-1 || len(got) > want {
		t.Errorf("%d frames in %v, want %d", len(got), c.now.Sub(t0), want)
	}
}

func TestEveryFrameSkipsNothingWhenLate(t *testing.T) {
	t.Parallel()
	p := player(span(0, 99)...)
	c := start(p)
	if got := c.run(4, 350*time.Millisecond); !slices.Equal(got, []cache.Number{1, 2, 3, 4}) {
		t.Errorf("heads %v", got)
	}
	if due, ok := p.NextDue(c.now); !ok || due.After(c.now) {
		t.Errorf("late playback is due at once, not in %v (%v)", due.Sub(c.now), ok)
	}
	c.run(1, time.Millisecond)
	if got := c.run(20, 5*time.Millisecond); len(got) != 1 {
		t.Errorf("lateness was made up by a burst: %v", got)
	}
	if p.Dropped() != 0 {
		t.Errorf("dropped %d", p.Dropped())
	}
}

func TestEveryFrameWaitsForAFrameNotReady(t *testing.T) {
	t.Parallel()
	p := player(span(0, 9)...)
	ready := map[cache.Number]bool{0: true, 1: true, 3: true}
	p.Ready = func(f cache.Number) bool { return ready[f] }
	c := start(p)
	if got := c.run(10, tenth); !slices.Equal(got, []cache.Number{1}) || !p.Waiting() {
		t.Fatalf("heads %v, waiting %v", got, p.Waiting())
	}
	if due, ok := p.NextDue(c.now); ok {
		t.Errorf("a held player asks to be woken in %v", due.Sub(c.now))
	}
	ready[2] = true
	if due, ok := p.NextDue(c.now); !ok || due.After(c.now) {
		t.Errorf("a frame that came is not due at once: %v %v", due, ok)
	}
	if got := c.run(1, time.Millisecond); !slices.Equal(got, []cache.Number{2}) || p.Waiting() {
		t.Errorf("heads %v, waiting %v", got, p.Waiting())
	}
	if got := c.run(1, tenth-time.Millisecond); got != nil {
		t.Errorf("the awaited frame was not given its whole period: %v", got)
	}
	if got := c.run(1, time.Millisecond); !slices.Equal(got, []cache.Number{3}) {
		t.Errorf("heads %v", got)
	}
	p.Stop()
	if p.Waiting() {
		t.Error("a stopped player waits")
	}
}

func TestRealTimeKeepsTheClockAndCountsDrops(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		loop  Loop
		dt    time.Duration
		ready func(cache.Number) bool
		want  []cache.Number
		drops int
	}{
		{"on time", Around, tenth, nil, []cache.Number{1, 2, 3, 4}, 0},
		{"every second", Around, 2 * tenth, nil, []cache.Number{2, 4, 6, 8}, 4},
		{"half a period late", Around, 150 * time.Millisecond, nil, []cache.Number{1, 3, 4, 6}, 2},
		{"wraps", Around, 9 * tenth, nil, []cache.Number{9, 8, 7, 6}, 32},
		{"ends", Once, 8 * tenth, nil, []cache.Number{8, 9}, 7},
		{"turns", PingPong, 5 * tenth, nil, []cache.Number{5, 8, 3, 2}, 16},
		{"due but not ready", Around, tenth, func(f cache.Number) bool { return int(f)%2 == 0 }, []cache.Number{1, 2, 3, 4}, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := player(span(0, 9)...)
			p.SetMode(RealTime)
			p.SetLoop(c.loop)
			p.Ready = c.ready
			if got := start(p).run(4, c.dt); !slices.Equal(got, c.want) || p.Dropped() != c.drops {
				t.Errorf("heads %v, dropped %d; want %v, %d", got, p.Dropped(), c.want, c.drops)
			}
		})
	}
}

func TestRealTimeSurvivesALongSleepOfTheMachine(t *testing.T) {
	t.Parallel()
	p := player(span(0, 9)...)
	p.SetMode(RealTime)
	c := start(p)
	c.run(1, 30*24*time.Hour)
	if got := c.run(2, tenth); len(got) != 2 {
		t.Errorf("heads %v", got)
	}
}

func TestClockThatWentBackStartsAnew(t *testing.T) {
	t.Parallel()
	p := player(span(0, 9)...)
	c := start(p)
	c.now = c.now.Add(-time.Hour)
	if got := c.run(3, tenth); !slices.Equal(got, []cache.Number{1, 2}) {
		t.Errorf("heads %v", got)
	}
}

func TestSpeedScalesTheRate(t *testing.T) {
	t.Parallel()
	p := player(span(0, 9999)...)
	p.SetSpeed(0.1)
	c := start(p)
	if got := c.run(100, tenth); len(got) != 10 {
		t.Errorf("a tenth of 10 fps for 10 s showed %d frames", len(got))
	}
	p.SetSpeed(2)
	if got := c.run(200, tenth/2); len(got) < 199 || len(got) > 201 {
		t.Errorf("twice 10 fps for 10 s showed %d frames", len(got))
	}
}

func TestNextDueLeadsFromFrameToFrame(t *testing.T) {
	t.Parallel()
	p := player(span(0, 9)...)
	if due, ok := p.NextDue(t0); ok {
		t.Fatalf("a stopped player is due in %v", due.Sub(t0))
	}
	p.Play()
	now := t0
	for want := range 5 {
		p.Advance(now)
		if h, _ := p.Head(); h != cache.Number(want) {
			t.Fatalf("at %v: head %v, want %v", now.Sub(t0), h, want)
		}
		due, ok := p.NextDue(now)
		if !ok || due.Sub(now) != tenth {
			t.Fatalf("due in %v (%v)", due.Sub(now), ok)
		}
		now = due
	}
	p.Step(1)
	if due, ok := p.NextDue(now); !ok || due.After(now) {
		t.Error("a stepped head is to be drawn at once")
	}
	p.SetFrames([]cache.Number{4}, false)
	p.Play()
	p.Advance(now)
	if _, ok := p.NextDue(now); ok {
		t.Error("one frame looping on itself keeps the window awake")
	}
}

func TestMeasuredRateIsWhatWasShown(t *testing.T) {
	t.Parallel()
	p := player(span(0, 999)...)
	c := start(p)
	if r := p.Measured(c.now); r != 0 {
		t.Errorf("%v before the first frame", r)
	}
	c.run(20, tenth)
	if r := p.Measured(c.now); math.Abs(r-10) > 0.01 {
		t.Errorf("%v, want 10", r)
	}
	c.run(40, 2*tenth)
	if r := p.Measured(c.now); math.Abs(r-5) > 0.01 {
		t.Errorf("%v, want 5", r)
	}
	if r := p.Measured(c.now.Add(time.Minute)); r > 0.5 {
		t.Errorf("%v after a minute without a frame", r)
	}
	p.Stop()
	if r := p.Measured(c.now); r != 0 {
		t.Errorf("%v when stopped", r)
	}
}
