package probe

import (
	"errors"
	"fmt"
	"testing"

	"iceexplorer/cache"
)

// lifeOf follows a point that is in the frames marked by +, not in those marked by -, and
// unknown in those marked by ?.
func lifeOf(first cache.Number, frames string) (*Trace, Life) {
	numbers := make([]cache.Number, len(frames))
	for i := range numbers {
		numbers[i] = first + cache.Number(i)
	}
	t := NewTrace(Query{Points: []int32{7}, ByID: true}, numbers)
	for i, c := range frames {
		m := Moment{Number: numbers[i], Rows: []int{map[rune]int{'+': 3, '-': -1}[c]}}
		if c == '?' {
			m.Rows, m.Err = nil, errors.New("broken")
		}
		t.Take(i, m)
	}
	return t, t.Life(0)
}

func TestAPointWithGapsIsNotInAllFrames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first  cache.Number
		frames string
		want   string // with o for a birth and x for a death
		all    bool
	}{
		{1, "++++", "1-4", true}, {1, "+", "1", true}, {1, "----", "", false}, {1, "++-++", "1-2x o4-5", false},
		{1, "+-+-+", "1x o3x o5", false}, {1, "-++-", "o2-3x", false}, {1, "++?++", "1-2 4-5", false},
		{1, "++?-+", "1-2 o5", false}, {-3, "+++-+", "-3..-1x o1", false}, {1, "????", "", false},
	} {
		tr, l := lifeOf(c.first, c.frames)
		got := ""
		for _, s := range l {
			text := tr.Span(s)
			if s.Born {
				text = "o" + text
			}
			if s.Died {
				text += "x"
			}
			if got += " "; got == " " {
				got = ""
			}
			got += text
		}
		if got != c.want || tr.Throughout(l) != c.all {
			t.Errorf("%s: %q, throughout %v; want %q, %v", c.frames, got, tr.Throughout(l), c.want, c.all)
		}
		for i := range c.frames {
			if s, ok := l.At(i); ok != (c.frames[i] == '+') || ok && (i < s.First || i > s.Last) {
				t.Errorf("%s: frame %d is in %+v, %v", c.frames, i, s, ok)
			}
		}
	}
}

func TestTheFirstOfManySpansAreTold(t *testing.T) {
	t.Parallel()
	tr, l := lifeOf(1, "++++----++")
	if got := tr.Spans(l); got != "1-4, 9-10" {
		t.Error(got)
	}
	frames := ""
	for range 20 {
		frames += "+-"
	}
	tr, l = lifeOf(1, frames)
	want := "1"
	for i := 1; i < mostSpans; i++ {
		want += fmt.Sprintf(", %d", 2*i+1)
	}
	if got := tr.Spans(l); got != want+" and 8 more" {
		t.Error(got)
	}
}
