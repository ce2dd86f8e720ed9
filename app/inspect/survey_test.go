package inspect

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/gfx/style"
)

// index is that of a frame in which everything is measured.
func index(t *testing.T, points int, add func(*cache.Builder)) *cache.Index {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(points)})
	add(b)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range f.Attributes {
		measure.Column(&a.Column, a.Bytes())
	}
	return f.Index()
}

func heat(t *testing.T, values ...float32) *cache.Index {
	return index(t, len(values), func(b *cache.Builder) {
		b.Float32s("Heat", cache.TypeFloat, values)
		b.Int32s("ID", make([]int32, len(values)))
	})
}

func plain(t *testing.T, points int) *cache.Index {
	return index(t, points, func(b *cache.Builder) { b.Int32s("ID", make([]int32, points)) })
}

func TestRangeIsOfAllFramesHoweverTheyWereMet(t *testing.T) {
	t.Parallel()
	frames := map[cache.Number]*cache.Index{1: heat(t, 3, 5), 2: plain(t, 2), 3: heat(t, -4, 2), 4: heat(t, float32(math.NaN()), 9)}
	for range 20 {
		order := []cache.Number{1, 2, 3, 4}
		rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		s := NewSurvey()
		for _, n := range order {
			s.Take(n, frames[n])
			s.Take(n, frames[n]) // converted
		}
		if got := s.Range("heat___", 0); got != (Span{-4, 9}) {
			t.Fatalf("order %v: %v", order, got)
		}
		if have, lack := s.Has("Heat"); have != 3 || lack != 1 || !s.Lacks(2, "Heat") || s.Lacks(1, "Heat") || s.Count() != 4 {
			t.Fatalf("order %v: %d have it, %d lack it, %d known", order, have, lack, s.Count())
		}
	}
}

func TestValuesThatAreNoNumberAreKnownOfAllFrames(t *testing.T) {
	t.Parallel()
	s := NewSurvey()
	s.Take(1, heat(t, 3, 5))
	if s.Odd("Heat") || s.Odd("ID") || s.Odd("Fog") {
		t.Error("there are none yet")
	}
	s.Take(2, heat(t, 3, float32(math.Inf(1))))
	if !s.Odd("heat___") || s.Odd("ID") {
		t.Error("frame 2 has an infinity")
	}
	if s.Forget(2); s.Odd("Heat") {
		t.Error("frame 2 was forgotten")
	}
	vectors := index(t, 1, func(b *cache.Builder) { b.Float32s("Wind", cache.TypeVector3, []float32{0, float32(math.NaN()), 0}) })
	if s.Take(3, vectors); !s.Odd("Wind") {
		t.Error("one component is no number")
	}
}

func TestForgottenFramesCountNoLonger(t *testing.T) {
	t.Parallel()
	s := NewSurvey()
	s.Take(1, heat(t, 3, 5))
	s.Take(2, plain(t, 2))
	s.Take(3, index(t, 1, func(b *cache.Builder) { b.Float32s("Late", cache.TypeFloat, []float32{1}) }))
	s.Take(1, heat(t, 1, 2))
	if got := s.Range("Heat", 0); got != (Span{1, 2}) {
		t.Errorf("written anew: %v", got)
	}
	s.Forget(1)
	s.Forget(1)
	s.Forget(7)
	if got := s.Range("Heat", 0); !got.Empty() || s.Count() != 2 {
		t.Errorf("forgotten: %v, %d known", got, s.Count())
	}
	var names []string
	for _, a := range s.Attributes() {
		names = append(names, a.Name)
	}
	if !slices.Equal(names, []string{"ID", "Late"}) {
		t.Errorf("attributes %q", names)
	}
	if got := s.FrameRange(3, "Late", 0); got != (Span{1, 1}) {
		t.Errorf("the attributes of other frames were mixed up: %v", got)
	}
}

func TestMagnitudesAreThoseMeasured(t *testing.T) {
	t.Parallel()
	vectors := func(v ...float32) *cache.Index {
		return index(t, len(v)/3, func(b *cache.Builder) { b.Float32s("PointVelocity", cache.TypeVector3, v) })
	}
	s := NewSurvey()
	s.Take(1, vectors(3, 4, 0, 1, 0, 0))
	s.Take(2, vectors(0, 0, 13, 0, 5, 12))
	for component, want := range map[int]Span{style.Magnitude: {1, 13}, 0: {0, 3}, 1: {0, 5}, 2: {0, 13}, 3: {1, 13}} {
		if got := s.Range("PointVelocity", component); got != want {
			t.Errorf("component %d: %v, want %v", component, got, want)
		}
	}
	old := vectors(100, 0, 0)
	old.Columns[0].Lengths = cache.Lengths{}
	s.Take(3, old)
	if s.Known(3) || s.Count() != 2 {
		t.Error("a frame without lengths counts as known")
	}
	if got := s.FrameRange(3, "PointVelocity", 0); got != (Span{100, 100}) {
		t.Errorf("what is known of it is not used: %v", got)
	}
}

func TestBoundsOfAFrameAreThoseOfItsFinitePositions(t *testing.T) {
	t.Parallel()
	at := func(v ...float32) *cache.Index {
		return index(t, len(v)/3, func(b *cache.Builder) { b.Float32s("PointPosition", cache.TypeVector3, v) })
	}
	s := NewSurvey()
	if _, _, ok := s.FrameBounds(1); ok {
		t.Error("bounds of nothing")
	}
	nan := float32(math.NaN())
	s.Take(1, at(nan, nan, nan))
	if _, _, ok := s.FrameBounds(1); ok {
		t.Error("bounds of points that are nowhere")
	}
	s.Take(2, at(1, 2, 3, -1, nan, 5))
	if lo, hi, ok := s.FrameBounds(2); !ok || lo != [3]float64{-1, 2, 3} || hi != [3]float64{1, 2, 5} {
		t.Errorf("frame 2: %v to %v, %v", lo, hi, ok)
	}
	if _, _, ok := s.FrameBounds(9); ok {
		t.Error("a frame that there is not has bounds")
	}
}

// What belongs to no point, or to too few, cannot be drawn and is no choice.
func TestOnlyAttributesOfPointsCanBeDrawn(t *testing.T) {
	t.Parallel()
	s := NewSurvey()
	ix := index(t, 2, func(b *cache.Builder) {
		b.Add(cache.Column{Name: "Array", Type: cache.TypeLong, Structure: cache.Array}, make([]byte, 12), []uint64{0, 1, 3})
		b.Add(cache.Column{Name: "Object", Type: cache.TypeLong, Context: cache.ContextSingleton}, make([]byte, 4), nil)
		b.Strings("Text", []string{"a", "b"})
		b.Float32s("Constant", cache.TypeFloat, []float32{4})
		b.Int32s("ID", []int32{1, 2})
	})
	ix.Columns = append(ix.Columns, cache.Column{Name: "Cut", Type: cache.TypeFloat, Structure: cache.Single, Context: cache.Context0D})
	s.Take(1, ix)
	for _, a := range s.Attributes() {
		if want := a.Name == "Constant" || a.Name == "ID"; a.Points != want {
			t.Errorf("%s can be drawn: %v", a.Name, a.Points)
		}
	}
	if !s.Lacks(1, "Cut") || !s.Lacks(1, "Text") || s.Lacks(1, "Constant") || s.Lacks(2, "ID") {
		t.Error("wrong lacks")
	}
	// An attribute of a frame without points is known by its name.
	s.Take(2, index(t, 0, func(b *cache.Builder) { b.Float32s("Cut", cache.TypeFloat, nil) }))
	if s.Lacks(2, "ID") || s.Lacks(2, "Cut") || !s.Lacks(1, "Cut") {
		t.Error("a frame without points lacks something, or gave it to another")
	}
}
