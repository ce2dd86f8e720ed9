package sih5

import (
	"cmp"
	"context"
	"fmt"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
	"iceexplorer/cache/measure"
)

// Source says what the file was made from; ok is false if it does not say.
func (f *File) Source() (src cache.Stamp, ok bool) { return f.raw.sourceState() }

func (r *rawFile) sourceState() (src cache.Stamp, ok bool) {
	h := &r.header
	if !r.ours() || !h.has(intSourceSize) || !h.has(intSourceMTime) {
		return cache.Stamp{}, false
	}
	return cache.Stamp{Size: h.ints[intSourceSize], MTime: h.ints[intSourceMTime]}, true
}

// Lacks reports whether attributes that the file had when it was written are gone, or are links to other
// places: then its source has more.
func (f *File) Lacks() bool { return f.raw.lacks() }

// SourceStorage is how the source held its data; empty if the file does not say.
func (f *File) SourceStorage() cache.Storage { return cache.Storage(f.raw.source) }

// Index describes the columns. Where Mappable, the spans are file offsets; else only
// their lengths mean something.
func (f *File) Index() *cache.Index { return f.checked.index }

// Mappable reports whether a mapping of the file holds every column as it is used.
func (f *File) Mappable() bool { return f.checked.mappable }

// Size is the size in bytes of the file that was checked.
func (f *File) Size() int64 { return int64(f.size) }

// Need is the number of bytes that Fill wants.
func (f *File) Need() uint64 { return f.checked.need }

// Close gives back what the file holds.
func (f *File) Close() error {
	if f.file == nil {
		return nil
	}
	return exclusive(func() error {
		h := f.file
		f.file = nil
		if h.Close() != nil {
			return failed("close sih5", f.path, libError("close"))
		}
		return nil
	})
}

// Fill copies the columns into dst, which must have at least Need bytes, measures the ranges
// that the file does not give, and returns the index of dst.
func (f *File) Fill(ctx context.Context, dst []byte) (*cache.Index, error) {
	ix, err := f.fill(ctx, dst)
	if err != nil {
		return nil, failed("cannot be read", f.path, err)
	}
	return ix, nil
}

// Measure is Fill for the index alone: no values are stored.
func (f *File) Measure(ctx context.Context) (*cache.Index, error) {
	return f.measured(ctx, f.raw.out.whole)
}

func (f *File) measured(ctx context.Context, whole bool) (*cache.Index, error) {
	ix := f.checked.copied()
	err := f.each(ctx, ix, whole, func(g *hdf5.Group, raw *rawColumn, c *cache.Column) error {
		return measureColumn(ctx, g, raw, c)
	})
	if err != nil {
		return nil, failed("cannot be read", f.path, err)
	}
	return ix, nil
}

// attribs opens the group of the columns for do.
func (f *File) attribs(do func(*hdf5.Group) error) error {
	return exclusive(func() (err error) {
		h := f.file
		if h == nil {
			out, err := probe(f.path) // it may be another by now
			if err != nil {
				return err
			}
			for _, raw := range f.checked.raws {
				if why, refused := out.Attributes[raw.link]; refused {
					return cmp.Or(why, error(&cache.FormatError{Offset: -1, Field: "attribute " + raw.link, Msg: "is none any more"}))
				}
			}
			if h, err = openFile(f.path); err != nil {
				return err
			}
			defer h.Close()
		}
		g, err := openLinked(&h.CommonFG, "ATTRIBS")
		if err != nil || g == nil {
			return err
		}
		defer g.Close()
		return do(g)
	})
}

func (f *File) fill(ctx context.Context, dst []byte) (*cache.Index, error) {
	if uint64(len(dst)) < f.checked.need {
		return nil, fmt.Errorf("%d bytes are too few for %d", len(dst), f.checked.need)
	}
	ix := f.checked.copied()
	err := f.each(ctx, ix, f.raw.out.whole, func(g *hdf5.Group, raw *rawColumn, c *cache.Column) error {
		return copyColumn(ctx, g, raw, c, dst)
	})
	if err != nil {
		return nil, err
	}
	for i := range ix.Columns {
		if c := &ix.Columns[i]; c.HasData() {
			if err := measure.ColumnContext(ctx, c, dst[c.Data.Offset:c.Data.End()]); err != nil {
				return nil, err
			}
		}
	}
	return ix, nil
}
