package sih5

import (
	"errors"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
)

// smallPart is a dataset that gets its place later, see lib.h.
type smallPart struct {
	link string
	part int
	span *cache.Span
}

// columnWriter creates the groups of attributes.
type columnWriter struct {
	attribs     *hdf5.Group
	early, late *hdf5.PropList
	boolean     *hdf5.Datatype
	taken       map[string]bool
	small       []smallPart
}

func newColumnWriter(attribs *hdf5.Group) (cw *columnWriter, err error) {
	cw = &columnWriter{attribs: attribs, taken: map[string]bool{}}
	if cw.early, err = contiguousList(true); err != nil {
		return nil, err
	}
	if cw.late, err = contiguousList(false); err != nil {
		cw.early.Close()
		return nil, err
	}
	if cw.boolean, err = boolType(); err != nil {
		cw.early.Close()
		cw.late.Close()
		return nil, err
	}
	return cw, nil
}

func (cw *columnWriter) close() {
	cw.early.Close()
	cw.late.Close()
	cw.boolean.Close()
}

func (cw *columnWriter) write(c *cache.Column, order int) error {
	link := linkName(c.Name, cw.taken)
	g, err := makeGroup(&cw.attribs.CommonFG, link, 24)
	if err != nil {
		return err
	}
	defer g.Close()
	m := columnMeta(c, link, order)
	if err := writeMeta(g, &m); err != nil {
		return err
	}
	if err := writeStrings(g, "name", false, cache.PadName(c.Name)); err != nil {
		return err
	}
	if len(c.BlobTypes) == 0 {
		err = writeStrings(g, "blobtype_names", false, "")
	} else {
		err = errors.Join(writeStrings(g, "blobtype_names", true, c.BlobTypes...),
			writeBytes(g, "blobtype_bytes", packNames(c.BlobTypes)))
	}
	if err != nil {
		return err
	}
	for i, s := range c.Spans() {
		if s.Len == 0 {
			continue
		}
		if err := cw.dataset(g, link, c, i, s); err != nil {
			return err
		}
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

// dataset creates one part of a column and sets its place, or notes that it is small.
func (cw *columnWriter) dataset(g *hdf5.Group, link string, c *cache.Column, part int, s *cache.Span) error {
	typ, dims := hdf5.T_STD_U64LE, []uint64{s.Len / 8}
	switch part {
	case partRecords:
		typ, dims = hdf5.T_STD_U8LE, []uint64{s.Len}
	case partData:
		comps := uint64(max(c.Type.Components(), 1))
		dims = []uint64{s.Len / c.Type.Elem().Size() / comps, comps}
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
	list, small := cw.early, s.Len < smallBytes
	if small {
		list = cw.late
		cw.small = append(cw.small, smallPart{link, part, s})
	}
	at, err := makeDataset(g, part, typ, list, dims...)
	if err != nil {
		return err
	}
	if !small {
		s.Offset = at
	}
	return nil
}
