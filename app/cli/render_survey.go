package cli

import (
	"cmp"
	"context"
	"math"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/derived"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/app/look"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
	"iceexplorer/jobs"
)

// sequence is one that is drawn, with what is known about its frames.
type sequence struct {
	cache.Sequence
	in     string // where it lies, as messages show it
	survey *inspect.Survey
	failed map[cache.Number]bool // could not be loaded

	spans  map[cache.Number]derived.Extent // of the expression to colour by
	faults map[cache.Number]error          // why there is none

	sketch stats.Sketch // of what is coloured by, where percentiles of all frames are wanted

	unfiltered map[cache.Number]error // why the filter cannot be asked
}

// measured is a frame to be measured and not drawn.
type measured struct {
	seq    *sequence
	number cache.Number
	in     input
}

// look loads the frames to draw, and measures the other frames of their sequences if the
// camera and the colour range must fit all of them.
func (d *drawing) look(ctx context.Context) error {
	d.each(ctx, func(_ int, s spot, r *jobs.Result) {
		if s.part.frame == nil {
			return
		}
		d.warn(s, r)
		s.part.seq.survey.Take(s.part.own, r.Index)
		d.evaluate(ctx, s.part.seq, s.part.own, s.part.frame)
		reach := stage.ReachOf(s.part.frame)
		s.part.reach = &reach
		if !d.keep(r) {
			s.part.close()
		}
	})
	d.measure(ctx, d.unknown(d.all || d.whole))
	if err := d.whereAnywhere(ctx); err != nil || d.colorBy == "" || ctx.Err() != nil {
		return cmp.Or(err, ctx.Err())
	}
	if stage.IsOwn(d.attributes(), d.colorBy) {
		d.colorBy = ""
		d.desk.ColorByAttribute()
		return nil
	}
	sc, err := stage.ParseScalar(d.attributes(), d.colorBy)
	if err != nil && d.evaluated() {
		err := d.lookByExpression(ctx)
		d.sketch(ctx)
		return err
	}
	if err != nil && !d.all && !d.whole {
		// A frame that lacks the attribute is drawn all the same.
		d.measure(ctx, d.unknown(true))
		sc, err = stage.ParseScalar(d.attributes(), d.colorBy)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return d.neither(err)
	}
	d.desk.ColorByScalar(sc)
	d.warnLacking()
	d.sketch(ctx)
	return ctx.Err()
}

// unknown are the frames of which not all is known: the drawn ones, or all.
func (d *drawing) unknown(all bool) []measured {
	var out []measured
	for _, s := range d.seqs {
		for _, f := range s.Frames {
			if !s.survey.Known(f.Number) && (all || d.wants(f.Number)) && !s.failed[f.Number] {
				out = append(out, measured{s, f.Number, d.inputOf(f)})
			}
		}
	}
	return out
}

// measure measures frames. One that cannot be measured is reported, but it is no failure,
// as it is not drawn.
func (d *drawing) measure(ctx context.Context, frames []measured) {
	line := newProgress(d.env.Stderr, len(frames))
	defer line.clear()
	forEach(ctx, d.pool, len(frames), window(d.pool), func(i int) *jobs.Request {
		return &jobs.Request{Task: jobs.Measure, Source: frames[i].in.Source, Converted: frames[i].in.Converted}
	}, func(i int, r *jobs.Result) {
		f := &frames[i]
		switch {
		case r.Err == nil:
			f.seq.survey.Take(f.number, r.Index)
		case ctx.Err() == nil:
			line.clear()
			d.env.say("warning: not measured: %s", f.in.Explain(r.Err))
		}
		line.draw(i+1, 0)
	})
}

// attributes are those that any frame has that is known.
func (d *drawing) attributes() []inspect.Attribute {
	var out []inspect.Attribute
	for _, s := range d.seqs {
		out = append(out, s.survey.Attributes()...)
	}
	return out
}

// warnLacking tells of the drawn frames that lack the attribute to colour by.
func (d *drawing) warnLacking() {
	scalar := d.desk.Now().Scalar
	d.warnOf("lack "+cache.TrimPadding(scalar)+" and get one colour", func(s *sequence, n cache.Number) bool { return s.survey.Lacks(n, scalar) })
}

// warnOf tells of the drawn frames that lack something, and what comes of that.
func (d *drawing) warnOf(what string, lacks func(*sequence, cache.Number) bool) {
	for _, s := range d.seqs {
		var lacking []string
		drawn := 0
		for _, f := range s.Frames {
			if !d.wants(f.Number) {
				continue
			}
			drawn++
			if lacks(s, f.Number) {
				lacking = append(lacking, f.Number.String())
			}
		}
		if len(lacking) == 0 {
			continue
		}
		const most = 12
		which := strings.Join(lacking[:min(len(lacking), most)], ", ")
		if len(lacking) > most {
			which += ", ..."
		}
		of := ""
		if len(d.seqs) > 1 {
			of = " of " + pathname.Display(s.Name)
		}
		d.env.say("warning: %d of %d frames drawn%s %s (%s): %s", len(lacking), drawn, of, what, which, s.in)
	}
}

// nowhere reports whether no frame of a sequence has the attribute that points are coloured
// by, where all of them are known: legends say so, as those of the window do.
func (s *sequence) nowhere(drawn *cache.Frame, l *look.Look) bool {
	if l.ColorMode != style.ColorScalar || l.Expression != "" || drawn.Attribute(l.Scalar) != nil {
		return false
	}
	have, _ := s.survey.Has(l.Scalar)
	return have == 0 && s.survey.Count() >= len(s.Frames)
}

// reaches are the extents of the frames that set the camera. If all frames of the
// sequences do, the extents come from what is known of each frame, drawn or not, so that
// any part of a film has the camera of the whole.
func (d *drawing) reaches() []stage.Reach {
	var drawn, all []stage.Reach
	trimmed := map[*sequence]map[cache.Number]gfx.Box{}
	for _, s := range d.at {
		r := s.part.reach
		if r == nil {
			continue
		}
		drawn = append(drawn, *r)
		if r.Outside > 0 {
			if trimmed[s.part.seq] == nil {
				trimmed[s.part.seq] = map[cache.Number]gfx.Box{}
			}
			trimmed[s.part.seq][s.part.own] = r.Most
		}
	}
	if !d.all {
		return drawn
	}
	beside, _ := stage.Overall(drawn, 0)
	for _, s := range d.seqs {
		for _, f := range s.Frames {
			lo, hi, ok := s.survey.FrameBounds(f.Number)
			if !ok {
				continue
			}
			box, strays := trimmed[s][f.Number]
			if !strays {
				box = gfx.Box{Min: lo, Max: hi}
			}
			size := s.survey.FrameRange(f.Number, "Size", 0)
			if r := stage.ReachOfBox(box, math.Max(size.Hi, 0)); r.Beside(beside) {
				all = append(all, r)
			}
		}
	}
	return all
}
