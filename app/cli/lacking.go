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

// What one frame lacks and others have is an empty value, whichever frame comes first; what
// no frame has ends the run, before a row is printed: the first frame lacks it already.

// lacking is which frames lack an attribute.
type lacking struct {
	what   string
	frames []string
}

// learn notes the attributes of all frames that are asked, without their values. Files that
// cannot be read are told of when they are asked.
func (a *asking) learn(ctx context.Context, pool *jobs.Pool) error {
	survey := inspect.NewSurvey()
	forEach(ctx, pool, len(a.files), window(pool), func(i int) *jobs.Request {
		in := &a.files[i]
		if in.Err != nil {
			return nil
		}
		return &jobs.Request{Task: jobs.Measure, Source: in.Source, Converted: in.converted}
	}, func(i int, r *jobs.Result) {
		if r != nil && r.Err == nil {
			survey.Take(cache.Number(i), r.Index) // numbers of several sequences may be the same
		}
	})
	a.schema = inspect.Schema(nil, survey.Attributes())
	return ctx.Err()
}

// elsewhere is a frame without points that has the attributes of all frames, if err says
// that a frame lacks one; otherwise it returns err.
func (a *asking) elsewhere(f expr.Frame, err error) (expr.Frame, *expr.Error, error) {
	var fault *expr.Error
	if !errors.As(err, &fault) || !fault.Lacks {
		return expr.Frame{}, nil, err
	}
	if a.schema == nil {
		if err := a.learned(); err != nil {
			return expr.Frame{}, nil, err
		}
	}
	return expr.Frame{Frame: a.schema, Number: f.Number, FPS: f.FPS}, fault, nil
}

// bind binds an expression to a frame; has is false if the frame lacks what others have. The
// program is then that of a frame without points.
func (a *asking) bind(e *expr.Expr, f expr.Frame) (p *expr.Program, has bool, err error) {
	if p, err = e.Bind(f); err == nil {
		return p, true, nil
	}
	all, fault, err := a.elsewhere(f, err)
	if err != nil {
		return nil, false, err
	}
	if p, err = e.Bind(all); err == nil {
		a.note(f, fault)
	}
	return p, false, err
}

// bindColumn is bind for columns.
func (a *asking) bindColumn(e *expr.Expr, f expr.Frame) (c *column.Column, has bool, err error) {
	if c, err = column.Bind(e, f); err == nil {
		return c, true, nil
	}
	all, fault, err := a.elsewhere(f, err)
	if err != nil {
		return nil, false, err
	}
	if c, err = column.Bind(e, all); err == nil {
		a.note(f, fault)
	}
	return c, false, err
}

// note notes what a frame lacks; one without points lacks nothing that it could have.
func (a *asking) note(f expr.Frame, fault *expr.Error) {
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
	if l := &a.lacking[k]; !slices.Contains(l.frames, number) {
		l.frames = append(l.frames, number)
	}
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
		a.env.say("warning: %s", harmless(fmt.Sprintf("%d of %d frames lack %s, which others have: it stays empty there (%s)", len(l.frames), len(a.files), l.what, which)))
	}
}
