package cache

import (
	"fmt"
	"math"
	"math/bits"
)

// Header is what a cache says of its object, the fields of the .icecache header.
type Header struct {
	Version  uint32     `json:"version"` // 100 to 103
	Object   ObjectType `json:"object"`
	Points   uint32     `json:"points"`
	Edges    uint32     `json:"edges"`
	Polygons uint32     `json:"polygons"`
	Samples  uint32     `json:"samples"`  // UV samples
	Substeps uint32     `json:"substeps"` // version 103 only
}

// Elements is the number of elements of an attribute in the given context; 0 for
// contexts that carry no data.
func (h Header) Elements(c Context) uint64 {
	switch c {
	case ContextSingleton:
		return 1
	case Context0D:
		return uint64(h.Points)
	case Context1D:
		return uint64(h.Edges)
	case Context2D:
		return uint64(h.Polygons)
	case Context0D2D:
		return uint64(h.Samples)
	}
	return 0
}

// Span is a run of bytes of a mapping.
type Span struct {
	Offset uint64 `json:"o"`
	Len    uint64 `json:"n"`
}

// End is the byte after the span; it is only meaningful for spans that fit.
func (s Span) End() uint64 { return s.Offset + s.Len }

// fits reports whether the span lies within size bytes and begins at a multiple
// of align. An empty span always fits.
func (s Span) fits(size, align uint64) bool {
	return s.Len == 0 || s.Offset%align == 0 && s.Offset <= size && s.Len <= size-s.Offset
}

// Range sums up one component of an attribute's stored values.
type Range struct {
	Min       float64 `json:"min"`  // over the finite values; 0 if there are none
	Max       float64 `json:"max"`  // likewise
	Mean      float64 `json:"mean"` // likewise
	Finite    uint64  `json:"finite"`
	NonFinite uint64  `json:"nonfinite,omitempty"` // NaN and infinities
}

// Lengths sums up the lengths (magnitudes) of an attribute's stored values. A value
// with a component that is not finite has none.
type Lengths struct {
	Min       float64 `json:"min"` // over the values that have one; 0 if none has
	Max       float64 `json:"max"` // likewise
	Finite    uint64  `json:"finite"`
	NonFinite uint64  `json:"nonfinite,omitempty"`
}

// Column describes one attribute and says where its values lie in a mapping.
//
// Values are stored one after the other, in the order of the file. A row is an
// element of the context: a point, an edge. Constant attributes store one row. Of
// Array attributes a row is a run of values, found through Offsets. Of the types
// of variable length (DataType.Variable) a value is a run of bytes: found through
// Offsets for Single attributes, through ValueOffsets for Array ones.
type Column struct {
	Name       string    `json:"name"` // as the file spells it, without padding
	Type       DataType  `json:"type"`
	Structure  Structure `json:"structure"`
	Context    Context   `json:"context"`
	Category   Category  `json:"category"`
	DatabaseID uint32    `json:"id,omitempty"`        // obsolete; kept for writing back
	BlobTypes  []string  `json:"blobtypes,omitempty"` // TypeCustom: the names of its types
	Locator    uint32    `json:"locator,omitempty"`   // TypeLocation: declared size of the locator block
	Constant   bool      `json:"constant,omitempty"`
	Rows       uint64    `json:"rows"`   // stored rows: 1 if constant
	Values     uint64    `json:"values"` // stored values: Rows, or the sum over all rows of an array

	Data         Span `json:"data"`                 // Values x ValueSize bytes; the bytes of all values if Variable
	Offsets      Span `json:"offsets"`              // uint64 x (Rows+1): arrays (in values), single variable types (in bytes)
	ValueOffsets Span `json:"voffsets"`             // uint64 x (Values+1): arrays of variable types (in bytes)
	Records      Span `json:"records"`              // TypeShape: what Data does not hold, see ShapeRecord
	RecordOffs   Span `json:"recordoffsets"`        // uint64 x (Values+1) into Records (in bytes)
	NonTrivial   bool `json:"nontrivial,omitempty"` // TypeShape without Records: the flag all values share is false

	Ranges []Range `json:"ranges,omitempty"` // one per component; nil if not measured or Variable
	// Lengths are those of the values of types of several components; zero if not
	// measured.
	Lengths Lengths `json:"lengths,omitzero"`
}

// Storage says how a frame's file holds its data.
type Storage string

const (
	StorageGzip    Storage = "gzip"    // .icecache
	StoragePlain   Storage = "plain"   // .icecache, not compressed
	StorageText    Storage = "text"    // .icecache, written under XSI_CACHE_ASCII
	StorageMapped  Storage = "mapped"  // .sih5 that can be mapped
	StorageChunked Storage = "chunked" // .sih5 whose data must be copied out
)

// Index describes a decoded frame: all that is needed to use a mapping of its
// columns.
type Index struct {
	Header   Header   `json:"header"`
	Columns  []Column `json:"columns"`
	Storage  Storage  `json:"storage"`
	Dialect  string   `json:"dialect,omitempty"`  // the .icecache layout that fitted
	Warnings []string `json:"warnings,omitempty"` // one sentence each
	Damage   *Damage  `json:"damage,omitempty"`   // nil: the file is whole
}

// offsetsFor says how many entries the Offsets and ValueOffsets of a column have.
func (c *Column) offsetsFor() (offsets, valueOffsets uint64) {
	v, a := c.Type.Variable(), c.Structure == Array
	switch {
	case v && a:
		return c.Rows + 1, c.Values + 1
	case v || a:
		return c.Rows + 1, 0
	}
	return 0, 0
}

// HasData reports whether the column stores anything.
func (c *Column) HasData() bool { return c.Rows > 0 && c.Type.Elem() != ElemNone }

// Measured reports whether the column's Ranges and Lengths are fully known. Of arrays that
// are all empty there is nothing to know.
func (c *Column) Measured() bool {
	n := c.Type.Components()
	return n == 0 || !c.HasData() || c.Values == 0 || len(c.Ranges) == n && (n == 1 || c.Lengths != Lengths{})
}

// Take notes what was measured of the column's values, as far as it was not known.
func (c *Column) Take(ranges []Range, lengths Lengths) {
	if len(c.Ranges) == 0 {
		c.Ranges = ranges
	}
	if c.Lengths == (Lengths{}) {
		c.Lengths = lengths
	}
}

// Check reports whether every column of the index lies within a mapping of size
// bytes, with the sizes its type asks for. It is what stands between a worker's
// word (or a foreign file's) and the use of memory, so it trusts no number in the
// index; it does not look at the mapping's contents.
func (ix *Index) Check(size uint64) error {
	if len(ix.Columns) > MaxAttributes {
		return &FormatError{Offset: -1, Field: "attribute count", Msg: "too many", Value: len(ix.Columns)}
	}
	for i := range ix.Columns {
		c := &ix.Columns[i]
		if msg := c.check(ix.Header, size); msg != "" {
			return &FormatError{Offset: -1, Field: "attribute " + c.Name, Msg: msg}
		}
	}
	return nil
}

// MaxAttributes and MaxNameLen bound what a file may declare: far above anything
// a scene has, far below what would hurt.
const (
	MaxAttributes = 4096
	MaxNameLen    = 4096
)

func (c *Column) check(h Header, size uint64) string {
	switch {
	case len(c.Name) > MaxNameLen:
		return "name too long"
	case !c.Type.Known():
		return "unknown data type"
	case c.Structure != Single && c.Structure != Array:
		return "unknown structure"
	case c.Rows > math.MaxInt64/16 || c.Values > math.MaxInt64/16:
		return "counts overflow"
	case c.Constant && c.Rows > 1:
		return fmt.Sprintf("constant with %d rows", c.Rows)
	case !c.Constant && c.Rows != 0 && c.Rows != h.Elements(c.Context):
		return fmt.Sprintf("%d rows for %d elements", c.Rows, h.Elements(c.Context))
	case c.Structure == Single && c.Values != c.Rows:
		return fmt.Sprintf("%d values in %d rows", c.Values, c.Rows)
	}
	if !c.HasData() {
		if c.Data.Len != 0 || c.Values != 0 {
			return "data without rows"
		}
		for _, s := range []Span{c.Offsets, c.ValueOffsets, c.RecordOffs, c.Records} {
			if !s.fits(size, 1) {
				return fmt.Sprintf("offsets without rows at %d+%d do not fit %d bytes", s.Offset, s.Len, size)
			}
		}
		return ""
	}
	if !c.Type.Variable() {
		hi, want := bits.Mul64(c.Values, c.Type.ValueSize())
		if hi != 0 || want != c.Data.Len {
			return fmt.Sprintf("%d bytes for %d values", c.Data.Len, c.Values)
		}
	}
	if !c.Data.fits(size, max(c.Type.Elem().Size(), 1)) {
		return fmt.Sprintf("data at %d+%d does not fit %d bytes", c.Data.Offset, c.Data.Len, size)
	}
	no, nv := c.offsetsFor()
	if c.Offsets.Len != no*8 || !c.Offsets.fits(size, 8) {
		return fmt.Sprintf("offsets at %d+%d do not fit %d bytes", c.Offsets.Offset, c.Offsets.Len, size)
	}
	if c.ValueOffsets.Len != nv*8 || !c.ValueOffsets.fits(size, 8) {
		return fmt.Sprintf("value offsets at %d+%d do not fit %d bytes", c.ValueOffsets.Offset, c.ValueOffsets.Len, size)
	}
	if c.RecordOffs.Len != 0 && c.RecordOffs.Len != (c.Values+1)*8 || !c.RecordOffs.fits(size, 8) ||
		!c.Records.fits(size, 1) || c.Type != TypeShape && c.RecordOffs.Len+c.Records.Len != 0 {
		return "shape records do not fit"
	}
	if len(c.Ranges) != 0 && len(c.Ranges) != c.Type.Components() {
		return fmt.Sprintf("%d ranges for %d components", len(c.Ranges), c.Type.Components())
	}
	if c.Lengths != (Lengths{}) && c.Type.Components() < 2 {
		return fmt.Sprintf("lengths of values of type %v", c.Type)
	}
	return ""
}
