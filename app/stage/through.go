package stage

import (
	"context"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/session"
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

// Through tells whether areas select hidden points too.
func (s *Stage) Through() bool { return s.through.on }

// SetThrough changes it.
func (s *Stage) SetThrough(on bool) { s.through.on = on }

// selectArea asks for the points in an area, or for the one at a place.
func (s *Stage) selectArea(mode session.SelectMode, q gfx.PickQuery) {
	if s.through.on && isArea(&q) {
		s.selectThrough(mode, q)
		return
	}
	s.picks.mode = mode
	s.ask(tagSelect, q)
}

// selectThrough looks for the points in an area of what is shown; a newer search
// replaces an older one.
func (s *Stage) selectThrough(mode session.SelectMode, q gfx.PickQuery) {
	if s.through.cancel != nil {
		s.through.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.through.cancel = cancel
	s.through.run++
	run, view, area := s.through.run, s.view, s.area(s.panes.active)
	view.Panes = nil // of the active pane as a picture of its own
	q.X, q.Y, q.Rect, q.Lasso = q.X-area.Min.X, q.Y-area.Min.Y, q.Rect.Sub(area.Min), slices.Clone(q.Lasso)
	for i := range q.Lasso {
		q.Lasso[i][0] -= float64(area.Min.X)
		q.Lasso[i][1] -= float64(area.Min.Y)
	}
	w, h := area.Dx(), area.Dy()
	var clouds []gfx.Cloud
	var picked []session.Picked
	var releases []func()
	for _, sh := range s.shown {
		f, release := sh.layer.Acquire(sh.Number)
		releases = append(releases, release)
		if f != nil && !sh.layer.Locked() {
			v := s.lookOf(sh.layer)
			c := Cloud(f, uint64(sh.layer.ID), sh.Key, &v, Scale{})
			c.Only = s.only(sh)
			clouds = append(clouds, c)
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
		s.opt.Post(func() {
			for _, release := range releases {
				release()
			}
			if run != s.through.run {
				return
			}
			cancel()
			s.through.cancel = nil
			if err != nil {
				s.session.Tell(session.Error, err.Error())
				return
			}
			s.session.Select(mode, picked...)
			s.session.TellSelection(throughText(mode, n))
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
