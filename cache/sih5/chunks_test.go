package sih5

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"path/filepath"
	"testing"
)

// values reads all columns of a file, one after the other.
func values(t *testing.T, path string) []byte {
	t.Helper()
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	dst := make([]byte, f.Need())
	if _, err := f.Fill(context.Background(), dst); err != nil {
		t.Fatal(err)
	}
	return dst
}

// Chunks are unpacked here, where nothing must be converted, and by libhdf5.
func TestChunksHaveTheValuesOfWhatHasNone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	python(t, "make.py", dir)
	want := values(t, filepath.Join(dir, "rows.h5"))
	for _, name := range []string{"rows_packed.h5", "rows_in_one.h5", "rows_shuffled.h5"} {
		if got := values(t, filepath.Join(dir, name)); !bytes.Equal(got, want) {
			t.Errorf("%s differs", name)
		}
	}
	missing := values(t, filepath.Join(dir, "rows_missing.h5"))
	for i := range 600 {
		want := float32(i) / 7
		if row, column := i/3, i%3; row >= 48 && (row < 150 || column < 2) {
			want = 7
		}
		if got := math.Float32frombits(binary.LittleEndian.Uint32(missing[4*i:])); got != want {
			t.Fatalf("value %d: %v, want %v", i, got, want)
		}
	}
}

func TestUnshuffle(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in, want string
		size     int
	}{
		{"", "", 4}, {"abc", "abc", 1}, {"acebdf", "abcdef", 2}, {"adbecf", "abcdef", 3}, {"acebdfx", "abcdefx", 2}, {"ab", "ab", 4},
	} {
		dst := make([]byte, len(tt.in))
		if unshuffle(dst, []byte(tt.in), tt.size); string(dst) != tt.want {
			t.Errorf("%q of %d: %q, want %q", tt.in, tt.size, dst, tt.want)
		}
	}
}
