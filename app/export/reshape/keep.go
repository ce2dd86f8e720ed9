package reshape

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/cache"
)

// keep moves the values of the points that a mask has to the front of each column, and has the
// index say so.
func keep(ctx context.Context, f *cache.Frame, ix *cache.Index, mask *bitset.BitSet, told *telling) error {
	kept := uint64(mask.Count())
	columns := ix.Columns[:0]
	for i := range f.Attributes {
		c := ix.Columns[i]
		if goes(&c) {
			told.gone(goneWith, c.Name)
			continue
		}
		if c.Context == cache.Context0D && !c.Constant && c.Rows > 0 {
			if err := keepRows(ctx, f.Attributes[i], &c, mask, kept); err != nil {
				return fmt.Errorf("attribute %s: %w", c.Name, err)
			}
		}
		columns = append(columns, c)
	}
	ix.Columns = columns
	ix.Header.Points = uint32(kept)
	ix.Header.Edges, ix.Header.Polygons, ix.Header.Samples = 0, 0, 0
	return nil
}

const goneWith = "edges, polygons and samples go with the points that were not chosen"

// goes reports that an attribute goes where points are chosen.
func goes(c *cache.Column) bool {
	switch c.Context {
	case cache.Context1D, cache.Context2D, cache.Context0D2D:
		return true
	}
	return false
}

var errOffsets = errors.New("its offsets make no sense")

// keepRows moves the rows of one column.
func keepRows(ctx context.Context, a *cache.Attribute, c *cache.Column, mask *bitset.BitSet, kept uint64) error {
	parts := a.Parts()
	data, offsets, valueOffsets, records, recordOffs := parts[0], parts[1], parts[2], parts[3], parts[4]
	bytes := &fixed{data: data, size: 1}
	values := &fixed{data: data, size: c.Type.ValueSize()}
	var texts, shapes *ragged // of values
	rows := mover(values)
	var err error
	switch variable := c.Type.Variable(); {
	case variable && c.Structure == cache.Array:
		texts, err = newRagged(valueOffsets, bytes, c.Data.Len)
		rows = texts
	case variable:
		rows, err = newRagged(offsets, bytes, c.Data.Len)
	case len(recordOffs) > 0:
		shapes, err = newRagged(recordOffs, &fixed{data: records, size: 1}, c.Records.Len)
		rows = both{values, shapes}
	}
	if err == nil && c.Structure == cache.Array {
		rows, err = newRagged(offsets, rows, c.Values)
	}
	if err != nil {
		return err
	}
	for from, ok := mask.NextSet(0); ok; from, ok = mask.NextSet(from) {
		to, more := mask.NextClear(from)
		if !more {
			to = mask.Len()
		}
		for ; from < to; from = min(from+step, to) {
			if err := ctx.Err(); err != nil {
				return err
			}
			rows.move(uint64(from), uint64(min(from+step, to)))
		}
	}
	c.Ranges, c.Lengths = nil, cache.Lengths{}
	c.Rows, c.Values = kept, kept
	c.Data.Len = values.bytes()
	if c.Type.Variable() {
		c.Data.Len = bytes.bytes()
	}
	if c.Structure == cache.Array {
		c.Values = values.n
		if texts != nil {
			c.Values, c.ValueOffsets.Len = texts.n, 8*(texts.n+1)
		}
	}
	if len(offsets) > 0 {
		c.Offsets.Len = 8 * (kept + 1)
	}
	if shapes != nil {
		c.RecordOffs.Len, c.Records.Len = 8*(shapes.n+1), shapes.to.count()
	}
	if kept == 0 { // there is nothing to find
		c.Values, c.Data.Len, c.Offsets.Len, c.ValueOffsets.Len, c.Records.Len, c.RecordOffs.Len = 0, 0, 0, 0, 0, 0
	}
	return nil
}

// mover moves the items from, to-1 of a run behind those moved before. Runs rise.
type mover interface {
	move(from, to uint64)
	count() uint64 // moved so far
}

// fixed are items of one size.
type fixed struct {
	data    []byte
	size, n uint64
}

func (f *fixed) move(from, to uint64) {
	copy(f.data[f.n*f.size:], f.data[from*f.size:to*f.size])
	f.n += to - from
}

func (f *fixed) count() uint64 { return f.n }
func (f *fixed) bytes() uint64 { return f.n * f.size }

// ragged are items that are runs of others each.
type ragged struct {
	offsets []byte // uint64s, one more than there are items
	to      mover
	n       uint64

	last, end uint64 // of the run before: where it ended, and the offset that stood there
}

// newRagged looks at the offsets, which are a file's word: they rise, and end at limit at most.
func newRagged(offsets []byte, to mover, limit uint64) (*ragged, error) {
	last := uint64(0)
	for i := 0; i+8 <= len(offsets); i += 8 {
		at := binary.LittleEndian.Uint64(offsets[i:])
		if at < last || at > limit {
			return nil, errOffsets
		}
		last = at
	}
	return &ragged{offsets: offsets, to: to}, nil
}

func (r *ragged) at(i uint64) uint64   { return binary.LittleEndian.Uint64(r.offsets[8*i:]) }
func (r *ragged) put(i, offset uint64) { binary.LittleEndian.PutUint64(r.offsets[8*i:], offset) }
func (r *ragged) count() uint64        { return r.n }

func (r *ragged) move(from, to uint64) {
	if from == to {
		return
	}
	first, end, base := r.at(from), r.at(to), r.to.count()
	if from == r.last && r.n > 0 { // its place has the new offset
		first = r.end
	}
	r.put(r.n, base)
	for i := from + 1; i < to; i++ {
		r.put(r.n+i-from, base+r.at(i)-first)
	}
	r.n += to - from
	r.put(r.n, base+end-first)
	r.last, r.end = to, end
	r.to.move(first, end)
}

// both are two movers of the same items.
type both struct{ a, b mover }

func (m both) move(from, to uint64) { m.a.move(from, to); m.b.move(from, to) }
func (m both) count() uint64        { return m.a.count() }
