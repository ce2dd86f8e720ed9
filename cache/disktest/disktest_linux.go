// Package disktest makes small disks for tests of what happens when they are full.
package disktest

import (
	"testing"

	"golang.org/x/sys/unix"
)

// Small mounts a file system of the given size ("8m") for the time of the test,
// or skips it: mounting needs root.
func Small(t *testing.T, size string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "mode=700,size="+size); err != nil {
		t.Skipf("mounting a small disk needs root: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}
