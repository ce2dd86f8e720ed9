package stage

import (
	"fmt"
	"slices"
	"strings"

	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/gfx/style"
)

// readable is the look that is drawn: the one in use, or as long as attributes that it draws
// are on their way into memory, with those that were drawn before. It tells why.
func (s *Stage) readable(shown []shownFrame) (l look.Look, notes []string) {
	now := *s.looks()
	names := now.Columns()
	for _, sh := range shown {
		if missing := s.session.Missing(sh.layer, names); len(missing) > 0 {
			notes = append(notes, readingText(sh, missing))
		}
	}
	s.reading = len(notes) > 0
	if !s.reading {
		s.columns = &now
		return now, nil
	}
	if s.columns != nil {
		held := now.WithColumns(s.columns)
		names := held.Columns()
		if !slices.ContainsFunc(shown, func(sh shownFrame) bool { return len(s.session.Missing(sh.layer, names)) > 0 }) {
			return held, notes
		}
	}
	return now.WithColumns(&look.Look{ColorMode: style.ColorConstant, Colormap: now.Colormap}), notes
}

func readingText(sh shownFrame, names []string) string {
	for i, name := range names {
		names[i] = cache.TrimPadding(name)
	}
	return fmt.Sprintf("%s: reading %s of frame %v", pathname.Display(sh.layer.Seq.Name), strings.Join(names, ", "), sh.Number)
}
