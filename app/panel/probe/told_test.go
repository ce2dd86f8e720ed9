package probe

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	followed "iceexplorer/app/inspect/probe"
	"iceexplorer/app/inspect/probing"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/jobs"
)

// points answers a load at once with a frame of two points.
type points struct {
	t    *testing.T
	last jobs.ID
}

func (p *points) Cancel(jobs.ID)                       {}
func (p *points) CancelLayer(int)                      {}
func (p *points) Reprioritise(func(*jobs.Request) int) {}
func (p *points) Forgive(string)                       {}
func (p *points) Retry()                               {}
func (p *points) Stats() jobs.Stats                    { return jobs.Stats{} }

func (p *points) Submit(r jobs.Request) jobs.ID {
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3, 4, 5, 6})
	b.Int32s("ID", []int32{7, 9})
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	for _, a := range f.Attributes {
		measure.Column(&a.Column, a.Bytes())
	}
	p.last++
	r.Done(jobs.Result{ID: p.last, Request: r, Frame: f, Mapped: true})
	return p.last
}

// What the scene shows between frames is in none of the rows below: the panel says so.
func TestTheProbeSaysBetweenWhichFramesTheSceneIs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, n := range []int{1, 2, 4} {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		at          cache.Number
		interpolate bool
		scale       float64
		byID        bool
		want        string
	}{
		"on a frame":         {2, true, 1, true, "2 points, followed by ID"},
		"between":            {1.25, true, 1, true, "2 points, followed by ID; the scene is between frames 1 and 2 of the sequence"},
		"at a missing frame": {3, true, 1, true, "2 points, followed by ID; the scene is between frames 2 and 4 of the sequence"},
		"not interpolated":   {3, false, 1, true, "2 points, followed by ID"},
		"retimed":            {2, true, 0.5, true, "2 points, followed by ID; the scene is between frames 1 and 2 of the sequence"},
		"by index":           {1.5, true, 1, false, "2 points, followed by index; the scene is between frames 1 and 2 of the sequence"},
	} {
		var later []func()
		s := session.New(&points{t: t}, func(f func()) { later = append(later, f) }, session.Options{Budget: 1 << 30, Patience: time.Minute})
		l := s.Add(found.Sequences)[0]
		if err := s.SetTiming(l, session.Timing{Scale: c.scale}); err != nil {
			t.Fatal(err)
		}
		for len(later) > 0 {
			f := later[0]
			later = later[1:]
			f()
		}
		s.SetInterpolate(c.interpolate)
		s.Seek(c.at)
		p := probing.New(probing.Options{Session: s, Post: func(f func()) { f() }, Wake: func() {}})
		v := &view{host: &panel.Host{Session: s}, probe: p}
		v.data.trace = followed.NewTrace(followed.Query{Points: []int32{7, 9}, ByID: c.byID}, nil)
		if got := v.told(); got != c.want {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}
