package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// What one frame lacks and others of its sequence have is an empty value, whichever frames
// are asked and whichever comes first; what no frame has ends the run, before a row is
// printed: the first frame lacks it already.

// use is what an expression is for.
type use uint8

const (
	forValues use = iota
	forOrder
	forCondition
)

// lacking is which frames lack an attribute.
type lacking struct {
	what   string
	frames []string
	uses   [forCondition + 1]bool // that it was to be of there
}

// learn finds the attributes of files, without their values. Files that cannot be read are
// told of when they are asked.
func learn(ctx context.Context, pool *jobs.Pool, files []source) []inspect.Attribute {
	survey := inspect.NewSurvey()
	forEach(ctx, pool, len(files), window(pool), func(i int) *jobs.Request {
		in := &files[i]
		if in.Err != nil {
			return nil
		}
		return &jobs.Request{Task: jobs.Measure, Source: in.Source, Converted: in.converted, Params: jobs.MeasureParams{Names: true}}
	}, func(i int, r *jobs.Result) {
		if r != nil && r.Err == nil {
			survey.Take(cache.Number(i), r.Index) // numbers of several sequences may be the same
		}
	})
	return survey.Attributes()
}

// elsewhere is a frame without points that has the attributes of all frames of the
// sequences, asked or not, if err says that a frame lacks one; otherwise it returns err.
func (a *asking) elsewhere(f expr.Frame, err error) (expr.Frame, *expr.Error, error) {
	var fault *expr.Error
	if !errors.As(err, &fault) || !fault.Lacks {
		return expr.Frame{}, nil, err
	}
	if a.schema == nil {
		all, err := a.learn(a.all)
		if err != nil {
			return expr.Frame{}, nil, err
		}
		a.schema = inspect.Schema(nil, all)
	}
	return expr.Frame{Frame: a.schema, Number: f.Number, FPS: f.FPS}, fault, nil
}

// bind binds an expression to a frame; has is false if the frame lacks what others have. The
// program is then that of a frame without points.
func (a *asking) bind(e *expr.Expr, f expr.Frame, to use) (p *expr.Program, has bool, err error) {
	if p, err = e.Bind(f); err == nil {
		return p, true, nil
	}
	all, fault, err := a.elsewhere(f, err)
	if err != nil {
		return nil, false, err
	}
	if p, err = e.Bind(all); err == nil {
		a.note(f, fault, to)
	}
	return p, false, err
}

// bindColumn is bind for columns; told says whether a frame that lacks it is told of.
func (a *asking) bindColumn(e *expr.Expr, f expr.Frame, told bool) (c *column.Column, has bool, err error) {
	if c, err = column.Bind(e, f); err == nil {
		return c, true, nil
	}
	all, fault, err := a.elsewhere(f, err)
	if err != nil {
		return nil, false, err
	}
	if c, err = column.Bind(e, all); err == nil && told {
		a.note(f, fault, forValues)
	}
	return c, false, err
}

// note notes what a frame lacks; one without points lacks nothing that it could have.
func (a *asking) note(f expr.Frame, fault *expr.Error, to use) {
	if f.Header.Points == 0 {
		return
	}
	what, number := fault.Text[fault.Pos:fault.End], f.Number.String()
	if len(a.sequence) > 0 && a.mixed {
		number = a.sequence + " " + number
	}
	k := slices.IndexFunc(a.lacking, func(l lacking) bool { return l.what == what })
	if k < 0 {
		k = len(a.lacking)
		a.lacking = append(a.lacking, lacking{what: what})
	}
	l := &a.lacking[k]
	if l.uses[to] = true; !slices.Contains(l.frames, number) {
		l.frames = append(l.frames, number)
	}
}

// comes is what comes of it that frames lack something.
func (l *lacking) comes() string {
	var out []string
	switch {
	case l.uses[forCondition]:
		return "no point meets the condition there"
	case l.uses[forValues]:
		out = append(out, "it stays empty there")
	}
	if l.uses[forOrder] {
		out = append(out, "these rows come last")
	}
	return strings.Join(out, ", and ")
}

// warnLacking tells which frames lacked what.
func (a *asking) warnLacking() {
	const most = 12
	for _, l := range a.lacking {
		which := strings.Join(l.frames[:min(len(l.frames), most)], ", ")
		if len(l.frames) > most {
			which += ", ..."
		}
		a.out.Flush()
		lack := "lack"
		if len(l.frames) == 1 {
			lack = "lacks"
		}
		of := fmt.Sprintf("%d of %d frames", len(l.frames), len(a.files))
		if len(a.files) == 1 {
			of = "the frame"
		}
		a.env.say("warning: %s %s %s, which others have: %s (%s)", of, lack, l.what, l.comes(), which)
	}
}
