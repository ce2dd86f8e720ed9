package charts

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/jobs"
)

// rig is a session over frames that are made when they are asked for, and its loop.
type rig struct {
	t       *testing.T
	session *session.Session
	charts  *Charts
	layer   *session.Layer
	filter  string
	loop    chan func()

	mu      sync.Mutex
	frames  map[cache.Number]func(*cache.Builder)
	points  map[cache.Number]uint32
	refused bool // frames to be shown do not come, borrowed ones do
	loads   int
	next    jobs.ID
}

// newRig opens a sequence of frames; each is made by add.
func newRig(t *testing.T, points map[cache.Number]uint32, add map[cache.Number]func(*cache.Builder)) *rig {
	t.Helper()
	dir := t.TempDir()
	for n := range add {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%v.icecache", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := &rig{t: t, frames: add, points: points, loop: make(chan func(), 1000)}
	post := func(f func()) { r.loop <- f }
	r.session = session.New(r, post, session.Options{Budget: 1 << 40, Patience: time.Minute})
	r.charts = New(Options{Session: r.session, Post: post, Filter: func() string { return r.filter }})
	t.Cleanup(func() {
		r.charts.Close()
		r.session.CloseAll()
	})
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	r.session.Add(found.Sequences)
	r.until("the sequence is open", func() bool { return len(r.session.Layers()) == 1 && r.session.Settled(false) })
	r.layer = r.session.Layers()[0]
	return r
}

// until turns the loop until something is so.
func (r *rig) until(what string, so func() bool) {
	r.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		r.session.Advance(time.Now())
		r.charts.Update()
		if so() {
			return
		}
		select {
		case f := <-r.loop:
			f()
		case <-deadline:
			r.t.Fatalf("never: %s", what)
		}
	}
}

func (r *rig) idle() {
	r.t.Helper()
	r.until("all is counted", func() bool { return !r.charts.Busy() })
}

func (r *rig) goTo(n cache.Number) {
	r.session.Seek(n)
	r.until("the frame is shown", func() bool { return r.session.Shown(r.layer).Number == n })
}

func (r *rig) Submit(q jobs.Request) jobs.ID {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next++
	id := r.next
	if q.Task == jobs.Load {
		r.loads++
	}
	add, points, refused := r.frames[q.Frame], r.points[q.Frame], r.refused && q.Layer > 0
	go func() {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: points})
		add(b)
		f, err := b.Frame()
		switch {
		case err != nil:
			q.Done(jobs.Result{ID: id, Request: q, Err: &jobs.Error{Text: err.Error()}})
			return
		case refused:
			q.Done(jobs.Result{ID: id, Request: q, Err: &jobs.Error{Code: jobs.CodeBudget, Text: "no room"}})
			return
		}
		for _, a := range f.Attributes {
			measure.Column(&a.Column, a.Bytes())
		}
		q.Done(jobs.Result{ID: id, Request: q, Frame: f, Index: f.Index(), Mapped: true})
	}()
	return id
}

func (r *rig) Cancel(jobs.ID)                       {}
func (r *rig) CancelLayer(int)                      {}
func (r *rig) Reprioritise(func(*jobs.Request) int) {}
func (r *rig) Forgive(string)                       {}
func (r *rig) Retry()                               {}
func (r *rig) Stats() jobs.Stats                    { return jobs.Stats{} }
