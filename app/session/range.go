package session

import (
	"fmt"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
)

// ValueRange is the range of an attribute's component, or of its magnitude, in all visible
// layers: in the frames being shown, or in all measured frames.
func (s *Session) ValueRange(name string, component int, all bool) inspect.Span {
	span := inspect.NoSpan()
	for _, l := range s.layers {
		if l.Visible {
			span = span.Union(l.ValueRange(name, component, all))
		}
	}
	return span
}

// ValueRange is that of one layer: of what is shown of it, or of all its frames that are
// measured.
func (l *Layer) ValueRange(name string, component int, all bool) inspect.Span {
	switch {
	case all:
		return l.survey.Range(name, component)
	case l.last != nil:
		return l.survey.FrameRange(l.lastNumber, name, component)
	}
	return inspect.NoSpan()
}

// Odd reports whether an attribute has values that are no number, or infinite, in the
// measured frames of the layer.
func (l *Layer) Odd(name string) bool { return l.survey.Odd(name) }

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

// Lack says which shown frames lack an attribute, in lines such as "Heat is not in this
// frame, but in 2 of 4", the active layer's first. There are none if no frame lacks it.
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
			of = " of " + pathname.Display(l.Name())
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
