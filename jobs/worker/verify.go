package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs/task"
)

// verify answers with the index of a file that is intact, and with what it holds against.
func verify(ctx context.Context, j *Job, _ task.None) (*Answer, error) {
	a, err := j.index(ctx)
	switch {
	case err == nil || errors.Is(err, errStale) && j.sih5 != nil:
		v, err := sih5.Verify(ctx, j.msg.Converted, sih5.VerifyOptions{MaxBytes: j.msg.MaxBytes, Step: j.Step})
		if err != nil {
			return nil, err
		}
		if a == nil { // it cannot be mapped
			a = (&decoded{index: j.sih5.Index(), source: j.source}).answer()
		}
		if v.Changed {
			a.Index.Warnings = append(slices.Clone(a.Index.Warnings), "Another program has changed the file since it was written.")
		}
		a.Own = task.Verified{Against: against(v)}
		return a, nil
	case !errors.Is(err, errStale):
		return nil, err
	case j.msg.Source == "":
		return nil, errStale
	case !j.msg.SourceOnly && !j.misnamed: // there is no converted file to verify
		a, err := j.names(ctx)
		if err == nil {
			a.Own = task.Verified{Against: "no converted file is up to date"}
		}
		return a, err
	}
	return j.verifySource(ctx)
}

func (j *Job) verifySource(ctx context.Context) (*Answer, error) {
	a, err := j.ranges(ctx)
	if err != nil {
		return nil, err
	}
	if d := a.Index.Damage; d != nil {
		return nil, &cache.FormatError{Offset: -1, Msg: d.State() + ": " + d.String()}
	}
	v := task.Verified{Against: "the structure holds; there is no checksum, as the file is not compressed"}
	if a.Index.Storage == cache.StorageGzip {
		v.Against = "gzip's checksum and the structure hold"
	}
	if slices.ContainsFunc(a.Index.Warnings, func(w string) bool { return strings.HasSuffix(w, icecache.Garbage) }) {
		v.Against += "; something was added to the file after them, which has no checksum and is not read"
	}
	a.Own = v
	return a, nil
}

func against(v *sih5.Verified) string {
	switch {
	case v.Unknown != "":
		return v.Unknown
	case v.Changed:
		return "another program has changed the file; its values are those that were written, by their checksums"
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
