package bench

import (
	"os"

	"golang.org/x/sys/unix"
)

// dropCached has the system forget what it holds of a file that is on the disk.
func dropCached(f *os.File) { _ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED) }
