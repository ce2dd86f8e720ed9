package session

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/cache"
)

// sparse is a sequence of frames with given numbers, as their files are called.
func sparse(name string, numbers ...cache.Number) (files []string) {
	for _, n := range numbers {
		files = append(files, name+"_"+n.String()+".icecache")
	}
	return files
}

// openSparse opens sequences of one folder.
func openSparse(t *testing.T, opt Options, seqs ...[]string) (*Session, *fakePool, []*Layer) {
	t.Helper()
	dir := t.TempDir()
	for _, file := range slices.Concat(seqs...) {
		if err := os.WriteFile(filepath.Join(dir, file), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := &fakePool{t: t}
	if opt.Budget == 0 {
		opt.Budget = 1 << 40
	}
	opt.Patience = patience
	s := New(p, func(f func()) { f() }, opt)
	layers := s.Open(dir)
	if len(layers) != len(seqs) {
		t.Fatalf("%d layers, want %d", len(layers), len(seqs))
	}
	return s, p, layers
}

func TestAMissingNumberShowsTheFrameBeforeItOrNothing(t *testing.T) {
	t.Parallel()
	s, p, l := openSparse(t, Options{}, sparse("a", 1, 2, 5, 5.5, 8))
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	for _, tc := range []struct {
		head, shows cache.Number
		missing     bool
	}{
		{1, 1, false}, {2, 2, false}, {3, 2, true}, {4, 2, true}, {5, 5, false}, {5.5, 5.5, false}, {6, 5.5, true}, {7, 5.5, true}, {8, 8, false},
	} {
		for _, gaps := range []Gaps{HoldGaps, EmptyGaps} {
			s.SetGaps(gaps)
			s.Seek(tc.head)
			if n, _ := s.Number(); n != tc.head {
				t.Fatalf("the head is at %v, want %v", n, tc.head)
			}
			sh := s.Shown(l[0])
			switch {
			case tc.missing && gaps == EmptyGaps:
				if sh.Frame != nil || sh.Missing || !strings.Contains(sh.Why, "no frame "+tc.head.String()) || s.Points() != 0 {
					t.Errorf("frame %v, gaps empty: %+v, %d points", tc.head, sh, s.Points())
				}
			case sh.Frame == nil || sh.Held || sh.Number != tc.shows || sh.Missing != tc.missing || (sh.Why != "") != tc.missing || s.Points() != 2:
				t.Errorf("frame %v, gaps %v: %+v, %d points", tc.head, gaps, sh, s.Points())
			}
		}
	}
}

func TestOutsideOfItsFramesASequenceShowsNothing(t *testing.T) {
	t.Parallel()
	s, p, l := openSparse(t, Options{}, sparse("a", 10, 11), sparse("b", 1, 10, 20))
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	for _, head := range []cache.Number{1, 9, 12, 20} {
		if s.Seek(head); s.Shown(l[0]) != (Shown{}) {
			t.Errorf("frame %v: %+v", head, s.Shown(l[0]))
		}
	}
}

// Beside a sequence with frames between whole ones, one of whole frames flickered.
func TestAWholeFrameStandsUntilTheNext(t *testing.T) {
	t.Parallel()
	s, p, l := openSparse(t, Options{}, sparse("a", 1, 2, 3), sparse("b", 1, 1.5, 2, 2.5, 3))
	s.SetGaps(EmptyGaps)
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	s.Seek(1.5)
	if sh := s.Shown(l[0]); sh.Number != 1 || sh.Frame == nil || sh.Missing || sh.Why != "" {
		t.Errorf("at 1.5: %+v", sh)
	}
}

func TestASparseSequenceOpensOnItsFirstFrame(t *testing.T) {
	t.Parallel()
	s, p, _ := openSparse(t, Options{}, sparse("a", 1, 500, 100_000))
	if n, _ := s.Number(); n != 1 {
		t.Errorf("the head is at %v", n)
	}
	if got := []cache.Number{p.serve(true).Frame, p.serve(true).Frame, p.serve(true).Frame}; !slices.Equal(got, []cache.Number{1, 500, 100_000}) {
		t.Errorf("loaded in the order %v", got)
	}
	s.StepFrame(1)
	if n, _ := s.Number(); n != 500 {
		t.Errorf("the next frame is %v", n)
	}
	s.Step(1)
	if n, _ := s.Number(); n != 501 {
		t.Errorf("the next number is %v", n)
	}
}

func TestPlayingTakesItsTimeOverMissingNumbers(t *testing.T) {
	t.Parallel()
	s, p, l := openSparse(t, Options{}, sparse("a", 1, 4))
	s.SetFPS(10)
	p.serve(true)
	s.Play()
	now := time.Unix(100, 0)
	s.Advance(now)
	for _, want := range []cache.Number{2, 3} {
		now = now.Add(time.Second / 10)
		s.Advance(now)
		if n, _ := s.Number(); n != want || s.Shown(l[0]).Number != 1 {
			t.Errorf("the head is at %v, want %v; shown is %+v", n, want, s.Shown(l[0]))
		}
	}
	now = now.Add(time.Second / 10)
	s.Advance(now)
	if n, _ := s.Number(); n != 3 || !s.Waiting() {
		t.Errorf("the head is at %v before frame 4 is there", n)
	}
}

// The frame that is held may lie far behind the play head, where frames are loaded last and
// dropped first.
func TestTheFrameThatIsHeldComesFirstAndStays(t *testing.T) {
	t.Parallel()
	var dense []cache.Number
	for n := range 40 {
		dense = append(dense, cache.Number(n+1))
	}
	s, p, l := openSparse(t, Options{Window: 4, Budget: 4 << 16}, sparse("a", dense...), sparse("b", 1, 2, 40))
	s.Cancel()
	p.waiting = nil
	s.Seek(30)
	first := []cache.Number{p.serve(false).Frame, p.serve(false).Frame}
	slices.Sort(first)
	if !slices.Equal(first, []cache.Number{2, 30}) {
		t.Errorf("loaded first were %v", first)
	}
	for n := cache.Number(31); n < 36; n++ {
		s.Seek(n)
		for p.loads() > 0 {
			p.serve(false)
		}
		if sh := s.Shown(l[1]); sh.Number != 2 || sh.Held || !sh.Missing {
			t.Fatalf("frame %v: %+v", n, sh)
		}
		if st, _ := l[1].State(2); st != Scratch {
			t.Fatalf("frame %v: the held frame is %v", n, st)
		}
	}
}

// No memory would hold a list of these numbers.
func TestMissingNumbersCostNothing(t *testing.T) {
	t.Parallel()
	const last = 1_000_000_000_000
	s, p, l := openSparse(t, Options{}, sparse("a", 1, 500, last))
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	s.Seek(last - 1)
	if sh := s.Shown(l[0]); sh.Number != 500 || !sh.Missing {
		t.Errorf("shown is %+v", sh)
	}
	if len(s.Frames()) != 3 || !s.Settled(false) {
		t.Errorf("%d frames, settled %v", len(s.Frames()), s.Settled(false))
	}
	s.Step(-1)
	if n, _ := s.Number(); n != last-2 {
		t.Errorf("a step back leads to %v", n)
	}
}

func TestGapsParseTheirNames(t *testing.T) {
	t.Parallel()
	for _, g := range []Gaps{HoldGaps, EmptyGaps} {
		if got, ok := ParseGaps(g.String()); got != g || !ok {
			t.Errorf("%v: %v, %v", g, got, ok)
		}
	}
	if _, ok := ParseGaps("skip"); ok {
		t.Error("an unknown name parses")
	}
}
