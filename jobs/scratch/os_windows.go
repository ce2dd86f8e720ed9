package scratch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"

	"iceexplorer/cache/refusal"
)

// DefaultRoots are the folders for scratch files, best first.
func DefaultRoots() []string {
	if d, err := os.UserCacheDir(); err == nil {
		return []string{filepath.Join(d, "iceexplorer", "scratch")}
	}
	return []string{filepath.Join(os.TempDir(), "iceexplorer")}
}

// open shares the right to delete: without it neither side could open a file that
// the other will delete.
func open(path string, disposition, flags uint32) (*os.File, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE|windows.DELETE,
		windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE|windows.FILE_SHARE_DELETE, nil, disposition, flags, 0)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, path)
	}
	return os.NewFile(uintptr(h), path), nil
}

// createFile makes a file that is deleted with its last handle, and kept in memory
// while memory lasts.
func createFile(path string) (*os.File, error) {
	return open(path, windows.CREATE_NEW, windows.FILE_ATTRIBUTE_TEMPORARY|windows.FILE_FLAG_DELETE_ON_CLOSE)
}

func openFile(path string) (*os.File, error) { return open(path, windows.OPEN_EXISTING, 0) }

func publish(_ *os.File, path string) string { return path }

// reserve sets the file's length, which takes the disk's clusters on NTFS.
func reserve(f *os.File, n int64) error { return f.Truncate(n) }

// empty does nothing: a file that is mapped cannot be cut.
func empty(*os.File) {}

func discard([]byte) {}

// scarce: a process may have millions of handles.
func scarce(*os.File, int) bool { return false }

// mappingNeedsFile: a view is flushed through its file when it is unmapped.
const mappingNeedsFile = true

// mappingLimit: the address space alone bounds how many views a process has.
func mappingLimit() int { return 1 << 30 }

func mappingCount() int { return 0 }

// private: the folder lies in the user's own.
func private(string) error { return nil }

// remove removes the folder. A file that is open cannot be removed, so that the lock
// goes first. Files that frames still use are gone with those, and the folder with the last.
func (d *session) remove() error {
	closed := d.lock.Close()
	err := os.RemoveAll(d.dir)
	if refusal.Held(err) || errors.Is(err, fs.ErrPermission) || errors.Is(err, windows.ERROR_DIR_NOT_EMPTY) {
		err = nil
	}
	return errors.Join(closed, err)
}

// leave removes the folder of a file that was the last in it. The store is closed.
func (f *File) leave() { os.Remove(filepath.Dir(f.Path)) }

func advise([]byte) {}

func populate([]byte) {}

func lockFile(path string, wait bool) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	flags := uint32(windows.LOCKFILE_EXCLUSIVE_LOCK)
	if !wait {
		flags |= windows.LOCKFILE_FAIL_IMMEDIATELY
	}
	if err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped)); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock: %w: %s", err, path)
	}
	return f, nil
}
