package session

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// held lists the frames of a layer that are there.
func held(l *Layer) []cache.Number {
	var out []cache.Number
	for i, f := range l.Seq.Frames {
		if l.slots[i].state.Drawable() {
			out = append(out, f.Number)
		}
	}
	return out
}

// Each frame takes a mapping, of which a process has some: 65,530 of them ended it.
func TestNoMoreFramesThanMappingsTheFarthestGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"a", "b"} {
		for n := range 10 {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s_%d.icecache", name, n)), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	p := &fakePool{t: t, stats: jobs.Stats{MostFrames: 7}}
	s := New(p, func(f func()) { f() }, Options{Patience: patience, Budget: 1 << 40, Window: 4})
	layers := s.Open(dir)
	all := func() string { return fmt.Sprint(held(layers[0]), held(layers[1])) }
	for p.loads() > 0 {
		p.serve(true)
	}
	if got, want := all(), "[0 1 2 3] [0 1 2]"; got != want {
		t.Errorf("held are %s, want %s", got, want)
	}
	if !s.Settled(true) {
		t.Error("nothing more fits: it must count as settled")
	}
	for _, tc := range []struct {
		head cache.Number
		dir  int
		want string
	}{{2, 1, "[2 3 4 5] [2 3 4]"}, {3, -1, "[0 1 2 3] [1 2 3]"}, {9, 1, "[0 1 9] [0 1 2 9]"}} {
		moveHead(s, tc.head, tc.dir)
		for p.loads() > 0 {
			p.serve(true)
			if n := s.framesHeld(); n > 7 {
				t.Fatalf("%d frames are held or on their way", n)
			}
		}
		if got := all(); got != tc.want {
			t.Errorf("head at %v: held are %s, want %s", tc.head, got, tc.want)
		}
	}
	s.CloseAll()
	if n := p.closed.Load(); s.framesHeld() != 0 || n == 0 {
		t.Errorf("%d frames held after all was closed", s.framesHeld())
	}
}

// The pool may have fewer mappings than it thought: it asks for one, and gets that of the
// farthest frame wherever it lies, or is told that there is none.
func TestThePoolGetsTheMappingOfTheFarthestFrame(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 5)
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	mapping := jobs.Need{Mapping: true}
	if s.MakeRoom(jobs.Need{Bytes: 1}, jobs.Request{Layer: l.ID, Frame: 1}) {
		t.Error("mapped frames were dropped for scratch memory")
	}
	for _, want := range []string{"[1 2 3 4]", "[1 2 3]"} {
		if !s.MakeRoom(mapping, jobs.Request{Layer: l.ID, Frame: 3}) || fmt.Sprint(held(l)) != want {
			t.Errorf("held are %v, want %s", held(l), want)
		}
	}
	if s.MakeRoom(mapping, jobs.Request{Layer: l.ID, Frame: 3}) {
		t.Errorf("a frame as near was dropped: %v", held(l))
	}
}

// What the loop did not answer within a second was refused.
func TestRoomIsMadeHoweverLongTheLoopIsBusy(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 5)
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	synctest.Test(t, func(t *testing.T) {
		loop := make(chan func(), 1)
		s.post = func(f func()) { loop <- f }
		answer := make(chan bool)
		ask := func(ctx context.Context) {
			go func() { answer <- s.AskRoom(ctx, jobs.Need{Mapping: true}, jobs.Request{Layer: l.ID, Frame: 1}) }()
		}
		ask(t.Context())
		time.Sleep(3 * time.Second) // of the bubble's clock
		select {
		case made := <-answer:
			t.Fatalf("answered %v without the loop", made)
		default:
		}
		(<-loop)()
		if !<-answer || fmt.Sprint(held(l)) != "[1 2 3 4]" {
			t.Errorf("no room was made; held are %v", held(l))
		}
		ended, end := context.WithCancel(t.Context())
		ask(ended)
		synctest.Wait()
		end()
		if <-answer {
			t.Error("room was made by a loop that is gone")
		}
	})
}

// A disk that is fuller than the budget says was tried again and again, and every frame
// decoded for it in vain.
func TestTheBudgetThatThePoolFoundCounts(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 9)
	p.serve(false)
	p.serve(false)
	p.stats.ScratchBudget = 2 << 16
	for p.loads() > 0 {
		for i, r := range p.waiting {
			if r.Task == jobs.Load {
				p.fail(i, jobs.CodeBudget)
				break
			}
		}
	}
	s.SetBudget(1 << 40) // as great as before
	if p.loads() != 0 || !s.Settled(false) || l.Count(Scratch) != 2 {
		t.Errorf("%d frames are asked for without room for them; counts %v", p.loads(), l.Counts())
	}
	p.stats.ScratchBudget = 1 << 40
	if s.Seek(2); p.loads() == 0 {
		t.Error("nothing is asked for though there is room again")
	}
}

// A frame larger than all that were there was waited for, though it found no room: the others
// left room for one of their own size.
func TestAFrameLargerThanAllBeforeThatFindsNoRoomIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Budget: 4 << 16}, 1, 3)
	p.serve(false)
	p.serve(false)
	if p.loads() != 1 || s.Settled(false) {
		t.Fatalf("%d frames are asked for; counts %v", p.loads(), l.Counts())
	}
	s.MakeRoom(jobs.Need{Bytes: 4 << 16}, jobs.Request{Task: jobs.Load, Layer: l.ID, Frame: 2})
	for i, r := range p.waiting {
		if r.Task == jobs.Load {
			p.fail(i, jobs.CodeBudget)
			break
		}
	}
	if p.loads() != 0 || !s.Settled(false) {
		t.Errorf("%d frames are asked for; counts %v", p.loads(), l.Counts())
	}
}

// Several frames were under way, the nearer ones took the room of the farther, and one that had
// found none was never asked for again, though in the end there was room for it.
func TestAFrameThatFoundNoRoomIsAskedForAgainWhenThereIsSome(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Budget: 2 << 16}, 1, 3)
	p.serve(false)
	for range 9 {
		for i, r := range p.waiting {
			if r.Task == jobs.Load {
				p.fail(i, jobs.CodeBudget)
				break
			}
		}
		if s.Settled(false) {
			break
		}
		if p.loads() == 0 {
			t.Fatalf("nothing is asked for, and it is waited for; counts %v", l.Counts())
		}
	}
	if !s.Settled(false) {
		t.Error("what finds no room is asked for without end")
	}
	if s.Seek(2); p.loads() == 0 {
		t.Error("nothing is asked for after the head has moved")
	}
}
