package worker

import (
	"context"
	"errors"
	"fmt"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/export"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/task"
)

// Change makes of the frame of an index in mem, which it may write to, what a job wants. The frame lives as
// long as mem does. Errors do not name the file.
type Change func(ctx context.Context, ix *cache.Index, mem []byte, number cache.Number, c *task.Change) (*cache.Frame, export.Told, error)

// exports writes the frame to a file of one of the formats.
func exports(formats []export.Format, change Change) func(context.Context, *Job, task.ExportParams) (*Answer, error) {
	return func(ctx context.Context, j *Job, p task.ExportParams) (*Answer, error) {
		format, ok := export.Find(formats, p.Format)
		if !ok {
			return nil, fmt.Errorf("export format %q is not known", p.Format)
		}
		options, err := format.Parse(p.Options)
		if err != nil {
			return nil, err
		}
		defer atomicfile.KeepPrivate(j.sources(p.Further))()
		job := export.Job{Number: cache.Number(p.Number), Path: string(p.Target), Options: options, Program: j.w.program, Threads: j.msg.Threads}
		if format.Holds == export.AllFrames {
			return j.exportAll(ctx, format, job, p, change)
		}
		frame, a, told, err := j.changed(ctx, job.Number, p.Change, change)
		if err != nil {
			return nil, err
		}
		defer frame.Close()
		if err := format.Whole(frame); err != nil {
			return nil, err
		}
		j.Step()
		j.w.doing(j.id, proto.Writing)
		if job.Frame = frame; p.Change == nil {
			job.Source, job.From = a.Source, j.msg.Source // else the file is not its source's
		}
		told.Add(format.Tell(frame.Index(), options))
		err = format.Do(ctx, job)
		if err == nil && p.Verify && format.Name == "sih5" {
			err = j.readBack(ctx, job.Path, frame)
		}
		a.Written, a.Own = err == nil, exported(told)
		return a, err
	}
}

// sources are the files of the job's frame and of further ones.
func (j *Job) sources(further []task.ExportFrame) []string {
	paths := []string{j.msg.Path()}
	for _, f := range further {
		paths = append(paths, f.Input(j.msg.Input).Path())
	}
	return paths
}

// changed is the job's frame, with a change made to it in memory that nobody else has.
func (j *Job) changed(ctx context.Context, number cache.Number, c *task.Change, change Change) (*cache.Frame, *Answer, export.Told, error) {
	if c == nil {
		frame, a, err := j.Frame(ctx)
		return frame, a, export.Told{}, err
	}
	j.msg.Held = nil // others draw it
	if _, err := j.index(ctx); err != nil && !errors.Is(err, errStale) {
		return nil, nil, export.Told{}, err
	}
	d, err := j.decode(ctx)
	if err != nil {
		return nil, nil, export.Told{}, err
	}
	j.Step()
	frame, told, err := change(ctx, d.index, d.mem, number, c)
	if err != nil {
		return nil, nil, told, err
	}
	return frame, d.answer(), told, nil
}

// namedLeft is how many attributes an answer names that are left out for one reason: it is
// a message, which has not room for any number.
const namedLeft = 500

func exported(told export.Told) task.Exported {
	return task.Exported{LeftOut: named(told.LeftOut), AsIs: named(told.AsIs)}
}

func named(left []export.Left) (out []task.Left) {
	for _, l := range left {
		n := min(len(l.Attributes), namedLeft)
		out = append(out, task.Left{Why: l.Why, Attributes: l.Attributes[:n], More: len(l.Attributes) - n})
	}
	return out
}
