package worker

import (
	"context"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/task"
)

// exportAll writes a file that holds the frames of a sequence: the job's own, whose number
// is that of the file's job, and further ones.
func (j *Job) exportAll(ctx context.Context, format *export.Format, file export.Job, p task.ExportParams, change Change) (*Answer, error) {
	s := sequence{j: j, sum: &Answer{}, format: format, options: file.Options, wanted: p.Change, change: change}
	file.Frames = func(yield func(export.Numbered, error) bool) {
		if !s.frame(ctx, j.msg.Input, file.Number, yield) || ctx.Err() != nil {
			return
		}
		for _, f := range p.Further {
			if !s.frame(ctx, f.Input(j.msg.Input), cache.Number(f.Number), yield) || ctx.Err() != nil {
				return
			}
		}
	}
	err := format.Do(ctx, file)
	if len(s.failed) > 0 { // rather than what the Writer makes of it
		err = &broken{s.failed}
	}
	s.sum.Written, s.sum.Own = err == nil, exported(s.told)
	return s.sum, err
}

// sequence is the frames that a job reads one after the other.
type sequence struct {
	j      *Job
	mem    []byte  // that each is decoded into
	sum    *Answer // on all of them: the index is the first's
	done   int     // frames that are written
	failed []error // each *of: frames that cannot be in the file

	format  *export.Format
	options export.Values
	wanted  *task.Change // of each; nil: none
	change  Change
	told    export.Told // of any of them
}

// frame reads a frame, hands it over and takes it back. It reports whether there shall be
// another one. After one that fails nothing is handed over: the others are only read, so
// that people learn of all that are to be mended at once.
func (s *sequence) frame(ctx context.Context, in task.Input, number cache.Number, yield func(export.Numbered, error) bool) bool {
	msg := *s.j.msg
	msg.Input, msg.Held = in, nil
	one := Job{w: s.j.w, id: s.j.id, msg: &msg, own: &s.mem}
	defer one.close()
	frame, a, told, err := one.changed(ctx, number, s.wanted, s.change)
	if err == nil {
		defer frame.Close()
		err = s.format.Whole(frame)
	}
	if err != nil {
		s.failed = append(s.failed, &of{in.Path(), err})
		if len(s.failed) == 1 {
			yield(export.Numbered{}, s.failed[0])
		}
		return true
	}
	if len(s.failed) > 0 {
		return true
	}
	s.add(a)
	s.told.Add(told)
	s.told.Add(s.format.Tell(frame.Index(), s.options))
	s.j.Step()
	s.j.w.doing(s.j.id, proto.Writing)
	on := yield(export.Numbered{Frame: frame, Number: number}, nil)
	if on {
		s.done++
		s.j.w.wrote(s.j.id, s.done, s.sum.Bytes)
	}
	return on
}

func (s *sequence) add(a *Answer) {
	s.sum.Bytes += a.Bytes
	s.sum.Decoded = s.sum.Decoded || a.Decoded
	if s.sum.Index == nil {
		first := *a.Index
		first.Warnings = slices.Clone(first.Warnings)
		s.sum.Index, s.sum.Source = &first, a.Source
		return
	}
	ix := s.sum.Index
	if ix.Damage == nil {
		ix.Damage = a.Index.Damage
	}
	for _, w := range a.Index.Warnings {
		if !slices.Contains(ix.Warnings, w) {
			ix.Warnings = append(ix.Warnings, w)
		}
	}
}

// of is an error in another file than the job's.
type of struct {
	path string
	error
}

func (o *of) Unwrap() error { return o.error }

// broken are the errors of several frames of one job.
type broken struct{ frames []error }

func (b *broken) Error() string { return b.frames[0].Error() }
func (b *broken) Unwrap() error { return b.frames[0] }

// grown is n bytes of memory that is kept from one frame to the next.
func grown(mem *[]byte, n uint64) []byte {
	if uint64(len(*mem)) < n {
		*mem = nil                         // what is too small may go first
		*mem = make([]byte, max(n, 4<<10)) // smaller ones may lie anywhere, and columns must not
	}
	return (*mem)[:n]
}
