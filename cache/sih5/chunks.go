package sih5

/*
#cgo linux CFLAGS: -I/usr/include/hdf5/serial
#include <stdlib.h>
#include "lib.h"
*/
import "C"

import (
	"context"
	"fmt"
	"slices"
	"unsafe"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
	"iceexplorer/cache/inflate"
)

// Filters that libhdf5 has, see package check.
const (
	filterDeflate  = 1
	filterShuffle  = 2
	filterChecksum = 3
)

// chunks unpacks chunks, or looks at them before libhdf5 does: that takes memory without end for
// what expands without end, and reads past the end of what expands to too little.
type chunks struct {
	d       *dataset
	part    int
	id      C.hid_t
	bytes   uint64 // of a chunk's values
	columns uint64 // values of a row
	buf     unsafe.Pointer
	room    C.size_t
	wide    uint64 // values of a row of a chunk
	out     []byte // unpacked
	sorted  []byte // and unshuffled
}

// openChunks is nil for a dataset whose chunks are not packed.
func openChunks(attribs *hdf5.Group, link string, part int, d *dataset) (*chunks, error) {
	if d.layout != chunked || len(d.filters) == 0 {
		return nil, nil
	}
	p := C.CString(link)
	defer C.free(unsafe.Pointer(p))
	id := C.lib_open_part(cid(attribs), p, C.int(part))
	if id < 0 {
		return nil, libError("open " + partNames[part])
	}
	k := &chunks{d: d, part: part, id: id, bytes: d.chunk[0] * d.size, columns: 1, wide: 1}
	if d.rank == 2 {
		k.bytes, k.columns, k.wide = k.bytes*d.chunk[1], d.dims[1], d.chunk[1]
	}
	return k, nil
}

func (k *chunks) close() {
	if k != nil {
		C.lib_close_part(k.id)
		C.free(k.buf)
	}
}

// native reports whether read can be used for elements of a type: libhdf5 is left what must be
// converted, and checksums.
func (k *chunks) native(elem int) bool {
	if k == nil || k.d.elem != elem && !(elem == elemU8 && (k.d.elem == elemBool || k.d.elem == elemEnum)) {
		return false
	}
	return !slices.ContainsFunc(k.d.filters, func(id int) bool { return id != filterDeflate && id != filterShuffle })
}

// read unpacks rows [from, from+n) into dst, where from begins a row of chunks. It is false if
// the file lacks one of the chunks, whose values are then all the same.
func (k *chunks) read(ctx context.Context, from, n uint64, dst []byte) (ok bool, err error) {
	size := k.d.size
	ok = true
	err = k.each(ctx, from, n, func(row, column uint64) error {
		b, err := k.one(row, column)
		if err != nil || b == nil {
			ok = ok && b != nil
			return err
		}
		across := min(k.wide, k.columns-column) * size
		for r := row; r < min(row+k.d.chunk[0], from+n); r++ {
			copy(dst[((r-from)*k.columns+column)*size:][:across], b[(r-row)*k.wide*size:])
		}
		return nil
	})
	return ok, err
}

// look checks the chunks that begin in rows [from, from+n).
func (k *chunks) look(ctx context.Context, from, n uint64) error {
	if k == nil {
		return nil
	}
	return k.each(ctx, from, n, func(row, column uint64) error {
		_, err := k.one(row, column)
		return err
	})
}

func (k *chunks) each(ctx context.Context, from, n uint64, do func(row, column uint64) error) error {
	for row := from; row < from+n; row += k.d.chunk[0] {
		for column := uint64(0); column < k.columns; column += k.wide {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := do(row, column); err != nil {
				return err
			}
		}
	}
	return nil
}

// one unpacks a chunk; its values are good until the next, and nil if there is none.
func (k *chunks) one(row, column uint64) ([]byte, error) {
	at := [2]C.uint64_t{C.uint64_t(row), C.uint64_t(column)}
	var mask C.uint32_t
	var n C.size_t
	if C.lib_read_chunk(k.id, &at[0], C.size_t(2*k.bytes+1<<16), &mask, &k.buf, &k.room, &n) < 0 {
		return nil, libError("read a chunk of " + partNames[k.part])
	}
	if n == 0 {
		return nil, nil
	}
	b, err := k.unpack(unsafe.Slice((*byte)(k.buf), int(n)), uint32(mask))
	if err != nil {
		return nil, &cache.FormatError{Offset: -1, Field: partNames[k.part],
			Msg: fmt.Sprintf("the chunk at row %d is damaged (%v)", row, err)}
	}
	return b, nil
}

// unpack undoes the filters that mask does not leave out, the last first. What comes of it has
// as many bytes as the chunk's values, unless libhdf5 lacks a filter, and says so later.
func (k *chunks) unpack(b []byte, mask uint32) ([]byte, error) {
	const checksum = 4
	want := k.bytes // before a filter was applied
	for i, id := range k.d.filters {
		if id == filterChecksum && mask>>i&1 == 0 {
			want += checksum
		}
	}
	for i := len(k.d.filters) - 1; i >= 0; i-- {
		if mask>>i&1 != 0 {
			continue
		}
		switch k.d.filters[i] {
		case filterChecksum:
			if len(b) < checksum {
				return nil, fmt.Errorf("it has %d bytes", len(b))
			}
			b, want = b[:len(b)-checksum], want-checksum
		case filterDeflate:
			if uint64(cap(k.out)) < want {
				k.out = make([]byte, want)
			}
			if err := inflate.Zlib(k.out[:want], b); err != nil {
				return nil, err
			}
			b = k.out[:want]
		case filterShuffle:
			if cap(k.sorted) < len(b) {
				k.sorted = make([]byte, len(b))
			}
			k.sorted = k.sorted[:len(b)]
			unshuffle(k.sorted, b, int(k.d.size))
			b = k.sorted
		default:
			return b, nil
		}
	}
	if uint64(len(b)) != k.bytes {
		return nil, fmt.Errorf("it has %d bytes for values of %d", len(b), k.bytes)
	}
	return b, nil
}

// unshuffle brings the bytes of each element together, of which src has first all first ones,
// then all second ones, and so on. Bytes that make no whole element come last in both.
func unshuffle(dst, src []byte, size int) {
	n := len(src) / size
	for j := range size {
		for i, x := range src[j*n : (j+1)*n] {
			dst[i*size+j] = x
		}
	}
	copy(dst[n*size:], src[n*size:])
}
