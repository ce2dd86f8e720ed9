package sih5

import (
	"compress/gzip"
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"iceexplorer/cache"
)

// vectors is a frame with one attribute of 3n vectors, every third of which has no length.
func vectors(t *testing.T, n int) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(3 * n)})
	b.Float32s("Velocity", cache.TypeVector3, slices.Repeat([]float32{3, 0, 4, 0, -1, 0, 9, float32(math.NaN()), 9}, n))
	b.Int32s("ID", slices.Repeat([]int32{1, 2, 3}, n))
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Colours by magnitude would be measured in the window otherwise, frame by frame.
func TestLengthsOfVectorsAreWrittenAndComeBack(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 1000} {
		want := cache.Lengths{Min: 1, Max: 5, Finite: uint64(2 * n), NonFinite: uint64(n)}
		path, ix := mustWrite(t, vectors(t, n), cache.Stamp{})
		f, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		found := map[string]*cache.Index{"written": ix, "by the summary": f.Index()}
		if n > 1 {
			found["by the groups"] = readLong(t, path)
		}
		for where, ix := range found {
			if got := ix.Columns[0].Lengths; got != want {
				t.Errorf("%s: %+v, want %+v", where, got, want)
			}
			if got := ix.Columns[1].Lengths; got != (cache.Lengths{}) {
				t.Errorf("%s: whole numbers have lengths: %+v", where, got)
			}
		}
	}
}

func TestLengthsThatCannotBeTrueAreNotBelieved(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	for _, l := range []cache.Lengths{
		{Min: -1, Max: 5, Finite: 2, NonFinite: 1}, {Min: 6, Max: 5, Finite: 2, NonFinite: 1}, {Min: nan, Max: 5, Finite: 2, NonFinite: 1},
		{Min: 1, Max: nan, Finite: 2, NonFinite: 1}, {Min: 1, Max: inf, Finite: 2, NonFinite: 1}, {Min: 1, Max: 5, Finite: 2},
		{Min: 1, Max: 5, Finite: 4, NonFinite: math.MaxUint64}, {},
	} {
		if got := validLengths(l, 3); got != (cache.Lengths{}) {
			t.Errorf("%+v became %+v", l, got)
		}
	}
	if l := (cache.Lengths{NonFinite: 3}); validLengths(l, 3) != l {
		t.Error("vectors that are all without a length are not believed")
	}
}

// oldFile is a file that version 0.1.0 wrote.
func oldFile(t *testing.T) string {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", "written_by_0.1.0.sih5.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.sih5")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFilesOfVersion010AreReadWithoutLengths(t *testing.T) {
	t.Parallel()
	path := oldFile(t)
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if !f.Mappable() || len(f.Index().Columns) < 10 {
		t.Fatalf("mappable %v, %d columns", f.Mappable(), len(f.Index().Columns))
	}
	dst := make([]byte, f.Need())
	filled, err := f.Fill(context.Background(), dst)
	if err != nil {
		t.Fatal(err)
	}
	vectors := 0
	for i := range f.Index().Columns {
		c := &f.Index().Columns[i]
		if len(c.Ranges) != c.Type.Components() || c.Lengths != (cache.Lengths{}) {
			t.Errorf("%s: %d ranges, lengths %+v", c.Name, len(c.Ranges), c.Lengths)
		}
		if c.Type.Components() < 2 {
			continue
		}
		vectors++
		if c.Measured() {
			t.Errorf("%s counts as measured", c.Name)
		}
		if l := filled.Columns[i].Lengths; l.Finite != c.Values || !(l.Max >= l.Min) {
			t.Errorf("%s: copied out with lengths %+v", c.Name, l)
		}
	}
	if vectors == 0 {
		t.Error("no vectors in the file")
	}
}
