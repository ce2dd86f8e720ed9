//go:build cgo && !nolibdeflate

package inflate

// libdeflate reads only within src and writes only within dst, whatever the
// data; it keeps no pointer after the call, and the slices hold no Go pointers.

/*
#cgo linux LDFLAGS: -l:libdeflate.a
#cgo !linux LDFLAGS: -ldeflate
#cgo noescape iceInflate
#cgo nocallback iceInflate
#include <libdeflate.h>

static int iceInflate(struct libdeflate_decompressor *d, const void *src, size_t n,
	void *dst, size_t room, size_t *consumed, size_t *produced) {
	return libdeflate_deflate_decompress_ex(d, src, n, dst, room, consumed, produced);
}
*/
import "C"

import "unsafe"

// Implementation names the decoder behind Gunzip.
const Implementation = "libdeflate"

type libdeflate struct {
	d *C.struct_libdeflate_decompressor
}

// newBest returns nil, for the decoder in Go, if there is no memory for
// libdeflate's tables.
func newBest() fastDecoder {
	d := C.libdeflate_alloc_decompressor()
	if d == nil {
		return nil
	}
	return libdeflate{d}
}

func (l libdeflate) decode(dst, src []byte) (consumed, produced int, ok bool) {
	if len(src) == 0 || len(dst) == 0 {
		return 0, 0, false
	}
	var in, out C.size_t
	rc := C.iceInflate(l.d, unsafe.Pointer(&src[0]), C.size_t(len(src)),
		unsafe.Pointer(&dst[0]), C.size_t(len(dst)), &in, &out)
	return int(in), int(out), rc == C.LIBDEFLATE_SUCCESS
}

func (l libdeflate) close() { C.libdeflate_free_decompressor(l.d) }
