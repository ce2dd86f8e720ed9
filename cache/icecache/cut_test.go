package icecache

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache/fault"
	"iceexplorer/cache/filemap"
)

// A simulation that writes a frame again cuts the old file short while it may be
// read: the decoder, C code, must survive that.
func TestMappedFileCutShortWhileItIsInflated(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a_1.icecache")
	if err := WriteFile(t.Context(), path, fountain(t, 50_000), EncodeOptions{Level: 1}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() < mapMin {
		t.Fatalf("%d bytes are not mapped", info.Size())
	}
	for _, left := range []int64{info.Size() / 2, 0} {
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		err = filemap.Use(f, info.Size(), func(b []byte) error {
			if err := f.Truncate(left); err != nil {
				t.Fatal(err)
			}
			var d Decoder
			_, err := d.OpenBytes(t.Context(), b, Options{})
			return err
		})
		if errors.Is(err, filemap.ErrUnavailable) {
			t.Skip(err)
		}
		if !errors.Is(err, fault.Err) {
			t.Errorf("cut to %d bytes: error %v", left, err)
		}
		if err := f.Truncate(info.Size()); err != nil {
			t.Fatal(err)
		}
	}
}
