//go:build !linux

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
)

func createUnnamed(string, fs.FileMode) *os.File { return nil }

func linkUnnamed(*os.File, string) error { return errors.ErrUnsupported }

// flush does nothing: Sync does all.
func flush(*os.File, int64, int64) {}

// lock does nothing: Windows removes no file that is open.
func lock(*os.File) {}

func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	p.Release()
	return true
}

func free(string) bool { return true }
