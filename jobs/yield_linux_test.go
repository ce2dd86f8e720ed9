//go:build cgo

package jobs_test

import (
	"os"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

func TestWhatYieldsIsCanceledOnceAnotherTaskWaits(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 1000, 1)
	b := newBench(t, "real", func(o *jobs.Options) { o.Workers = 1 })
	begun := make(chan bool, 2)
	b.submit(jobs.Request{Task: patient, Source: src.path, Started: func(jobs.ID) { begun <- true }})
	<-begun
	b.submit(jobs.Request{Task: patient, Source: src.path}) // its like does not disturb it
	if s := b.Stats(); s.Running != 1 || s.Queued != 1 {
		t.Errorf("%d running, %d queued", s.Running, s.Queued)
	}
	b.submit(src.request(jobs.Load))
	if r := b.next(); r.Request.Task != patient || jobs.CodeOf(r.Err) != jobs.CodeCanceled {
		t.Errorf("%v ended first: %v", r.Request.Task, r.Err)
	}
	r := b.next()
	if r.Request.Task != jobs.Load || r.Err != nil {
		t.Fatalf("%v: %v", r.Request.Task, r.Err)
	}
	r.Frame.Close()
}

// A converted file that a disk had damaged was drawn until somebody looked closely.
func TestADamagedConvertedFileIsFoundAndReplaced(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 1000, 1)
	r := jobs.Request{Task: jobs.Convert, Source: src.path, Converted: cache.ConvertedPath(src.path)}
	b := newBench(t, "real", nil)
	b.one(r).Frame.Close()
	verify := r
	verify.Task = jobs.Verify
	if got := b.one(verify); got.Bypassed != nil || got.Answer.(jobs.Verified).Against != "all checksums hold" {
		t.Errorf("%v, %+v", got.Bypassed, got.Answer)
	}
	file, err := os.ReadFile(r.Converted)
	if err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(r.Converted)
	if err != nil {
		t.Fatal(err)
	}
	file[len(file)/2] ^= 1
	if err := os.WriteFile(r.Converted, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(r.Converted, st.ModTime(), st.ModTime()); err != nil {
		t.Fatal(err)
	}
	if got := b.one(verify); got.Bypassed == nil {
		t.Error("the flipped bit was not found")
	}
	load := r
	load.Task = jobs.Load
	got := b.one(load)
	if got.Mapped || src.want.differ(got.Frame) != nil {
		t.Errorf("mapped %v, %v", got.Mapped, src.want.differ(got.Frame))
	}
	got.Frame.Close()
	if got := b.one(r); !got.Written {
		t.Error("it was not written anew")
	} else {
		got.Frame.Close()
	}
	if got := b.one(verify); got.Bypassed != nil {
		t.Error(got.Bypassed)
	}
}
