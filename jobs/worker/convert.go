package worker

import (
	"context"
	"errors"
	"io/fs"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/refusal"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/task"
)

// convert writes the .sih5 from scratch memory that holds the frame already, or
// decodes first, and answers with the file's index.
func convert(ctx context.Context, j *Job, p task.ConvertParams) (*Answer, error) {
	j.asked = p.Named
	var wrong error
	if !p.Again && !j.msg.Distrusted {
		release, err := j.claim(ctx)
		if err != nil {
			return nil, err
		}
		defer release()
		var a *Answer
		// Somebody may have done it, perhaps a moment ago.
		if a, wrong, err = j.current(ctx, p.Verify); err == nil || !errors.Is(err, errStale) {
			return a, err
		}
	}
	d := j.decoded
	if d == nil {
		var err error
		if d, err = j.columns(ctx); err != nil {
			return nil, err
		}
	}
	frame, err := cache.NewFrame(d.index, d.mem, nil)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	// Whatever can fail about the answer must fail before the file is there.
	if !j.granted {
		if _, err := j.memory(ctx, 0, d.index); err != nil {
			return nil, err
		}
	}
	j.Step()
	j.w.doing(j.id, proto.Writing)
	var written proto.FileID
	index, err := sih5.Write(ctx, j.msg.Converted, frame, d.source, sih5.WriteOptions{
		Writer: j.w.program, Like: j.msg.Source, Linked: j.named(), Whole: func(st fs.FileInfo) { written = proto.IDOf(st) }})
	if err != nil {
		if refusal.Held(err) && !p.Again && !p.Verify { // perhaps by somebody who reads what somebody else has just written
			if a, stale := j.index(ctx); stale == nil {
				return a, nil
			}
		}
		return nil, j.stuck(err)
	}
	if p.Verify {
		if err := j.readBack(ctx, j.msg.Converted, frame); err != nil {
			return nil, err
		}
	}
	file, err := lookAt(j.msg.Converted)
	if err != nil {
		return nil, err
	}
	if file.ID != written { // somebody has put another one in its place
		return nil, errChanged
	}
	a := d.answer()
	a.Written = true
	a.Index, a.File = index, &file
	if wrong != nil {
		a.Own = task.Converted{Replaced: pathname.Text(wrong.Error())}
	}
	return a, nil
}
