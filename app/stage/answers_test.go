package stage

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/gfx"
	"iceexplorer/jobs"
)

// A question that the driver never answered kept the loop awake for ever.
func TestAnAnswerThatNeverComesIsGivenUp(t *testing.T) {
	t.Parallel()
	var p picks
	start := time.Unix(1000, 0)
	p.note(tagHover, nil, start)
	p.note(tagSelect, nil, start)
	looks := 0
	var gaveUp []string
	now := start
	for {
		due, ok := p.due(now)
		if !ok {
			break
		}
		if !due.After(now) {
			t.Fatalf("due at once, %v after the question", now.Sub(start))
		}
		if looks++; looks > 200 {
			t.Fatalf("still looking after %v", now.Sub(start))
		}
		now = due
		gaveUp = append(gaveUp, p.giveUp(now)...)
	}
	if waited := now.Sub(start); p.waiting() || waited < patience || waited > 2*patience {
		t.Errorf("waiting: %v, after %v", p.waiting(), waited)
	}
	slices.Sort(gaveUp)
	if !slices.Equal(gaveUp, []string{tagHover, tagSelect}) {
		t.Errorf("gave up %q", gaveUp)
	}
}

// pointPool answers a load at once with a frame of one point.
type pointPool struct{ t *testing.T }

func (p pointPool) Submit(r jobs.Request) jobs.ID {
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3})
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	r.Done(jobs.Result{ID: 1, Request: r, Frame: f, Mapped: true})
	return 1
}
func (pointPool) Cancel(jobs.ID)                       {}
func (pointPool) CancelLayer(int)                      {}
func (pointPool) Reprioritise(func(*jobs.Request) int) {}
func (pointPool) Forgive(string)                       {}
func (pointPool) Retry()                               {}
func (pointPool) Stats() jobs.Stats                    { return jobs.Stats{} }

// The window stopped drawing when a sequence was closed while the point under the mouse
// was being looked for: the answer was about a frame that was closed.
func TestAnAnswerAboutAFrameThatIsClosedIsLetGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a_1.icecache"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var later []func()
	ss := session.New(pointPool{t}, func(f func()) { later = append(later, f) }, session.Options{Budget: 1 << 30, Patience: time.Minute})
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	l := ss.Add(found.Sequences)[0]
	for _, f := range later {
		f()
	}
	s := New(Options{Session: ss, Look: look.NewDesk()})
	s.shown = []shownFrame{{l, ss.Shown(l)}}
	hit := gfx.Hit{Layer: uint64(l.ID)}
	s.hover(s.shown, hit)
	if s.picks.hit == nil || len(s.picks.facts) == 0 {
		t.Fatal("a point that is there has no facts")
	}
	s.picks = picks{}
	ss.CloseLayer(l)
	s.hover(s.shown, hit)
	if s.picks.hit != nil {
		t.Error("a point of a closed frame is under the mouse")
	}
}

// The window crashed when everything was closed while the mouse rested over the scene:
// the points were looked for in a picture whose frames had been unmapped.
func TestPicturesOfFramesThatAreClosedAreNotAskedAboutPoints(t *testing.T) {
	t.Parallel()
	r := newRig(t, []float32{0, 0, 0, 1, 0, 0}, []float32{0, 0, 0, 5, 0, 0})
	ask := func() (asked int) {
		before := len(r.r.asked)
		for _, tag := range []string{tagHover, tagFocus, tagActive, tagSelect} {
			r.ask(tag, r.pointQuery(400, 300))
		}
		return len(r.r.asked) - before
	}
	if n := ask(); n != 4 {
		t.Fatalf("%d of 4 questions about what is shown were asked", n)
	}
	r.session.Seek(2) // another frame, which is not drawn yet
	draws := r.r.draws
	if n := ask(); n != 4 || r.r.draws == draws {
		t.Errorf("%d of 4 questions were asked, and the picture was drawn %d times", n, r.r.draws-draws)
	}
	r.session.CloseAll()
	ask()
	if len(r.r.clouds) != 0 {
		t.Error("questions were asked about a picture of frames that are closed")
	}
}
