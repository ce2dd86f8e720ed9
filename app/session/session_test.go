package session

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/inspect"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/gfx/style"
	"iceexplorer/jobs"
	"iceexplorer/jobs/proto"
)

func TestPlayHeadComesFirstThenAheadThenTheRest(t *testing.T) {
	t.Parallel()
	s, p, _ := open(t, Options{}, 1, 6)
	s.Seek(4)
	var got []cache.Number
	for range 6 {
		got = append(got, p.serve(false).Frame)
	}
	if want := []cache.Number{4, 5, 6, 1, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("forward: %v, want %v", got, want)
	}
	s, p, _ = open(t, Options{}, 1, 6)
	moveHead(s, 3, -1)
	got = nil
	for range 6 {
		got = append(got, p.serve(false).Frame)
	}
	if want := []cache.Number{3, 2, 1, 6, 5, 4}; !slices.Equal(got, want) {
		t.Errorf("reverse: %v, want %v", got, want)
	}
}

func TestOnlyAWindowOfLoadsIsHandedOutAndItMoves(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Window: 4}, 1, 100)
	if got := numbers(p.waiting); !slices.Equal(got, []cache.Number{1, 2, 3, 4}) {
		t.Errorf("asked for %v", got)
	}
	s.Seek(50)
	got := numbers(p.waiting)
	slices.Sort(got)
	if !slices.Equal(got, []cache.Number{50, 51, 52, 53}) {
		t.Errorf("after a jump %v are asked for: older wishes must go", got)
	}
	if l.Count(Queued) != 4 || l.Count(Absent) != 96 {
		t.Errorf("counts %v", l.Counts())
	}
}

func TestConversionSwapsTheFrameWithoutAGap(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Convert: true}, 1, 1)
	p.serve(false)
	if st, _ := l.State(1); st != Scratch || s.Current(l) == nil {
		t.Fatalf("state %v", st)
	}
	before := s.Shown(l)
	if r := p.serve(false); r.Task != jobs.Convert || r.From != before.Frame {
		t.Errorf("request %+v", r)
	}
	after := s.Shown(l)
	if st, _ := l.State(1); st != Mapped || after.Frame == before.Frame || after.Key == before.Key {
		t.Errorf("state %v", st)
	}
	if p.closed.Load() != 1 {
		t.Errorf("%d frames closed, want the one in scratch memory", p.closed.Load())
	}
	if tot := s.Totals(); tot != (Totals{Decoded: 1, Converted: 1}) {
		t.Errorf("totals %+v", tot)
	}
}

// A frame that another window had converted meanwhile counted as converted in this run.
func TestAFrameThatAnotherProcessConvertedDoesNotCount(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Convert: true}, 1, 1)
	p.serve(false)
	r, id := p.take(0)
	r.Done(jobs.Result{ID: id, Request: r, Frame: p.frame(), Mapped: true})
	if st, _ := l.State(1); st != Mapped || s.Totals() != (Totals{Decoded: 1}) {
		t.Errorf("state %v, totals %+v", st, s.Totals())
	}
}

// The user learns why a source was decoded that has a converted file, until that is
// replaced.
func TestABadConvertedFileIsTold(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Convert: true}, 1, 1)
	r, id := p.take(0)
	const why = "worker 7 ended by signal SIGSEGV while reading /a/.sih5/a_1.icecache.sih5"
	r.Done(jobs.Result{ID: id, Request: r, Frame: p.frame(), Decoded: true, Bypassed: errors.New(why)})
	told := func() bool {
		return slices.ContainsFunc(s.Messages(), func(m Message) bool { return strings.HasSuffix(m.Text, why) && m.Level == Warning })
	}
	if st, _ := l.State(1); st != Scratch || !told() {
		t.Errorf("state %v, messages %+v", st, s.Messages())
	}
}

func TestBudgetDropsTheFramesFarthestFromThePlayHead(t *testing.T) {
	t.Parallel()
	// The least file is of 64 KiB: the budget holds three frames.
	s, p, l := open(t, Options{Budget: 3 << 16, Window: 1}, 1, 10)
	for range 3 {
		p.serve(false)
	}
	if l.Count(Scratch) != 3 || p.loads() != 0 {
		t.Fatalf("counts %v, %d asked for beyond the budget", l.Counts(), p.loads())
	}
	s.Seek(2)
	p.serve(false)
	for n, want := range map[cache.Number]State{1: Absent, 2: Scratch, 3: Scratch, 4: Scratch, 5: Absent} {
		if st, _ := l.State(n); st != want {
			t.Errorf("frame %v is %v, want %v", n, st, want)
		}
	}
	if !s.Settled(false) {
		t.Error("nothing more fits: it must count as settled")
	}
	if !s.MakeRoom(jobs.Need{Bytes: 1 << 16}, jobs.Request{Layer: l.ID, Frame: 2}) {
		t.Error("the pool asked for room for the frame under the play head and got none")
	}
}

func TestMappedFramesCostNoBudget(t *testing.T) {
	t.Parallel()
	_, p, l := open(t, Options{Budget: 1 << 16}, 1, 50)
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	if l.Count(Mapped) != 50 {
		t.Errorf("counts %v", l.Counts())
	}
}

func TestAFolderThatCannotBeWrittenIsToldOnce(t *testing.T) {
	t.Parallel()
	for _, code := range []proto.Code{jobs.CodeReadOnly, jobs.CodeNoSpace} {
		s, p, l := open(t, Options{Convert: true}, 1, 20)
		for l.Count(Scratch) < 20 {
			p.serve(false)
		}
		p.fail(0, code)
		warnings := 0
		for _, m := range s.Messages() {
			if m.Level == Warning {
				warnings++
			}
		}
		if warnings != 1 || l.NoConvert() == "" || len(p.waiting) != 0 || l.Count(Scratch) != 20 {
			t.Errorf("%s: %d warnings, %d conversions still asked for, counts %v", code, warnings, len(p.waiting), l.Counts())
		}
	}
}

func TestFailuresAreToldAndReloadForgives(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 30)
	for len(p.waiting) > 0 {
		p.fail(0, "format")
	}
	if l.Count(Failed) != 30 || l.Failure(7) == "" || !s.Ready(7) {
		t.Errorf("counts %v, failure %q", l.Counts(), l.Failure(7))
	}
	if n := len(s.Messages()); n > 5 {
		t.Errorf("%d messages for one broken sequence", n)
	}
	reload(s, l)
	if len(p.forgiven) != 30 || p.retries != 1 || l.Count(Failed) != 0 || len(p.waiting) == 0 {
		t.Errorf("%d forgiven, %d retries, counts %v", len(p.forgiven), p.retries, l.Counts())
	}
}

func TestATruncatedMappingIsReadFromItsSourceOnce(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 1)
	p.serve(true)
	s.Shown(l)
	s.Fault(l, 1, fault.Err)
	if p.closed.Load() != 1 || len(p.waiting) != 1 || !p.waiting[0].SourceOnly {
		t.Fatalf("%d closed, asked for %+v", p.closed.Load(), p.waiting)
	}
	p.serve(true)
	s.Fault(l, 1, fault.Err)
	if st, _ := l.State(1); st != Failed || len(p.waiting) != 0 {
		t.Errorf("a second fault: %v", st)
	}
}

func TestAChangedSourceIsReadAgain(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 1)
	r, id := p.take(0)
	was := cache.Stamp{Size: 5, MTime: 6}
	r.Done(jobs.Result{ID: id, Request: r, Frame: p.frame(), Decoded: true, Source: was})
	s.Changed(l, 1, was)
	if len(p.waiting) != 0 {
		t.Error("read again though nothing changed")
	}
	s.Changed(l, 1, cache.Stamp{Size: 5, MTime: 7})
	if len(p.waiting) != 1 {
		t.Fatalf("%d asked for", len(p.waiting))
	}
	p.serve(false) // until then the old one is shown
	if n := p.closed.Load(); n != 1 {
		t.Errorf("%d closed", n)
	}
}

func TestCancelKeepsWhatIsLoadedAndStops(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 10)
	p.serve(false)
	s.Cancel()
	if l.Count(Scratch) != 1 || l.Count(Absent) != 9 || len(p.waiting) != 0 || !s.Settled(true) {
		t.Errorf("counts %v, %d asked for", l.Counts(), len(p.waiting))
	}
	s.Seek(5)
	if len(p.waiting) == 0 {
		t.Error("moving the play head must load again")
	}
}

func TestStateOfANumberIsTheOneFarthestFromBeingShown(t *testing.T) {
	t.Parallel()
	s, p, a := open(t, Options{Window: 100}, 1, 2)
	p.serve(true)
	dir := t.TempDir()
	for _, n := range []string{"b_1.icecache", "b_3.icecache"} {
		if err := os.WriteFile(filepath.Join(dir, n), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := s.Open(dir)[0]
	for n, want := range map[cache.Number]State{1: Queued, 2: Queued, 3: Queued} {
		if st, ok := s.StateAt(n); st != want || !ok {
			t.Errorf("frame %v: %v %v", n, st, ok)
		}
	}
	b.Visible = false
	if st, _ := s.StateAt(1); st != Mapped {
		t.Errorf("with one layer hidden: %v", st)
	}
	if _, ok := s.StateAt(3); ok || s.Ready(1) == false {
		t.Error("a hidden layer's frames do not count")
	}
	if got := s.Frames(); !slices.Equal(got, []cache.Number{1, 2, 3}) {
		t.Errorf("frames %v", got)
	}
	s.CloseLayer(a)
	if got := s.Frames(); !slices.Equal(got, []cache.Number{1, 3}) {
		t.Errorf("frames %v", got)
	}
}

func TestOpeningTwiceIsOneLayer(t *testing.T) {
	t.Parallel()
	s, _, l := open(t, Options{}, 1, 2)
	if again := s.Open(l.Seq.Dir); len(again) != 1 || again[0] != l || len(s.Layers()) != 1 {
		t.Errorf("%d layers", len(s.Layers()))
	}
	s.Open(filepath.Join(l.Seq.Dir, "nothing"))
	if m := s.Messages(); len(m) != 1 || m[0].Level != Error {
		t.Errorf("messages %+v", m)
	}
}

func TestValueRange(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 1)
	p.serve(false)
	s.Shown(l)
	if got := s.ValueRange("nothing", 0, false); !got.Empty() {
		t.Errorf("an attribute that there is not has the range %v", got)
	}
	if got := s.ValueRange("PointPosition", style.Magnitude, false); got != (inspect.Span{Lo: 0, Hi: 5}) {
		t.Errorf("magnitudes: %v", got)
	}
}

func TestDamagedFramesInScratchMemoryGiveWayToo(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Budget: 2 << 16, Window: 1}, 1, 4)
	for range 2 {
		r, id := p.take(0)
		r.Done(jobs.Result{ID: id, Request: r, Frame: p.damagedFrame(), Decoded: true})
	}
	s.Seek(3)
	p.serve(false)
	if st, _ := l.State(3); st != Scratch || l.Count(Partial) > 1 {
		t.Errorf("frame 3 is %v, counts %v", st, l.Counts())
	}
}

// What a conversion that was killed had half written stayed beside the sources for ever.
func TestOpeningAFolderRemovesWhatAKilledProcessLeft(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("asks for a process that has ended")
	}
	gone := exec.Command("true")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	folder := filepath.Join(dir, cache.ConvertedDir)
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, d := range []string{dir, folder} {
		left = append(left, filepath.Join(d, fmt.Sprintf(".write-%d-0123abcd-ABCDEFGH.tmp", gone.Process.Pid)))
	}
	for _, f := range append(left, filepath.Join(dir, "a_1.icecache")) {
		if err := os.WriteFile(f, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	s := New(&fakePool{t: t}, func(f func()) { f() }, Options{Patience: patience})
	if len(s.Open(dir)) != 1 {
		t.Fatal("nothing was opened")
	}
	for begun := time.Now(); ; time.Sleep(time.Millisecond) {
		_, err1 := os.Stat(left[0])
		_, err2 := os.Stat(left[1])
		if err1 != nil && err2 != nil {
			return
		}
		if time.Since(begun) > 10*time.Second {
			t.Fatal("they are still there")
		}
	}
}
