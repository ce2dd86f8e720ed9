package session

import (
	"fmt"
	"slices"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// BenchmarkResult is what each result of the pool costs the window's loop in a sequence
// of 72,000 frames, an hour of film at 20 fps, of which most are loaded.
func BenchmarkResult(b *testing.B) {
	const frames, loaded = 72_000, 60_000
	for name, converted := range map[string]bool{"mapped": false, "converted": true} {
		b.Run(name, func(b *testing.B) {
			p := &fakePool{t: b}
			s := New(p, func(f func()) { f() }, Options{Budget: 1 << 50, Patience: patience, Convert: converted})
			seq := cache.Sequence{Name: "long"}
			for n := range frames {
				seq.Frames = append(seq.Frames, cache.FrameFile{Number: cache.Number(n + 1), Source: fmt.Sprintf("long_%d.icecache", n+1)})
			}
			l := s.Add([]cache.Sequence{seq})[0]
			s.Cancel()
			for i := range loaded {
				s.show(l, i, jobs.Result{Request: jobs.Request{Task: jobs.Load}, Frame: p.frame(), Mapped: true})
			}
			s.Resume()
			result := func() {
				convert := slices.IndexFunc(p.waiting, func(r jobs.Request) bool { return r.Task == jobs.Convert })
				if convert < 0 {
					p.serve(!converted)
					return
				}
				r, id := p.take(convert)
				r.Done(jobs.Result{ID: id, Request: r, Frame: p.frame(), Mapped: true, Written: true})
			}
			b.ResetTimer()
			for range b.N {
				if l.Count(Absent) == 0 {
					b.StopTimer()
					for i := loaded; i < frames; i++ {
						s.free(l, i, Absent)
					}
					s.pump()
					b.StartTimer()
				}
				result()
			}
			b.StopTimer()
			s.CloseAll()
		})
	}
}
