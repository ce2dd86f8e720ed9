package session

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/jobs"
	"iceexplorer/jobs/proto"
)

// latest is the text that the status bar shows.
func latest(s *Session) string {
	m, _ := s.Latest()
	return m.Text
}

// Errors stayed in the status bar after what had put them right.
func TestSuccessTakesBackWhatFailed(t *testing.T) {
	t.Parallel()
	t.Run("reload", func(t *testing.T) {
		t.Parallel()
		s, p, l := open(t, Options{Window: 100}, 1, 9)
		for len(p.waiting) > 0 {
			p.fail(0, proto.CodeGone)
		}
		if latest(s) == "" {
			t.Fatal("9 frames failed, and nothing was said")
		}
		reload(s, l)
		for len(p.waiting) > 0 {
			p.serve(true)
		}
		if got := latest(s); got != "" {
			t.Errorf("after a reload that went well: %q", got)
		}
		reload(s, l)
		for len(p.waiting) > 0 {
			p.fail(0, proto.CodeGone)
		}
		if latest(s) == "" {
			t.Error("failed again, and nothing is said")
		}
	})
	t.Run("load", func(t *testing.T) {
		t.Parallel()
		s, p, l := open(t, Options{Window: 100}, 1, 2)
		p.serve(true)
		p.serve(true)
		s.Fault(l, 1, os.ErrClosed) // reads the source again
		if latest(s) == "" {
			t.Fatal("a fault, and nothing was said")
		}
		r, id := p.take(0)
		r.Done(jobs.Result{ID: id, Request: r, Frame: p.damagedFrame(), Decoded: true})
		if m, ok := s.Latest(); !ok || m.Level != Warning || len(s.Messages()) != 2 || !s.Messages()[0].Past {
			t.Errorf("read again, damaged: %+v", s.Messages())
		}
	})
	t.Run("one of two frames", func(t *testing.T) {
		t.Parallel()
		s, p, l := open(t, Options{Window: 100}, 1, 2)
		p.fail(0, "format")
		p.fail(0, "format")
		s.free(l, 1, Absent) // as its source has changed
		s.pump()
		p.serve(true)
		m := s.Messages()
		if len(m) != 2 || m[0].Past || !m[1].Past || latest(s) != m[0].Text {
			t.Errorf("%+v", m)
		}
	})
	t.Run("open", func(t *testing.T) {
		t.Parallel()
		s, _, _ := open(t, Options{}, 1, 1)
		s.Open(filepath.Join(t.TempDir(), "nowhere"))
		if latest(s) == "" {
			t.Fatal("nothing there, and nothing was said")
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "b_1.icecache"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		s.Open(dir)
		if got := latest(s); got != "" {
			t.Errorf("after something was opened: %q", got)
		}
	})
	t.Run("convert", func(t *testing.T) {
		t.Parallel()
		s, p, _ := open(t, Options{Convert: true}, 1, 1)
		p.serve(false)
		p.fail(0, jobs.CodeReadOnly)
		if latest(s) == "" {
			t.Fatal("not converted, and nothing was said")
		}
		s.SetConvert(false)
		if got := latest(s); got != "" {
			t.Errorf("after conversion was turned off: %q", got)
		}
	})
	t.Run("close", func(t *testing.T) {
		t.Parallel()
		s, p, l := open(t, Options{}, 1, 1)
		p.fail(0, "format")
		s.CloseLayer(l)
		if got := latest(s); got != "" {
			t.Errorf("of a sequence that is closed: %q", got)
		}
	})
}

func TestOnlyWhatAMessageIsAboutTakesItBack(t *testing.T) {
	t.Parallel()
	s := New(nil, nil, Options{})
	s.TellOf(About("save"), Error, "disk is full")
	s.Tell(Error, "disk is full") // passed on by somebody who does not know
	s.Tell(Info, "other")
	s.Settle(About("open"))
	s.Settle(Subject{})
	if m := s.Messages(); len(m) != 2 || m[0].Past || m[1].Past {
		t.Errorf("%+v", m)
	}
	s.Settle(About("save"))
	if m := s.Messages(); !m[0].Past || m[1].Past || latest(s) != "other" {
		t.Errorf("%+v", m)
	}
	s.TellOf(About("save"), Error, "disk is full")
	if m, _ := s.Latest(); m.Text != "disk is full" || m.Past {
		t.Errorf("failed again: %+v", m)
	}
}

// Failures and damage by turns made a line of each.
func TestManyFramesInTroubleAreTwoLinesByTurns(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Window: 100}, 1, 40)
	for len(p.waiting) > 0 {
		if len(p.waiting)%2 == 0 {
			p.fail(0, "format")
			continue
		}
		r, id := p.take(0)
		r.Done(jobs.Result{ID: id, Request: r, Frame: p.damagedFrame(), Mapped: true})
	}
	if n := len(s.Messages()); l.Count(Failed) != 20 || l.Count(Partial) != 20 || n != 8 {
		t.Errorf("counts %v, %d messages: %+v", l.Counts(), n, s.Messages())
	}
}

// Two messages of one tick of Windows' clock had one time, and the toast kept to the first.
func TestNoTwoMessagesHaveOneTime(t *testing.T) {
	t.Parallel()
	s := New(&fakePool{t: t}, func(f func()) { f() }, Options{})
	s.Tell(Info, "a")
	s.messages[0].Time = time.Now().Add(time.Hour) // the clock does not get there
	s.Tell(Info, "b")
	s.Tell(Info, "c")
	if m := s.Messages(); len(m) != 3 || !m[1].Time.After(m[0].Time) || !m[2].Time.After(m[1].Time) {
		t.Errorf("%v", m)
	}
}
