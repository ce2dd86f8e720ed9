package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/derived"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/look"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// How pictures are coloured by expressions, and which points they are of.

// asked is a frame as expressions see it.
func (p *picture) asked(f *cache.Frame, n cache.Number) expr.Frame {
	return expr.Frame{Frame: f, Number: n, FPS: p.fps}
}

// evaluate notes what an expression to colour by ranges over in a frame, where that is no
// attribute of the frame; and whether the filter can be asked there.
func (d *drawing) evaluate(ctx context.Context, s *sequence, n cache.Number, f *cache.Frame) {
	if d.where != nil {
		p, err := d.where.Bind(d.asked(f, n))
		if err == nil && (p.Type() != expr.Bool || p.Components() > 1) {
			_, err = p.Mask(ctx) // says what it is instead
		}
		if d.whereOK = d.whereOK || err == nil; err != nil {
			s.note(n, err)
			d.whereFault = cmp.Or(d.whereFault, err)
		}
	}
	if d.colorBy == "" {
		return
	}
	if _, err := stage.ParseScalar(s.survey.Attributes(), d.colorBy); err == nil {
		return
	}
	if s.spans == nil {
		s.spans, s.faults = map[cache.Number]derived.Extent{}, map[cache.Number]error{}
	}
	span, err := derived.ExtentOf(ctx, d.asked(f, n), d.colorBy)
	if err != nil {
		s.faults[n] = err
		return
	}
	s.spans[n] = span
}

// evaluated reports that the expression to colour by could be evaluated in a frame.
func (d *drawing) evaluated() bool {
	for _, s := range d.seqs {
		if len(s.spans) > 0 {
			return true
		}
	}
	return false
}

// note notes why the filter cannot be asked of a frame.
func (s *sequence) note(n cache.Number, err error) {
	if s.unfiltered == nil {
		s.unfiltered = map[cache.Number]error{}
	}
	s.unfiltered[n] = err
}

// whereAnywhere is why the filter can be asked of no frame, drawn or not. Of those that
// cannot be asked, as they lack an attribute that others have, no point is drawn: a warning
// names them.
func (d *drawing) whereAnywhere(ctx context.Context) error {
	if d.whereFault == nil {
		return nil
	}
	if !d.whereOK {
		d.measure(ctx, d.unknown(true))
		if err := ctx.Err(); err != nil {
			return err
		}
		var fault *expr.Error
		if !errors.As(d.whereFault, &fault) || !fault.Lacks {
			return d.refuse("where", d.whereFault)
		}
		if _, _, has := inspect.ParseComponent(d.attributes(), fault.Text[fault.Pos:fault.End]); !has {
			return d.refuse("where", d.whereFault)
		}
	}
	d.warnOf("cannot be asked for --where and show no points", func(s *sequence, n cache.Number) bool { return s.unfiltered[n] != nil })
	return nil
}

// neither is why what is to be coloured by is neither an attribute nor an expression; err
// says that it is no attribute.
func (d *drawing) neither(err error) error {
	e, fault := expr.Parse(d.colorBy)
	if fault == nil && e.Name() != "" {
		return fmt.Errorf("%w: %s", err, d.arg)
	}
	if fault != nil {
		return faulty("color-by", fault)
	}
	for _, s := range d.seqs {
		for _, f := range s.Frames {
			if err := s.faults[f.Number]; err != nil {
				return d.refuse("color-by", err)
			}
		}
	}
	return fmt.Errorf("%w: %s", err, d.arg)
}

// refuse tells what is wrong with an expression that no frame can answer, with a mark at
// its place.
func (d *drawing) refuse(flag string, err error) error {
	var fault *expr.Error
	if !errors.As(err, &fault) {
		return fmt.Errorf("--%s: %w: %s", flag, err, d.arg)
	}
	d.say(fmt.Errorf("--%s: %w: %s", flag, fault, d.arg))
	d.env.detail(fault.Pointer())
	return errReported
}

// lookByExpression has pictures coloured by the expression, and measures it in the frames
// that are not drawn where the range is that of all.
func (d *drawing) lookByExpression(ctx context.Context) error {
	d.desk.ColorByExpression(d.colorBy)
	if d.desk.Now().RangeMode == look.RangeSequence && (d.all || d.whole) {
		d.loadAll(ctx, d.unspanned(), d.evaluate)
	}
	d.warnOf("cannot be asked for "+d.colorBy+" and get one colour", func(s *sequence, n cache.Number) bool { return s.faults[n] != nil })
	return ctx.Err()
}

// unspanned are the frames in which the expression was not evaluated: those that are not
// drawn.
func (d *drawing) unspanned() (out []measured) {
	for _, s := range d.seqs {
		for _, f := range s.Frames {
			if _, known := s.spans[f.Number]; !known && s.faults[f.Number] == nil && !s.failed[f.Number] {
				out = append(out, measured{s, f.Number, d.inputOf(f)})
			}
		}
	}
	return out
}

// sketch counts what points are coloured by in all frames that set the range, for percentiles
// of all of them.
func (d *drawing) sketch(ctx context.Context) {
	v := d.desk.Now()
	if percentiles, _ := v.Overall(); !percentiles {
		return
	}
	var frames []measured
	texts := map[*sequence]string{}
	for _, s := range d.seqs {
		if texts[s] = v.Expression; v.Expression == "" {
			a, ok := inspect.Named(s.survey.Attributes(), v.Scalar)
			if !ok {
				continue
			}
			texts[s] = derived.OfAttribute(a.Name, a.Type, v.Component)
		}
		for _, f := range s.Frames {
			if (d.all || d.whole || d.wants(f.Number)) && !s.failed[f.Number] {
				frames = append(frames, measured{s, f.Number, d.inputOf(f)})
			}
		}
	}
	d.loadAll(ctx, frames, func(ctx context.Context, s *sequence, n cache.Number, f *cache.Frame) {
		counts, err := derived.SketchOf(ctx, d.asked(f, n), texts[s])
		if err == nil { // a frame without the attribute has no values
			s.sketch.Add(counts)
		}
	})
}

// loadAll loads frames and has each looked at.
func (d *drawing) loadAll(ctx context.Context, frames []measured, look func(ctx context.Context, s *sequence, n cache.Number, f *cache.Frame)) {
	line := newProgress(d.env.Stderr, len(frames))
	defer line.clear()
	forEach(ctx, d.pool, len(frames), window(d.pool), func(i int) *jobs.Request {
		return &jobs.Request{Task: jobs.Load, Source: frames[i].in.Source, Converted: frames[i].in.Converted}
	}, func(i int, r *jobs.Result) {
		f := &frames[i]
		switch {
		case r.Frame != nil:
			look(ctx, f.seq, f.number, r.Frame)
			r.Frame.Close()
		case r.Err != nil && ctx.Err() == nil:
			line.clear()
			d.env.say("warning: not measured: %s", f.in.Explain(r.Err))
		}
		line.draw(i+1, 0)
	})
}

// paint is what an expression and the filter give in the parts of a picture.
type paint struct {
	column *derived.Column
	why    string
	only   []uint64
	count  int // of them
}

// passing are the points that the filter holds for: none where it cannot be asked, which a
// warning has told.
func (d *drawing) passing(ctx context.Context, f expr.Frame) (*bitset.BitSet, error) {
	program, err := d.where.Bind(f)
	var mask *bitset.BitSet
	if err == nil {
		mask, err = program.Mask(ctx)
	}
	if errors.As(err, new(*expr.Error)) {
		return bitset.New(uint(f.Header.Points)), nil
	}
	return mask, err
}

// paints evaluates them in a picture's frames.
func (d *drawing) paints(ctx context.Context, s *shot) ([]paint, error) {
	v := d.desk.Now()
	out := make([]paint, len(s.parts))
	for i := range s.parts {
		p := &s.parts[i]
		f := d.asked(p.frame, s.number)
		if d.where != nil {
			mask, err := d.passing(ctx, f)
			if err != nil {
				return nil, fmt.Errorf("--where: %w: %s", err, p.in.Name)
			}
			out[i].only, out[i].count = mask.Words(), int(mask.Count())
		}
		text, low, high, ok := v.Wished()
		if !ok {
			continue
		}
		w := derived.Wish{Text: text, FPS: d.fps, Low: low, High: high}
		if text == "" {
			a := p.frame.Attribute(v.Scalar)
			if a == nil {
				continue
			}
			w.Text, w.Bare = derived.OfAttribute(a.Name, a.Type, v.Component), true
		}
		column, err := derived.Of(ctx, f, w)
		fault := (*expr.Error)(nil)
		switch {
		case errors.As(err, &fault):
			out[i].why = fault.Msg
		case err != nil:
			return nil, fmt.Errorf("%w: %s", err, p.in.Name)
		}
		out[i].column = column
	}
	return out, nil
}

// odd is of no values, and says whether the sequence has some to colour by that are no
// number, in any frame that is known: the legends of a film are alike.
func (d *drawing) odd(s *sequence) derived.Extent {
	v, e := d.desk.Now(), derived.NoExtent()
	if v.Expression == "" {
		e.Odd = s.survey.Odd(v.Scalar)
	}
	for _, of := range s.spans {
		e.Odd = e.Odd || v.Expression != "" && of.Odd
	}
	return e
}

// scales are what the colormap stands for in the parts of a picture.
func (d *drawing) scales(sh *shot, paints []paint) []stage.Scale {
	v := d.desk.Now()
	spans, at := make([]derived.Extent, len(d.seqs)), make([]int, len(sh.parts))
	for k, s := range d.seqs {
		spans[k] = d.odd(s)
		var column *derived.Column
		number := sh.number
		for i := range sh.parts {
			if sh.parts[i].seq == s {
				at[i], column, number = k, paints[i].column, sh.parts[i].own
			}
		}
		switch all := v.RangeMode == look.RangeSequence; {
		case v.RangeMode == look.RangePercent && column != nil:
			spans[k].Span = column.Ends
		case v.RangeMode == look.RangePercent:
		case v.RangeMode == look.RangePercentAll:
			spans[k].Span = inspect.NoSpan()
			if s.sketch.Count() > 0 {
				q := s.sketch.Quantiles(v.PercentLow/100, v.PercentHigh/100)
				spans[k].Span = inspect.Span{Lo: q[0], Hi: q[1]}
			}
		case v.Expression != "" && all:
			for _, span := range s.spans {
				spans[k] = spans[k].Union(span)
			}
		case v.Expression != "" && column != nil:
			spans[k].Span = column.Span
		case v.Expression != "":
		case all:
			spans[k].Span = s.survey.Range(v.Scalar, v.Component)
		default:
			spans[k].Span = s.survey.FrameRange(number, v.Scalar, v.Component)
		}
	}
	scales := stage.Scales(slices.Repeat([]look.Look{v}, len(spans)), spans, make([]string, len(spans)))
	out := make([]stage.Scale, len(sh.parts))
	for i := range out {
		out[i] = scales[at[i]]
	}
	return out
}
