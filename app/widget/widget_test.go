package widget

import (
	"math"
	"slices"
	"testing"
)

func TestFramesThatShareABlockShowTheMostImportantState(t *testing.T) {
	t.Parallel()
	states := []State{{Priority: 0}, {Priority: 2}, {Priority: 1}}
	for _, c := range []struct {
		name   string
		frames []float64
		state  []int
		from   float64
		to     float64
		width  float32
		want   []int16
	}{
		{"wide", []float64{1, 2}, []int{0, 1}, 0.5, 2.5, 12, slices.Concat(rep(0, 6), rep(1, 6))},
		{"less than three pixels", []float64{1, 2, 3, 4}, []int{0, 1, 2, 0}, 0.5, 4.5, 6, slices.Concat(rep(1, 3), rep(2, 3))},
		{"gap", []float64{-1, 2}, []int{0, 0}, -1.5, 2.5, 12, slices.Concat(rep(0, 3), rep(-1, 6), rep(0, 3))},
		{"far apart", []float64{1, 500, 100_000}, []int{0, 1, 2}, 0.5, 100_000.5, 30, slices.Concat(rep(1, 3), rep(-1, 24), rep(2, 3))},
		{"zoomed", []float64{1, 2, 3, 4}, []int{0, 1, 2, 0}, 1.5, 3.5, 6, slices.Concat(rep(1, 3), rep(2, 3))},
		{"between whole ones", []float64{1, 1.25, 1.5, 2, 5}, []int{0, 1, 2, 0, 1}, 0.5, 5.5, 120, slices.Concat(
			// half the way to the neighbours, and no more than half a number
			rep(-1, 9), rep(0, 6), rep(1, 6), rep(2, 9), rep(0, 18), rep(-1, 48), rep(1, 24))},
		{"unknown states", []float64{1, 2}, []int{-1, 9}, 0.5, 2.5, 2, []int16{-1, -1}},
	} {
		var r Ruler
		a := axis{from: c.from, to: c.to, width: c.width}
		r.bin(a, RulerInput{Frames: c.frames, States: states, State: func(i int) int { return c.state[i] }})
		if !slices.Equal(r.bins, c.want) {
			t.Errorf("%s: %v, want %v", c.name, r.bins, c.want)
		}
	}
}

func rep(state int16, n int) []int16 { return slices.Repeat([]int16{state}, n) }

func TestTheRulerFindsFramesBetweenWholeOnes(t *testing.T) {
	t.Parallel()
	frames := []float64{101, 101.25, 101.5, 101.75, 102, 110}
	for number, want := range map[float64]float64{-7: 101, 101.1: 101, 101.13: 101.25, 101.6: 101.5, 102.4: 102, 105: 102, 107: 110, 1e9: 110} {
		if got := frames[nearest(frames, number)]; got != want {
			t.Errorf("%v is nearest to %v, not %v", number, want, got)
		}
	}
	if lo, hi := ends(frames); lo != 100.875 || hi != 110.5 {
		t.Errorf("ends %v and %v", lo, hi)
	}
	if lo, hi := ends([]float64{7}); lo != 6.5 || hi != 7.5 {
		t.Errorf("ends of one frame %v and %v", lo, hi)
	}
	var r Ruler
	for _, c := range []struct {
		frames []float64
		want   float64
	}{{frames, 0.25}, {[]float64{1, 5, 9}, 1}, {[]float64{3}, 1}} {
		if r.survey(RulerInput{Frames: c.frames}); r.finest != c.want {
			t.Errorf("%v are %v apart", c.frames, r.finest)
		}
	}
	in := RulerInput{Frames: frames, In: 101.25, Out: 102}
	if first, last := played(in); first != 101.125 || last != 102.5 {
		t.Errorf("played from %v to %v", first, last)
	}
}

func TestZoomKeepsTheNumberUnderTheMouse(t *testing.T) {
	t.Parallel()
	var r Ruler
	const first, last = -0.5, 99.5
	from, to := r.view(first, last)
	a := axis{from: from, to: to, x: 10, width: 500}
	at := a.frame(200)
	r.zoom(a, 200, 3, first, last, 4)
	a.from, a.to = r.view(first, last)
	if got := a.frame(200); math.Abs(got-at) > 1e-9 || !r.zoomed {
		t.Errorf("frame %v went to %v", at, got)
	}
	r.pan(a, 1e6, first, last)
	if from, to := r.view(first, last); from != -0.5 || math.Abs(to-from-(a.to-a.from)) > 1e-9 {
		t.Errorf("panned to %v..%v", from, to)
	}
	r.zoom(a, 200, -50, first, last, 4)
	if from, to := r.view(first, last); r.zoomed || from != -0.5 || to != 99.5 {
		t.Errorf("zoomed out to %v..%v", from, to)
	}
	for range 100 {
		f, l := r.view(first, last)
		r.zoom(axis{f, l, 10, 500}, 200, 1, first, last, 4)
	}
	if from, to := r.view(first, last); to-from < 3 {
		t.Errorf("zoomed in to %v..%v", from, to)
	}
	if from, to := r.view(4999.5, 5010.5); from != 4999.5 || to != 5010.5 {
		t.Errorf("other frames are shown at %v..%v", from, to)
	}
}

func TestSliderKeepsItsIntervalInOrderAndWithin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		grab           int
		lo, hi, mouse  float64
		wantLo, wantHi float64
	}{
		{handleLow, 2, 6, 4, 4, 6}, {handleLow, 2, 6, 9, 6, 6}, {handleLow, 2, 6, -3, 0, 6},
		{handleHigh, 2, 6, 4, 2, 4}, {handleHigh, 2, 6, 1, 2, 2}, {handleHigh, 2, 6, 30, 2, 10},
		{handleBoth, 2, 6, 5, 5, 9}, {handleBoth, 2, 6, 20, 6, 10}, {handleBoth, 2, 6, -9, 0, 4},
		{handleNone, -5, 50, 3, 0, 10}, {handleNone, 7, 3, 0, 7, 7}, {handleNone, math.NaN(), 3, 0, 0, 10},
	} {
		s := RangeSlider{grab: c.grab}
		if lo, hi := s.drag(c.lo, c.hi, 0, 10, c.mouse); lo != c.wantLo || hi != c.wantHi {
			t.Errorf("%+v: %v..%v", c, lo, hi)
		}
	}
	for _, c := range []struct{ x, low, high float32 }{{5, 20, 20}, {40, 20, 20}, {50, 20, 80}} {
		var s RangeSlider
		s.take(c.x, c.low, c.high, 9, 0, 0)
		if want := map[float32]int{5: handleLow, 40: handleHigh, 50: handleBoth}[c.x]; s.grab != want {
			t.Errorf("press at %v takes %d, want %d", c.x, s.grab, want)
		}
	}
}
