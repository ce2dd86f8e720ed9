package writers_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/writers"
)

// hdf writes a side file of a frame of a source, or of none.
func hdf(t *testing.T, path string, frame *cache.Frame, source cache.Stamp) error {
	t.Helper()
	f, _ := export.Find(writers.All(), "hdf")
	v, err := f.Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	from := strings.TrimSuffix(path, ".hdf") + ".icecache" // which may not be there
	return f.Do(t.Context(), export.Job{Frame: frame, Path: path, Options: v, Source: source, From: from})
}

func names(t *testing.T, dir string) string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, ".sih5", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range paths {
		paths[i] = filepath.Base(paths[i])
	}
	return strings.Join(paths, " ")
}

func TestASideFileUsesTheConvertedFrameThatIsThere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, converted := filepath.Join(dir, "a.1.hdf"), filepath.Join(dir, ".sih5", "a.1.icecache.sih5")
	frame, stamp := exporttest.Cloud(t, 100), cache.Stamp{Size: 5, MTime: 6}
	write := func(frame *cache.Frame, source cache.Stamp) os.FileInfo {
		t.Helper()
		if err := hdf(t, path, frame, source); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(converted)
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	first := write(frame, stamp)
	if again := write(frame, stamp); !os.SameFile(first, again) {
		t.Error("it was converted again")
	}
	if err := os.WriteFile(filepath.Join(dir, "a.1.icecache"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(converted, 0o666); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		mended := write(frame, stamp)
		if os.SameFile(first, mended) || mended.Mode().Perm() != 0o644 {
			t.Errorf("a converted frame that everybody can write was used, or stays so: %v", mended.Mode())
		}
		first = mended
	}
	newer := write(frame, cache.Stamp{Size: 5, MTime: 7})
	if os.SameFile(first, newer) {
		t.Error("its source is newer, and it was not converted again")
	}
	// A frame that was changed on its way is not what its source holds.
	if changed := write(exporttest.Cloud(t, 50), cache.Stamp{}); !os.SameFile(newer, changed) {
		t.Error("the converted frame was replaced by a changed one")
	}
	if got := names(t, dir); got != "a.1.hdf.sih5 a.1.icecache.sih5" {
		t.Error(got)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 20_000 {
		t.Errorf("%d bytes, %v", info.Size(), err)
	}
}

func TestASideFileOfPointsWithoutAPlaceIsRefused(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Int32s("ID", []int32{1})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.hdf")
	if err := hdf(t, path, frame, cache.Stamp{}); err == nil || err.Error() != "cannot be written: there is no PointPosition, and points of an .hdf must have one: "+path {
		t.Error(err)
	}
}
