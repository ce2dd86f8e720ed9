//go:build cgo

package jobs_test

import (
	"fmt"
	"testing"

	"golang.org/x/sys/unix"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// Two windows and a convert on one folder converted every frame each.
func TestAFrameIsConvertedOnceByAllWhoWantIt(t *testing.T) {
	t.Parallel()
	const frames = 12
	dir := t.TempDir()
	var sources []source
	for i := range frames {
		sources = append(sources, writeSource(t, dir, fmt.Sprint("f", i), 20_000, uint64(70+i)))
	}
	var benches []*bench
	for range 3 {
		benches = append(benches, newBench(t, "real", nil))
	}
	// Two of them have loaded the frames already, as windows have; the third decodes.
	loaded := map[*bench][]*cache.Frame{}
	for _, b := range benches[:2] {
		for _, s := range sources {
			loaded[b] = append(loaded[b], b.one(s.request(jobs.Load)).Frame)
		}
	}
	for _, b := range benches {
		for i, s := range sources {
			r := s.request(jobs.Convert)
			if loaded[b] != nil {
				r.From = loaded[b][i]
			}
			b.submit(r)
		}
	}
	written := 0
	for _, b := range benches {
		byPath := map[string]source{}
		for _, s := range sources {
			byPath[s.path] = s
		}
		for range sources {
			r := b.next()
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			if r.Written {
				written++
			}
			if s := byPath[r.Request.Source]; !r.Mapped {
				t.Errorf("not mapped: %s", s.path)
			} else if err := s.want.differ(r.Frame); err != nil {
				t.Error(err)
			}
			r.Frame.Close()
		}
		for _, f := range loaded[b] {
			f.Close()
		}
	}
	if written != frames {
		t.Errorf("%d files were written for %d frames", written, frames)
	}
}

// One that was stopped while it converted must not keep others waiting once it is
// killed, nor a cancel.
func TestAWaitForAnotherConversionEndsWithIt(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 1000, 90)
	other, err := unix.Open(src.path, unix.O_RDONLY|unix.O_CLOEXEC, 0) // as another process has it
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(other)
	if err := unix.Flock(other, unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "real", nil)
	started := make(chan jobs.ID, 1)
	r := src.request(jobs.Convert)
	r.Started = func(id jobs.ID) { started <- id }
	b.submit(r)
	b.Cancel(<-started)
	if res := b.next(); jobs.CodeOf(res.Err) != jobs.CodeCanceled {
		t.Errorf("error %v", res.Err)
	}
	b.submit(r)
	<-started
	if err := unix.Flock(other, unix.LOCK_UN); err != nil {
		t.Fatal(err)
	}
	if res := b.next(); res.Err != nil || !res.Written {
		t.Errorf("error %v, written: %v", res.Err, res.Written)
	} else {
		res.Frame.Close()
	}
	if n := b.Stats().Crashes; n != 0 {
		t.Errorf("%d workers crashed", n)
	}
}
