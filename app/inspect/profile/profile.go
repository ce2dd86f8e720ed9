// Package profile tells how something changes over the frames of a sequence: the number
// of points, or the least, mean and greatest value of an attribute. It knows them from
// the indexes of the frames and reads no values.
package profile

import (
	"fmt"
	"math"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

// PointCount is the name of the curve of how many points there are.
const PointCount = "points"

// Of is what a curve is of.
type Of struct {
	Attribute string // "": the number of points
	Component int
	Title     string
}

// Points is the number of points.
func Points() Of { return Of{Title: PointCount} }

// All lists what there are curves of, for a layer with such attributes.
func All(attributes []inspect.Attribute) []Of {
	all := []Of{Points()}
	for i := range attributes {
		a := &attributes[i]
		for _, c := range a.Components() {
			all = append(all, Of{Attribute: a.Name, Component: c, Title: a.Title(c)})
		}
	}
	return all
}

// Parse reads points, Age, PointVelocity.mag, v.mag or Color.r. The error is for users.
func Parse(attributes []inspect.Attribute, text string) (Of, error) {
	if a, c, ok := inspect.ParseComponent(attributes, text); ok {
		return Of{Attribute: a.Name, Component: c, Title: a.Title(c)}, nil
	}
	if strings.EqualFold(text, PointCount) {
		return Points(), nil
	}
	var names []string
	for _, of := range All(attributes) {
		names = append(names, of.Title)
	}
	return Of{}, fmt.Errorf("no frame has numbers called %q%s", text, expr.Suggest(text, names))
}

// Curve is a quantity over frames. A value that is NaN is a gap: Known says why. Of the
// number of points the three are the same.
type Curve struct {
	Of
	Frames         []cache.Number
	Min, Mean, Max []float64
	Known          []inspect.Known
}

// Make makes the curve over some frames, in ascending order, of what a survey knows.
func Make(s *inspect.Survey, frames []cache.Number, of Of) *Curve {
	n := len(frames)
	all := make([]float64, 3*n)
	c := &Curve{Of: of, Frames: frames, Min: all[:n:n], Mean: all[n : 2*n : 2*n], Max: all[2*n:], Known: make([]inspect.Known, n)}
	value := lookup(s, of)
	for i, f := range frames {
		v, known := value(f)
		if c.Known[i] = known; v.Empty() {
			v.Lo, v.Hi = math.NaN(), math.NaN()
		}
		c.Min[i], c.Mean[i], c.Max[i] = v.Lo, v.Mean, v.Hi
	}
	return c
}

func lookup(s *inspect.Survey, of Of) func(cache.Number) (inspect.Values, inspect.Known) {
	if of.Attribute != "" {
		return s.Lookup(of.Attribute, of.Component)
	}
	return func(number cache.Number) (inspect.Values, inspect.Known) {
		n, ok := s.Points(number)
		if !ok {
			return inspect.Values{Span: inspect.NoSpan(), Mean: math.NaN()}, inspect.Unmeasured
		}
		v := float64(n)
		return inspect.Values{Span: inspect.Span{Lo: v, Hi: v}, Mean: v}, inspect.Measured
	}
}

// Counts tells of how many frames there are values, how many are known not to have any,
// and how many are not measured.
func (c *Curve) Counts() (values, without, unmeasured int) {
	for i, k := range c.Known {
		switch {
		case k == inspect.Unmeasured:
			unmeasured++
		case math.IsNaN(c.Max[i]):
			without++
		default:
			values++
		}
	}
	return values, without, unmeasured
}

// Span is from the least to the greatest value of the curve.
func (c *Curve) Span() inspect.Span {
	s := inspect.NoSpan()
	for i := range c.Max {
		if !math.IsNaN(c.Max[i]) {
			s = s.Union(inspect.Span{Lo: c.Min[i], Hi: c.Max[i]})
		}
	}
	return s
}

// Step is a change from a frame to the next that has a value.
type Step struct {
	Frame    cache.Number // the later one
	From, To float64      // greatest values
}

// Steps are the greatest rise and the greatest fall of the greatest values, the first
// where several are as great; ok is false where there is none.
func (c *Curve) Steps() (rise, fall Step, rises, falls bool) {
	last := math.NaN()
	for i, v := range c.Max {
		if math.IsNaN(v) {
			continue
		}
		if d := v - last; d > 0 && (!rises || d > rise.To-rise.From) {
			rise, rises = Step{c.Frames[i], last, v}, true
		} else if d < 0 && (!falls || d < fall.To-fall.From) {
			fall, falls = Step{c.Frames[i], last, v}, true
		}
		last = v
	}
	return rise, fall, rises, falls
}

// Peak is the first frame with the greatest value; ok is false if there is no value.
func (c *Curve) Peak() (at cache.Number, value float64, ok bool) {
	for i, v := range c.Max {
		if !math.IsNaN(v) && (!ok || v > value) {
			at, value, ok = c.Frames[i], v, true
		}
	}
	return at, value, ok
}
