package disk

import (
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// populate reads the pages that b lies in into memory and into the page tables. It may
// wait for a disk; where a file was cut short it ends early, without a signal.
//
// The first and the last page may hold what lies beside b: a mapping has whole pages, and
// nothing is done through the address but reading them in. The call goes through Syscall,
// as unix.Madvise takes no slice that begins before b.
func populate(b []byte) {
	const page = 4096
	if len(b) == 0 {
		return
	}
	at := uintptr(unsafe.Pointer(unsafe.SliceData(b)))
	from, to := at&^(page-1), (at+uintptr(len(b))+page-1)&^(page-1)
	_, _, errno := unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_POPULATE_READ)
	if errno == unix.EINVAL { // before Linux 5.14
		_, _, _ = unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_WILLNEED)
	}
	runtime.KeepAlive(b)
}
