package player

import (
	"math"
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
	p.SetFrames(frames, false)
	p.Advance(t0)
	return p
}

const tenth = 100 * time.Millisecond

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

func TestScrubbingSnapsToTheNearestNumber(t *testing.T) {
	t.Parallel()
	p := player(-10, -4, 3, 3.25, 100)
	for seek, want := range map[cache.Number]cache.Number{
		-10: -10, -8: -8, -7.6: -8, -6.5: -7, 0: 0, 3.1: 3, 3.2: 3.25, 3.625: 3.25, 3.7: 4, 51.2: 51, 1 << 40: 100,
		-1e15: -10, 1e15: 100,
	} {
		p.Seek(seek)
		if h, _ := p.Head(); h != want {
			t.Errorf("seek %v led to %v, want %v", seek, h, want)
		}
		if n := p.Nearest(seek); n != want {
			t.Errorf("nearest to %v is %v, want %v", seek, n, want)
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

func TestStepStopsAndStaysBetweenTheFirstFrameAndTheLast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from cache.Number
		n    int
		want cache.Number
	}{
		{5, 1, 6}, {5, -1, 4}, {5, 3, 8}, {5, 100, 9}, {5, -100, 2}, {9, 1, 9}, {5, math.MaxInt, 9}, {5, math.MinInt, 2}, {5, 0, 5},
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
		p.SetFrames(c.frames, false)
		h, ok := p.Head()
		if changed := p.Advance(t0); h != c.head || !ok || changed != c.changed {
			t.Errorf("%v: head %v (%v), changed %v; want %v, %v", c.frames, h, ok, changed, c.head, c.changed)
		}
	}
	in := []cache.Number{3, 1}
	p.SetFrames(in, false)
	if in[0] != 3 {
		t.Error("the caller's slice was sorted")
	}
}

func TestWithoutFramesNothingHappens(t *testing.T) {
	t.Parallel()
	p := player(1, 2)
	p.Play()
	p.SetFrames(nil, false)
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
	if head || rng || due || p.Playing() || p.Index() != -1 || p.Advance(t0.Add(time.Hour)) {
		t.Error("a player without frames does something")
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
	p.SetFrames([]cache.Number{50, 60, 70, 80}, false)
	if p.Limited() {
		t.Error("without points")
	}
	p.SetIn(60)
	p.SetOut(80)
	if !p.Limited() {
		t.Error("60 to 80")
	}
	p.SetFrames([]cache.Number{1001, 1100}, false)
	if first, last, _ := p.Range(); p.Limited() || first != 1001 || last != 1100 {
		t.Errorf("%v to %v", first, last)
	}
}
