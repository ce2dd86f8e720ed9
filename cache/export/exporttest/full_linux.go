package exporttest

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"iceexplorer/cache/disktest"
)

// fullDisk has a disk end in the middle of the file, or before it where that is tiny.
func (r *rig) fullDisk(t *testing.T) {
	const size, page = 64 << 10, 4 << 10
	disk := disktest.Small(t, "64k")
	room := min(len(r.written(t, r.frame))/2, size) / page * page
	if err := os.WriteFile(filepath.Join(disk, "other"), make([]byte, size-room), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := r.fails(t, filepath.Join(disk, "a"+r.format.Ext)); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("%v is no full disk", err)
	}
	if left, err := os.ReadDir(disk); len(left) != 1 || err != nil {
		t.Errorf("left are %v, %v", left, err)
	}
}
