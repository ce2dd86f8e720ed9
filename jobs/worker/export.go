package worker

import (
	"context"
	"fmt"

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
		frame, a, err := j.Frame(ctx)
		if err != nil {
			return nil, err
		}
		defer frame.Close()
		j.Step()
		j.w.doing(j.id, proto.Writing)
		err = format.Do(ctx, export.Job{Frame: frame, Path: string(p.Target), Options: options, Source: a.Source, Program: j.w.program})
		a.Written = err == nil
		return a, err
	}
}
