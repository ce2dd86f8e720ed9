//go:build cgo

package measure

// The kernels read len(src) and write as many bytes to dst, which run has
// checked, and keep no pointer; neither slice nor Acc holds Go pointers.

/*
#cgo CFLAGS: -O3
#cgo noescape iceMeasureFloat32
#cgo nocallback iceMeasureFloat32
#cgo noescape iceMeasureInt32
#cgo nocallback iceMeasureInt32
#cgo noescape iceMeasureUint8
#cgo nocallback iceMeasureUint8
#include "measure.h"
*/
import "C"

import "unsafe"

// Implementation names the kernels in use.
const Implementation = "c"

func kernel(k kind, dst, src []byte, past bool, acc *Acc) {
	from, to := unsafe.Pointer(&src[0]), unsafe.Pointer(nil)
	if dst != nil {
		if to = unsafe.Pointer(&dst[0]); to == from {
			to = nil
		}
	}
	n := C.size_t(len(src) / (k.size() * acc.comps))
	stream := C.int(0)
	if past {
		stream = 1
	}
	t := (*C.struct_totals)(unsafe.Pointer(&acc.t))
	switch k {
	case kindFloat32:
		C.iceMeasureFloat32(to, from, n, C.int(acc.comps), stream, t)
	case kindInt32:
		C.iceMeasureInt32(to, from, n, C.int(acc.comps), stream, t)
	case kindUint8:
		C.iceMeasureUint8(to, from, n, C.int(acc.comps), stream, t)
	}
}
