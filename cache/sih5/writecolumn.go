package sih5

import (
	"errors"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
)

// part is a dataset that gets its place when all metadata are there.
type part struct {
	link string
	part int
	span *cache.Span
}

// Data of at least largeBytes begin at a page, so that touching or reading ahead one column
// takes nothing of its neighbours. Smaller ones lie closer: what a page would leave free is
// then at most a quarter of the data.
const (
	largeBytes = 16 << 10
	largeAlign = 4096
	smallAlign = 16 // a multiple of each element's size
)

// columnWriter creates the groups of attributes.
type columnWriter struct {
	attribs *hdf5.Group
	list    *hdf5.PropList
	boolean *hdf5.Datatype
	taken   map[string]int
	parts   []part
	// brief says that the header's summary has the order and the ranges. Then groups need not
	// repeat the order, nor small columns their ranges, which take more than their values.
	brief bool
}

func newColumnWriter(attribs *hdf5.Group) (cw *columnWriter, err error) {
	cw = &columnWriter{attribs: attribs, taken: map[string]int{}}
	if cw.list, err = contiguousList(); err != nil {
		return nil, err
	}
	if cw.boolean, err = boolType(); err != nil {
		cw.list.Close()
		return nil, err
	}
	return cw, nil
}

func (cw *columnWriter) close() {
	cw.list.Close()
	cw.boolean.Close()
}

func (cw *columnWriter) write(c *cache.Column, order int) error {
	link := linkName(c.Name, cw.taken)
	m := columnMeta(c, link, order)
	if cw.brief {
		m.have &^= 1 << intOrder
		if c.Data.Len < largeBytes {
			m.ranges, m.lengths = nil, cache.Lengths{}
		}
	}
	blobs := packNames(c.BlobTypes)
	g, err := makeGroup(&cw.attribs.CommonFG, link, roomColumn(c, &m, blobs), false)
	if err != nil {
		return err
	}
	defer g.Close()
	if err := writeMeta(g, &m); err != nil {
		return err
	}
	if err := writeStrings(g, "name", false, cache.PadName(c.Name)); err != nil {
		return err
	}
	if len(c.BlobTypes) == 0 {
		err = writeStrings(g, "blobtype_names", false, "")
	} else {
		err = errors.Join(writeStrings(g, "blobtype_names", true, c.BlobTypes...), writeBytes(g, "blobtype_bytes", blobs))
	}
	if err != nil {
		return err
	}
	for i, s := range c.Spans() {
		if s.Len == 0 {
			continue
		}
		if err := cw.dataset(g, c, i, s.Len); err != nil {
			return err
		}
		cw.parts = append(cw.parts, part{link, i, s})
	}
	return nil
}

// columnMeta is what the group of a column says of it.
func columnMeta(c *cache.Column, link string, order int) meta {
	m := meta{ranges: c.Ranges, lengths: c.Lengths}
	m.set(intDataType, int64(c.Type))
	m.set(intStructure, int64(c.Structure))
	m.set(intContext, int64(c.Context))
	m.set(intObjID, int64(c.DatabaseID))
	m.set(intCategory, int64(c.Category))
	m.set(intLocator, int64(c.Locator))
	m.set(intBlobTypes, int64(len(c.BlobTypes)))
	m.set(intConstant, btoi(c.Constant))
	m.set(intOrder, int64(order))
	if padded := paddedName(link); cache.TrimPadding(padded) != c.Name {
		m.set(intNameLength, int64(len(c.Name)))
	}
	if c.NonTrivial {
		m.set(intNonTrivial, 1)
	}
	return m
}

func btoi(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// dataset creates one part of a column, of size bytes.
func (cw *columnWriter) dataset(g *hdf5.Group, c *cache.Column, part int, size uint64) error {
	typ, dims := hdf5.T_STD_U64LE, []uint64{size / 8}
	switch part {
	case partRecords:
		typ, dims = hdf5.T_STD_U8LE, []uint64{size}
	case partData:
		comps := uint64(max(c.Type.Components(), 1))
		dims = []uint64{size / c.Type.Elem().Size() / comps, comps}
		switch {
		case c.Type == cache.TypeBool:
			typ = cw.boolean
		case c.Type.Elem() == cache.ElemFloat32:
			typ = hdf5.T_IEEE_F32LE
		case c.Type.Elem() == cache.ElemInt32:
			typ = hdf5.T_STD_I32LE
		default:
			typ = hdf5.T_STD_U8LE
		}
	}
	return makeDataset(g, part, typ, cw.list, dims...)
}
