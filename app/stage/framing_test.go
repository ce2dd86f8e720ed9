package stage

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/gfx"
	"iceexplorer/jobs"
)

// framePool answers a load with the positions of the frame, as a worker does: measured.
type framePool struct {
	onePool
	frames [][]float32 // of frames 1 and up
	sizes  []float32
}

func (p *framePool) Submit(r jobs.Request) jobs.ID {
	n := int(r.Frame)
	f := pointsFrame(p.t, p.frames[n-1], p.sizes)
	a := f.Attribute("PointPosition")
	acc := measure.New(3)
	measure.Float32(a.Bytes(), acc)
	a.Ranges = acc.Ranges()
	id := jobs.ID(n)
	if r.Task == jobs.Measure {
		r.Done(jobs.Result{ID: id, Request: r, Index: f.Index()})
		return id
	}
	r.Done(jobs.Result{ID: id, Request: r, Frame: f, Mapped: true})
	return id
}

// plainSizes draw points as large as they are.
var plainSizes = Sizes{Common: 1}

// framingOfFrames opens frames, shows the first and gathers until nothing more comes.
func framingOfFrames(t *testing.T, sizes []float32, frames ...[]float32) (*Framing, *session.Session) {
	t.Helper()
	dir := t.TempDir()
	for n := range frames {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n+1)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var later []func()
	s := session.New(&framePool{onePool{t: t}, frames, sizes}, func(f func()) { later = append(later, f) }, session.Options{Budget: 1 << 30, Patience: time.Minute})
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	l := s.Add(found.Sequences)[0]
	for len(later) > 0 {
		f := later[0]
		later = later[1:]
		f()
	}
	f := NewFraming()
	f.Shown(l, s.Shown(l))
	settle(t, f, s)
	return f, s
}

func settle(t *testing.T, f *Framing, s *session.Session) {
	t.Helper()
	posted := make(chan func(), 1)
	now := time.Unix(1000, 0)
	for n := 0; n == 0 || f.Busy(s, plainSizes); n++ {
		if n > 1000 {
			t.Fatal("the framing never comes to rest")
		}
		now = now.Add(time.Hour) // later than it may be due
		f.next = time.Time{}
		f.Update(now, s, plainSizes, func(g func()) { posted <- g })
		if f.looking {
			(<-posted)()
		}
	}
}

// The first frame of a slow emitter has one point: the camera stayed there for all.
func TestFramingFollowsTheSequenceAndNotItsFirstFrame(t *testing.T) {
	t.Parallel()
	point := []float32{10, 5, 3}
	wide := append(append([]float32{}, point...), 40, 25, -30)
	const fm = math.MaxFloat32
	for _, tc := range []struct {
		name   string
		sizes  []float32
		frames [][]float32
		bounds gfx.Box
		extent float32 // greatest coordinate
	}{
		{"one point, then more", []float32{0.2}, [][]float32{point, wide, wide}, gfx.BoxOf([3]float32{10, 5, -30}, [3]float32{40, 25, 3}), 40},
		{"without sizes", nil, [][]float32{point, point, wide, wide}, gfx.BoxOf([3]float32{10, 5, -30}, [3]float32{40, 25, 3}), 40},
		{"one place always", nil, [][]float32{point, point}, gfx.BoxOf([3]float32{10, 5, 3}, [3]float32{10, 5, 3}), 10},
		{"no point at first", nil, [][]float32{{}, wide, wide}, gfx.BoxOf([3]float32{10, 5, -30}, [3]float32{40, 25, 3}), 40},
		{"strays in every frame but the first", nil, [][]float32{
			{0, 0, 0, 1, 0, 0, 0, 1, 0}, {0, 0, 0, 2, 0, 0, 0, 1, 0, fm, 0, 0}, {0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 1e20, 0}, {0, 0, 0, 4, 0, 0, 0, 1, 0, fm, fm, fm},
		}, gfx.BoxOf([3]float32{}, [3]float32{4, 1, 0}), fm},
		{"a frame that blew up", nil, [][]float32{wide, wide, wide, {1e20, 0, 0, 1e20, 1e20, 0, -1e20, 0, 0}}, gfx.BoxOf([3]float32{10, 5, -30}, [3]float32{40, 25, 3}), 1e20},
	} {
		f, _ := framingOfFrames(t, tc.sizes, tc.frames...)
		if f.Bounds != tc.bounds {
			t.Errorf("%s: the bounds are %v, not %v", tc.name, f.Bounds, tc.bounds)
		}
		if got := (Reach{All: f.Extent}).farthest(); float32(got) != tc.extent {
			t.Errorf("%s: points reach to %v, not %v", tc.name, got, tc.extent)
		}
		if grown := f.View != f.Bounds; grown != (tc.sizes != nil) {
			t.Errorf("%s: room for sizes: %v", tc.name, grown)
		}
	}
}

// Points are looked at only where ranges leave a doubt.
func TestFramingLooksAtFewFrames(t *testing.T) {
	t.Parallel()
	var frames [][]float32
	for n := range 60 {
		frames = append(frames, cluster(50, gfx.Vec3{}, 1+float64(n)/10))
	}
	f, s := framingOfFrames(t, nil, frames...)
	if len(f.looked) != 1 || f.Bounds.Empty() {
		t.Errorf("looked at %d of 60 frames that are alike", len(f.looked))
	}
	s.CloseAll()
	settle(t, f, s)
	if len(f.looked) != 0 || !f.Bounds.Empty() || !f.Extent.Empty() {
		t.Errorf("of closed sequences there is left: %+v", f)
	}
}

// A picture waits no more often for the boxes of all frames than it must.
func TestFramingGathersSeldomWhileFramesCome(t *testing.T) {
	t.Parallel()
	_, s := framingOfFrames(t, nil, []float32{0, 0, 0}, []float32{1, 1, 1})
	f := NewFraming()
	now := time.Unix(1000, 0)
	f.Shown(s.Layers()[0], s.Shown(s.Layers()[0]))
	f.Update(now, s, plainSizes, func(func()) {})
	if f.Busy(s, plainSizes) && !f.looking {
		t.Error("the first time waits")
	}
	s.SetVisible(s.Layers()[0], true) // something is new
	f.Update(now.Add(time.Millisecond), s, plainSizes, func(func()) {})
	due, ok := f.Due()
	if !ok || due.Before(now.Add(gatherEvery)) {
		t.Errorf("due %v after the last time, %v", due.Sub(now), ok)
	}
	f.Update(due, s, plainSizes, func(func()) {})
	if _, ok := f.Due(); ok {
		t.Error("still due")
	}
}

// All points of a large frame were looked at in the window's loop as soon as one strayed.
func TestALargeFrameIsGlancedAtAndLookedAtBesideTheLoop(t *testing.T) {
	t.Parallel()
	pos := cluster(50_000, gfx.Vec3{}, 1)
	pos[3*777] = 1e9 // not among those that a glance meets
	f, s := framingOfFrames(t, nil, pos)
	l := s.Layers()[0]
	exact := f.Shown(l, s.Shown(l))
	if want := ReachOf(s.Shown(l).Frame); exact != want || exact.Outside != 1 {
		t.Errorf("looked at: %+v, want %+v", exact, want)
	}
	fresh := NewFraming()
	first := fresh.Shown(l, s.Shown(l))
	if first.Outside != 0 || first.Most.Radius() > 2 || first.All != exact.All || first.Points != 50_000 {
		t.Errorf("at a glance: %+v", first)
	}
	if !fresh.Busy(s, plainSizes) {
		t.Error("nothing more is to come")
	}
	settle(t, fresh, s)
	if got := fresh.Shown(l, s.Shown(l)); got != exact {
		t.Errorf("in the end: %+v, want %+v", got, exact)
	}
}
