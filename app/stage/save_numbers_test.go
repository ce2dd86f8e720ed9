package stage

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/export"
	"iceexplorer/app/export/film"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// deafPool takes requests and never answers.
type deafPool struct{ last jobs.ID }

func (p *deafPool) Submit(jobs.Request) jobs.ID          { p.last++; return p.last }
func (p *deafPool) Cancel(jobs.ID)                       {}
func (p *deafPool) CancelLayer(int)                      {}
func (p *deafPool) Reprioritise(func(*jobs.Request) int) {}
func (p *deafPool) Forgive(string)                       {}
func (p *deafPool) Retry()                               {}
func (p *deafPool) Stats() jobs.Stats                    { return jobs.Stats{} }
func planned(p *export.Plan, err error) (text string) {
	if err != nil {
		return err.Error()
	}
	var all []string
	for _, j := range p.Jobs {
		all = append(all, j.Number.String())
	}
	return strings.Join(all, " ")
}

// Numbers that only a hidden sequence has were pictures without points.
func TestPicturesAreOfTheSequencesThatAreShown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, numbers := range map[string][]string{"a": {"3", "4", "7"}, "b": {"1", "2", "3", "5.5", "9"}} {
		for _, n := range numbers {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s_%s.icecache", name, n)), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	hide := func(names ...string) func(*session.Session, *session.Layer) {
		return func(s *session.Session, l *session.Layer) { s.SetVisible(l, !slices.Contains(names, l.Name())) }
	}
	for what, c := range map[string]struct {
		layer   func(*session.Session, *session.Layer)
		missing Missing
		want    string
		from    string // what the dialog suggests
	}{
		"all":          {hide(), SkipMissing, "1 2 3 4 5.5 7 9", "1-9"},
		"b is hidden":  {hide("b"), SkipMissing, "3 4 7", "3-7"},
		"a is hidden":  {hide("a"), SkipMissing, "1 2 3 5.5 9", "1-9"},
		"none is seen": {hide("a", "b"), SkipMissing, "no sequence is shown", ""},
		"held":         {hide("b"), HoldMissing, "3 4 6 7", "3-7"}, // the play head stands at 5.5, and not at 5
		"alone": {func(s *session.Session, l *session.Layer) {
			if l.Name() == "a" {
				s.SetSolo(l, true)
			}
		}, SkipMissing, "3 4 7", "3-7"},
		"in and out": {func(s *session.Session, l *session.Layer) {
			hide("b")(s, l)
			s.SetIn(2)
			s.SetOut(5.5)
		}, SkipMissing, "3 4", "3-4"},
		"half as fast": {func(s *session.Session, l *session.Layer) {
			hide("b")(s, l)
			timing := l.Timing()
			timing.Scale = 0.5
			if err := s.SetTiming(l, timing); err != nil {
				t.Error(err)
			}
		}, SkipMissing, "3 4 5 6 11", "3-11"},
	} {
		s := session.New(&deafPool{}, func(func()) {}, session.Options{})
		for _, l := range s.Add(found.Sequences) {
			c.layer(s, l)
		}
		opt := SaveOptions{Path: "p_%d.png", Sequence: true, Missing: c.missing}
		opt.First, opt.Last, _ = s.Range()
		if got := planned(PlanSequence(s, &opt)); got != c.want {
			t.Errorf("%s: pictures of %s, want %s", what, got, c.want)
		}
		from := ""
		if first, last, ok := s.ShownRange(); ok {
			from = fmt.Sprintf("%v-%v", first, last)
		}
		if from != c.from {
			t.Errorf("%s: from %s, want %s", what, from, c.from)
		}
	}
}

// A film of a sequence that was made twice as fast played it as slowly as before: each half frame lasted a whole one's time.
func TestAFilmHasOnePictureOfEachPeriod(t *testing.T) {
	t.Parallel()
	for _, c := range [][2][]cache.Number{
		{{1, 2, 3}, {1, 2, 3}},
		{{1, 1.5, 2, 2.5, 3}, {1, 2, 3}},
		{{1, 1.25, 1.5, 1.75}, {1, 1.75}},
		{{11, 11.495, 11.99, 12.485, 12.98}, {11, 11.99, 12.98}},
		{{-2, -1.5, -1, -0.5, 0, 4}, {-2, -1, 0, 4}},
		{{0.5, 1.5, 7}, {0.5, 1.5, 7}},
	} {
		if got := EachPeriod(c[0]); !slices.Equal(got, c[1]) {
			t.Errorf("of %v: %v, want %v", c[0], got, c[1])
		}
	}
	dir := t.TempDir()
	for n := range 9 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n+1)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := session.New(&deafPool{}, func(func()) {}, session.Options{})
	l := s.Add(found.Sequences)[0]
	if err := s.SetTiming(l, session.Timing{Scale: 2}); err != nil {
		t.Fatal(err)
	}
	opt := SaveOptions{Path: filepath.Join(dir, "p_%d.png"), Sequence: true}
	opt.First, opt.Last, _ = s.Range()
	if got := planned(PlanSequence(s, &opt)); got != "1 1.5 2 2.5 3 3.5 4 4.5 5" {
		t.Errorf("pictures of %s", got)
	}
	opt.Path = filepath.Join(dir, "film.gif")
	opt.Film, _ = film.Of(opt.Path)
	plan, err := PlanSequence(s, &opt)
	if err != nil || fmt.Sprint(plan.Frames()) != "5" {
		t.Errorf("a film of %d pictures: %v", plan.Frames(), err)
	}
}
