//go:build cgo

package jobs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/jobs"
	"iceexplorer/jobs/task"
)

// The limit allows 4,096 attributes, but the index of so many went over the cap of a
// message: every task failed, a conversion after its file was written.
func TestFramesOfThousandsOfAttributes(t *testing.T) {
	t.Parallel()
	const attributes = 2500
	dir := t.TempDir()
	nb := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	nb.Float32s("PointPosition", cache.TypeVector3, make([]float32, 6))
	for i := range attributes - 1 {
		nb.Float32s(fmt.Sprintf("Attribute_%04d", i), cache.TypeColor4, []float32{float32(i) / 7, 1e-30, -1, 0, 4, 5, 6, 7})
	}
	f, err := nb.Frame()
	if err != nil {
		t.Fatal(err)
	}
	src := source{path: filepath.Join(dir, "a.icecache"), sih5: filepath.Join(dir, "a.icecache.sih5"), want: sumsOf(f)}
	if err := icecache.WriteFile(t.Context(), src.path, f, icecache.EncodeOptions{Level: 1}); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "real", nil)
	check := func(what string, r jobs.Result, mapped bool) {
		t.Helper()
		if r.Frame == nil || r.Mapped != mapped || len(r.Index.Columns) != attributes {
			t.Fatalf("%s: frame %v, mapped %v, %d attributes", what, r.Frame != nil, r.Mapped, len(r.Index.Columns))
		}
		if err := src.want.differ(r.Frame); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		for _, a := range r.Frame.Attributes {
			if !a.Measured() {
				t.Fatalf("%s: %s is not measured", what, a.Name)
			}
		}
	}
	loaded := b.one(src.request(jobs.Load))
	check("decoded", loaded, false)
	fromScratch := src.request(jobs.Convert)
	fromScratch.From = loaded.Frame
	converted := b.one(fromScratch)
	check("converted from scratch memory", converted, true)
	if converted.Decoded {
		t.Error("decoded again")
	}
	check("the frame in scratch memory afterwards", loaded, false)
	converted.Frame.Close()
	loaded.Frame.Close()
	for _, task := range []*task.Task{jobs.Load, jobs.Index, jobs.Convert} {
		r := b.one(src.request(task))
		check(task.String(), r, true)
		r.Frame.Close()
	}
	for _, r := range []jobs.Request{src.request(jobs.Measure), {Task: jobs.Measure, Source: src.path, SourceOnly: true}} {
		if r.SourceOnly {
			r.Params = jobs.MeasureParams{Checksums: true}
		}
		if got := b.one(r); len(got.Index.Columns) != attributes || r.SourceOnly && len(checksums(got)) != attributes {
			t.Errorf("measured %d attributes, %d checksums", len(got.Index.Columns), len(checksums(got)))
		}
	}
	out := src.request(jobs.Export)
	out.Params = exportTo(filepath.Join(dir, "out", "b.icecache"), "icecache")
	if err := os.Mkdir(filepath.Dir(target(out)), 0o700); err != nil {
		t.Fatal(err)
	}
	b.one(out)
	if err := os.Remove(src.sih5); err != nil {
		t.Fatal(err)
	}
	r := b.one(src.request(jobs.Convert))
	check("converted from the source", r, true)
	r.Frame.Close()
	if s := b.Stats(); s.Crashes != 0 || s.Scratch != 0 || s.Failed != 0 {
		t.Errorf("stats %+v", s)
	}
	wantFolder(t, dir, "a.icecache", "a.icecache.sih5", "out")
}

// Where there is no memory for the index, nothing is written: a file that is there was
// never said to have failed.
func TestConversionWithoutRoomForItsIndexWritesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	nb := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	for i := range 3000 {
		nb.Float32s(fmt.Sprintf("Attribute_%04d", i), cache.TypeFloat, []float32{1})
	}
	f, err := nb.Frame()
	if err != nil {
		t.Fatal(err)
	}
	src := source{path: filepath.Join(dir, "a.icecache"), sih5: filepath.Join(dir, "a.icecache.sih5"), want: sumsOf(f)}
	if err := icecache.WriteFile(t.Context(), src.path, f, icecache.EncodeOptions{Level: 1}); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "real", func(o *jobs.Options) {
		o.MakeRoom = func(jobs.Need, jobs.Request) bool { return false }
	})
	loaded := b.one(src.request(jobs.Load))
	b.SetBudget(1)
	r := src.request(jobs.Convert)
	r.From = loaded.Frame
	b.submit(r)
	if res := b.next(); jobs.CodeOf(res.Err) != jobs.CodeBudget {
		t.Errorf("code %q, error %v", jobs.CodeOf(res.Err), res.Err)
	}
	wantFolder(t, dir, "a.icecache")
	b.SetBudget(0)
	res := b.one(r)
	if err := src.want.differ(res.Frame); err != nil {
		t.Error(err)
	}
	res.Frame.Close()
	loaded.Frame.Close()
}
