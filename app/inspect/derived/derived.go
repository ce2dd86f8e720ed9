// Package derived makes columns of numbers of a frame's attributes by expressions, to
// colour points by, beside whoever draws: of a frame (Of), kept for frames that are shown
// again (Cache), and their range over all frames of a sequence (Ranges).
package derived

import (
	"context"
	"math"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/cache"
)

// Wish says what is wanted of frames.
type Wish struct {
	Text string  // the expression; a vector's length is meant
	FPS  float64 // what $time counts by

	Bare      bool    // no values, as they are a column of the frame
	Low, High float64 // percentiles, 0 to 100; none if both are 0
}

// Column is what came of a wish.
type Column struct {
	Values []float32    // one a point, or one for all of them
	Span   inspect.Span // of the finite values
	Odd    bool         // others are no number, or infinite
	Ends   inspect.Span // the percentiles; Span where none are wanted
	Key    uint64       // no other column of a Cache has it, nor has a frame
}

// Bind checks an expression against a frame: it must give numbers, or yes and no. Of a
// vector the length is meant. The error is an *expr.Error, or fault.ErrFault.
func Bind(text string, f expr.Frame) (*expr.Program, error) {
	e, err := expr.Parse(text)
	if err != nil {
		return nil, err
	}
	p, err := e.Bind(f)
	if err != nil {
		return nil, err
	}
	if p.Type() == expr.String {
		return nil, p.Whole("this is text, not a number")
	}
	return p.Length(), nil
}

// Of makes what is wished of a frame, on all cores. The error is an *expr.Error, that of
// ctx, or fault.ErrFault.
func Of(ctx context.Context, f expr.Frame, w Wish) (*Column, error) {
	p, err := Bind(w.Text, f)
	if err != nil {
		return nil, err
	}
	c := &Column{}
	if !w.Bare {
		n := p.Rows()
		var rows []uint32
		if p.Fixed() && n > 0 {
			rows = []uint32{0}
			n = 1
		}
		c.Values = make([]float32, n)
		if err := p.Float32s(ctx, 0, rows, c.Values); err != nil {
			return nil, err
		}
		e := extentOf(c.Values)
		c.Span, c.Odd = e.Span, e.Odd
	} else {
		e, err := rangeOf(ctx, p)
		if err != nil {
			return nil, err
		}
		c.Span, c.Odd = e.Span, e.Odd
	}
	c.Ends = c.Span
	if w.Low == 0 && w.High == 0 {
		return c, nil
	}
	q, err := stats.Quantiles(ctx, p, 0, nil, w.Low/100, w.High/100)
	if err != nil {
		return nil, err
	}
	if c.Ends = inspect.NoSpan(); q[0]-q[0] == 0 && q[1]-q[1] == 0 {
		c.Ends = inspect.Span{Lo: q[0], Hi: q[1]}
	}
	return c, nil
}

// Extent is from where to where values range.
type Extent struct {
	inspect.Span      // of the finite ones
	Odd          bool // others are no number, or infinite
}

// NoExtent is the Extent of no values.
func NoExtent() Extent { return Extent{Span: inspect.NoSpan()} }

// Union is the Extent of the values of both.
func (e Extent) Union(o Extent) Extent { return Extent{e.Span.Union(o.Span), e.Odd || o.Odd} }

// ExtentOf is the range of an expression's values in a frame. Errors are those of Of.
func ExtentOf(ctx context.Context, f expr.Frame, text string) (Extent, error) {
	p, err := Bind(text, f)
	if err != nil {
		return NoExtent(), err
	}
	return rangeOf(ctx, p)
}

// SketchOf counts an expression's values in a frame. Errors are those of Of.
func SketchOf(ctx context.Context, f expr.Frame, text string) (*stats.Sketch, error) {
	p, err := Bind(text, f)
	if err != nil {
		return nil, err
	}
	return stats.SketchOf(ctx, p, 0, nil)
}

func rangeOf(ctx context.Context, p *expr.Program) (Extent, error) {
	parts := make([]Extent, expr.Workers())
	for i := range parts {
		parts[i] = NoExtent()
	}
	err := expr.Each(ctx, p, 0, nil, func(w int, values []float32) { parts[w] = parts[w].Union(extentOf(values)) })
	out := NoExtent()
	for _, e := range parts {
		out = out.Union(e)
	}
	return out, err
}

func extentOf(values []float32) (e Extent) {
	lo, hi := float32(math.Inf(1)), float32(math.Inf(-1))
	for _, v := range values {
		if v-v != 0 {
			e.Odd = true
			continue
		}
		if v < lo {
			lo = v
		}
		if v > hi {
			hi = v
		}
	}
	e.Lo, e.Hi = float64(lo), float64(hi)
	return e
}

// OfAttribute is the expression of an attribute's component, or of the length.
func OfAttribute(name string, t cache.DataType, component int) string {
	text := "`" + strings.ReplaceAll(name, "`", "") + "`"
	names := t.ComponentNames()
	switch {
	case len(names) == 0:
		return text
	case component < 0 || component >= len(names):
		return text + ".mag"
	}
	return text + "." + names[component]
}
