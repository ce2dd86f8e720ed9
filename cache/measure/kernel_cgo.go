//go:build cgo

package measure

import (
	"unsafe"

	"iceexplorer/cache/measure/internal/native"
)

// Implementation names the kernels in use.
const Implementation = "c"

// kernel hands over memory whose lengths run has checked.
func kernel(k kind, dst, src []byte, past bool, acc *Acc) {
	from, to := unsafe.Pointer(&src[0]), unsafe.Pointer(nil)
	if dst != nil {
		if to = unsafe.Pointer(&dst[0]); to == from {
			to = nil
		}
	}
	n, t := len(src)/(k.size()*acc.comps), unsafe.Pointer(&acc.t)
	switch k {
	case kindFloat32:
		native.Float32(to, from, n, acc.comps, past, t)
	case kindInt32:
		native.Int32(to, from, n, acc.comps, past, t)
	case kindUint8:
		native.Uint8(to, from, n, acc.comps, past, t)
	}
}
