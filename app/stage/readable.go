package stage

import (
	"fmt"
	"strings"

	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/gfx/style"
)

// readable are the looks that the shown layers are drawn with: those in use, or as long as
// attributes that they draw are on their way into memory, with those that were drawn before. It
// tells why.
func (s *Stage) readable(shown []shownFrame) (looks []look.Look, notes []string) {
	now := s.looksNow(shown)
	for i, sh := range shown {
		if missing := s.session.Missing(sh.layer, now[i].Columns()); len(missing) > 0 {
			notes = append(notes, readingText(sh, missing))
		}
	}
	s.reading = len(notes) > 0
	if !s.reading {
		s.columns = looksOf(now, shown)
		return now, nil
	}
	if held, ok := holdLooks(now, s.columns, shown, (*look.Look).WithColumns); ok && !s.lacking(held, shown) {
		return held, notes
	}
	for i := range now {
		now[i] = now[i].WithColumns(&look.Look{ColorMode: style.ColorConstant, Colormap: now[i].Colormap})
	}
	return now, notes
}

func readingText(sh shownFrame, names []string) string {
	for i, name := range names {
		names[i] = cache.TrimPadding(name)
	}
	return fmt.Sprintf("%s: reading %s of frame %v", pathname.Display(sh.layer.Name()), strings.Join(names, ", "), sh.Number)
}
