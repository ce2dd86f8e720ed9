package sih5

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/sih5/check"
)

// meta is what a group's attributes say: ints by the int constants, those with
// their bit in have, and the measured ranges, one per component.
type meta struct {
	have   uint32
	ints   [numInts]int64
	ranges []cache.Range

	lengths cache.Lengths // zero if not measured
}

func (m *meta) has(i int) bool { return m.have>>i&1 != 0 }

func (m *meta) set(i int, v int64) {
	m.ints[i] = v
	m.have |= 1 << i
}

// uint32 is an integer of the .icecache format, where all are unsigned. Those that
// nothing depends on may be written as negative numbers.
func (m *meta) uint32(field string, i int, signed bool) (uint32, error) {
	if v := m.ints[i]; v < 0 && !(signed && v >= math.MinInt32) || v > math.MaxUint32 {
		return 0, &cache.FormatError{Offset: -1, Field: field, Msg: "out of range", Value: v}
	}
	return uint32(m.ints[i]), nil
}

// dataset is what libhdf5 says of a dataset, which is what the file says.
type dataset struct {
	present bool
	rank    int
	elem    int
	layout  int
	dims    [2]uint64 // set if rank is 1 or 2
	size    uint64    // of one element in the file, in bytes
	offset  uint64    // in the file; nowhere unless contiguous and allocated
	storage uint64    // bytes taken in the file
	chunk   [2]uint64 // set if chunked and rank is 1 or 2
	filters []int     // what its chunks are packed by, by number, in that order
	lacking string    // a filter of its chunks that libhdf5 has not
	packed  bool      // by that one, is its first chunk
}

// rawColumn is one group of /ATTRIBS.
type rawColumn struct {
	link      string
	meta      meta
	blobTypes []string
	parts     [numParts]dataset
}

// none reports whether the group says nothing of what attributes are, and holds nothing.
func (c *rawColumn) none() bool {
	return !c.meta.has(intDataType) && !slices.ContainsFunc(c.parts[:], func(d dataset) bool { return d.present || d.layout == linked })
}

// rawFile is all that is read of a file but its data.
type rawFile struct {
	header   meta
	dialect  string
	source   string // cache.Storage of the source
	warnings string // JSON list
	damage   string // JSON
	summary  string // see summary.go
	columns  []rawColumn
	others   int         // links in /ATTRIBS that are not hard
	links    uint        // all of them
	left     *check.Left // what libhdf5 must not be handed
	out      leaving
	seen     bool     // without libhdf5, which tests want to know
	strays   []string // what lies in /ATTRIBS and is no attribute
}

// stray notes what is no attribute, which harms nobody.
func (r *rawFile) stray(link string) {
	r.strays = append(r.strays, fmt.Sprintf("%.200s", r.called(link)))
	r.links--
}

// lacks reports whether some attribute is not there, or cannot be reached.
func (r *rawFile) lacks() bool {
	return r.others > 0 || r.header.has(intAttributes) && r.header.ints[intAttributes] != int64(r.links) ||
		slices.ContainsFunc(r.columns, func(c rawColumn) bool {
			return slices.ContainsFunc(c.parts[:], func(d dataset) bool { return d.layout == linked })
		})
}

// ours reports whether this program wrote the file.
func (r *rawFile) ours() bool {
	return r.header.has(intLayout) && r.header.ints[intLayout] >= layoutVersion
}

const (
	layoutVersion = 2
	maxText       = 64 << 20 // bytes of all link names, and of one attribute

	// What the best of HDF5's usual filters can make of a run of equal bytes, with
	// room: deflate reaches 1032.
	maxRatio = 2048
	// A chunk is decoded in memory as a whole.
	maxChunk = 256 << 20
)

// checked is a file whose numbers fit each other and the file.
type checked struct {
	index    *cache.Index // spans hold file offsets where they could be mapped
	raws     []*rawColumn
	mappable bool
	need     uint64        // bytes of scratch that hold all columns
	damage   *cache.Damage // but for what is left out
}

// check turns what a file says into an index, trusting no number: types, sizes and
// places are held against each other, against the file's size and the most bytes
// that a frame may have.
func (r *rawFile) check(fileSize, maxBytes uint64) (*checked, error) {
	h, err := r.parseHeader()
	if err != nil {
		return nil, err
	}
	if len(r.columns) > cache.MaxAttributes {
		return nil, &cache.FormatError{Offset: -1, Field: "attribute count", Msg: "too many", Value: len(r.columns)}
	}
	c := &checked{index: &cache.Index{Header: h, Storage: cache.StorageMapped, Dialect: r.dialect}, mappable: true}
	ix := c.index
	if r.warnings != "" && json.Unmarshal([]byte(r.warnings), &ix.Warnings) != nil {
		ix.Warnings = append(ix.Warnings, "the warnings of the source cannot be read")
	}
	ix.Damage, ix.Warnings = r.damaged(ix.Warnings)
	switch {
	case r.others == 1:
		ix.Warnings = append(ix.Warnings, "1 attribute is a link to another place and was left out")
	case r.others > 1:
		ix.Warnings = append(ix.Warnings, fmt.Sprintf("%d attributes are links to other places and were left out", r.others))
	}
	r.columns = slices.DeleteFunc(r.columns, func(raw rawColumn) bool {
		no := raw.none()
		if no {
			r.stray(raw.link)
		}
		return no
	})
	switch n := len(r.strays); {
	case n == 1:
		ix.Warnings = append(ix.Warnings, r.strays[0]+" is among the attributes but is none, and was left out")
	case n > 1:
		const named = 3
		what := strings.Join(r.strays[:min(n, named)], ", ")
		if n > named {
			what += fmt.Sprintf(" and %d more", n-named)
		}
		ix.Warnings = append(ix.Warnings, what+" are among the attributes but are none, and were left out")
	}
	for i := range r.columns {
		c.raws = append(c.raws, &r.columns[i])
	}
	ordered := !slices.ContainsFunc(c.raws, func(raw *rawColumn) bool { return !raw.meta.has(intOrder) })
	if r.ours() && ordered { // else they come as they were made
		slices.SortStableFunc(c.raws, func(a, b *rawColumn) int {
			return cmp.Compare(a.meta.ints[intOrder], b.meta.ints[intOrder])
		})
	}
	all := c.raws
	c.raws = nil
	for _, raw := range all {
		k := columnCheck{raw: raw, ours: r.ours(), header: h, fileSize: fileSize, mappable: true}
		if err := k.run(); err != nil {
			if err := r.out.leave(r.called(raw.link), err); err != nil {
				return nil, err
			}
			continue
		}
		c.raws = append(c.raws, raw)
		ix.Columns = append(ix.Columns, k.col)
		ix.Warnings = append(ix.Warnings, k.warnings...)
		c.mappable = c.mappable && k.mappable
	}
	if err := r.out.all(len(ix.Columns)); err != nil {
		return nil, err
	}
	c.damage, ix.Damage = ix.Damage, r.out.tell(ix.Damage)
	if err := c.measure(maxBytes); err != nil {
		return nil, err
	}
	if !c.mappable {
		ix.Storage = cache.StorageChunked
		return c, nil
	}
	return c, ix.Check(fileSize)
}

// damaged is what the file says of its source's damage. Version 0.1.0 said so in a
// warning only.
func (r *rawFile) damaged(warnings []string) (*cache.Damage, []string) {
	if r.damage != "" {
		d := &cache.Damage{}
		if err := json.Unmarshal([]byte(r.damage), d); err != nil {
			d = &cache.Damage{What: "the converted file says that its source is damaged", At: -1}
		}
		return d, warnings
	}
	for i, w := range warnings {
		if strings.HasPrefix(w, "The file is damaged (") || strings.HasPrefix(w, "The data end early (") {
			return &cache.Damage{What: "t" + strings.TrimSuffix(w[1:], "."), At: -1}, slices.Delete(slices.Clone(warnings), i, i+1)
		}
	}
	return nil, warnings
}

// measure finds the bytes needed and, for a file that is copied out, checks the
// index as it will be.
func (c *checked) measure(maxBytes uint64) error {
	copied := c.copied()
	need, ok := copied.Layout()
	if !ok || need > maxBytes {
		e := &cache.FormatError{Offset: -1, Field: "data", Msg: fmt.Sprintf("needs more than the limit of %d bytes", maxBytes)}
		if ok {
			e.Value = need
		}
		return e
	}
	c.need = need
	return copied.Check(need)
}

// copied is the index with its columns one after the other, as Fill puts them.
func (c *checked) copied() *cache.Index {
	ix := *c.index
	ix.Columns = slices.Clone(ix.Columns)
	ix.Layout()
	return &ix
}

func (r *rawFile) parseHeader() (h cache.Header, err error) {
	m := &r.header
	if !m.has(intPoints) {
		return h, &cache.FormatError{Offset: -1, Field: "header", Msg: "has no particle_count"}
	}
	for _, f := range []struct {
		name string
		i    int
		to   *uint32
	}{
		{"version", intVersion, &h.Version},
		{"type", intObject, (*uint32)(&h.Object)},
		{"particle_count", intPoints, &h.Points},
		{"edge_count", intEdges, &h.Edges},
		{"polygon_count", intPolygons, &h.Polygons},
		{"sample_count", intSamples, &h.Samples},
		{"substeps_count", intSubsteps, &h.Substeps},
	} {
		if *f.to, err = m.uint32("header: "+f.name, f.i, false); err != nil {
			return h, err
		}
	}
	return h, nil
}
