package stage

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/jobs"
)

// onePool answers a load at once, with points that moved along x to the frame's
// number; frame 3 cannot be read.
type onePool struct {
	t      *testing.T
	points int
}

func (p *onePool) Submit(r jobs.Request) jobs.ID {
	id := jobs.ID(r.Frame)
	if r.Frame == 3 {
		r.Done(jobs.Result{ID: id, Request: r, Err: &jobs.Error{Code: "format", Text: "broken"}})
		return id
	}
	pos, ids := make([]float32, 3*p.points), make([]int32, p.points)
	for i := range ids {
		pos[3*i], ids[i] = float32(r.Frame), int32(i)
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(p.points)})
	b.Float32s("PointPosition", cache.TypeVector3, pos)
	b.Int32s("ID", ids)
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	for _, a := range f.Attributes {
		measure.Column(&a.Column, a.Bytes())
	}
	r.Done(jobs.Result{ID: id, Request: r, Frame: f, Mapped: true})
	return id
}

func (p *onePool) Cancel(jobs.ID)                       {}
func (p *onePool) CancelLayer(int)                      {}
func (p *onePool) Reprioritise(func(*jobs.Request) int) {}
func (p *onePool) Forgive(string)                       {}
func (p *onePool) Retry()                               {}
func (p *onePool) Stats() jobs.Stats                    { return jobs.Stats{} }

// five opens frames 1 to 5 and goes to the last.
func five(t *testing.T, points int) (*session.Session, *session.Layer) {
	t.Helper()
	dir := t.TempDir()
	for n := 1; n <= 5; n++ {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var later []func()
	s := session.New(&onePool{t, points}, func(f func()) { later = append(later, f) }, session.Options{Budget: 1 << 30, Patience: time.Minute})
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
	s.Seek(5)
	return s, l
}

func TestTrailsLeadThroughTheFramesThatAreLoaded(t *testing.T) {
	t.Parallel()
	s, l := five(t, 2)
	tr := Trails{Session: s}
	for k, want := range map[int]string{0: "[]", 1: "[4 5 4 5]", 2: "[4 5 4 5]", 3: "[2 4 5 2 4 5]", 99: "[1 2 4 5 1 2 4 5]"} {
		st := tr.Of(l, s.Shown(l), k, s.Until())
		xs := []float32{}
		for i := 0; i < len(st.Points); i += 3 {
			xs = append(xs, st.Points[i])
		}
		if got := fmt.Sprint(xs); got != want {
			t.Errorf("%d frames back: %s, want %s", k, got, want)
		}
	}
}

func TestTrailsThatTakeLongComeFromTheBackground(t *testing.T) {
	t.Parallel()
	s, l := five(t, 100_000)
	posted, told := make(chan func(), 1), 0
	tr := Trails{Session: s, Post: func(f func()) { posted <- f }, Changed: func() { told++ }}
	of := func(k int) bool { return tr.Of(l, s.Shown(l), k, time.Time{}).Present() }
	for range 2 {
		if of(4) || !tr.Busy() {
			t.Error("trails were waited for")
		}
	}
	(<-posted)()
	if !of(4) || told != 1 || tr.Busy() {
		t.Errorf("told %d times, busy %v", told, tr.Busy())
	}
	if !of(3) || !tr.Busy() {
		t.Error("the last trails are gone before others are there")
	}
	s.CloseLayer(l) // the frames are in use still
	(<-posted)()
	if told != 2 || tr.Busy() {
		t.Errorf("told %d times, busy %v", told, tr.Busy())
	}
	select {
	case <-posted:
		t.Error("made twice")
	default:
	}
}

// Frames that nobody had drawn were read by the loop, page by page.
func TestTrailsOverFramesThatAreReadSlowlyComeWhenTheyAreThere(t *testing.T) {
	t.Parallel()
	r, _, d := onDisk(t, 2)
	r.session.Seek(5)
	r.until(func() bool { return r.shown[0].Number == 5 && !r.Busy() })
	d.shut.Store(true)
	r.opt.Look.Set(look.Trails, 4)
	r.frame(frameTime)
	if c := r.r.clouds[0]; c.Trails.Present() || r.Prepare() {
		t.Error("trails over frames that are not in memory")
	}
	close(d.gate)
	r.until(r.Prepare)
	if r.frame(frameTime); !r.r.clouds[0].Trails.Present() {
		t.Error("no trails though all is there")
	}
}

func TestTrailsOfClosedLayersAreLetGo(t *testing.T) {
	t.Parallel()
	s, l := five(t, 2)
	tr := Trails{Session: s}
	tr.Of(l, s.Shown(l), 3, s.Until())
	tr.Keep(s.Layers())
	if len(tr.layers) != 1 {
		t.Error("those of an open layer are gone")
	}
	s.CloseLayer(l)
	tr.Keep(s.Layers())
	if len(tr.layers) != 0 {
		t.Error("those of a closed layer are kept")
	}
}
