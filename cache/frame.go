package cache

import (
	"errors"
	"strings"
	"sync/atomic"
	"unsafe"
)

// Frame is one object at one frame: its header and attributes, whose values lie
// in a mapping the frame holds alive until Close.
type Frame struct {
	Header     Header
	Attributes []*Attribute // in the order of the file
	Storage    Storage
	Dialect    string
	Warnings   []string
	Damage     *Damage // nil: the file is whole

	closed  atomic.Bool
	release func() error
}

// Attribute is one column of a Frame. Its accessors return slices of the frame's
// mapping: they must not be written to, nor used after the frame is closed.
type Attribute struct {
	Column
	frame *Frame
	mem   []byte // the whole mapping
}

// NewFrame checks ix against mem, the mapping that holds its columns, and makes a
// Frame over it without a copy. release is called once, by Close; it may be nil.
// On error release is not called. mem must begin at an address that is a multiple
// of 8, as mappings and Go's larger allocations do.
func NewFrame(ix *Index, mem []byte, release func() error) (*Frame, error) {
	if len(mem) > 0 && uintptr(unsafe.Pointer(unsafe.SliceData(mem)))%8 != 0 {
		return nil, errors.New("mapping is not aligned to 8 bytes")
	}
	if err := ix.Check(uint64(len(mem))); err != nil {
		return nil, err
	}
	f := &Frame{Header: ix.Header, Storage: ix.Storage, Dialect: ix.Dialect, Warnings: ix.Warnings, Damage: ix.Damage, release: release}
	f.Attributes = make([]*Attribute, len(ix.Columns))
	for i, c := range ix.Columns {
		f.Attributes[i] = &Attribute{Column: c, frame: f, mem: mem}
	}
	return f, nil
}

// Close gives the mapping back. Using an attribute's values afterwards panics.
func (f *Frame) Close() error {
	if f.closed.Swap(true) || f.release == nil {
		return nil
	}
	return f.release()
}

// Index describes the frame's columns and where they lie now.
func (f *Frame) Index() *Index {
	ix := &Index{Header: f.Header, Storage: f.Storage, Dialect: f.Dialect, Warnings: f.Warnings, Damage: f.Damage}
	for _, a := range f.Attributes {
		ix.Columns = append(ix.Columns, a.Column)
	}
	return ix
}

// Attribute finds an attribute by its name, without regard to case and padding:
// writers disagree on both. It is nil if there is none.
func (f *Frame) Attribute(name string) *Attribute {
	name = TrimPadding(name)
	for _, a := range f.Attributes {
		if strings.EqualFold(TrimPadding(a.Name), name) {
			return a
		}
	}
	return nil
}

// Only is the frame with no attributes but those of the names that it has, in its order.
// It lives as long as the frame does, and is not closed.
func (f *Frame) Only(names []string) *Frame {
	g := &Frame{Header: f.Header, Storage: f.Storage, Dialect: f.Dialect, Warnings: f.Warnings, Damage: f.Damage}
	wanted := map[*Attribute]bool{}
	for _, name := range names {
		wanted[f.Attribute(name)] = true
	}
	for _, a := range f.Attributes {
		if wanted[a] {
			g.Attributes = append(g.Attributes, a)
		}
	}
	return g
}

// TrimPadding removes the underscores that pad a stored name to a multiple of 4.
func TrimPadding(name string) string {
	for range 3 {
		name = strings.TrimSuffix(name, "_")
	}
	return name
}

// PadName is a name as the formats store it: padded with underscores to a
// multiple of 4 bytes.
func PadName(name string) string {
	return name + strings.Repeat("_", (4-len(name)%4)%4)
}

func (a *Attribute) span(s Span) []byte {
	if a.frame.closed.Load() {
		panic("cache: attribute " + a.Name + " used after its frame was closed")
	}
	if s.Len == 0 {
		return nil
	}
	return a.mem[s.Offset:s.End():s.End()]
}

// Bytes are the stored values as they lie in the mapping: little-endian.
func (a *Attribute) Bytes() []byte { return a.span(a.Data) }

// Parts are the bytes of Data, Offsets, ValueOffsets, Records and RecordOffs as they
// lie in the mapping, in the order of Column.Spans; nil where there are none.
func (a *Attribute) Parts() [5][]byte {
	var parts [5][]byte
	for i, s := range a.Spans() {
		parts[i] = a.span(*s)
	}
	return parts
}

// Float32s are the components of all stored values one after the other, nil if
// the type is not made of floats.
func (a *Attribute) Float32s() []float32 {
	if a.Type.Elem() != ElemFloat32 {
		return nil
	}
	return view[float32](a.Bytes())
}

// Int32s are the stored values of a long or shape attribute, nil for others.
func (a *Attribute) Int32s() []int32 {
	if a.Type.Elem() != ElemInt32 {
		return nil
	}
	return view[int32](a.Bytes())
}

// RowOffsets has Rows+1 entries for arrays (in values) and for single values of
// variable length (in bytes); it is nil otherwise. The entries are a file's word:
// use Row and Value, which check them.
func (a *Attribute) RowOffsets() []uint64 { return view[uint64](a.span(a.Offsets)) }

// view reinterprets bytes as numbers. It is right on the little-endian machines
// that Go's amd64 and arm64 ports run on, for spans whose alignment Check has seen.
func view[T float32 | int32 | uint64](b []byte) []T {
	if len(b) == 0 {
		return nil
	}
	var z T
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b))/unsafe.Sizeof(z))
}

// NumRows is the number of rows a user sees: the elements of the context, also for
// constant attributes.
func (a *Attribute) NumRows() uint64 {
	if a.Constant {
		return max(a.frame.Header.Elements(a.Context), a.Rows)
	}
	return a.Rows
}

// Row is the run of stored values [from, to) of row i: one value for single
// attributes, any number for arrays, and the same for every i of a constant one.
// Rows out of range, and rows whose offsets make no sense, are empty.
func (a *Attribute) Row(i uint64) (from, to uint64) {
	if a.Constant {
		i = 0
	}
	if i >= a.Rows {
		return 0, 0
	}
	if a.Structure != Array {
		return i, i + 1
	}
	return between(a.RowOffsets(), i, a.Values)
}

// between is offsets[i], offsets[i+1] if they are in order and at most limit.
func between(offsets []uint64, i, limit uint64) (from, to uint64) {
	if i+1 >= uint64(len(offsets)) {
		return 0, 0
	}
	from, to = offsets[i], offsets[i+1]
	if from > to || to > limit {
		return 0, 0
	}
	return from, to
}

// Value is the bytes of stored value v, as counted by Row: little-endian
// components, or the content of a string or blob. It is nil out of range.
func (a *Attribute) Value(v uint64) []byte {
	if v >= a.Values {
		return nil
	}
	if a.Type.Variable() {
		offsets := a.Offsets
		if a.Structure == Array {
			offsets = a.ValueOffsets
		}
		from, to := between(view[uint64](a.span(offsets)), v, a.Data.Len)
		return a.Bytes()[from:to]
	}
	n := a.Type.ValueSize()
	return a.Bytes()[v*n : (v+1)*n]
}
