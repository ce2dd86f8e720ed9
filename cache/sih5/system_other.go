//go:build !linux

package sih5

import (
	"errors"
	"os"
)

// memoryFile is a temporary file, where the system has no files in memory that have
// a path.
func memoryFile() (f *os.File, path string, err error) {
	f, err = os.CreateTemp("", "sih5-*.tmp")
	if err != nil {
		return nil, "", err
	}
	return f, f.Name(), nil
}

// forgetPath is called when the path of a memoryFile is of no more use.
func forgetPath(path string) { os.Remove(path) }

func createUnnamed(string) *os.File { return nil }

func linkUnnamed(*os.File, string) error { return errors.ErrUnsupported }
