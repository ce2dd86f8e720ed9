package worker

import (
	"context"
	"errors"
	"fmt"
	"os"

	"iceexplorer/cache"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs/task"
)

// verify answers with the index of a file that is intact, and with what it was held against.
func (j *Job) verify(ctx context.Context) (*Answer, error) {
	a, err := j.ranges(ctx)
	if err != nil {
		return nil, err
	}
	if j.msg.Source == "" {
		v, err := sih5.Verify(ctx, j.msg.Converted, sih5.VerifyOptions{MaxBytes: j.msg.MaxBytes, Step: j.Step})
		if err != nil {
			return nil, err
		}
		a.Own = task.Measured{Verified: against(v)}
		return a, nil
	}
	if d := a.Index.Damage; d != nil {
		return nil, &cache.FormatError{Offset: -1, Msg: "the file is damaged: " + d.String()}
	}
	m := task.Measured{Verified: "the structure holds; there is no checksum, as the file is not compressed"}
	if a.Index.Storage == cache.StorageGzip {
		m.Verified = "gzip's checksum and the structure hold"
	}
	a.Own = m
	return a, nil
}

func against(v *sih5.Verified) string {
	if v.Unknown != "" {
		return v.Unknown
	}
	return "all checksums hold"
}

// current is the index of the converted file if it is up to date, else errStale. If verify is
// set its values are the source's too; wrong is why they are not.
func (j *Job) current(ctx context.Context, verify bool) (a *Answer, wrong, err error) {
	if a, err = j.index(ctx); err != nil || !verify {
		return a, nil, err
	}
	// From here on the source is read as if there were no converted file.
	j.close()
	j.sih5 = nil
	d, err := j.columns(ctx)
	if err != nil {
		return nil, nil, err
	}
	frame, err := cache.NewFrame(d.index, d.mem, nil)
	if err != nil {
		return nil, nil, err
	}
	defer frame.Close()
	wrong = j.same(ctx, j.msg.Converted, frame)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	if wrong != nil {
		j.decoded = d
		return nil, wrong, errStale
	}
	return a, nil, nil
}

// same reads a file back from the disk and compares it with the frame that it was written of.
func (j *Job) same(ctx context.Context, path string, f *cache.Frame) error {
	_, err := sih5.Verify(ctx, path, sih5.VerifyOptions{MaxBytes: j.msg.MaxBytes, Frame: f, Disk: true, Step: j.Step})
	return err
}

// readBack is same for a file that was written just now: one that differs is removed.
func (j *Job) readBack(ctx context.Context, path string, f *cache.Frame) error {
	err := j.same(ctx, path, f)
	if err == nil || ctx.Err() != nil {
		return err
	}
	return errors.Join(fmt.Errorf("what was written does not come back: %w", err), os.Remove(path))
}
