//go:build !linux

package sih5

import (
	"os"
	"syscall"
)

// memoryFile is a temporary file, where the system has no files in memory that have
// a path. It is gone once it is closed.
func memoryFile() (f *os.File, path string, err error) {
	f, err = os.CreateTemp("", "sih5-*.tmp")
	if err != nil {
		return nil, "", err
	}
	path = f.Name()
	return f, path, nil
}
