package player

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"iceexplorer/cache"
)

var t0 = time.Unix(1_000_000, 0)

// clock drives a player with a fixed dt.
type clock struct {
	p   *Player
	now time.Time
}

func start(p *Player) *clock {
	c := &clock{p: p, now: t0}
	p.Play()
	p.Advance(c.now)
	return c
}

// run advances n times by dt and returns the heads after each change.
func (c *clock) run(n int, dt time.Duration) (heads []cache.Number) {
	for range n {
		c.now = c.now.Add(dt)
		if c.p.Advance(c.now) {
			h, _ := c.p.Head()
			heads = append(heads, h)
		}
	}
	return heads
}

func span(first, last int) (s []cache.Number) {
	for f := first; f <= last; f++ {
		s = append(s, cache.Number(f))
	}
	return s
}

func player(frames ...cache.Number) *Player {
	p := New()
	p.SetFPS(10)
	p.SetFrames(frames)
	p.Advance(t0)
	return p
}

const tenth = 100 * time.Millisecond

func TestPlayingVisitsFramesOfEachLoopMode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		frames []cache.Number
		loop   Loop
		dir    int
		from   cache.Number
		in     []cache.Number // in, out
		want   []cache.Number
		plays  bool
	}{
		{"around", span(1, 4), Around, 1, 1, nil, []cache.Number{2, 3, 4, 1, 2, 3, 4, 1}, true},
		{"around backwards", span(1, 4), Around, -1, 1, nil, []cache.Number{4, 3, 2, 1, 4, 3, 2, 1}, true},
		{"once", span(1, 4), Once, 1, 2, nil, []cache.Number{3, 4}, false},
		{"once backwards", span(1, 4), Once, -1, 3, nil, []cache.Number{2, 1}, false},
		{"ping-pong shows the ends once", span(1, 4), PingPong, 1, 1, nil, []cache.Number{2, 3, 4, 3, 2, 1, 2, 3}, true},
		{"ping-pong backwards", span(1, 4), PingPong, -1, 3, nil, []cache.Number{2, 1, 2, 3, 4, 3, 2, 1}, true},
		{"ping-pong over two", span(1, 2), PingPong, 1, 1, nil, []cache.Number{2, 1, 2, 1, 2, 1, 2, 1}, true},
		{"gaps and negative numbers take no time", []cache.Number{-7, -2, 100}, Around, 1, -7, nil, []cache.Number{-2, 100, -7, -2, 100, -7, -2, 100}, true},
		{"in and out", span(0, 9), Around, 1, 3, []cache.Number{3, 5}, []cache.Number{4, 5, 3, 4, 5, 3, 4, 5}, true},
		{"in and out on gaps", []cache.Number{0, 10, 20, 30, 40}, Around, 1, 10, []cache.Number{5, 35}, []cache.Number{20, 30, 10, 20, 30, 10, 20, 30}, true},
		{"from before the range", span(0, 9), Around, 1, 1, []cache.Number{3, 5}, []cache.Number{2, 3, 4, 5, 3, 4, 5, 3}, true},
		{"from behind the range", span(0, 9), Around, 1, 8, []cache.Number{3, 5}, []cache.Number{3, 4, 5, 3, 4, 5, 3, 4}, true},
		{"backwards from before the range", span(0, 9), Around, -1, 1, []cache.Number{3, 5}, []cache.Number{5, 4, 3, 5, 4, 3, 5, 4}, true},
		{"ping-pong from behind the range", span(0, 9), PingPong, 1, 8, []cache.Number{3, 5}, []cache.Number{7, 6, 5, 4, 3, 4, 5, 4}, true},
		{"single frame", []cache.Number{7}, Around, 1, 7, nil, nil, true},
		{"single frame once", []cache.Number{7}, Once, 1, 7, nil, nil, false},
		{"single frame ping-pong", []cache.Number{7}, PingPong, 1, 7, nil, nil, true},
		{"range without frames counts as none", []cache.Number{0, 10}, Around, 1, 0, []cache.Number{4, 6}, []cache.Number{10, 0, 10, 0, 10, 0, 10, 0}, true},
	} {
		for _, mode := range []Mode{EveryFrame, RealTime} {
			t.Run(c.name+"/"+mode.String(), func(t *testing.T) {
				t.Parallel()
				p := player(c.frames...)
				p.SetMode(mode)
				p.SetLoop(c.loop)
				if c.in != nil {
					p.SetIn(c.in[0])
					p.SetOut(c.in[1])
				}
				p.Seek(c.from)
				p.turn(c.dir)
				p.Advance(t0)
				got := start(p).run(8, tenth)
				if !slices.Equal(got, c.want) {
					t.Errorf("heads %v, want %v", got, c.want)
				}
				if p.Playing() != c.plays {
					t.Errorf("playing %v, want %v", p.Playing(), c.plays)
				}
				if p.Dropped() != 0 {
					t.Errorf("dropped %d with the clock kept", p.Dropped())
				}
			})
		}
	}
}

func TestALongWaitLeadsWhereShortOnesDo(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		quarters := make([]cache.Number, 1+rnd.IntN(7)) // a quarter, a whole or more apart
		for i := range quarters[1:] {
			quarters[i+1] = quarters[i] + []cache.Number{0.25, 0.5, 1, 1, 7}[rnd.IntN(5)]
		}
		last := len(quarters) - 1
		in := rnd.IntN(last + 1)
		out := in + rnd.IntN(last-in+1)
		loop, dir, from, wait := Loop(rnd.IntN(3)), 1-2*rnd.IntN(2), rnd.IntN(last+1), rnd.IntN(200)
		play := func() *Player {
			p := player(quarters...)
			p.SetMode(RealTime)
			p.SetLoop(loop)
			p.SetIn(quarters[in])
			p.SetOut(quarters[out])
			p.Seek(quarters[from])
			p.PlayDir(dir)
			p.Advance(t0)
			return p
		}
		one, many := play(), play()
		const tick = tenth / 4 // the least that two frames are apart
		one.Advance(t0.Add(time.Duration(wait) * tick))
		for i := range wait {
			many.Advance(t0.Add(time.Duration(i+1) * tick))
		}
		if one.at != many.at || one.playing != many.playing || in < out && one.dir != many.dir || !one.base.Equal(many.base) {
			t.Fatalf("%v of %v, in %d out %d: %d quarters from %d in direction %d lead to %d, %d at %v; one by one to %d, %d at %v",
				loop, quarters, in, out, wait, from, dir, one.at, one.dir, one.base.Sub(t0), many.at, many.dir, many.base.Sub(t0))
		}
	}
}

func TestFramesBetweenWholeOnesTakeTheirPartOfTheTime(t *testing.T) {
	t.Parallel()
	frames := []cache.Number{101, 101.25, 101.5, 101.75, 102, 103, 110, 110.5}
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
	p.SetFrames(span(0, 999))
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

func TestShuttleKeys(t *testing.T) {
	t.Parallel()
	p := player(span(0, 99)...)
	p.Seek(50)
	type state struct {
		playing bool
		dir     int
		boost   float64
	}
	for i, c := range []struct {
		key  int
		want state
	}{
		{1, state{true, 1, 1}}, {1, state{true, 1, 2}}, {1, state{true, 1, 4}}, {1, state{true, 1, 8}}, {1, state{true, 1, 8}},
		{-1, state{true, -1, 1}}, {-1, state{true, -1, 2}}, {0, state{false, -1, 1}}, {-1, state{true, -1, 1}}, {1, state{true, 1, 1}},
	} {
		p.Shuttle(c.key)
		if got := (state{p.Playing(), p.Dir(), p.Boost()}); got != c.want {
			t.Errorf("press %d (%+d): %+v, want %+v", i, c.key, got, c.want)
		}
	}
	if p.Rate() != 10 {
		t.Errorf("rate %v", p.Rate())
	}
}

func TestPlayingOnceFromTheEndStartsOver(t *testing.T) {
	t.Parallel()
	p := player(span(0, 9)...)
	p.SetLoop(Once)
	p.Last()
	p.PlayDir(1)
	if h, _ := p.Head(); h != 0 {
		t.Errorf("head %v", h)
	}
	p.Stop()
	p.PlayDir(-1)
	if h, _ := p.Head(); h != 9 {
		t.Errorf("head %v", h)
	}
}

func TestScrubbingSnapsToTheNearestFrame(t *testing.T) {
	t.Parallel()
	p := player(-10, -4, 3, 100)
	for seek, want := range map[cache.Number]cache.Number{
		-10: -10, -8: -10, -7: -10, -6: -4, 0: 3, 51: 3, 52: 100, 1 << 40: 100,
		-1e15: -10, 1e15: 100,
	} {
		p.Seek(seek)
		if h, _ := p.Head(); h != want {
			t.Errorf("seek %v led to %v, want %v", seek, h, want)
		}
	}
}

func TestScrubbingWhilePlayingGivesTheFrameItsPeriod(t *testing.T) {
	t.Parallel()
	p := player(span(0, 99)...)
	c := start(p)
	c.run(1, 90*time.Millisecond)
	p.Seek(40)
	got := c.run(11, 10*time.Millisecond)
	if !slices.Equal(got, []cache.Number{40, 41}) || !c.p.Playing() {
		t.Errorf("heads %v, playing %v", got, p.Playing())
	}
}

func TestStepStopsAndStaysWithinTheFrames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from cache.Number
		n    int
		want cache.Number
	}{
		{5, 1, 7}, {5, -1, 2}, {5, 100, 9}, {5, -100, 2}, {9, 1, 9}, {5, math.MaxInt, 9}, {5, math.MinInt, 2}, {5, 0, 5},
	} {
		p := player(2, 5, 7, 9)
		p.Seek(c.from)
		p.Play()
		p.Step(c.n)
		if h, _ := p.Head(); h != c.want || p.Playing() {
			t.Errorf("step %d from %v: %v, playing %v; want %v", c.n, c.from, h, p.Playing(), c.want)
		}
	}
}

func TestFirstAndLastGoToInAndOut(t *testing.T) {
	t.Parallel()
	p := player(span(0, 9)...)
	p.SetIn(2)
	p.SetOut(7)
	p.First()
	first, _ := p.Head()
	p.Last()
	last, _ := p.Head()
	if first != 2 || last != 7 {
		t.Errorf("%v and %v", first, last)
	}
}

func TestInAndOutThatCrossDropEachOther(t *testing.T) {
	t.Parallel()
	p := player(span(0, 9)...)
	p.SetOut(3)
	p.SetIn(5)
	if _, ok := p.Out(); ok {
		t.Error("the out point before the in point was kept")
	}
	if first, last, _ := p.Range(); first != 5 || last != 9 {
		t.Errorf("range %v-%v", first, last)
	}
	p.SetOut(2)
	if _, ok := p.In(); ok {
		t.Error("the in point after the out point was kept")
	}
	p.ClearRange()
	if first, last, _ := p.Range(); first != 0 || last != 9 {
		t.Errorf("range %v-%v", first, last)
	}
}

func TestNewFramesKeepTheHead(t *testing.T) {
	t.Parallel()
	p := player(1, 2, 3)
	p.Seek(3)
	p.Advance(t0)
	for _, c := range []struct {
		frames  []cache.Number
		head    cache.Number
		changed bool
	}{
		{[]cache.Number{9, 3, 1, 3, -5}, 3, false},
		{[]cache.Number{1, 2}, 2, true},
		{[]cache.Number{40, 50}, 40, true},
	} {
		p.SetFrames(c.frames)
		h, ok := p.Head()
		if changed := p.Advance(t0); h != c.head || !ok || changed != c.changed {
			t.Errorf("%v: head %v (%v), changed %v; want %v, %v", c.frames, h, ok, changed, c.head, c.changed)
		}
	}
	in := []cache.Number{3, 1}
	p.SetFrames(in)
	if in[0] != 3 {
		t.Error("the caller's slice was sorted")
	}
}

func TestWithoutFramesNothingHappens(t *testing.T) {
	t.Parallel()
	p := player(1, 2)
	p.Play()
	p.SetFrames(nil)
	if !p.Advance(t0) {
		t.Error("losing the frame under the head is a change")
	}
	p.Play()
	p.Shuttle(1)
	p.Seek(3)
	p.Step(1)
	p.First()
	p.Last()
	_, head := p.Head()
	_, _, rng := p.Range()
	_, due := p.NextDue(t0)
	if head || rng || due || p.Playing() || p.Index() != -1 || p.Ahead(3) != nil || p.Advance(t0.Add(time.Hour)) {
		t.Error("a player without frames does something")
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
	p.SetFrames([]cache.Number{4})
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

func TestAheadFollowsTheDirectionOfPlay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		loop Loop
		dir  int
		from cache.Number
		n    int
		want []cache.Number
	}{
		{"forward", Around, 1, 3, 4, []cache.Number{4, 5, 1, 2}},
		{"backward", Around, -1, 3, 99, []cache.Number{2, 1, 5, 4}},
		{"once", Once, 1, 3, 99, []cache.Number{4, 5}},
		{"ping-pong", PingPong, 1, 3, 99, []cache.Number{4, 5, 2, 1}},
		{"none", Around, 1, 3, 0, nil},
	} {
		p := player(span(1, 5)...)
		p.SetLoop(c.loop)
		p.turn(c.dir)
		p.Seek(c.from)
		if got := p.Ahead(c.n); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestRatesAreClamped(t *testing.T) {
	t.Parallel()
	p := New()
	for _, c := range []struct{ set, fps, speed float64 }{
		{0, MinFPS, MinSpeed}, {-3, MinFPS, MinSpeed}, {math.Inf(1), MaxFPS, MaxSpeed}, {2, 2, 2}, {math.NaN(), 2, 2},
	} {
		p.SetFPS(c.set)
		p.SetSpeed(c.set)
		if p.FPS() != c.fps || p.Speed() != c.speed {
			t.Errorf("%v: %v fps, speed %v", c.set, p.FPS(), p.Speed())
		}
	}
}

func TestModesAndLoopsParseTheirNames(t *testing.T) {
	t.Parallel()
	for l := range Loop(len(loopNames)) {
		if got, ok := ParseLoop(l.String()); got != l || !ok {
			t.Errorf("%v: %v, %v", l, got, ok)
		}
	}
	for m := range Mode(len(modeNames)) {
		if got, ok := ParseMode(m.String()); got != m || !ok {
			t.Errorf("%v: %v, %v", m, got, ok)
		}
	}
	if _, ok := ParseLoop("forever"); ok {
		t.Error("an unknown loop mode parses")
	}
	if _, ok := ParseMode(""); ok {
		t.Error("an empty mode parses")
	}
	if Loop(9).String() != "unknown" || Mode(9).String() != "unknown" {
		t.Error("unknown values have no name")
	}
}

func TestPointsThatLeaveNoFramesAreNotInForce(t *testing.T) {
	t.Parallel()
	p := New()
	p.SetFrames([]cache.Number{50, 60, 70, 80})
	if p.Limited() {
		t.Error("without points")
	}
	p.SetIn(60)
	p.SetOut(80)
	if !p.Limited() {
		t.Error("60 to 80")
	}
	p.SetFrames([]cache.Number{1001, 1100})
	if first, last, _ := p.Range(); p.Limited() || first != 1001 || last != 1100 {
		t.Errorf("%v to %v", first, last)
	}
}
