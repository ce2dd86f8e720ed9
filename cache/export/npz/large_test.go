package npz

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache/export/exporttest"
)

// sparse is a file in which zeros take no room.
type sparse struct {
	*os.File
	at int64
}

func (s *sparse) Write(b []byte) (int, error) {
	if len(bytes.Trim(b, "\x00")) > 0 {
		if _, err := s.WriteAt(b, s.at); err != nil {
			return 0, err
		}
	}
	s.at += int64(len(b))
	return len(b), nil
}

// documented is the function that maps an array, as people are told of it.
func documented(t *testing.T) string {
	t.Helper()
	_, text, found := strings.Cut(string(exporttest.Bytes(t, "../../../docs/export.md")), "```python\n")
	code, _, ends := strings.Cut(text, "```")
	if !found || !ends || !strings.Contains(code, "def mapped") {
		t.Fatal("docs/export.md does not say how an array is mapped")
	}
	return code
}

// far reads the directory of the file, and the array that lies behind more than 4 GiB, mapped
// and loaded.
const far = `
import sys
path = sys.argv[1]
for i in zipfile.ZipFile(path).infolist(): print(i.filename, i.file_size)
a = [mapped(path, name) for name in ('large', 'behind')]
with numpy.load(path) as loaded: print([m.offset % 64 for m in a], a[0].shape, a[0][-1], a[1].tolist(), loaded['behind'].tolist())
`

// The sizes and places of what is larger or lies farther than 4 GiB have 64 bits.
func TestMoreThanFourGigabytesAreReadBackByNumpy(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes a checksum of 4 GiB")
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.npz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	s := &sparse{File: f}
	z := newArchive(s)
	const pieces = 1 << 12
	zeros := make([]byte, 1<<20)
	if err := z.entry("large", header("|u1", []uint64{pieces << 20}), pieces<<20, func(w io.Writer) error {
		for range pieces {
			if _, err := w.Write(zeros); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := z.array("behind", "<i4", []uint64{2}, []byte{7, 0, 0, 0, 8, 0, 0, 0}); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(s.at); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	const want = "large.npy 4294967424\nbehind.npy 136\n[0, 0] (4294967296,) 0 [7, 8] [7, 8]\n"
	if got := string(exporttest.Python(t, documented(t)+far, path)); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
