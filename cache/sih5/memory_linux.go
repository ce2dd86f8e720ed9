package sih5

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// memoryFile is a file in memory that libhdf5 can open by the path while it is open
// here. It takes no more memory than what is written to it.
func memoryFile() (f *os.File, path string, err error) {
	fd, err := unix.MemfdCreate("sih5", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, "", os.NewSyscallError("memfd_create", err)
	}
	return os.NewFile(uintptr(fd), "sih5"), fmt.Sprintf("/proc/self/fd/%d", fd), nil
}
