// Package distribution counts how the values of an expression spread over the points of a
// frame, and over those of all frames of a sequence.
package distribution

import (
	"context"
	"math"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/cache/fault"
)

// Bins is how many bins there are at most.
const Bins = 128

// Parts are the percentiles that are told, in parts of 1.
var Parts = []float64{0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99}

// Values are the numbers that an expression gives for the points of a frame.
type Values struct {
	Title   string // as people call them: of a vector it is the magnitude
	Text    string // an expression that gives them
	Program *expr.Program
	Mask    *bitset.BitSet // the points that count; nil: all
}

// Whole reports whether the values are whole numbers, or yes and no.
func (v *Values) Whole() bool { return v.Program.Type() == expr.Int || v.Program.Type() == expr.Bool }

// Bind finds the numbers that an expression gives in a frame, of the points for which
// filter is yes; without one of all. The error is an *expr.Error or fault.Err.
func Bind(ctx context.Context, e, filter *expr.Expr, f expr.Frame) (*Values, error) {
	v := &Values{Title: e.String(), Text: e.String()}
	var err error
	lost := fault.Guard(func() { err = v.bind(ctx, e, filter, f) })
	if err == nil {
		err = lost
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

func (v *Values) bind(ctx context.Context, e, filter *expr.Expr, f expr.Frame) (err error) {
	if v.Program, err = e.Bind(f); err != nil {
		return err
	}
	if v.Program.Type() == expr.String {
		return v.Program.Whole("this is text, not a number")
	}
	if v.Program.Components() > 1 {
		if err := v.length(e, f); err != nil {
			return v.Program.Whole("this has several components, of which there is no length: name one of them")
		}
	}
	if filter == nil {
		return nil
	}
	p, err := filter.Bind(f)
	if err != nil {
		return err
	}
	v.Mask, err = p.Mask(ctx)
	return err
}

// length takes the lengths of vectors.
func (v *Values) length(e *expr.Expr, f expr.Frame) error {
	v.Text, v.Title = "length("+e.String()+")", "length("+e.String()+")"
	if e.Name() != "" {
		v.Title = e.String() + ".mag"
	}
	of, err := expr.Parse(v.Text)
	if err != nil {
		return err
	}
	p, err := of.Bind(f)
	if err == nil {
		v.Program = p
	}
	return err
}

// Sum sums the values up, but for what takes sorting them.
func (v *Values) Sum(ctx context.Context) (stats.Summary, error) {
	return stats.Brief(ctx, v.Program, 0, v.Mask)
}

// Step is how far apart the values of a span stand, all by multiples of it; 0 if they do not.
func (v *Values) Step(ctx context.Context, span inspect.Span) (float64, error) {
	return Step(ctx, v.Program, 0, v.Mask, span)
}

// Count counts the values by bins from the least to the greatest of a span, which hold as many
// steps each, see Axis. A span that is empty, as no value is finite, leaves no bins.
func (v *Values) Count(ctx context.Context, span inspect.Span, step float64) (stats.Histogram, error) {
	if span.Empty() {
		s, err := v.Sum(ctx)
		return stats.Histogram{Lo: math.NaN(), Hi: math.NaN(), NonFinite: s.NonFinite}, err
	}
	lo, hi, bins := Axis(span, step, Bins)
	h, err := stats.Count(ctx, v.Program, 0, v.Mask, lo, hi, bins)
	h.Step = step
	return h, err
}

// Percentiles are the values of Parts, NaN where no value is finite.
func (v *Values) Percentiles(ctx context.Context) ([]float64, error) {
	return stats.Quantiles(ctx, v.Program, 0, v.Mask, Parts...)
}

// Axis is from where to where a span is counted, and by how many bins, at most as many as
// given. Bins of values that stand in steps begin half a step before one, and hold as many
// steps each; there are fewer where the last would hold much less than the others.
func Axis(span inspect.Span, step float64, most int) (lo, hi float64, bins int) {
	n := math.Round((span.Hi-span.Lo)/step) + 1
	if step == 0 || n > 1<<52 {
		return span.Lo, span.Hi, most
	}
	least := math.Ceil(n / float64(most))
	each, best := least, 0.0
	for e := least; e <= 2*least && best < 0.9; e++ {
		if full := n/e - math.Ceil(n/e) + 1; full > best { // the last bin
			each, best = e, full
		}
	}
	bins = int(math.Ceil(n / each))
	return span.Lo - step/2, span.Lo + step*(each*float64(bins)-0.5), bins
}

// Add adds the counts of another histogram with the same bins.
func Add(h, o *stats.Histogram) {
	for i, c := range o.Bins {
		h.Bins[i] += c
	}
	h.Below, h.Above, h.NonFinite = h.Below+o.Below, h.Above+o.Above, h.NonFinite+o.NonFinite
}
