package sih5

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"iceexplorer/cache"
)

var foreign = filepath.Join("..", "..", "testdata", "foreign")

// Other writers give no ranges: a file that could be mapped had none, so that colours
// and the camera were wrong.
func TestRangesThatAFileLacksAreMeasured(t *testing.T) {
	t.Parallel()
	f, err := Open(filepath.Join(foreign, "plain_1.sih5"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if !f.Mappable() {
		t.Fatal("cannot be mapped")
	}
	if err := f.MeasureRanges(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := map[string][]cache.Range{
		"ID":            {{Min: 0, Max: 26, Mean: 13, Finite: 27}},
		"Size":          {{Min: 0.5, Max: 0.5, Mean: 0.5, Finite: 26, NonFinite: 1}},
		"PointPosition": {{Min: 500, Max: 502, Mean: 501, Finite: 27}, {Min: 500, Max: 502, Mean: 501, Finite: 27}, {Min: 500, Max: 502, Mean: 501, Finite: 27}},
	}
	for _, c := range f.Index().Columns {
		if !sameRanges(c.Ranges, want[c.Name]) {
			t.Errorf("%s: %+v, want %+v", c.Name, c.Ranges, want[c.Name])
		}
	}
}

// sameRanges compares ranges without what else may be known of them.
func sameRanges(a, b []cache.Range) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := a[i], b[i]
		if x.Min != y.Min || x.Max != y.Max || x.Mean != y.Mean || x.Finite != y.Finite || x.NonFinite != y.NonFinite {
			return false
		}
	}
	return true
}

// withoutRanges writes a frame as a file that gives no ranges, with the groups read
// one by one.
func withoutRanges(t *testing.T, frame *cache.Frame) (path string) {
	t.Helper()
	w := writer{frame: frame, index: frame.Index()}
	if err := w.measure(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i := range w.index.Columns {
		w.index.Columns[i].Ranges, w.index.Columns[i].Lengths = nil, cache.Lengths{}
	}
	skeleton, err := w.create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer forget(skeleton)
	path = filepath.Join(t.TempDir(), "a.sih5")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.copyTo(t.Context(), skeleton, file), file.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestMeasuredRangesAreThoseOfTheWriter(t *testing.T) {
	t.Parallel()
	frame := everything(t, 5000)
	_, want := mustWrite(t, frame, cache.Stamp{})
	f, err := Open(withoutRanges(t, frame), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.MeasureRanges(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, c := range f.Index().Columns {
		w := want.Columns[i]
		for j, r := range c.Ranges {
			r.Mean, w.Ranges[j].Mean = 0, 0 // is added up in another order
			if !reflect.DeepEqual(r, w.Ranges[j]) {
				t.Errorf("%s, component %d: %+v, want %+v", c.Name, j, r, w.Ranges[j])
			}
		}
		if c.Data.Len > 0 && !c.Measured() || len(c.Ranges) != len(w.Ranges) {
			t.Errorf("%s: %d ranges, want %d", c.Name, len(c.Ranges), len(w.Ranges))
		}
	}
}

func TestMeasureStopsAndFailsCleanly(t *testing.T) {
	t.Parallel()
	path := withoutRanges(t, everything(t, 50))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.MeasureRanges(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if err := os.Truncate(path, 8192); err != nil {
		t.Fatal(err)
	}
	if err := f.MeasureRanges(t.Context()); err == nil || !strings.HasSuffix(err.Error(), path) {
		t.Errorf("cut: %v", err)
	}
	written, _ := mustWrite(t, everything(t, 50), cache.Stamp{})
	g, err := Open(written, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if err := errors.Join(os.Remove(written), g.MeasureRanges(ctx)); err != nil {
		t.Errorf("a file that gives its ranges was read: %v", err)
	}
}

// The error was that a folder of plugins cannot be opened. ID is too short to be
// compressed, and is read.
func TestMissingFilterIsNamed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(foreign, "lzf_1.sih5")
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ix, err := f.Fill(t.Context(), make([]byte, f.Need()))
	if err != nil {
		t.Fatal(err)
	}
	const want = "Not all of the file can be read: PointPosition and Size are missing: Data is compressed with lzf, which is not supported"
	if d := ix.Damage; d == nil || d.Sentence() != want || len(ix.Columns) != 1 || ix.Columns[0].Name != "ID" {
		t.Errorf("%v, want %q; %d attributes", d, want, len(ix.Columns))
	}
	if _, err := Open(path, Options{Whole: true}); err == nil || !strings.HasSuffix(err.Error(), "attribute PointPosition: Data is compressed with lzf, which is not supported: "+path) || !cache.Permanent(err) {
		t.Errorf("in the place of another file: %v", err)
	}
	for _, tt := range []struct {
		id           int
		inFile, want string
	}{{32015, "whatever", "zstd"}, {40000, "my\x1b[31m filter ", "my[31m filter (filter 40000)"}, {40000, "\x00\x01", "filter 40000"}} {
		if got := filterName(tt.id, tt.inFile); got != tt.want {
			t.Errorf("filter %d: %q, want %q", tt.id, got, tt.want)
		}
	}
}
