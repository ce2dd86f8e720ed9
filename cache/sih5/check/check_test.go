package check

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// plain was written by h5py as it writes by default, old by version 0.1.0 of this program.
func plain(t testing.TB) []byte { return read(t, "../../../testdata/foreign/plain_1.sih5") }

func old(t testing.TB) []byte {
	z, err := gzip.NewReader(bytes.NewReader(read(t, "../testdata/written_by_0.1.0.sih5.gz")))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(path))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// walked is what is wrong with a file or with one of its attributes.
func walked(b []byte) error {
	left, _, err := File(bytes.NewReader(b), 0, uint64(len(b)))
	if err != nil {
		return err
	}
	for _, why := range left.Attributes {
		err = errors.Join(err, why)
	}
	return errors.Join(err, left.Checksums)
}

func TestWholeFilesPass(t *testing.T) {
	t.Parallel()
	for name, b := range map[string][]byte{"plain": plain(t), "lzf": read(t, "../../../testdata/foreign/lzf_1.sih5"), "old": old(t)} {
		if err := walked(b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	behind := append(make([]byte, 512), plain(t)...)
	binary.LittleEndian.PutUint64(behind[512+24:], 512) // where the file begins
	binary.LittleEndian.PutUint64(behind[512+40:], uint64(len(behind)))
	if left, _, err := File(bytes.NewReader(behind), 512, uint64(len(behind))); err != nil || len(left.Attributes) > 0 {
		t.Errorf("behind a user block: %v, %v", left, err)
	}
}

// after is where a mark first stands, and some bytes more.
func after(t *testing.T, b []byte, mark string, more int) int {
	t.Helper()
	i := bytes.Index(b, []byte(mark))
	if i < 0 {
		t.Fatalf("there is no %q", mark)
	}
	return i + more
}

// mended has the checksums of object headers be true again.
func mended(damage func(*testing.T, []byte) []byte) func(*testing.T, []byte) []byte {
	return func(t *testing.T, b []byte) []byte {
		b = damage(t, b)
		for at := 0; ; at += 4 {
			i := bytes.Index(b[at:], []byte("OHDR"))
			if i < 0 {
				return b
			}
			at += i
			c := cursor{all: b[at:], i: 5}
			flags := c.num(1)
			c.skip(flags>>5&1*16 + flags>>4&1*4)
			n := c.num(1 << (flags & 3))
			end := uint64(c.i) + n
			if c.skip(n + 4); !c.short {
				binary.LittleEndian.PutUint32(b[at+int(end):], Checksum(b[at:at+int(end)]))
			}
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	put := func(mark string, more int, with ...byte) func(*testing.T, []byte) []byte {
		return func(t *testing.T, b []byte) []byte {
			copy(b[after(t, b, mark, more):], with)
			return b
		}
	}
	// address puts the address of one thing into another.
	address := func(mark string, more int, of string) func(*testing.T, []byte) []byte {
		return func(t *testing.T, b []byte) []byte {
			binary.LittleEndian.PutUint64(b[after(t, b, mark, more):], uint64(after(t, b, of, 0)))
			return b
		}
	}
	all := []byte{255, 255, 255, 255, 255, 255, 255, 255}
	for _, tt := range []struct {
		name   string
		of     func(testing.TB) []byte
		damage func(*testing.T, []byte) []byte
		want   string
	}{
		{"empty", plain, func(_ *testing.T, b []byte) []byte { return b[:0] }, "superblock ends early"},
		{"cut short", plain, func(_ *testing.T, b []byte) []byte { return b[:len(b)-1] }, "the file is cut short: it should have 15,720 bytes, and has 15,719 bytes"},
		{"another version", plain, put("\x89HDF", 8, 9), "version 9 of HDF5 files is not supported"},
		{"short addresses", plain, put("\x89HDF", 13, 4), "addresses of 4 and lengths of 8 bytes"},
		{"nodes of nothing", plain, put("\x89HDF", 16, 0, 0), "nodes without entries"},
		{"several files", plain, put("\x89HDF", 48, 1, 2), "several parts"},
		{"root past the end", plain, put("\x89HDF", 64, all...), "an object past the end of the file"},
		{"no root", plain, put("\x89HDF", 64, 8, 0, 0, 0, 0, 0, 0, 0), "there is none"},
		{"tree of itself", plain, address("TREE", 32, "TREE"), "there is none"},
		{"level of a tree", plain, put("TREE", 5, 3), "there is none"},
		{"too many entries", plain, put("TREE", 6, 255), "255 entries of 32"},
		{"tree past the end", plain, put("TREE", 32, all...), "ends past the end of the file"},
		{"gap past the end", plain, put("HEAP", 16, 248, 255), "a gap at 65528"},
		{"huge heap", plain, put("HEAP", 8, all...), "ends past the end of the file"},
		{"too many symbols", plain, put("SNOD", 6, 9), "9 symbols of 8"},
		{"name past the heap", plain, put("SNOD", 8, all...), "a name past the end of its heap"},
		{"link past the end", plain, put("SNOD", 16, all...), "a link past the end of the file"},
		{"symbol of a new kind", plain, put("SNOD", 24, 7), "a symbol of kind 7"},
		{"name without an end", plain, put("particle_count", 14, 'x'), "an attribute's name: it does not end where it should"},
		{"attribute of a new version", plain, put("particle_count", -8, 4), "an attribute of version 4"},
		{"type of no class", plain, put("particle_count", 16, 0x1f), "a data type of class 15"},
		{"type of no version", plain, put("particle_count", 16, 0x50), "a data type of version 5"},
		{"type of no bytes", plain, put("particle_count", 20, 0), "a data type of version 1 and 0 bytes"},
		{"type with more bits than bytes", plain, put("particle_count", 26, 65), "a number of 65 bits in 8 bytes"},
		{"values past the end", plain, put("particle_count", 20, 128), "an attribute's values end early"},
		// These crashed libhdf5, once in 20,000 damaged files.
		{"link in unknown characters", old, mended(put("PointPosition___", -2, 7)), "a link's name in characters of kind 7"},
		{"attribute in unknown characters", old, mended(put("min\x00\x11", -1, 9)), "an attribute's name in characters of kind 9"},
		{"float of an unknown kind", old, mended(put("min\x00\x11", 5, 0x34)), "a float with flags 0x3f34"},
		{"header of a new version", old, put("OHDR", 4, 3), "version 3 with flags"},
		{"header past the end", old, put("OHDR", 5, 3), "past the end"},
		{"flipped bit in a header", old, put("datatype\x00", 2, 'T'), "object header: its checksum is wrong"},
		{"flipped bit in the superblock", old, put("\x89HDF", 11, 8), "superblock: its checksum is wrong"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := walked(tt.damage(t, bytes.Clone(tt.of(t))))
			if err == nil || !strings.Contains(err.Error(), tt.want) || !cache.Permanent(err) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, io.ErrUnexpectedEOF }

// A disk that does not answer is not the file's fault.
func TestErrorsOfReadingPassThrough(t *testing.T) {
	t.Parallel()
	if _, _, err := File(broken{}, 0, 1<<20); !errors.Is(err, io.ErrUnexpectedEOF) || cache.Permanent(err) {
		t.Error(err)
	}
}

// counted counts what is read.
type counted struct {
	io.ReaderAt
	bytes int
}

func (c *counted) ReadAt(p []byte, at int64) (int, error) {
	c.bytes += len(p)
	return c.ReaderAt.ReadAt(p, at)
}

// FuzzFile damages whole files: whatever they are, the walk ends, and reads a bounded amount. Input
// is which file, and a list of edits of four bytes: the place, the way, and the value.
func FuzzFile(f *testing.F) {
	files := [][]byte{plain(f), old(f), read(f, "../../../testdata/foreign/lzf_1.sih5")}
	for i := range files {
		f.Add(byte(i), []byte{0, 13, 1, 4, 9, 200, 0, 255})
	}
	f.Fuzz(func(t *testing.T, which byte, edits []byte) {
		b := bytes.Clone(files[int(which)%len(files)])
		for ; len(edits) >= 4; edits = edits[4:] {
			at := (int(edits[0])<<8 | int(edits[1])) % len(b)
			switch edits[2] % 4 {
			case 0:
				b[at] ^= edits[3]
			case 1:
				b[at] = edits[3]
			case 2:
				clear(b[at:min(len(b), at+int(edits[3]))])
			case 3:
				copy(b[at:min(len(b), at+8)], bytes.Repeat(edits[3:4], 8))
			}
		}
		r := &counted{ReaderAt: bytes.NewReader(b)}
		if _, _, err := File(r, 0, uint64(len(b))); err != nil && !cache.Permanent(err) {
			t.Error(err)
		}
		if r.bytes > 20<<20 {
			t.Errorf("%d bytes of %d read", r.bytes, len(b))
		}
	})
}
