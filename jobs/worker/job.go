package worker

import (
	"context"
	"errors"

	"iceexplorer/cache"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs/proto"
)

// Job is one running job, as the code of its task sees it.
type Job struct {
	w   *worker
	id  uint64
	msg *proto.Job
	// sih5 is the converted file the frame's columns still come from, if any, and
	// source what its source was when it was found to be fresh.
	sih5   *sih5.File
	source cache.Stamp

	asked bool   // a user has named the folder of the converted file for this job
	doubt string // why the converted file is not believed, if it is not

	decoded *decoded // of the source, if it was read to verify its converted file

	misnamed bool // the source's name is that of a converted file

	only []string // attributes that are needed of a converted file; nil: all

	own *[]byte // memory of the worker's own that columns go to; nil: scratch memory

	granted bool   // memory for columns was asked for
	spare   []byte // memory for a large index
	spareAt proto.Place
	rows    *proto.Rows
}

func (j *Job) close() {
	if j.sih5 != nil {
		j.sih5.Close() // only read
	}
}

// Step marks progress: a job that makes none for long is taken for stuck.
func (j *Job) Step() { j.w.progress.Add(1) }

// Rows is memory for the rows of data that the task answers with, count of size bytes
// each. A job asks once.
func (j *Job) Rows(ctx context.Context, count, size uint64) ([]byte, error) {
	if j.rows != nil {
		return nil, errors.New("memory for rows was asked for before")
	}
	n := count * size
	if size != 0 && n/size != count {
		return nil, &cache.UnsupportedError{Msg: "more rows than fit in memory"}
	}
	j.rows = &proto.Rows{Count: count, Size: size}
	if n == 0 {
		return nil, nil
	}
	mem, id, err := j.w.alloc(ctx, j.id, n)
	if err != nil {
		return nil, err
	}
	j.rows.At = proto.Place{Scratch: id, Span: cache.Span{Len: n}}
	return mem[:n], nil
}

// memory is scratch memory of n bytes, followed by room for the frame's index if that is
// large; none is requested if none is needed.
func (j *Job) memory(ctx context.Context, n uint64, ix *cache.Index) ([]byte, error) {
	if j.own != nil {
		return grown(j.own, n), nil
	}
	room, err := proto.IndexRoom(ix)
	if err != nil || n+room == 0 {
		return nil, err
	}
	mem, id, err := j.w.alloc(ctx, j.id, n+room)
	if err != nil {
		return nil, err
	}
	j.granted, j.spare = true, mem[n:n+room]
	j.spareAt = proto.Place{Scratch: id, Span: cache.Span{Offset: n}}
	return mem[:n], nil
}

// post moves a large index from an answer to scratch memory.
func (j *Job) post(ctx context.Context, a *proto.Answer) error {
	if a.Index == nil {
		return nil
	}
	b, inline, err := proto.Inline(a.Index)
	if err != nil || inline {
		return err
	}
	if !j.granted {
		if j.spare, j.spareAt.Scratch, err = j.w.alloc(ctx, j.id, uint64(len(b))); err != nil {
			return err
		}
	}
	if len(j.spare) >= len(b) {
		a.Index, a.IndexAt = nil, j.spareAt
		a.IndexAt.Len = uint64(copy(j.spare, b))
	}
	return nil
}
