package worker

import (
	"context"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs/proto"
)

// opened is a source whose contents are known.
type opened struct {
	columns
	index *cache.Index
	note  string // a note about its name, if there is one
}

type columns interface {
	Need() uint64
	Fill(ctx context.Context, dst []byte) (*cache.Index, error)
	Measure(ctx context.Context) (*cache.Index, error)
}

// warn adds the note to an index.
func (o *opened) warn(ix *cache.Index) {
	if o.note != "" {
		ix.Warnings = append(slices.Clone(ix.Warnings), o.note)
	}
}

// open gunzips the source, or opens it as HDF5 if it is that whatever its name says, and
// finds out what is in it. before is its stamp.
func (j *Job) open(ctx context.Context) (o *opened, before cache.Stamp, err error) {
	j.w.doing(j.id, proto.ReadingSource)
	if before, err = stamp(j.msg.Source); err != nil {
		return nil, before, err
	}
	j.Step()
	f, err := j.w.dec.Open(ctx, j.msg.Source, icecache.Options{MaxBytes: j.msg.MaxBytes, Threads: j.msg.Threads})
	switch {
	case err == nil:
		ix := f.Index()
		o = &opened{columns: f, index: &ix}
		if j.misnamed {
			o.note = "The file is an .icecache, though its name is that of an HDF5 file."
		}
	case cache.Permanent(err) && sih5.Is(j.msg.Source):
		h, openErr := sih5.Open(j.msg.Source, sih5.Options{MaxBytes: j.msg.MaxBytes})
		if openErr != nil {
			return nil, before, j.orChanged(before, openErr)
		}
		j.sih5 = h
		o = &opened{h, h.Index(), "The file is HDF5, though its name ends in .icecache."}
	default:
		return nil, before, j.orChanged(before, err)
	}
	j.Step()
	return o, before, nil
}

// orIcecache takes a converted file that is not HDF5 as the source if it is an .icecache; then
// there is no fresh converted file. Otherwise it returns err.
func (j *Job) orIcecache(err error) error {
	if sih5.Is(j.msg.Converted) || !icecache.Is(j.msg.Converted) {
		return err
	}
	j.msg.Source, j.msg.Converted, j.misnamed = j.msg.Converted, "", true
	return errStale
}
