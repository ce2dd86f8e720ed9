package worker

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/jobs/task"
)

// measure answers with the index of a file, without handing its columns over.
func measure(ctx context.Context, j *Job, p task.MeasureParams) (*Answer, error) {
	switch {
	case p.Names:
		return j.names(ctx)
	case !p.Checksums:
		return j.ranges(ctx)
	}
	frame, a, err := j.Frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	var m task.Measured
	for _, attr := range frame.Attributes {
		h := sha256.New()
		for piece := range slices.Chunk(attr.Bytes(), hashStep) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			h.Write(piece)
		}
		m.SHA256 = append(m.SHA256, hex.EncodeToString(h.Sum(nil)))
		j.Step()
	}
	a.Own = m
	return a, nil
}

// hashStep is how many bytes are hashed between two checks of the context.
const hashStep = 4 << 20

// names answers with the attributes of a file, without their ranges.
func (j *Job) names(ctx context.Context) (*Answer, error) {
	a, err := j.index(ctx)
	switch {
	case err == nil:
		return a, nil
	case !errors.Is(err, errStale):
		return nil, err
	case j.sih5 != nil: // fresh, but it cannot be mapped
		return (&decoded{index: j.sih5.Index(), source: j.source}).answer(), nil
	case j.msg.Source == "":
		return nil, errStale
	}
	before, err := stamp(j.msg.Source)
	if err != nil {
		return nil, err
	}
	if h, columns, err := icecache.ReadHeader(j.msg.Source); err == nil {
		return (&decoded{index: &cache.Index{Header: h, Columns: columns}, source: before}).answer(), nil
	}
	f, before, err := j.open(ctx)
	if err != nil {
		return nil, err
	}
	return (&decoded{index: f.index, source: before}).answer(), nil
}

// ranges answers with the index of a file and stores no columns, so that it needs no memory.
// If a converted file is fresh and its index is complete, only the index is read.
func (j *Job) ranges(ctx context.Context) (*Answer, error) {
	a, err := j.index(ctx)
	switch {
	case err != nil && !errors.Is(err, errStale):
		return nil, err
	case err == nil && !slices.ContainsFunc(a.Index.Columns, func(c cache.Column) bool { return !c.Measured() }):
		return a, nil
	case j.sih5 != nil:
		j.Step()
		index, err := j.sih5.Measure(ctx)
		if err != nil {
			return nil, err
		}
		d := decoded{index: index, source: j.source}
		return d.answer(), nil
	case j.msg.Source == "":
		return nil, errStale
	}
	f, before, err := j.open(ctx)
	if err != nil {
		return nil, err
	}
	index, err := f.Measure(ctx)
	if err := j.orChanged(before, err); err != nil {
		return nil, err
	}
	f.warn(index)
	d := decoded{index: index, source: before, parsed: true}
	return d.answer(), nil
}
