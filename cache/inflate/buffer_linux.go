package inflate

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// adviseHuge asks for huge pages for the whole pages of b; a kernel that has none
// goes on without. The advice changes no contents, and stays with the memory when
// the collector gives it to something else, which is harmless.
func adviseHuge(b []byte) {
	const page = 4096
	skip := int(-uintptr(unsafe.Pointer(unsafe.SliceData(b))) % page)
	_ = unix.Madvise(b[skip:skip+(len(b)-skip)&^(page-1)], unix.MADV_HUGEPAGE)
}
