package sih5

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/cache"
)

// tmpfs mounts a file system of its own for the test, if it may.
func tmpfs(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("cannot mount: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestFullDiskLeavesNothing(t *testing.T) {
	f := simpleFrame(t, 100_000)
	before := alive()
	// Full before the header, within it, with the small datasets, and within the data.
	for _, size := range []string{"size=4k", "size=16k", "size=64k", "size=80k", "size=100k", "size=500k", "size=2m"} {
		t.Run(size, func(t *testing.T) {
			dir := tmpfs(t, size)
			path := filepath.Join(dir, "a.sih5")
			ctx := context.Background()
			_, err := Write(ctx, path, f, cache.Stamp{}, WriteOptions{})
			if !errors.Is(err, syscall.ENOSPC) || !strings.HasSuffix(err.Error(), ": no space left on device: "+path) {
				t.Errorf("error %v", err)
			}
			onlyFile(t, dir, "")
			var s syscall.Statfs_t
			if err := syscall.Statfs(dir, &s); err != nil {
				t.Fatal(err)
			}
			if used := (s.Blocks - s.Bfree) * uint64(s.Bsize); used > 0 {
				t.Errorf("%d bytes are still taken", used)
			}
			if n := alive(); n != before {
				t.Errorf("%d ids are open, %d before", n, before)
			}
		})
	}
}

func TestFolderWithoutInodesLeavesNothing(t *testing.T) {
	dir := tmpfs(t, "nr_inodes=1")
	path := filepath.Join(dir, ".sih5", "a.sih5")
	if _, err := Write(context.Background(), path, simpleFrame(t, 10), cache.Stamp{}, WriteOptions{}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error %v", err)
	}
}

func TestReadOnlyFolderIsNamed(t *testing.T) {
	var dir string
	if os.Geteuid() == 0 {
		dir = tmpfs(t, "size=1m")
		if err := os.Mkdir(filepath.Join(dir, ".sih5"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Skipf("cannot remount: %v", err)
		}
	} else {
		dir = t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, ".sih5"), 0o555); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, ".sih5", "a.sih5")
	_, err := Write(context.Background(), path, simpleFrame(t, 10), cache.Stamp{}, WriteOptions{})
	if err == nil || !strings.HasSuffix(err.Error(), ": "+path) ||
		!errors.Is(err, syscall.EROFS) && !errors.Is(err, os.ErrPermission) {
		t.Errorf("error %v", err)
	}
	onlyFile(t, filepath.Dir(path), "")
}

// A process that is killed while it writes leaves what the folder holds then.
func TestFileHasNoNameUntilItIsComplete(t *testing.T) {
	dir := tmpfs(t, "size=4m")
	looks := 0
	ctx := &watcher{context.Background(), func() {
		looks++
		onlyFile(t, dir, "")
	}}
	if _, err := Write(ctx, filepath.Join(dir, "a.sih5"), simpleFrame(t, 1000), cache.Stamp{}, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if looks < 10 {
		t.Errorf("%d looks", looks)
	}
	onlyFile(t, dir, "a.sih5")
}
