// Package regular opens only regular files for reading. Opening a pipe may never return, nor
// may reading from one or from a device; opening a device may even have effects. So the
// package looks at what a path leads to before it opens it, and once more afterwards.
package regular

import (
	"io"
	"io/fs"
	"os"
)

// Error says that a path leads to something other than a file.
type Error struct{ Mode fs.FileMode }

func (e *Error) Error() string { return "not a file but " + Kind(e.Mode) }

// Kind is what to call something with a mode.
func Kind(mode fs.FileMode) string {
	switch {
	case mode.IsRegular():
		return "a file"
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "something unknown"
}

// Open opens a file for reading. Errors are *fs.PathError; one that wraps an *Error says that
// the path leads to something else.
func Open(path string) (*os.File, error) {
	st, err := os.Stat(path)
	if err == nil {
		err = check(st, path)
	}
	if err != nil {
		return nil, err
	}
	f, err := openShared(path)
	if err != nil {
		return nil, err
	}
	if st, err = f.Stat(); err == nil {
		err = check(st, path)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Read reads a whole file, as os.ReadFile does.
func Read(path string) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func check(st fs.FileInfo, path string) error {
	if st.Mode().IsRegular() {
		return nil
	}
	return &fs.PathError{Op: "open", Path: path, Err: &Error{st.Mode()}}
}
