package inspect

import (
	"math"

	"iceexplorer/cache"
	"iceexplorer/gfx/style"
)

// Known says how much is known of something in a frame.
type Known uint8

const (
	Unmeasured Known = iota // nothing: the frame was not measured, or not this part of it
	Lacking                 // the frame does not have it
	Measured
)

// Values sum up an attribute's component in a frame, or its magnitude.
type Values struct {
	Span         // empty if no value is finite
	Mean float64 // NaN: not known, or no value is finite
}

// noValues are those of a frame of which nothing is known.
func noValues() Values { return Values{Span: NoSpan(), Mean: math.NaN()} }

// Points is how many points a frame has; ok is false if that is not known.
func (s *Survey) Points(number cache.Number) (n uint32, ok bool) {
	f := s.frames[number]
	if f == nil {
		return 0, false
	}
	return f.points, true
}

// Lookup is what tells the values of an attribute's component in frames, one after the
// other. Attributes of the frame itself and of edges have values too; of several of one
// name it is the one that can be drawn. It may be used until the next Take or Forget.
func (s *Survey) Lookup(name string, component int) func(cache.Number) (Values, Known) {
	of := s.called(name)
	return func(number cache.Number) (Values, Known) {
		f := s.frames[number]
		if f == nil {
			return noValues(), Unmeasured
		}
		c := f.any(of)
		switch {
		case c == nil:
			return noValues(), Lacking
		case !c.measured:
			return noValues(), Unmeasured
		}
		v := Values{Span: c.of(component), Mean: math.NaN()}
		if n := len(c.means); n == 1 && !v.Empty() {
			v.Mean = c.means[0]
		} else if component >= 0 && component < n && !v.Empty() {
			v.Mean = c.means[component]
		}
		return v, Measured
	}
}

// any is the frame's column of one of some attributes: the first that can be drawn, or
// else the first.
func (f *facts) any(of []bool) *column {
	if c := f.column(of); c != nil {
		return c
	}
	for i := range f.columns {
		if of[f.columns[i].attribute] {
			return &f.columns[i]
		}
	}
	return nil
}

func meansOf(c *cache.Column) []float64 {
	means := make([]float64, c.Type.Components())
	for i := range min(len(c.Ranges), len(means)) {
		if r := &c.Ranges[i]; r.Finite > 0 {
			means[i] = r.Mean
		}
	}
	return means
}

// Components are those that an attribute has values of: of several the magnitude, too,
// which comes first.
func (a *Attribute) Components() []int {
	n := a.Type.Components()
	if n == 0 || a.Type == cache.TypeShape {
		return nil
	}
	var out []int
	if n > 1 {
		out = append(out, style.Magnitude)
	}
	for c := range n {
		out = append(out, c)
	}
	return out
}

// Title is what people call a component: PointVelocity.mag, Color.r, Age.
func (a *Attribute) Title(component int) string {
	name, names := cache.TrimPadding(a.Name), a.Type.ComponentNames()
	switch {
	case len(names) == 0:
		return name
	case component < 0 || component >= len(names):
		return name + ".mag"
	}
	return name + "." + names[component]
}
