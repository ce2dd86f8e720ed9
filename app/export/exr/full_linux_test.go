package exr

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"iceexplorer/cache/atomicfile"
)

// A disk that is full in the middle of a picture keeps nothing of it, and what had its name before.
func TestAFullDiskLeavesThePictureOfBefore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=8k"); err != nil {
		t.Skipf("cannot mount: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(dir, "a.exr")
	if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := Write(path, nil, sample())
	if told(t, err, path); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("%v", err)
	}
	all, _ := os.ReadDir(dir)
	if b, err := os.ReadFile(path); len(all) != 1 || string(b) != "before" {
		t.Errorf("%v, %q, %v", all, b, err)
	}
}

func TestAPictureOfAPrivateCacheIsPrivate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source, path := filepath.Join(dir, "a.icecache"), filepath.Join(dir, "a.exr")
	if err := os.WriteFile(source, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, atomicfile.From([]string{source}), sample()); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", st.Mode(), err)
	}
}
