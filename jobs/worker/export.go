package worker

import (
	"context"
	"fmt"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/task"
)

// exports writes the frame to a file of one of the formats.
func exports(formats []export.Format) func(context.Context, *Job, task.ExportParams) (*Answer, error) {
	return func(ctx context.Context, j *Job, p task.ExportParams) (*Answer, error) {
		format, ok := export.Find(formats, p.Format)
		if !ok {
			return nil, fmt.Errorf("export format %q is not known", p.Format)
		}
		options, err := format.Parse(p.Options)
		if err != nil {
			return nil, err
		}
		job := export.Job{Number: cache.Number(p.Number), Path: string(p.Target), Options: options, Program: j.w.program}
		if format.Holds == export.AllFrames {
			return j.exportAll(ctx, format, job, p.Further)
		}
		frame, a, err := j.Frame(ctx)
		if err != nil {
			return nil, err
		}
		defer frame.Close()
		j.Step()
		j.w.doing(j.id, proto.Writing)
		job.Frame, job.Source = frame, a.Source
		err = format.Do(ctx, job)
		a.Written, a.Own = err == nil, exported(format.LeftOut(frame.Index(), options))
		return a, err
	}
}

// namedLeft is how many attributes an answer names that are left out for one reason: it is
// a message, which has not room for any number.
const namedLeft = 500

func exported(left []export.Left) task.Exported {
	var e task.Exported
	for _, l := range left {
		n := min(len(l.Attributes), namedLeft)
		e.LeftOut = append(e.LeftOut, task.Left{Why: l.Why, Attributes: l.Attributes[:n], More: len(l.Attributes) - n})
	}
	return e
}
