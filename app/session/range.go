package session

import (
	"fmt"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
)

// ScalarRange is what the ends of the colormap stand for, of all layers alike: equal
// values have equal colours. hi is less than lo where the user has turned a fixed range
// around. ok is false if no value is known.
func (s *Session) ScalarRange() (lo, hi float64, ok bool) {
	v := &s.View
	if v.ColorMode != look.ColorScalar {
		return 0, 1, false
	}
	if v.RangeMode == look.RangeFixed {
		return v.Low, v.High, true
	}
	span := inspect.NoSpan()
	for _, l := range s.layers {
		switch {
		case !l.Visible:
		case v.RangeMode == look.RangeSequence:
			span = span.Union(l.survey.Range(v.Scalar, v.Component))
		case l.last != nil:
			span = span.Union(l.survey.FrameRange(l.lastNumber, v.Scalar, v.Component))
		}
	}
	if span.Empty() {
		return 0, 1, false
	}
	return span.Lo, span.Hi, true
}

// RangeNote says what the range lacks to be what it is called: "12 of 20 frames
// measured". It is empty if nothing is.
func (s *Session) RangeNote() string {
	if s.View.ColorMode != look.ColorScalar || s.View.RangeMode != look.RangeSequence {
		return ""
	}
	return s.MeasuredText()
}

// MeasuredText is Measured in words, empty when all frames are measured.
func (s *Session) MeasuredText() string {
	done, failed, total := s.Measured()
	switch {
	case done == total:
		return ""
	case done+failed == total:
		return fmt.Sprintf("%d of %d frames measured, the rest could not be read", done, total)
	}
	return fmt.Sprintf("%d of %d frames measured", done, total)
}

// Lack says where an attribute is missing of what is shown, in lines such as "Heat is
// not in this frame, but in 2 of 4", of the active layer first. There are none if it
// is missing nowhere.
func (s *Session) Lack(name string) []string {
	var lacking []*Layer
	shown := 0
	for _, l := range s.activeFirst() {
		if !l.Visible || l.last == nil {
			continue
		}
		shown++
		if l.survey.Lacks(l.lastNumber, name) {
			lacking = append(lacking, l)
		}
	}
	const most = 3
	var out []string
	for i, l := range lacking {
		if i == most {
			return append(out, fmt.Sprintf("and %d more sequences", len(lacking)-most))
		}
		of := ""
		if shown > 1 {
			of = " of " + pathname.Display(l.Seq.Name)
		}
		out = append(out, l.lack(cache.TrimPadding(name), of))
	}
	return out
}

func (l *Layer) lack(name, of string) string {
	have, _ := l.survey.Has(name)
	if have > 0 {
		return fmt.Sprintf("%s is not in this frame%s, but in %d of %d", name, of, have, len(l.slots))
	}
	if len(l.slots) == 1 || l.survey.Count() < len(l.slots) {
		return fmt.Sprintf("%s is not in this frame%s", name, of)
	}
	return strings.TrimSpace(fmt.Sprintf("No frame%s has %s", of, name))
}
