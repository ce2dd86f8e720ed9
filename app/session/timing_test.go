package session

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
)

func TestALayersFramesLieWhereItsTimingPutsThem(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		timing Timing
		frames []cache.Number // the session's
		shows  map[cache.Number]cache.Number
	}{
		{Timing{Scale: 1}, []cache.Number{10, 11, 14}, map[cache.Number]cache.Number{10: 10, 11: 11, 12: 11, 13: 11, 14: 14}},
		{Timing{Offset: -12, Scale: 1}, []cache.Number{-2, -1, 2}, map[cache.Number]cache.Number{-2: 10, -1: 11, 0: 11, 2: 14}},
		{Timing{Offset: 0.5, Scale: 1}, []cache.Number{10.5, 11.5, 14.5}, map[cache.Number]cache.Number{10.5: 10, 11: 10, 12: 11, 14.5: 14}},
		{Timing{Scale: 2}, []cache.Number{10, 10.5, 12}, map[cache.Number]cache.Number{10: 10, 10.5: 11, 11: 11, 12: 14}},
		{Timing{Scale: 0.5}, []cache.Number{10, 12, 18}, map[cache.Number]cache.Number{10: 10, 11: 10, 12: 11, 13: 11, 15: 11, 18: 14}},
		{Timing{Scale: 0.3}, []cache.Number{10, 13.333333, 23.333333}, map[cache.Number]cache.Number{13: 10, 13.333333: 11, 14: 11, 23: 11, 23.333333: 14}},
	} {
		s, p, l := openSparse(t, Options{}, sparse("a", 10, 11, 14))
		if err := s.SetTiming(l[0], tc.timing); err != nil {
			t.Fatal(err)
		}
		for len(p.waiting) > 0 {
			p.serve(true)
		}
		if !slices.Equal(s.Frames(), tc.frames) {
			t.Errorf("%+v: frames %v, want %v", tc.timing, s.Frames(), tc.frames)
		}
		for head, own := range tc.shows {
			s.Seek(head)
			if n, _ := s.Number(); n != head {
				t.Errorf("%+v: the head is at %v, want %v", tc.timing, n, head)
			}
			if sh := s.Shown(l[0]); sh.Frame == nil || sh.Number != own || sh.Held {
				t.Errorf("%+v: at %v %+v, want frame %v", tc.timing, head, sh, own)
			}
		}
		for _, own := range []cache.Number{10, 11, 14} {
			if got := l[0].ToOwn(l[0].ToHead(own)); got != own {
				t.Errorf("%+v: %v there and back is %v", tc.timing, own, got)
			}
		}
	}
}

// Slow time is not a gap: frame 11 stands for two numbers, and 12 is missing.
func TestOnlyMissingFramesAreMissingInSlowTime(t *testing.T) {
	t.Parallel()
	s, p, l := openSparse(t, Options{}, sparse("a", 10, 11, 14))
	if err := s.SetTiming(l[0], Timing{Scale: 0.5}); err != nil {
		t.Fatal(err)
	}
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	for head, missing := range map[cache.Number]bool{11: false, 13: false, 14: true, 17: true, 18: false} {
		s.Seek(head)
		sh := s.Shown(l[0])
		if sh.Missing != missing || missing && !strings.HasSuffix(sh.Why, "showing frame 11") {
			t.Errorf("at %v: %+v", head, sh)
		}
	}
}

func TestALayerIsHeldBeforeAndAfterItsFrames(t *testing.T) {
	t.Parallel()
	s, p, l := openSparse(t, Options{}, sparse("a", 5, 6), sparse("b", 1, 9))
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	shown := func(head cache.Number) (n cache.Number) {
		s.Seek(head)
		if sh := s.Shown(l[0]); sh.Frame != nil && sh.Why == "" {
			return sh.Number
		}
		return -1
	}
	for _, tc := range []struct {
		before, after bool
		want          [2]cache.Number
	}{{false, false, [2]cache.Number{-1, -1}}, {true, false, [2]cache.Number{5, -1}}, {false, true, [2]cache.Number{-1, 6}}, {true, true, [2]cache.Number{5, 6}}} {
		if err := s.SetTiming(l[0], Timing{Scale: 1, Before: tc.before, After: tc.after}); err != nil {
			t.Fatal(err)
		}
		if got := [2]cache.Number{shown(2), shown(8)}; got != tc.want {
			t.Errorf("held before %v, after %v: %v, want %v", tc.before, tc.after, got, tc.want)
		}
	}
}

func TestATimingThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	s, _, l := openSparse(t, Options{}, sparse("a", 1, 2))
	for _, bad := range []Timing{{}, {Scale: -1}, {Scale: math.NaN()}, {Scale: 1e3}, {Scale: 1, Offset: 1e12}, {Scale: 1, Offset: cache.Number(math.NaN())}} {
		if err := s.SetTiming(l[0], bad); err == nil || l[0].Timing() != (Timing{Scale: 1}) {
			t.Errorf("%+v: %v, timing %+v", bad, err, l[0].Timing())
		}
	}
}

func TestTimingsAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	want := Timing{Offset: -12.25, Scale: 0.5, After: true}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got Timing
	if err := json.Unmarshal(text, &got); err != nil || got != want {
		t.Errorf("%s is read as %+v, %v", text, got, err)
	}
}

func TestLayersKeepTheirTimingWhenFilesCome(t *testing.T) {
	t.Parallel()
	s, _, l := openSparse(t, Options{}, sparse("a", 1, 2))
	if err := s.SetTiming(l[0], Timing{Offset: 100, Scale: 1}); err != nil {
		t.Fatal(err)
	}
	more := l[0].Seq
	more.Frames = append(slices.Clone(more.Frames), cache.FrameFile{Number: 3, Source: "a_3.icecache"})
	s.Add([]cache.Sequence{more})
	if want := []cache.Number{101, 102, 103}; !slices.Equal(s.Frames(), want) {
		t.Errorf("frames %v, want %v", s.Frames(), want)
	}
}
