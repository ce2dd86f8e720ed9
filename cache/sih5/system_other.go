//go:build !linux

package sih5

import "os"

// memoryFile is a temporary file, where the system has no files in memory that have
// a path.
func memoryFile() (f *os.File, path string, err error) {
	f, err = os.CreateTemp("", "sih5-*.tmp")
	if err != nil {
		return nil, "", err
	}
	return f, f.Name(), nil
}

// forget closes a memoryFile and removes it: in this order, as Windows removes no
// open file.
func forget(f *os.File) {
	f.Close()
	os.Remove(f.Name())
}

// forgetPages does nothing: there is no way to.
func forgetPages(*os.File) {}
