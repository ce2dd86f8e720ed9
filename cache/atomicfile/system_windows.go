package atomicfile

import (
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

func createUnnamed(string, fs.FileMode) *os.File { return nil }

func linkUnnamed(*os.File, string) error { return windows.ERROR_NOT_SUPPORTED }

// flush does nothing: Sync does all.
func flush(*os.File, int64, int64) {}

// lock does nothing: files are opened without the right to delete them.
func lock(*os.File) {}

// alive counts a process of another user, which cannot be asked, as alive. One that has ended but
// that somebody still watches is not.
func alive(pid int) bool {
	h, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return err == windows.ERROR_ACCESS_DENIED
	}
	defer windows.CloseHandle(h)
	state, err := windows.WaitForSingleObject(h, 0)
	return err != nil || state == uint32(windows.WAIT_TIMEOUT)
}

// free reports whether nobody has a file open, on other machines neither.
func free(path string) bool {
	h, err := open(path, windows.DELETE, 0, windows.FILE_FLAG_OPEN_REPARSE_POINT)
	if err != nil {
		return false
	}
	windows.CloseHandle(h)
	return true
}

// open opens what is at a path, which may be long.
func open(path string, access, share, flags uint32) (windows.Handle, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return windows.InvalidHandle, err
	}
	return windows.CreateFile(name, access, share, nil, windows.OPEN_EXISTING, flags, 0)
}
