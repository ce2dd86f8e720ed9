//go:build cgo

package jobs_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// oldFile is a .sih5 that version 0.1.0 wrote, which knows no lengths.
func oldFile(t *testing.T) string {
	t.Helper()
	packed, err := os.Open(filepath.Join("..", "cache", "sih5", "testdata", "written_by_0.1.0.sih5.gz"))
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

// The window measures frames that it has no memory for: it must get all ranges, lengths
// of vectors too, whatever the file, and no scratch memory may be asked for.
func TestMeasureKnowsAllOfAnyFileAndAsksForNoMemory(t *testing.T) {
	t.Parallel()
	raw := writeSource(t, t.TempDir(), "a", 5000, 21)
	done := writeSource(t, t.TempDir(), "b", 5000, 22)
	maker := newBench(t, "real", nil)
	maker.one(done.request(jobs.Convert)).Frame.Close()
	files := map[string]jobs.Request{
		"source": raw.request(jobs.Measure), "converted": done.request(jobs.Measure),
		"of 0.1.0": {Task: jobs.Measure, Converted: oldFile(t)},
	}
	original := filepath.Join("..", "..", "shared", "corpus", "original_sih5", "original_1200.icecache.sih5")
	if _, err := os.Stat(original); err == nil {
		files["in chunks"] = jobs.Request{Task: jobs.Measure, Converted: original}
	}
	b := newBench(t, "real", func(o *jobs.Options) {
		o.Scratch.Budget = 1
		o.MakeRoom = func(jobs.Need, jobs.Request) bool {
			t.Error("memory was asked for")
			return false
		}
	})
	for name, r := range files {
		res := b.one(r)
		if res.Frame != nil || res.Decoded != (name == "source") {
			t.Errorf("%s: frame %v, decoded %v", name, res.Frame, res.Decoded)
		}
		vectors := 0
		for _, c := range res.Index.Columns {
			if !c.Measured() {
				t.Errorf("%s: %s is not measured", name, c.Name)
			}
			if c.Lengths != (cache.Lengths{}) {
				vectors++
			}
		}
		if vectors < 2 {
			t.Errorf("%s: lengths of %d attributes", name, vectors)
		}
	}
	for _, r := range []jobs.Request{
		{Task: jobs.Measure, Converted: filepath.Join(t.TempDir(), "none.sih5")}, {Task: jobs.Measure, Source: filepath.Join(t.TempDir(), "none.icecache")},
	} {
		b.submit(r)
		if res := b.next(); res.Err == nil {
			t.Errorf("measured what is not there: %+v", r)
		}
	}
	// A stale converted file is not believed.
	if err := os.Chtimes(done.path, raw.time(t), raw.time(t)); err != nil {
		t.Fatal(err)
	}
	if res := b.one(done.request(jobs.Measure)); !res.Decoded {
		t.Error("a stale converted file was measured")
	}
}

// Verbs that had to know which attributes there are read all values of all frames.
func TestNamesAreTheSameWhicheverFileTellsThem(t *testing.T) {
	t.Parallel()
	raw := writeSource(t, t.TempDir(), "a", 500, 21)
	done := writeSource(t, t.TempDir(), "b", 500, 22)
	maker := newBench(t, "real", nil)
	maker.one(done.request(jobs.Convert)).Frame.Close()
	hdf5 := filepath.Join(t.TempDir(), "c_1.icecache") // misnamed: its header cannot be read alone
	b, err := os.ReadFile(filepath.Join("..", "testdata", "foreign", "plain_1.sih5"))
	if err == nil {
		err = os.WriteFile(hdf5, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]jobs.Request{"source": raw.request(jobs.Measure), "converted": done.request(jobs.Measure), "misnamed": {Task: jobs.Measure, Source: hdf5}} {
		want := maker.one(r)
		r.Params = jobs.MeasureParams{Names: true}
		got := maker.one(r)
		if want.Index == nil || got.Index == nil || len(got.Index.Columns) != len(want.Index.Columns) || got.Decoded {
			t.Errorf("%s: %+v, want %+v", name, got, want)
			continue
		}
		for i, c := range got.Index.Columns {
			w := &want.Index.Columns[i]
			if c.Name != w.Name || c.Type != w.Type || c.Structure != w.Structure || c.Context != w.Context {
				t.Errorf("%s: %+v, want %+v", name, c, *w)
			}
		}
		if name == "source" && got.Index.Columns[0].Rows != 0 {
			t.Errorf("%s: values were read", name)
		}
	}
}
