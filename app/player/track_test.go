package player

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"iceexplorer/cache"
)

// The places of a track, told in full.
func all(t *track) (numbers []cache.Number) {
	for i := range t.len() {
		numbers = append(numbers, t.number(i))
	}
	return numbers
}

func TestMissingWholeNumbersArePlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ frames, want []cache.Number }{
		{nil, nil},
		{[]cache.Number{7}, []cache.Number{7}},
		{[]cache.Number{3, 1, 2, 3}, []cache.Number{1, 2, 3}},
		{[]cache.Number{-2, 2}, []cache.Number{-2, -1, 0, 1, 2}},
		{[]cache.Number{101, 101.5, 104}, []cache.Number{101, 101.5, 102, 103, 104}},
		{[]cache.Number{101, 103.5}, []cache.Number{101, 102, 103.5}}, // 103.5 stands for 103
		{[]cache.Number{0.5, 1.5, 2.5, 4.5}, []cache.Number{0.5, 1.5, 2.5, 3, 4.5}},
		{[]cache.Number{1, 1.25, 2.75, 3}, []cache.Number{1, 1.25, 2.75, 3}},
	} {
		tr := newTrack(c.frames, false)
		if got := all(&tr); !slices.Equal(got, c.want) {
			t.Errorf("%v: places %v, want %v", c.frames, got, c.want)
		}
	}
}

func TestPlacesAreFoundWhereverFramesLie(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var frames []cache.Number
		for range 1 + rnd.IntN(8) {
			frames = append(frames, cache.Number(rnd.IntN(80)-40)/4)
		}
		tr := newTrack(frames, false)
		places := all(&tr)
		if !slices.IsSorted(places) || len(slices.Compact(slices.Clone(places))) != len(places) {
			t.Fatalf("%v: places %v", frames, places)
		}
		for n := cache.Number(-12); n <= 12; n += 0.125 {
			want, exact := slices.BinarySearch(places, n)
			if got, found := tr.find(n); got != want || found != exact {
				t.Fatalf("%v: %v is at %d (%v), want %d (%v)", frames, n, got, found, want, exact)
			}
		}
		first, last := rnd.IntN(len(places)), rnd.IntN(len(places))
		count := 0
		for i := first; i <= last; i++ {
			if slices.Contains(frames, places[i]) {
				count++
			}
		}
		if got := tr.frames(first, last); got != count {
			t.Fatalf("%v: %d frames from place %d to %d, want %d", frames, got, first, last, count)
		}
	}
}

func TestStepFrameLeadsToTheNextThatExists(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from cache.Number
		dir  int
		want cache.Number
	}{
		{1, 1, 500}, {2, 1, 500}, {500, 1, 100_000}, {700, -1, 500}, {500, -1, 1}, {1, -1, 1}, {99_999, 1, 100_000}, {100_000, 1, 100_000}, {100_000, -1, 500},
	} {
		p := player(1, 500, 100_000)
		p.Seek(c.from)
		p.Play()
		p.StepFrame(c.dir)
		if h, _ := p.Head(); h != c.want || p.Playing() {
			t.Errorf("from %v in direction %d: %v, playing %v; want %v", c.from, c.dir, h, p.Playing(), c.want)
		}
	}
}

// A range of a million million numbers costs what its three frames do: to open, to play
// and to catch up after the machine slept.
func TestMissingNumbersCostNothing(t *testing.T) {
	t.Parallel()
	const last = 1_000_000_000_000
	p := player(1, 500, last)
	if first, end, _ := p.Range(); first != 1 || end != last || len(p.Frames()) != 3 {
		t.Fatalf("range %v to %v of %v", first, end, p.Frames())
	}
	p.SetMode(RealTime)
	c := start(p)
	c.run(1, 30*24*time.Hour)
	if h, _ := p.Head(); h != 1+30*24*3600*10 || p.Dropped() != 0 {
		t.Errorf("after 30 days at 10 fps: frame %v, dropped %d", h, p.Dropped())
	}
	if p.Index() != 1 {
		t.Errorf("index %d, want that of 500", p.Index())
	}
	p.Seek(last - 1)
	p.Advance(c.now)
	if got := c.run(3, tenth); !slices.Equal(got, []cache.Number{last, 1, 2}) {
		t.Errorf("at the end: %v", got)
	}
}

func TestOnlyFramesAreDropped(t *testing.T) {
	t.Parallel()
	p := player(0, 10, 11, 30)
	p.SetMode(RealTime)
	c := start(p)
	c.run(1, 9*tenth) // over missing ones
	if p.Dropped() != 0 {
		t.Errorf("dropped %d missing numbers", p.Dropped())
	}
	c.run(1, 3*tenth) // over 10, with 11 the last before 12
	if h, _ := p.Head(); h != 12 || p.Dropped() != 1 {
		t.Errorf("at %v, dropped %d", h, p.Dropped())
	}
}
