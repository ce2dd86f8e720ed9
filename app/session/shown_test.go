package session

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs"
	"iceexplorer/jobs/proto"
)

func TestAnAcquiredFrameOutlivesItsSlot(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 1)
	p.serve(false)
	f, release := l.Acquire(1)
	s.CloseLayer(l)
	if p.closed.Load() != 0 {
		t.Fatal("closed while in use")
	}
	_ = f.Attributes[0].Bytes()
	release()
	if p.closed.Load() != 1 {
		t.Errorf("%d closed after the last user", p.closed.Load())
	}
}

func TestAFrameThatIsNotThereHoldsTheLastPicture(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 3)
	p.serve(false)
	one := s.Shown(l)
	s.Seek(3)
	sh := s.Shown(l)
	if !sh.Held || sh.Frame != one.Frame || sh.Number != 1 || !strings.Contains(sh.Why, "loading frame 3") {
		t.Errorf("shown %+v", sh)
	}
	p.serve(false)
	if sh := s.Shown(l); sh.Held || sh.Number != 3 || sh.Why != "" {
		t.Errorf("shown %+v", sh)
	}
}

// A failed frame used to show the one before it, as if it were its own.
func TestAFrameThatFailedShowsNothing(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 3)
	p.serve(false)
	if s.Shown(l).Frame == nil {
		t.Fatal("frame 1 is not shown")
	}
	s.Seek(2)
	if sh := s.Shown(l); sh.Frame == nil || !sh.Held || !strings.Contains(sh.Why, "loading frame 2, still showing frame 1") {
		t.Errorf("while it is loaded: %+v", sh)
	}
	for i, r := range p.waiting {
		if r.Frame == 2 {
			p.fail(i, "format")
			break
		}
	}
	if sh := s.Shown(l); sh.Frame != nil || sh.Held || !strings.Contains(sh.Why, "frame 2 could not be read") {
		t.Errorf("after it failed: %+v", sh)
	}
	s.Seek(3)
	if sh := s.Shown(l); sh.Frame != nil || !strings.Contains(sh.Why, "loading frame 3") {
		t.Errorf("the one before the failed one came back: %+v", sh)
	}
}

// The old cloud stayed when its folder was gone and read again.
func TestAFolderThatIsGoneShowsNothingAfterReload(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 3)
	for len(p.waiting) > 0 {
		p.serve(runtime.GOOS != "windows") // where a folder whose files are mapped is never gone
	}
	if s.Shown(l).Frame == nil {
		t.Fatal("frame 1 is not shown")
	}
	// On Windows a folder stays while it is being listed, which the session does beside the test.
	for begun := time.Now(); ; time.Sleep(time.Millisecond) {
		err := os.RemoveAll(l.Seq.Dir)
		if err == nil {
			break
		}
		if runtime.GOOS != "windows" || time.Since(begun) > time.Minute {
			t.Fatal(err)
		}
	}
	reload(s, l)
	if sh := s.Shown(l); !sh.Held || !strings.Contains(sh.Why, "loading frame 1 again") {
		t.Errorf("while it is read again: %+v", sh)
	}
	for len(p.waiting) > 0 {
		p.fail(0, proto.CodeGone)
	}
	if sh := s.Shown(l); sh.Frame != nil || sh.Held || l.last != nil {
		t.Errorf("shown %+v, kept %v", sh, l.last)
	}
}

// The status bar counted no points and 21 selected ones while a frame was being loaded.
func TestPointsOfAFrameOnItsWayAreNotCounted(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 3)
	deliver(t, p, 1, make([]int32, 0), 0)
	if got := s.PointsText(); got != "0 points" {
		t.Errorf("of an empty frame: %q", got)
	}
	deliver(t, p, 2, []int32{1, 2, 3}, 0)
	s.Seek(2)
	s.Shown(l)
	s.SelectAll()
	if got := s.PointsText() + ", " + s.SelectionText(); got != "3 points, 3 selected" {
		t.Errorf("frame 2: %q", got)
	}
	s.Seek(3)
	if got := s.PointsText() + s.SelectionText(); got != "3 selected" || !s.Shown(l).Held {
		t.Errorf("frame 3, which is being loaded: %q", got)
	}
}

func TestNothingIsHeldForAFrameThatIsNotBeingLoaded(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Window: 1}, 1, 3)
	p.serve(false)
	s.Shown(l)
	s.Seek(3)
	s.Cancel()
	if sh := s.Shown(l); sh.Frame != nil || !strings.Contains(sh.Why, "canceled") {
		t.Errorf("after Cancel: %+v", sh)
	}
}

func TestADamagedFrameIsAStateOfItsOwnWhereverItLies(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Convert: true}, 1, 8)
	for _, mapped := range []bool{true, false} { // opened again, and decoded
		r, id := p.take(0)
		r.Done(jobs.Result{ID: id, Request: r, Frame: p.damagedFrame(), Mapped: mapped, Decoded: !mapped})
	}
	for n := cache.Number(1); n <= 2; n++ {
		if st, _ := l.State(n); st != Partial || !st.Drawable() {
			t.Errorf("frame %v is %v", n, st)
		}
	}
	if st, _ := s.StateAt(1); st != Partial || l.Count(Partial) != 2 || l.Count(Mapped) != 0 || l.Count(Scratch) != 0 {
		t.Errorf("state of the number %v, counts %v", st, l.Counts())
	}
	if done, total := s.Progress(); done != 2 || total != 8 || !s.Ready(1) {
		t.Errorf("%d of %d done; ready: %v", done, total, s.Ready(1))
	}
	if sh := s.Shown(l); sh.Frame == nil || sh.Held || l.Damage(1) == nil {
		t.Errorf("shown %+v, damage %v", sh, l.Damage(1))
	}
	for len(p.waiting) > 0 { // the rest, and conversions
		r, id := p.take(0)
		f := p.frame()
		if r.Frame == 2 {
			f = p.damagedFrame()
		}
		r.Done(jobs.Result{ID: id, Request: r, Frame: f, Mapped: true})
	}
	if st, _ := l.State(2); st != Partial || l.Count(Partial) != 2 || l.Count(Mapped) != 6 {
		t.Errorf("converted: %v, counts %v", st, l.Counts())
	}
	told := 0
	for _, m := range s.Messages() {
		if m.Level == Warning && strings.Contains(m.Text, "damaged") {
			told++
		}
	}
	if told != 2 {
		t.Errorf("told %d times of 2 damaged frames: %+v", told, s.Messages())
	}
	reload(s, l)
	if l.Count(Partial) != 0 || l.Damage(1) != nil {
		t.Errorf("reloading: counts %v", l.Counts())
	}
}

func TestAFailedLayerIsNotHiddenByOneThatIsThere(t *testing.T) {
	t.Parallel()
	s, p, _ := open(t, Options{Window: 100}, 1, 1)
	p.serve(true)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "b_1.icecache"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.Open(dir)
	p.fail(0, "format")
	if st, _ := s.StateAt(1); st != Failed || !s.Ready(1) {
		t.Errorf("one of two layers failed: %v, ready %v", st, s.Ready(1))
	}
}
