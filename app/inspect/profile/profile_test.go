package profile

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"iceexplorer/app/inspect"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
)

// index is that of a frame whose values are gone.
func index(t testing.TB, h cache.Header, measured bool, add func(*cache.Builder)) *cache.Index {
	t.Helper()
	b := cache.NewBuilder(h)
	add(b)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range f.Attributes {
		if a.Ranges, a.Lengths = nil, (cache.Lengths{}); measured {
			measure.Column(&a.Column, a.Bytes())
		}
	}
	return f.Index()
}

func frame(t testing.TB, measured bool, age ...float32) *cache.Index {
	vel := make([]float32, 3*len(age))
	for i, v := range age {
		vel[3*i], vel[3*i+1] = 3*v, -4*v
	}
	return index(t, cache.Header{Points: uint32(len(age))}, measured, func(b *cache.Builder) {
		b.Float32s("Age", cache.TypeFloat, age)
		b.Float32s("PointVelocity___", cache.TypeVector3, vel)
	})
}

// sequence is of seven frames: 10 to 15 and 20.5, of which 13 has no Age and 14 is not measured.
func sequence(t testing.TB) (*inspect.Survey, []cache.Number) {
	s := inspect.NewSurvey()
	nan := float32(math.NaN())
	s.Take(10, frame(t, true, 1, 3, 2))
	s.Take(11, frame(t, true, 2, 6, nan, 4))
	s.Take(12, frame(t, true))
	s.Take(13, index(t, cache.Header{Points: 2}, true, func(b *cache.Builder) { b.Int32s("ID", []int32{1, 2}) }))
	s.Take(14, frame(t, false, 1, 100))
	s.Take(20.5, frame(t, true, -7))
	return s, []cache.Number{10, 11, 12, 13, 14, 15, 20.5}
}

func TestCurvesAreOfWhatTheIndexesTell(t *testing.T) {
	t.Parallel()
	s, frames := sequence(t)
	for _, c := range []struct {
		name           string
		min, mean, max string
		gaps           [3]int
	}{
		{"points", "3 4 0 2 2 NaN 1", "3 4 0 2 2 NaN 1", "3 4 0 2 2 NaN 1", [3]int{6, 0, 1}},
		{"age", "1 2 NaN NaN NaN NaN -7", "2 4 NaN NaN NaN NaN -7", "3 6 NaN NaN NaN NaN -7", [3]int{3, 2, 2}},
		{"PointVelocity.x", "3 6 NaN NaN NaN NaN -21", "6 12 NaN NaN NaN NaN -21", "9 18 NaN NaN NaN NaN -21", [3]int{3, 2, 2}},
		{"PointVelocity", "5 10 NaN NaN NaN NaN 35", "NaN NaN NaN NaN NaN NaN NaN", "15 30 NaN NaN NaN NaN 35", [3]int{3, 2, 2}},
	} {
		of, err := Parse(s.Attributes(), c.name)
		if err != nil {
			t.Fatal(err)
		}
		got := Make(s, frames, of)
		text := func(v []float64) string { s := fmt.Sprint(v); return s[1 : len(s)-1] }
		if text(got.Min) != c.min || text(got.Mean) != c.mean || text(got.Max) != c.max {
			t.Errorf("%s (%s): %v, %v, %v", c.name, of.Title, got.Min, got.Mean, got.Max)
		}
		values, without, unmeasured := got.Counts()
		if [3]int{values, without, unmeasured} != c.gaps {
			t.Errorf("%s: %d values, %d without, %d unmeasured", c.name, values, without, unmeasured)
		}
	}
	if _, err := Parse(s.Attributes(), "Heat"); err == nil {
		t.Error("a curve of what no frame has")
	}
}

func TestCurvesTellOfTheirStepsAndPeak(t *testing.T) {
	t.Parallel()
	s, frames := sequence(t)
	c := Make(s, frames, Points())
	rise, fall, rises, falls := c.Steps()
	if !rises || !falls || rise != (Step{13, 0, 2}) || fall != (Step{12, 4, 0}) {
		t.Errorf("rise %+v, fall %+v", rise, fall)
	}
	if at, v, ok := c.Peak(); !ok || at != 11 || v != 4 || c.Span() != (inspect.Span{Lo: 0, Hi: 4}) {
		t.Errorf("peak %v at %v, %v", v, at, c.Span())
	}
	if _, _, rises, falls := Make(inspect.NewSurvey(), frames, Points()).Steps(); rises || falls {
		t.Error("steps of nothing")
	}
}

func TestAttributesWithNumbersHaveCurves(t *testing.T) {
	t.Parallel()
	s := inspect.NewSurvey()
	s.Take(1, index(t, cache.Header{Points: 2}, true, func(b *cache.Builder) {
		b.Int32s("ID", []int32{1, 2})
		b.Float32s("Color", cache.TypeColor4, make([]float32, 8))
	}))
	var names []string
	for _, of := range All(s.Attributes()) {
		names = append(names, of.Title)
	}
	if want := []string{"points", "ID", "Color.mag", "Color.r", "Color.g", "Color.b", "Color.a"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
}

// The goal is 200 ms for 1,000 frames, from their indexes to the curve.
func BenchmarkProfileOf1000Frames(b *testing.B) {
	indexes := make([]*cache.Index, 1000)
	frames := make([]cache.Number, len(indexes))
	for i := range indexes {
		frames[i] = cache.Number(i)
		indexes[i] = index(b, cache.Header{Points: 4}, true, func(x *cache.Builder) {
			for k := range 30 {
				x.Float32s(fmt.Sprintf("Attribute%d", k), cache.TypeVector3, make([]float32, 12))
			}
		})
	}
	b.Run("indexes and curve", func(b *testing.B) {
		for b.Loop() {
			s := inspect.NewSurvey()
			for i, ix := range indexes {
				s.Take(frames[i], ix)
			}
			Make(s, frames, Of{Attribute: "Attribute29", Component: 1})
		}
	})
	s := inspect.NewSurvey()
	for i, ix := range indexes {
		s.Take(frames[i], ix)
	}
	b.Run("curve", func(b *testing.B) {
		for b.Loop() {
			Make(s, frames, Of{Attribute: "Attribute29", Component: 1})
		}
	})
}
