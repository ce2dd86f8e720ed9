package export

import (
	"context"
	"errors"
	"strings"
	"sync"

	"iceexplorer/jobs"
)

// Queue takes jobs for workers: a jobs.Pool.
type Queue interface {
	Submit(jobs.Request) jobs.ID
	Cancel(jobs.ID)
}

// Pool has a Plan's files made by workers.
type Pool struct {
	Plan *Plan
	Pool Queue
}

// Do implements Doer.
func (p *Pool) Do(ctx context.Context, j *Job, done func(Outcome)) {
	r := p.Plan.Kind.Request(j, &p.Plan.Options)
	r.Frame, r.Stepped = j.Number, j.stepped
	var mu sync.Mutex // until it is known how to cancel the job
	mu.Lock()
	defer mu.Unlock()
	var forget func() bool
	r.Done = func(res jobs.Result) {
		mu.Lock()
		defer mu.Unlock()
		forget()
		if res.Frame != nil {
			res.Frame.Close()
		}
		done(outcome(ctx, j, &res))
	}
	id := p.Pool.Submit(r)
	forget = context.AfterFunc(ctx, func() { p.Pool.Cancel(id) })
}

func outcome(ctx context.Context, j *Job, r *jobs.Result) Outcome {
	in := &j.Inputs[0]
	code := jobs.CodeOf(r.Err)
	switch {
	case ctx.Err() != nil && code == jobs.CodeCanceled:
		return Outcome{Err: r.Err, Canceled: true}
	case r.Err != nil:
		o := Outcome{Err: j.of(r.Err.Error()).Explain(r.Err)}
		var all *jobs.Error
		if errors.As(r.Err, &all) {
			for _, text := range all.Further {
				o.Further = append(o.Further, j.of(text).Explain(errors.New(text)))
			}
		}
		if code == jobs.CodeReadOnly || code == jobs.CodeNoSpace || code == jobs.CodePool { // every file will fail like this
			o.Alike = string(code)
		}
		return o
	}
	o := Outcome{Bytes: r.Bytes, Damaged: r.Index.Damage != nil, Notes: r.Index.Notes()}
	if exported, ok := r.Answer.(jobs.Exported); ok {
		o.LeftOut, o.AsIs = leftOf(exported.LeftOut), leftOf(exported.AsIs)
	}
	if r.Bypassed != nil {
		o.Bypassed = in.Explain(r.Bypassed)
	}
	if converted, ok := r.Answer.(jobs.Converted); ok && converted.Replaced != "" {
		o.Bypassed = in.Explain(&Replaced{string(converted.Replaced)})
	}
	if r.Request.Task == jobs.Convert && !r.Written {
		o.Skip = SkipFresh
		if p, ok := r.Request.Params.(jobs.ConvertParams); ok && p.Verify {
			o.Skip = SkipEqual
		}
	}
	return o
}

// Replaced says that a file which seemed to be up to date was written anew, and what was wrong
// with it: "is damaged: ...".
type Replaced struct{ Why string }

func (r *Replaced) Error() string { return r.Why }

// of is the input that an error names last; else the first.
func (j *Job) of(text string) *Input {
	for i := range j.Inputs {
		if path := j.Inputs[i].Path(); path != "" && strings.HasSuffix(text, path) {
			return &j.Inputs[i]
		}
	}
	return &j.Inputs[0]
}

func leftOf(left []jobs.Left) (out []Left) {
	for _, l := range left {
		out = append(out, Left{Why: l.Why, Attributes: l.Attributes, More: l.More})
	}
	return out
}

// Explain is an error of a job on an input for people: in one line, with
// the name that the user gave the file.
func (in *Input) Explain(err error) error {
	text := strings.ReplaceAll(err.Error(), "\n", " ")
	if path := in.Path(); path != "" {
		text = strings.ReplaceAll(text, path, in.Name)
	}
	return explained{text, err}
}

type explained struct {
	text string
	error
}

func (e explained) Error() string { return e.text }
func (e explained) Unwrap() error { return e.error }
