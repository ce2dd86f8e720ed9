package cache

import (
	"errors"
	"fmt"
	"unsafe"
)

// ColumnAlign is the alignment of columns in scratch memory, in bytes: a cache
// line, and enough for every element type.
const ColumnAlign = 64

// Layout places the columns of an index one after the other, each at a multiple
// of ColumnAlign. It sets the Offset of every span whose Len is set and returns
// the bytes needed. ok is false if they do not fit in an int64.
func (ix *Index) Layout() (need uint64, ok bool) {
	const limit = 1 << 62
	for i := range ix.Columns {
		for _, s := range ix.Columns[i].Spans() {
			if s.Len == 0 {
				continue
			}
			need = (need + ColumnAlign - 1) &^ uint64(ColumnAlign-1)
			s.Offset = need
			if s.Len > limit || need > limit-s.Len {
				return 0, false
			}
			need += s.Len
		}
	}
	return need, true
}

// Spans are the places of all the column's parts, for moving them.
func (c *Column) Spans() []*Span {
	return []*Span{&c.Data, &c.Offsets, &c.ValueOffsets, &c.Records, &c.RecordOffs}
}

// Builder makes a Frame in memory of its own, for generators and tests.
type Builder struct {
	ix    Index
	parts [][]byte
	err   error
}

// NewBuilder starts a frame with the given header.
func NewBuilder(h Header) *Builder { return &Builder{ix: Index{Header: h, Storage: StorageMapped}} }

// Float32s adds a single attribute of floats in point context. data holds the
// components of all values one after the other; one value only makes the
// attribute constant unless the frame has one point.
func (b *Builder) Float32s(name string, t DataType, data []float32) {
	b.Add(Column{Name: name, Type: t}, bytesOf(data), nil)
}

// Int32s is Float32s for longs.
func (b *Builder) Int32s(name string, data []int32) {
	b.Add(Column{Name: name, Type: TypeLong}, bytesOf(data), nil)
}

// Bools is Float32s for bools of 0 or 1.
func (b *Builder) Bools(name string, data []byte) {
	b.Add(Column{Name: name, Type: TypeBool}, data, nil)
}

// Strings adds one string per row.
func (b *Builder) Strings(name string, rows []string) {
	data, offsets := []byte{}, []uint64{0}
	for _, r := range rows {
		data = append(data, r...)
		offsets = append(offsets, uint64(len(data)))
	}
	b.Add(Column{Name: name, Type: TypeString}, data, offsets)
}

// Shapes adds one shape per row.
func (b *Builder) Shapes(name string, rows []ShapeRecord) {
	types, extra := make([]int32, len(rows)), false
	var rec []byte
	offsets := []uint64{0}
	for i, r := range rows {
		types[i] = r.Type
		extra = extra || r.Extra() || r.Trivial != rows[0].Trivial
		rec = r.Append(rec)
		offsets = append(offsets, uint64(len(rec)))
	}
	c := Column{Name: name, Type: TypeShape}
	if !extra {
		c.NonTrivial = len(rows) > 0 && !rows[0].Trivial
		b.add(c, bytesOf(types), nil, nil, nil, nil)
		return
	}
	b.add(c, bytesOf(types), nil, nil, rec, offsets)
}

// Add adds a column given its name, type and, where they differ from a built-in
// single attribute of points, structure, context and category. offsets has one
// entry per row and one more: for arrays in values, for strings and blobs in bytes.
func (b *Builder) Add(c Column, data []byte, offsets []uint64) {
	b.add(c, data, offsets, nil, nil, nil)
}

// AddVariableArray adds an array of strings or blobs: offsets in values,
// valueOffsets in bytes.
func (b *Builder) AddVariableArray(c Column, data []byte, offsets, valueOffsets []uint64) {
	b.add(c, data, offsets, valueOffsets, nil, nil)
}

func (b *Builder) add(c Column, data []byte, offsets, valueOffsets []uint64, records []byte, recordOffs []uint64) {
	if c.Structure == 0 {
		c.Structure = Single
	}
	if c.Context == 0 {
		c.Context = Context0D
	}
	if c.Category == 0 {
		c.Category = CategoryBuiltin
	}
	switch {
	case offsets != nil:
		c.Rows = uint64(len(offsets)) - 1
		c.Values = c.Rows
		if c.Structure == Array {
			c.Values = offsets[c.Rows]
		}
	case c.Type.ValueSize() == 0:
		b.err = errors.Join(b.err, fmt.Errorf("attribute %s: %v wants offsets", c.Name, c.Type))
		return
	default:
		c.Values = uint64(len(data)) / c.Type.ValueSize()
		c.Rows = c.Values
	}
	c.Constant = c.Constant || c.Rows == 1 && b.ix.Header.Elements(c.Context) > 1
	parts := [][]byte{data, bytesOf(offsets), bytesOf(valueOffsets), records, bytesOf(recordOffs)}
	for i, s := range c.Spans() {
		s.Len = uint64(len(parts[i]))
	}
	b.ix.Columns = append(b.ix.Columns, c)
	b.parts = append(b.parts, parts...)
}

// Frame lays the columns out and copies them. The builder must not be used again.
func (b *Builder) Frame() (*Frame, error) {
	if b.err != nil {
		return nil, b.err
	}
	need, ok := b.ix.Layout()
	if !ok {
		return nil, errors.New("frame is too large")
	}
	mem := bytesOf(make([]uint64, (need+7)/8))[:need] // aligned to 8
	for i := range b.ix.Columns {
		for j, s := range b.ix.Columns[i].Spans() {
			copy(mem[s.Offset:], b.parts[i*5+j])
		}
	}
	return NewFrame(&b.ix, mem, nil)
}

func bytesOf[T any](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), uintptr(len(s))*unsafe.Sizeof(s[0]))
}
