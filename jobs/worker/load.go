package worker

import (
	"context"
	"errors"

	"iceexplorer/jobs/task"
)

// load answers with the index of a converted file that can be mapped, or else with the index
// of columns in scratch memory.
func load(ctx context.Context, j *Job, p task.LoadParams) (*Answer, error) {
	j.only = p.Only
	a, err := j.index(ctx)
	if !errors.Is(err, errStale) {
		return a, err
	}
	d, err := j.decode(ctx)
	if err != nil {
		return nil, err
	}
	return d.answer(), nil
}

func index(ctx context.Context, j *Job, _ task.None) (*Answer, error) { return j.index(ctx) }
