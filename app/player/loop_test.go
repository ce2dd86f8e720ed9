package player

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"iceexplorer/cache"
)

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
		{"missing numbers take their time", []cache.Number{-2, 1, 4}, Around, 1, -1, nil, []cache.Number{0, 1, 2, 3, 4, -2, -1, 0}, true},
		{"missing numbers backwards", []cache.Number{-2, 1, 4}, PingPong, -1, 0, nil, []cache.Number{-1, -2, -1, 0, 1, 2, 3, 4}, true},
		{"in and out", span(0, 9), Around, 1, 3, []cache.Number{3, 5}, []cache.Number{4, 5, 3, 4, 5, 3, 4, 5}, true},
		{"in and out on gaps", []cache.Number{0, 10, 20}, Around, 1, 10, []cache.Number{8, 12}, []cache.Number{11, 12, 8, 9, 10, 11, 12, 8}, true},
		{"from before the range", span(0, 9), Around, 1, 1, []cache.Number{3, 5}, []cache.Number{2, 3, 4, 5, 3, 4, 5, 3}, true},
		{"from behind the range", span(0, 9), Around, 1, 8, []cache.Number{3, 5}, []cache.Number{3, 4, 5, 3, 4, 5, 3, 4}, true},
		{"backwards from before the range", span(0, 9), Around, -1, 1, []cache.Number{3, 5}, []cache.Number{5, 4, 3, 5, 4, 3, 5, 4}, true},
		{"ping-pong from behind the range", span(0, 9), PingPong, 1, 8, []cache.Number{3, 5}, []cache.Number{7, 6, 5, 4, 3, 4, 5, 4}, true},
		{"single frame", []cache.Number{7}, Around, 1, 7, nil, nil, true},
		{"single frame once", []cache.Number{7}, Once, 1, 7, nil, nil, false},
		{"single frame ping-pong", []cache.Number{7}, PingPong, 1, 7, nil, nil, true},
		{"range without frames", []cache.Number{0, 10}, Around, 1, 5, []cache.Number{4, 6}, []cache.Number{6, 4, 5, 6, 4, 5, 6, 4}, true},
		{"range past the frames counts as none", span(1, 3), Around, 1, 1, []cache.Number{40, 60}, []cache.Number{2, 3, 1, 2, 3, 1, 2, 3}, true},
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
