package worker

import (
	"context"
	"fmt"

	"iceexplorer/cache/icecache"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/task"
)

// export writes the frame to another file.
func export(ctx context.Context, j *Job, p task.ExportParams) (*Answer, error) {
	frame, a, err := j.Frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	j.Step()
	j.w.doing(j.id, proto.Writing)
	switch target := string(p.Target); p.Format {
	case "icecache":
		err = icecache.WriteFile(ctx, target, frame, icecache.EncodeOptions{Version: p.Version})
	case "sih5":
		_, err = sih5.Write(ctx, target, frame, a.Source, sih5.WriteOptions{Writer: j.w.program})
	default:
		err = fmt.Errorf("export format %q is not known", p.Format)
	}
	a.Written = err == nil
	return a, err
}
