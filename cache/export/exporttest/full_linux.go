package exporttest

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"iceexplorer/cache/disktest"
)

func (r *rig) fullDisk(t *testing.T) {
	disk := disktest.Small(t, "64k")
	if err := r.fails(t, filepath.Join(disk, "a"+r.format.Ext)); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("%v is no full disk", err)
	}
	if left, err := os.ReadDir(disk); len(left) > 0 || err != nil {
		t.Errorf("left are %v, %v", left, err)
	}
}
