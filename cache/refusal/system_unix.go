//go:build unix

package refusal

import "syscall"

var (
	noSpace      = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT}
	readOnly     = []syscall.Errno{syscall.EROFS}
	held         []syscall.Errno
	noDescriptor = []syscall.Errno{syscall.EMFILE, syscall.ENFILE}
	noMemory     = []syscall.Errno{syscall.ENOMEM}
	noName       []syscall.Errno
)

// OfC is the error of an errno of C; nil for 0.
func OfC(errno int) error {
	if errno == 0 {
		return nil
	}
	return syscall.Errno(errno)
}
