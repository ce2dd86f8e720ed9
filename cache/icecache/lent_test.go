package icecache

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
)

// The contents were taken from the mapping, which was gone when they were decoded.
func TestAFileThatIsWrittenAnewUncompressedIsNotReadBeyondItsMapping(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, plain := filepath.Join(dir, "a_1.icecache"), filepath.Join(dir, "b_1.icecache")
	frame := fountain(t, 50_000)
	if err := WriteFile(t.Context(), path, frame, EncodeOptions{Level: 1}); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(t.Context(), plain, frame, EncodeOptions{Storage: cache.StoragePlain}); err != nil {
		t.Fatal(err)
	}
	anew, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(int64(len(anew))); err != nil { // so that it is mapped whole
		t.Fatal(err)
	}
	var d Decoder
	var f *File
	lentOnce := false
	opt := Options{}.withDefaults()
	err = d.contents(path, opt, func(src []byte, lent bool) (err error) {
		if lent {
			lentOnce = true
			if _, err := file.WriteAt(anew, 0); err != nil {
				t.Fatal(err)
			}
		}
		f, err = d.openLent(t.Context(), src, lent, opt)
		return err
	})
	if !lentOnce {
		t.Skip("files are not mapped here")
	}
	if err == nil { // the first bytes were read before: what comes is no cache, or the new one
		mem := make([]byte, f.Need())
		_, err = f.Fill(t.Context(), mem)
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, anew) {
		t.Fatal("the file was not written anew")
	}
	if err == nil {
		t.Error("two halves were taken for one file")
	}
}
