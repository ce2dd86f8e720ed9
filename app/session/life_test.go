package session

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/inspect"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/gfx/style"
	"iceexplorer/jobs"
)

func addFrames(t *testing.T, dir string, numbers ...int) {
	t.Helper()
	for _, n := range numbers {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLayersMayBeClosedWhileTheyAreListed(t *testing.T) {
	t.Parallel()
	s, _, first := open(t, Options{}, 1, 1)
	for range 2 {
		dir := t.TempDir()
		addFrames(t, dir, 1)
		s.Open(dir)
	}
	seen := 0
	for _, l := range s.Layers() {
		if l == nil {
			t.Fatal("a layer that is gone was listed")
		}
		if seen++; l == first {
			s.CloseLayer(l)
		}
	}
	if seen != 3 || len(s.Layers()) != 2 {
		t.Errorf("%d seen, %d left", seen, len(s.Layers()))
	}
}

func TestLoadingGoesOnAfterCancelByResume(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 3)
	p.serve(false)
	s.Cancel()
	s.Seek(1) // no move
	if len(p.waiting) != 0 {
		t.Fatal("asked for though canceled")
	}
	s.Resume()
	for len(p.waiting) > 0 {
		p.serve(false)
	}
	if l.Count(Scratch) != 3 {
		t.Errorf("counts %v", l.Counts())
	}
}

// Where one frame fills the memory, play would wait for ever for the next one.
func TestTheNextFrameIsReadyWhereOnlyTheHeadsFits(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Budget: 1 << 16, Window: 1}, 1, 4)
	if s.Ready(1) || s.Ready(2) {
		t.Error("ready before the head's frame is there")
	}
	for n := cache.Number(1); n <= 4; n++ {
		s.Seek(n)
		p.serve(false)
		if st, _ := l.State(n); st != Scratch || p.loads() != 0 {
			t.Fatalf("frame %v is %v, %d asked for", n, st, p.loads())
		}
		if next := cache.Number(int(n)%4 + 1); !s.Ready(next) {
			t.Errorf("frame %v: the next is waited for, and cannot come", n)
		}
	}
	s.Cancel()
	if s.Ready(1) {
		t.Error("ready though canceled")
	}
	s.Resume()
	s.SetConvert(true) // the frame under the head will be out of the way
	if s.Ready(1) {
		t.Error("ready though a conversion will make room")
	}
}

func TestConversionThatIsTurnedOffStops(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Convert: true}, 1, 3)
	loads := func() (n int) {
		for _, r := range p.waiting {
			if r.Task == jobs.Load {
				n++
			}
		}
		return n
	}
	for loads() > 0 {
		p.serve(false)
	}
	if len(p.waiting) != 3 {
		t.Fatalf("%d conversions", len(p.waiting))
	}
	s.SetConvert(false)
	if len(p.waiting) != 0 || !s.Settled(true) || l.NoConvert() != "" {
		t.Errorf("%d conversions go on", len(p.waiting))
	}
	s.SetConvert(true)
	s.SetConvert(true) // nothing new
	if len(p.waiting) != 3 || p.next != 9 {
		t.Errorf("%d conversions, %d jobs in all", len(p.waiting), p.next)
	}
}

func TestASequenceThatGrewIsOneLayerWithMoreFrames(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 3, 5)
	p.serve(false) // 3 is there
	second, id := p.take(slices.Index(numbers(p.waiting), 4))
	addFrames(t, l.Seq.Dir, 1, 6)
	s.Open(l.Seq.Dir)
	if len(s.Layers()) != 1 || fmt.Sprint(s.Frames()) != "[1 3 4 5 6]" {
		t.Fatalf("%d layers, frames %v", len(s.Layers()), s.Frames())
	}
	if n, _ := s.Number(); n != 3 || !s.Ready(3) {
		t.Errorf("the head is at %v", n)
	}
	second.Done(jobs.Result{ID: id, Request: second, Frame: p.frame(), Decoded: true}) // asked for before
	if st, _ := l.State(4); st != Scratch {
		t.Errorf("frame 4 is %v", st)
	}
	for len(p.waiting) > 0 {
		p.serve(false)
	}
	if l.Count(Scratch) != 5 || p.closed.Load() != 0 {
		t.Errorf("counts %v, %d closed", l.Counts(), p.closed.Load())
	}
	addFrames(t, l.Seq.Dir, 7)
	reload(s, l)
	if fmt.Sprint(s.Frames()) != "[1 3 4 5 6 7]" || l.Count(Absent)+l.Count(Queued) != 6 {
		t.Errorf("reloaded: %v, %v", s.Frames(), l.Counts())
	}
}

// ghosts is a layer of frames 1 to 3 and converted ones up to 6, the rest of an older
// and longer run.
func ghosts(t *testing.T, s *Session) *Layer {
	t.Helper()
	dir := t.TempDir()
	addFrames(t, dir, 1, 2, 3, 4, 5, 6)
	l := s.Open(dir)[0]
	if err := os.Mkdir(filepath.Join(dir, cache.ConvertedDir), 0o700); err != nil {
		t.Fatal(err)
	}
	for i, f := range l.Seq.Frames {
		if err := os.WriteFile(f.Converted, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if i >= 3 {
			if err := os.Remove(f.Source); err != nil {
				t.Fatal(err)
			}
		}
	}
	return l
}

// The frames of a deleted, longer run came back out of the converted files.
func TestReloadedFramesAreThoseOfTheFolder(t *testing.T) {
	t.Parallel()
	p := &fakePool{t: t}
	s := New(p, func(f func()) { f() }, Options{Patience: patience, Budget: 1 << 40, Window: 8})
	l := ghosts(t, s)
	p.serve(true)
	late, id := p.take(slices.Index(numbers(p.waiting), 6))
	s.Seek(6)
	s.Shown(l)
	reload(s, l)
	if fmt.Sprint(s.Frames()) != "[1 2 3]" || l.Count(Absent)+l.Count(Queued) != 3 {
		t.Errorf("reloaded: %v, %v", s.Frames(), l.Counts())
	}
	late.Started(id)
	late.Done(jobs.Result{ID: id, Request: late, Frame: p.frame(), Mapped: true}) // of a frame that is no more
	if p.closed.Load() == 0 {
		t.Error("the frame of a file that is gone is kept")
	}
	said := func() (now int) {
		for _, m := range s.Messages() {
			if strings.Contains(m.Text, "3 converted frames are left out") && m.Level == Warning && !m.Past {
				now++
			}
		}
		return now
	}
	if said() != 1 {
		t.Errorf("what is left out is not said: %v", s.Messages())
	}
	for n := 4; n <= 6; n++ {
		if err := os.Remove(filepath.Join(l.Seq.Dir, cache.ConvertedDir, fmt.Sprintf("a_%d.icecache.sih5", n))); err != nil {
			t.Fatal(err)
		}
	}
	if reload(s, l); said() != 0 {
		t.Errorf("after they were removed it is said still: %v", s.Messages())
	}
	for n := 1; n <= 3; n++ {
		if err := os.Remove(filepath.Join(l.Seq.Dir, fmt.Sprintf("a_%d.icecache", n))); err != nil {
			t.Fatal(err)
		}
	}
	reload(s, l)
	if f := l.Seq.Frames[0]; fmt.Sprint(s.Frames()) != "[1 2 3]" || f.Source != "" {
		t.Errorf("without any source: %v, frame 1 is read from %s", s.Frames(), f.Path())
	}
}

func TestAFolderThatIsOpenedAgainHasItsFramesOfNow(t *testing.T) {
	t.Parallel()
	p := &fakePool{t: t}
	s := New(p, func(f func()) { f() }, Options{Patience: patience, Budget: 1 << 40, Window: 8})
	l := ghosts(t, s)
	for range 5 {
		p.serve(true)
	}
	late, id := p.take(slices.Index(numbers(p.waiting), 6))
	s.Open(l.Seq.Dir)
	if fmt.Sprint(s.Frames()) != "[1 2 3]" || l.Count(Mapped) != 3 || !p.closes(2) {
		t.Errorf("opened again: %v, %v, %d closed", s.Frames(), l.Counts(), p.closed.Load())
	}
	late.Done(jobs.Result{ID: id, Request: late, Frame: p.frame(), Mapped: true})
	if !p.closes(3) || l.Count(Mapped) != 3 {
		t.Errorf("%d closed, %v", p.closed.Load(), l.Counts())
	}
	s.Open(l.Seq.Frames[0].Path()) // a part changes nothing
	if fmt.Sprint(s.Frames()) != "[1 2 3]" || !l.Seq.Whole {
		t.Errorf("a part of it: %v", s.Frames())
	}
}

func TestWhatIsNotOpenedOfAFolderIsSaid(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addFrames(t, dir, 1, 2)
	for _, name := range []string{"notes.txt", "a_2.sih5"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := New(&fakePool{t: t}, func(f func()) { f() }, Options{Patience: patience, Budget: 1 << 40})
	s.Open(dir)
	got := map[string]Level{}
	for _, m := range s.Messages() {
		got[m.Text] = m.Level
	}
	want := map[string]Level{"1 file is not a particle cache: notes.txt: " + dir: Info, "a_2.sih5 is not opened, as a_2.icecache is the same frame: " + dir: Warning}
	if !maps.Equal(got, want) {
		t.Errorf("messages %v, want %v", got, want)
	}
}

// Names are shown without what separates the number.
func TestSequencesOfOneNameStayTwo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"a_1.icecache", "a_2.icecache", "a.1.icecache"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := &fakePool{t: t}
	s := New(p, func(f func()) { f() }, Options{Patience: patience, Budget: 1 << 40})
	for range 2 {
		s.Open(dir)
		var frames []int
		for _, l := range s.Layers() {
			frames = append(frames, len(l.Seq.Frames))
		}
		slices.Sort(frames)
		if !slices.Equal(frames, []int{1, 2}) {
			t.Fatalf("layers of %v frames", frames)
		}
	}
}

func TestAPartThatWasOpenedStaysAPartWhenReloaded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addFrames(t, dir, 1, 2, 3)
	p := &fakePool{t: t}
	s := New(p, func(f func()) { f() }, Options{Patience: patience, Budget: 1 << 40})
	l := s.Open(filepath.Join(dir, "a_[1..2].icecache"))[0]
	reload(s, l)
	if fmt.Sprint(s.Frames()) != "[1 2]" {
		t.Errorf("frames %v", s.Frames())
	}
}

func TestRangesOfReloadedFramesReplaceTheOld(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 2)
	for range 4 {
		for len(p.waiting) > 0 {
			p.serve(false)
		}
		reload(s, l)
		if got := s.ValueRange("PointPosition", style.Magnitude, true); !got.Empty() {
			t.Error("ranges of before are kept")
		}
	}
	for len(p.waiting) > 0 {
		p.serve(false)
	}
	if got := s.ValueRange("PointPosition", style.Magnitude, true); got != (inspect.Span{Lo: 0, Hi: 5}) || l.survey.Count() != 2 {
		t.Errorf("%v of %d frames", got, l.survey.Count())
	}
}

func TestAFaultOfAHeldFrameLetsItGo(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 2)
	p.serve(true)
	s.Shown(l)
	s.Seek(2)
	sh := s.Shown(l)
	if !sh.Held || sh.Number != 1 {
		t.Fatalf("%+v", sh)
	}
	s.Fault(l, sh.Number, fault.Err)
	if s.Shown(l).Frame != nil {
		t.Error("the broken frame is held")
	}
}

func TestHidingALayerIsANewVersion(t *testing.T) {
	t.Parallel()
	s, _, l := open(t, Options{}, 1, 1)
	before := s.Version()
	s.SetVisible(l, false)
	if _, ok := s.StateAt(1); ok || s.Version() == before {
		t.Error("nobody is told that the state of frame 1 is another")
	}
}
