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

// chunks looks at packed chunks before libhdf5 unpacks them: it takes memory without end for
// what expands without end, and reads past the end of what expands to too little.
type chunks struct {
	d       *dataset
	part    int
	id      C.hid_t
	bytes   uint64 // of a chunk's values
	columns uint64 // values of a row
	buf     unsafe.Pointer
	room    C.size_t
	out     []byte
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
	k := &chunks{d: d, part: part, id: id, bytes: d.chunk[0] * d.size, columns: 1}
	if d.rank == 2 {
		k.bytes, k.columns = k.bytes*d.chunk[1], d.dims[1]
	}
	return k, nil
}

func (k *chunks) close() {
	if k != nil {
		C.lib_close_part(k.id)
		C.free(k.buf)
	}
}

// look checks the chunks that begin in rows [from, from+n).
func (k *chunks) look(ctx context.Context, from, n uint64) error {
	if k == nil {
		return nil
	}
	wide := k.d.chunk[1]
	if k.d.rank == 1 {
		wide = 1
	}
	for row := from; row < from+n; row += k.d.chunk[0] {
		for column := uint64(0); column < k.columns; column += wide {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := k.one(row, column); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *chunks) one(row, column uint64) error {
	at := [2]C.uint64_t{C.uint64_t(row), C.uint64_t(column)}
	var mask C.uint32_t
	var n C.size_t
	if C.lib_read_chunk(k.id, &at[0], C.size_t(2*k.bytes+1<<16), &mask, &k.buf, &k.room, &n) < 0 {
		return libError("read a chunk of " + partNames[k.part])
	}
	if n == 0 { // none: its values are all the same
		return nil
	}
	if err := k.unpacks(unsafe.Slice((*byte)(k.buf), int(n)), uint32(mask)); err != nil {
		return &cache.FormatError{Offset: -1, Field: partNames[k.part],
			Msg: fmt.Sprintf("the chunk at row %d is damaged (%v)", row, err)}
	}
	return nil
}

// unpacks checks that a chunk has as many bytes as its values once the filters are undone, in
// the other order, that mask does not leave out.
func (k *chunks) unpacks(b []byte, mask uint32) error {
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
				return fmt.Errorf("it has %d bytes", len(b))
			}
			b, want = b[:len(b)-checksum], want-checksum
		case filterDeflate:
			if uint64(cap(k.out)) < want {
				k.out = make([]byte, want)
			}
			if err := inflate.Zlib(k.out[:want], b); err != nil {
				return err
			}
			b = k.out[:want]
		case filterShuffle:
		default:
			return nil // libhdf5 has no such filter, and says so
		}
	}
	if uint64(len(b)) != k.bytes {
		return fmt.Errorf("it has %d bytes for values of %d", len(b), k.bytes)
	}
	return nil
}
