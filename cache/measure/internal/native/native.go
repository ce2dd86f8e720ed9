//go:build cgo

// Package native has the kernels of package measure in C. It imports nothing of the program: what takes a
// compiler this long is compiled once, and not anew with each change of package cache.
package native

// The kernels read n values of comps components at src and write as many bytes to dst, unless it is nil,
// which the caller has checked, and keep no pointer; neither memory holds Go pointers. t points to the
// struct totals of measure.h.

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

// Float32 measures little-endian float32 components; past writes past the processor's caches.
func Float32(dst, src unsafe.Pointer, n, comps int, past bool, t unsafe.Pointer) {
	C.iceMeasureFloat32(dst, src, C.size_t(n), C.int(comps), number(past), (*C.struct_totals)(t))
}

// Int32 is Float32 for little-endian int32 components.
func Int32(dst, src unsafe.Pointer, n, comps int, past bool, t unsafe.Pointer) {
	C.iceMeasureInt32(dst, src, C.size_t(n), C.int(comps), number(past), (*C.struct_totals)(t))
}

// Uint8 is Float32 for components of one byte.
func Uint8(dst, src unsafe.Pointer, n, comps int, past bool, t unsafe.Pointer) {
	C.iceMeasureUint8(dst, src, C.size_t(n), C.int(comps), number(past), (*C.struct_totals)(t))
}

func number(b bool) C.int {
	if b {
		return 1
	}
	return 0
}
