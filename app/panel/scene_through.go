package panel

import (
	"context"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
)

// through selects all points in an area, those hidden behind others too. Ten million
// take a moment: it is done beside the loop.
type through struct {
	on     bool
	cancel context.CancelFunc // of the search under way; nil: there is none
	run    int                // counts the searches, so that a late answer is known
}

// selectArea asks for the points in an area, or for the one at a place.
func (s *scenePanel) selectArea(mode session.SelectMode, q gfx.PickQuery) {
	if area := !q.Rect.Empty() || len(q.Lasso) > 0; area && s.through.on {
		s.selectThrough(mode, q)
		return
	}
	s.picks.mode = mode
	s.picks.ask(s, tagSelect, q)
}

// selectThrough looks for the points in an area of what is shown; a newer search
// replaces an older one.
func (s *scenePanel) selectThrough(mode session.SelectMode, q gfx.PickQuery) {
	if s.through.cancel != nil {
		s.through.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.through.cancel = cancel
	s.through.run++
	run, view, w, h := s.through.run, s.view, s.w, s.h
	var clouds []gfx.Cloud
	var picked []session.Picked
	var releases []func()
	for _, sh := range s.shown {
		f, release := sh.layer.Acquire(sh.Number)
		releases = append(releases, release)
		if f != nil {
			clouds = append(clouds, stage.Cloud(f, uint64(sh.layer.ID), sh.Key, &s.host.Session.View, stage.Scale{}))
			picked = append(picked, session.Picked{Layer: sh.layer.ID, Number: sh.Number})
		}
	}
	go func() {
		var err error
		n := uint(0)
		for i := range clouds {
			var words []uint64
			if words, err = view.Through(ctx, &q, &clouds[i], w, h); err != nil {
				break
			}
			picked[i].Rows = bitset.From(words)
			n += picked[i].Rows.Count()
		}
		s.window.Post(func() {
			for _, release := range releases {
				release()
			}
			if run != s.through.run {
				return
			}
			cancel()
			s.through.cancel = nil
			if err != nil {
				s.host.Session.Tell(session.Error, err.Error())
				return
			}
			s.host.Session.Select(mode, picked...)
			s.host.Session.TellSelection(throughText(mode, n))
		})
	}()
}

// throughText says what came of n points in an area.
func throughText(mode session.SelectMode, n uint) string {
	switch points := unit.Plural(n, "point"); mode {
	case session.SelectAdd:
		return points + " added to the selection, hidden ones too"
	case session.SelectRemove:
		return points + " taken out of the selection, hidden ones too"
	default:
		return points + " selected, hidden ones too"
	}
}

// throughHelp is toolHelp of the tools that select, while they select through.
var throughHelp = map[Tool]string{
	ToolSelect: "Drag a rectangle: select all points in it, hidden ones too   Click: the visible one   Shift: add   Ctrl: remove   Esc: none",
	ToolLasso:  "Drag around points: select all of them, hidden ones too   Shift: add   Ctrl: remove   Esc: none",
}
