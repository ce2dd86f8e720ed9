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
	return os.NewFile(uintptr(fd), "sih5"), procPath(fd), nil
}

// forget closes a memoryFile, which is then gone.
func forget(f *os.File) { f.Close() }

func procPath(fd int) string { return fmt.Sprintf("/proc/self/fd/%d", fd) }

// forgetPages has the system drop what it holds of a file, as far as that is on the disk.
func forgetPages(f *os.File) { _ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED) }
