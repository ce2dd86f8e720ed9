package session

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/jobs"
	"iceexplorer/jobs/proto"
)

// fakePool keeps requests until the test answers them.
type fakePool struct {
	t        testing.TB
	next     jobs.ID
	waiting  []jobs.Request
	ids      []jobs.ID
	closed   atomic.Int32 // frames that were closed, by any goroutine
	forgiven []string
	retries  int
	stats    jobs.Stats
}

func (p *fakePool) Submit(r jobs.Request) jobs.ID {
	p.next++
	p.waiting, p.ids = append(p.waiting, r), append(p.ids, p.next)
	return p.next
}

func (p *fakePool) take(i int) (jobs.Request, jobs.ID) {
	r, id := p.waiting[i], p.ids[i]
	p.waiting, p.ids = slices.Delete(p.waiting, i, i+1), slices.Delete(p.ids, i, i+1)
	return r, id
}

func (p *fakePool) Cancel(id jobs.ID) {
	if i := slices.Index(p.ids, id); i >= 0 {
		p.fail(i, jobs.CodeCanceled)
	}
}

func (p *fakePool) CancelLayer(layer int) {
	for i := len(p.waiting) - 1; i >= 0; i-- {
		if p.waiting[i].Layer == layer {
			p.fail(i, jobs.CodeCanceled)
		}
	}
}

func (p *fakePool) Reprioritise(f func(*jobs.Request) int) {
	for i := range p.waiting {
		p.waiting[i].Priority = f(&p.waiting[i])
	}
}

func (p *fakePool) Forgive(path string) { p.forgiven = append(p.forgiven, path) }
func (p *fakePool) Retry()              { p.retries++ }
func (p *fakePool) Stats() jobs.Stats   { return p.stats }

func (p *fakePool) fail(i int, code proto.Code) {
	r, id := p.take(i)
	r.Done(jobs.Result{ID: id, Request: r, Err: &jobs.Error{Code: code, Text: fmt.Sprintf("%s: %s", code, r.Source)}})
}

// frame is one of two points.
func (p *fakePool) frame() *cache.Frame {
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 0, 0, 3, 4, 0})
	built, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	mem := make([]byte, 64)
	measured(built)
	f, err := cache.NewFrame(built.Index(), mem, func() error {
		p.closed.Add(1)
		return nil
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return f
}

// index is what a worker measures of a frame: that of frame, further out for each.
func (p *fakePool) index(number cache.Number) *cache.Index {
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 10 * float32(number), 0})
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	return measured(f).Index()
}

// damagedFrame is frame with a file that was cut.
func (p *fakePool) damagedFrame() *cache.Frame {
	f := p.frame()
	f.Damage = &cache.Damage{What: "the file ends", At: 1234, Missing: []string{"Size"}}
	return f
}

// loads counts the frames that are asked for.
func (p *fakePool) loads() int {
	n := 0
	for _, r := range p.waiting {
		if r.Task == jobs.Load {
			n++
		}
	}
	return n
}

// measured measures a frame, as workers do.
func measured(f *cache.Frame) *cache.Frame {
	for _, a := range f.Attributes {
		measure.Column(&a.Column, a.Bytes())
	}
	return f
}

// serve answers the most urgent request and returns its frame's number.
func (p *fakePool) serve(mapped bool) jobs.Request {
	p.t.Helper()
	if len(p.waiting) == 0 {
		p.t.Fatal("nothing was asked for")
	}
	best := 0
	for i, r := range p.waiting {
		b := p.waiting[best]
		if r.Task == jobs.Load && b.Task != jobs.Load || r.Task == b.Task && r.Priority < b.Priority {
			best = i
		}
	}
	r, id := p.take(best)
	if r.Started != nil {
		r.Started(id)
	}
	if r.Task == jobs.Measure {
		r.Done(jobs.Result{ID: id, Request: r, Index: p.index(r.Frame)})
		return r
	}
	r.Done(jobs.Result{ID: id, Request: r, Frame: p.frame(), Mapped: mapped || r.Task == jobs.Convert, Decoded: !mapped, Written: r.Task == jobs.Convert})
	return r
}

// closes waits until n frames are closed: what brings one into memory may hold it a little longer.
func (p *fakePool) closes(n int32) bool {
	for end := time.Now().Add(patience); p.closed.Load() < n && time.Now().Before(end); {
		runtime.Gosched()
	}
	return p.closed.Load() == n
}

// patience has tests show a frame at once, however busy the machine is.
const patience = time.Minute

// open makes a session over a folder of frames first to last.
func open(t *testing.T, opt Options, first, last int) (*Session, *fakePool, *Layer) {
	t.Helper()
	dir := t.TempDir()
	for n := first; n <= last; n++ {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := &fakePool{t: t}
	if opt.Budget == 0 {
		opt.Budget = 1 << 40
	}
	if opt.Patience == 0 {
		opt.Patience = patience
	}
	s := New(p, func(f func()) { f() }, opt)
	layers := s.Open(dir)
	if len(layers) != 1 {
		t.Fatalf("%d layers; %v", len(layers), s.Messages())
	}
	return s, p, layers[0]
}

// moveHead is Seek with a direction of play.
func moveHead(s *Session, number cache.Number, dir int) {
	s.steer(func() {
		s.player.PlayDir(dir)
		s.player.Stop()
		s.player.Seek(number)
	})
}

func numbers(rs []jobs.Request) []cache.Number {
	var n []cache.Number
	for _, r := range rs {
		n = append(n, r.Frame)
	}
	return n
}
