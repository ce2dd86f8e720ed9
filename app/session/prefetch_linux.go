package session

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// populate reads the whole pages of b, a part of a mapping, into memory and into the
// page tables. It may wait for a disk; where a file was cut short it ends early,
// without a signal. The pointer serves to find the first page's begin alone.
func populate(b []byte) {
	const page = 4096
	skip := int(-uintptr(unsafe.Pointer(unsafe.SliceData(b))) % page)
	if len(b) < skip+page {
		return
	}
	b = b[skip:]
	if unix.Madvise(b, unix.MADV_POPULATE_READ) == unix.EINVAL { // before Linux 5.14
		_ = unix.Madvise(b, unix.MADV_WILLNEED)
	}
}
