//go:build linux

package session

import (
	"fmt"
	"slices"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// BenchmarkShow is what it costs the window's loop to show a frame of a million points
// that is in memory.
func BenchmarkShow(b *testing.B) {
	p := &fakePool{t: b}
	s := New(p, func(f func()) { f() }, Options{Window: 32, Patience: patience})
	seq := cache.Sequence{Name: "a"}
	for n := 1; n <= 8; n++ {
		seq.Frames = append(seq.Frames, cache.FrameFile{Number: cache.Number(n), Converted: fmt.Sprintf("a_%d.sih5", n)})
	}
	l := s.Add([]cache.Sequence{seq})[0]
	defer s.CloseAll()
	loads := func(r jobs.Request) bool { return r.Task == jobs.Load }
	for i := 0; i >= 0; i = slices.IndexFunc(p.waiting, loads) {
		r, id := p.take(i)
		r.Done(jobs.Result{ID: id, Request: r, Frame: mappedFrame(b, 1_000_000), Mapped: true})
	}
	for n := range b.N + 8 {
		if n == 8 {
			b.ResetTimer()
		}
		s.Seek(cache.Number(n%8 + 1))
		if sh := s.Shown(l); sh.Held || sh.Frame == nil {
			b.Fatalf("shown %+v", sh)
		}
	}
}
