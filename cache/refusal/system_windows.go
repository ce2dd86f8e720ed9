package refusal

import (
	"fmt"
	"syscall"

	"golang.org/x/sys/windows"
)

// Package syscall's own numbers are in the lists because our packages use them as well.
var (
	noSpace  = []syscall.Errno{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED, syscall.ENOSPC, syscall.EDQUOT}
	readOnly = []syscall.Errno{windows.ERROR_WRITE_PROTECT, windows.ERROR_NETWORK_ACCESS_DENIED, syscall.EROFS}
	held     = []syscall.Errno{
		windows.ERROR_SHARING_VIOLATION, windows.ERROR_LOCK_VIOLATION, windows.ERROR_USER_MAPPED_FILE,
		windows.ERROR_UNABLE_TO_REMOVE_REPLACED, windows.ERROR_DELETE_PENDING,
	}
	noDescriptor = []syscall.Errno{windows.ERROR_TOO_MANY_OPEN_FILES, syscall.EMFILE, syscall.ENFILE}
	noMemory     = []syscall.Errno{windows.ERROR_NOT_ENOUGH_MEMORY, windows.ERROR_OUTOFMEMORY, windows.ERROR_COMMITMENT_LIMIT, windows.ERROR_NO_SYSTEM_RESOURCES, windows.ERROR_NOT_ENOUGH_QUOTA, syscall.ENOMEM}
	noName       = []syscall.Errno{windows.ERROR_INVALID_NAME, windows.ERROR_BAD_PATHNAME, windows.ERROR_DIRECTORY, windows.ERROR_BAD_NETPATH, windows.ERROR_BAD_NET_NAME}
)

// ofC are the numbers that Microsoft's C library gives Windows' errors.
var ofC = map[int]syscall.Errno{
	1:  windows.ERROR_ACCESS_DENIED, // EPERM
	2:  windows.ERROR_FILE_NOT_FOUND,
	5:  windows.ERROR_IO_DEVICE,
	9:  windows.ERROR_INVALID_HANDLE,
	12: windows.ERROR_NOT_ENOUGH_MEMORY,
	13: windows.ERROR_ACCESS_DENIED,
	17: windows.ERROR_FILE_EXISTS,
	20: windows.ERROR_DIRECTORY,
	22: windows.ERROR_INVALID_PARAMETER,
	23: windows.ERROR_TOO_MANY_OPEN_FILES, // of the machine
	24: windows.ERROR_TOO_MANY_OPEN_FILES,
	27: windows.ERROR_FILE_TOO_LARGE,
	28: windows.ERROR_DISK_FULL,
	30: windows.ERROR_WRITE_PROTECT,
	38: windows.ERROR_FILENAME_EXCED_RANGE,
}

// OfC is the error of an errno of C; nil for 0. Numbers of C are not those of Windows: 13 is
// not "Invalid data.", nor 28 "Out of paper."
func OfC(errno int) error {
	if errno == 0 {
		return nil
	}
	if e, ok := ofC[errno]; ok {
		return e
	}
	return fmt.Errorf("error %d of the C library", errno)
}
