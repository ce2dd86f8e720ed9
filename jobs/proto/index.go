package proto

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"iceexplorer/cache"
)

// An index of thousands of attributes is too large for a message. It then lies as JSON in the
// scratch memory of its job, and the message says where.
const (
	// maxInline is the largest index that a message carries; the rest of the body is
	// for paths and checksums.
	maxInline = MaxBody / 2
	// MaxIndex bounds an index in scratch memory, in bytes.
	MaxIndex = 64 << 20
)

// Inline reports whether a message carries ix, and returns it as it is stored if not.
func Inline(ix *cache.Index) (stored []byte, inline bool, err error) {
	if light(ix) {
		return nil, true, nil
	}
	b, err := json.Marshal(ix)
	switch {
	case err != nil:
		return nil, false, fmt.Errorf("encode index: %w", err)
	case len(b) > MaxIndex:
		return nil, false, tooLarge(len(b))
	}
	return b, len(b) <= maxInline, nil
}

func tooLarge(n int) error {
	return &cache.UnsupportedError{Msg: fmt.Sprintf("an index of %d bytes, more than the limit of %d,", n, MaxIndex)}
}

// light reports whether ix fits in a message without a closer look, as those of all
// ordinary files do.
func light(ix *cache.Index) bool {
	const column, escaped = 4 << 10, 6 // bytes of all but names, and of a byte in JSON at most
	n := len(ix.Dialect) * escaped
	for _, w := range ix.Warnings {
		n += len(w) * escaped
	}
	if d := ix.Damage; d != nil {
		n += len(d.What) * escaped
		for _, m := range d.Missing {
			n += (len(m) + 1) * escaped
		}
	}
	for i := range ix.Columns {
		c := &ix.Columns[i]
		n += column + len(c.Name)*escaped
		for _, t := range c.BlobTypes {
			n += (len(t) + 1) * escaped
		}
	}
	return n <= maxInline
}

// IndexRoom is the memory to keep for an index that is not fully measured and placed yet; 0 if
// it will fit in a message in any case.
func IndexRoom(ix *cache.Index) (uint64, error) {
	if light(ix) {
		return 0, nil
	}
	const slack = 4 << 10 // for a warning of damage
	widest := *ix
	widest.Columns = slices.Clone(ix.Columns)
	for i := range widest.Columns {
		c := &widest.Columns[i]
		for _, s := range c.Spans() {
			*s = cache.Span{Offset: math.MaxUint64, Len: math.MaxUint64}
		}
		const long = -math.MaxFloat64
		c.Ranges = slices.Repeat([]cache.Range{{Min: long, Max: long, Mean: long, Finite: math.MaxUint64, NonFinite: math.MaxUint64}},
			c.Type.Components())
		c.Lengths = cache.Lengths{Min: long, Max: long, Finite: math.MaxUint64, NonFinite: math.MaxUint64}
	}
	b, err := json.Marshal(&widest)
	switch n := len(b) + slack; {
	case err != nil:
		return 0, fmt.Errorf("encode index: %w", err)
	case n <= maxInline:
		return 0, nil
	case n > MaxIndex:
		return 0, tooLarge(n)
	default:
		return uint64(n), nil
	}
}

// ReadIndex reads the index that lies at a place in scratch memory, which the other end
// may write to meanwhile.
func ReadIndex(mem []byte, at cache.Span) (*cache.Index, error) {
	if at.Len > MaxIndex || at.Offset > uint64(len(mem)) || at.Len > uint64(len(mem))-at.Offset {
		return nil, Errorf("an index at %d+%d of %d bytes", at.Offset, at.Len, len(mem))
	}
	var ix cache.Index
	m := Message{Kind: KindAnswer, Body: bytes.Clone(mem[at.Offset:at.End()])}
	if err := m.Decode(&ix); err != nil {
		return nil, err
	}
	return &ix, nil
}
