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

// forget closes a memoryFile, which is gone then.
func forget(f *os.File) { f.Close() }

// createUnnamed opens a file in dir that has no name, nil where that cannot be had.
func createUnnamed(dir string) *os.File {
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, 0o666)
	if err != nil {
		return nil
	}
	if _, err := os.Lstat(procPath(fd)); err != nil { // linkUnnamed needs it
		unix.Close(fd)
		return nil
	}
	return os.NewFile(uintptr(fd), dir)
}

func linkUnnamed(f *os.File, name string) error {
	if err := unix.Linkat(unix.AT_FDCWD, procPath(int(f.Fd())), unix.AT_FDCWD, name, unix.AT_SYMLINK_FOLLOW); err != nil {
		return &os.PathError{Op: "link", Path: name, Err: err}
	}
	return nil
}

func procPath(fd int) string { return fmt.Sprintf("/proc/self/fd/%d", fd) }
