//go:build unix

package regular

import (
	"os"
	"syscall"
)

// openShared does not wait, as the path may have become a pipe.
func openShared(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}
