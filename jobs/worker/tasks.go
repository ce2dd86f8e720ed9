package worker

import (
	"context"
	"encoding/json"
	"fmt"

	"iceexplorer/cache/export"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/task"
)

// Tasks is the list of what workers of the program can do. They write the formats, of frames that change
// was made to.
func Tasks(formats []export.Format, change Change) []Runner {
	return []Runner{
		Runs(task.Load, load),
		Runs(task.Index, index),
		Runs(task.Convert, convert),
		Runs(task.Export, exports(formats, change)),
		Runs(task.Measure, measure),
		Runs(task.Verify, verify),
	}
}

// Runner is a task with the code that does it.
type Runner struct {
	task   *task.Task
	run    func(ctx context.Context, j *Job) (*Answer, error)
	reads  func(j *proto.Job) []string
	writes func(j *proto.Job) string
}

// Answer is a task's answer.
type Answer struct {
	proto.Answer
	Own any // of the type that the task answers with; nil: its zero value
}

// Runs is the Runner of a task whose parameters are of type P.
func Runs[P any](t *task.Task, run func(ctx context.Context, j *Job, p P) (*Answer, error)) Runner {
	return Runner{
		task: t,
		run: func(ctx context.Context, j *Job) (*Answer, error) {
			p, err := params[P](j.msg)
			if err != nil {
				return nil, err
			}
			return run(ctx, j, p)
		},
		reads: func(m *proto.Job) []string {
			p, err := params[P](m)
			if err != nil {
				return nil
			}
			return t.Reads(m.Input, p)
		},
		writes: func(m *proto.Job) string {
			p, err := params[P](m)
			if err != nil {
				return "" // run says so
			}
			return t.Writes(m.Input, p)
		},
	}
}

// unknown stands in for a task that is not in the list.
var unknown = Runner{
	task: task.New[task.None, task.None]("unknown", task.About[task.None]{}),
	run: func(_ context.Context, j *Job) (*Answer, error) {
		return nil, fmt.Errorf("this program has no task %q", j.msg.Task)
	},
	reads:  func(*proto.Job) []string { return nil },
	writes: func(*proto.Job) string { return "" },
}

func params[P any](m *proto.Job) (P, error) {
	p, err := task.Decode[P](m.Params)
	if err != nil {
		err = proto.Errorf("parameters of %s: %v", m.Task, err)
	}
	return p, err
}

// byName is the list as a worker looks it up.
func byName(list []Runner) (map[string]Runner, error) {
	m := map[string]Runner{}
	for _, r := range list {
		if _, twice := m[r.task.String()]; twice {
			return nil, fmt.Errorf("two tasks are called %s", r.task)
		}
		m[r.task.String()] = r
	}
	return m, nil
}

// do runs a job of the task and completes its answer.
func (r Runner) do(ctx context.Context, j *Job) (*proto.Answer, error) {
	a, err := r.run(ctx, j)
	if err != nil {
		return nil, err
	}
	if r.task.Result() != task.Frame {
		a.File = nil // the file it was read from is not handed over
	}
	a.Rows, a.Doubt = j.rows, j.doubt
	var raw json.RawMessage
	if raw, err = r.task.EncodeAnswer(a.Own); err != nil {
		return nil, err
	}
	a.Answer.Own = raw
	return &a.Answer, j.post(ctx, &a.Answer)
}
