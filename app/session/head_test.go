package session

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/app/player"
	"iceexplorer/cache"
)

func TestEachCommandMovesTheHeadAndTellsWhatChanged(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		do   func(s *Session)
		want Change
		head cache.Number
	}{
		"seek":            {func(s *Session) { s.Seek(4) }, Play | Head, 4},
		"seek to nearest": {func(s *Session) { s.Seek(99) }, Play | Head, 6},
		"seek to itself":  {func(s *Session) { s.Seek(3) }, 0, 3},
		"step":            {func(s *Session) { s.Step(-1) }, Play | Head, 2},
		"first":           {(*Session).First, Play | Head, 1},
		"last":            {(*Session).Last, Play | Head, 6},
		"play":            {(*Session).Play, Play, 3},
		"toggle":          {(*Session).Toggle, Play, 3},
		"reverse":         {func(s *Session) { s.Shuttle(-1) }, Play | Head, 3},
		"stop":            {(*Session).Stop, 0, 3},
		"in":              {func(s *Session) { s.SetIn(2) }, Play, 3},
		"out":             {func(s *Session) { s.SetOut(5) }, Play, 3},
		"no range":        {(*Session).ClearRange, 0, 3},
		"rate":            {func(s *Session) { s.SetFPS(12) }, Play, 3},
		"mode":            {func(s *Session) { s.SetMode(player.RealTime) }, Play, 3},
		"loop":            {func(s *Session) { s.SetLoop(player.Once) }, Play, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _, _ := open(t, Options{}, 1, 6)
			s.Seek(3)
			var told Change
			s.Subscribe(func(c Change) { told |= c })
			tc.do(s)
			if n, _ := s.Number(); n != tc.head || told != tc.want {
				t.Errorf("head at %v, want %v; told %b, want %b", n, tc.head, told, tc.want)
			}
		})
	}
}

func TestTheHeadStaysOnItsFrameWhenSequencesComeAndGo(t *testing.T) {
	t.Parallel()
	s, _, a := open(t, Options{}, 10, 12)
	s.Seek(11)
	dir := t.TempDir()
	for n := 1; n <= 9; n++ {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("b_%d.icecache", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var told Change
	s.Subscribe(func(c Change) { told |= c })
	s.Open(dir)
	if n, _ := s.Number(); n != 11 || len(s.Frames()) != 12 || told&(Frames|Head) != Frames|Head {
		t.Errorf("head at %v of %v; told %b", n, s.Frames(), told)
	}
	s.Play()
	s.CloseLayer(a)
	if n, _ := s.Number(); n != 9 || !s.Playing() {
		t.Errorf("head at %v of %v, playing %v", n, s.Frames(), s.Playing())
	}
	s.CloseAll()
	if _, ok := s.Number(); ok || s.Playing() {
		t.Error("something is played though nothing is open")
	}
}

func TestTheClockMovesTheHeadOverFramesThatAreThere(t *testing.T) {
	t.Parallel()
	s, p, _ := open(t, Options{Window: 2}, 1, 3)
	s.SetFPS(10)
	p.serve(true)
	s.Cancel()
	var told []Change
	s.Subscribe(func(c Change) { told = append(told, c) })
	s.Play()
	now := time.Unix(100, 0)
	s.Advance(now)
	if p.loads() == 0 {
		t.Error("playing waits for what is not asked for any more")
	}
	now = now.Add(time.Second)
	s.Advance(now)
	if n, _ := s.Number(); n != 1 || !s.Waiting() {
		t.Errorf("head at %v, waiting %v, before the frame is there", n, s.Waiting())
	}
	if _, ok := s.NextDue(now); ok {
		t.Error("due though the frame is not there")
	}
	p.serve(true)
	told = nil
	s.Advance(now)
	if n, _ := s.Number(); n != 2 || s.Waiting() || len(told) != 1 || told[0] != Play|Head {
		t.Errorf("head at %v, waiting %v, told %b", n, s.Waiting(), told)
	}
	told = nil
	s.Advance(now)
	if due, ok := s.NextDue(now); !ok || !due.Equal(now.Add(time.Second/10)) || len(told) != 0 {
		t.Errorf("next due %v %v; told %b though nothing has changed", due, ok, told)
	}
}
