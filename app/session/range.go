package session

import (
	"math"

	"iceexplorer/cache"
)

// keyedSpan is the span of a frame's data.
type keyedSpan struct {
	key uint64 // Shown.Key
	span
}

// span is the least and greatest value met, for a colormap.
type span struct{ lo, hi float64 }

// scalarKey names what the ranges of a layer are of.
type scalarKey struct {
	attribute string
	component int
}

// ScalarRange is what the ends of the colormap stand for when a layer's frame is
// coloured by the view's scalar. 0 and 1 if there is nothing to measure.
func (s *Session) ScalarRange(l *Layer, sh Shown) (lo, hi float64) {
	v := &s.View
	if v.ColorMode != ColorScalar || sh.Frame == nil {
		return 0, 1
	}
	if v.RangeMode == RangeFixed {
		return v.Low, v.High
	}
	key := scalarKey{v.Scalar, v.Component}
	if l.rangesOf != key {
		l.rangesOf, l.ranges, l.rangesAt = key, map[cache.Number]keyedSpan{}, 0
	}
	r := l.ranges[sh.Number]
	if r.key != sh.Key {
		a := sh.Frame.Attribute(v.Scalar)
		if a == nil {
			return 0, 1
		}
		r = keyedSpan{sh.Key, spanOf(a, v.Component)}
		l.ranges[sh.Number] = r
	}
	if v.RangeMode == RangeSequence {
		s.measureLoaded(l)
		for _, o := range l.ranges {
			r.lo, r.hi = min(r.lo, o.lo), max(r.hi, o.hi)
		}
	}
	if !(r.lo <= r.hi) {
		return 0, 1
	}
	if r.lo == r.hi {
		return r.lo, r.lo + 1
	}
	return r.lo, r.hi
}

// measureLoaded takes in the ranges of the layer's frames that are there, where they
// are known without a look at the values.
func (s *Session) measureLoaded(l *Layer) {
	if l.rangesAt == s.version {
		return
	}
	l.rangesAt = s.version
	for i := range l.slots {
		h := l.slots[i].shared
		if h == nil {
			continue
		}
		number := l.Seq.Frames[i].Number
		if l.ranges[number].key == h.key {
			continue
		}
		if a := h.frame.Attribute(l.rangesOf.attribute); a != nil && (a.Type.Components() == 1 || l.rangesOf.component >= 0) {
			l.ranges[number] = keyedSpan{h.key, spanOf(a, l.rangesOf.component)}
		}
	}
}

// spanOf is the span of an attribute's component: what the worker measured, or for
// the magnitude a look at every value. It is empty (lo > hi) if nothing is finite.
func spanOf(a *cache.Attribute, component int) span {
	none := span{math.Inf(1), math.Inf(-1)}
	comps := a.Type.Components()
	if comps == 0 || len(a.Ranges) != comps {
		return none
	}
	if comps == 1 {
		component = 0
	}
	if component >= 0 && component < comps {
		if r := a.Ranges[component]; r.Finite > 0 {
			return span{r.Min, r.Max}
		}
		return none
	}
	r := none
	if err := cache.Guard(func() { r = magnitudes(a.Float32s(), comps) }); err != nil {
		return none // drawing meets the fault too, and tells of it
	}
	return r
}

func magnitudes(v []float32, comps int) span {
	r := span{math.Inf(1), math.Inf(-1)}
	for i := 0; i+comps <= len(v); i += comps {
		var sum float64
		for _, x := range v[i : i+comps] {
			sum += float64(x) * float64(x)
		}
		if sum <= math.MaxFloat64 { // false for NaN too
			r.lo, r.hi = min(r.lo, sum), max(r.hi, sum)
		}
	}
	if r.lo <= r.hi {
		r.lo, r.hi = math.Sqrt(r.lo), math.Sqrt(r.hi)
	}
	return r
}

// MeasuredRange is the span of an attribute's component in one frame; ok is false if
// nothing is finite.
func MeasuredRange(a *cache.Attribute, component int) (lo, hi float64, ok bool) {
	r := spanOf(a, component)
	return r.lo, r.hi, r.lo <= r.hi
}
