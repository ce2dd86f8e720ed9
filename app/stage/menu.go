package stage

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/beside"
	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/pathname"
	"iceexplorer/gfx"
)

// Clicked is the point that a click of the right button met, for a menu about it.
type Clicked struct {
	Layer  *session.Layer
	Number cache.Number // of the frame that shows it
	Index  uint64
	ID     int32
	HasID  bool // or else points are told apart by their index, in one frame

	world gfx.Vec3
}

// Title is what the point is called.
func (c *Clicked) Title() string {
	text := fmt.Sprintf("Point %d", c.Index)
	if c.HasID {
		text += fmt.Sprintf(", ID %d", c.ID)
	}
	return text + " of " + pathname.Display(c.Layer.Name())
}

// Words are the point as actions take it: the number, and what kind it is.
func (c *Clicked) Words() (number, by string) {
	if c.HasID {
		return strconv.Itoa(int(c.ID)), "id"
	}
	return strconv.FormatUint(c.Index, 10), "index"
}

// menu is the menu of the scene that a click of the right button asks for.
type menu struct {
	asked   bool // it is to open
	looking bool // for the point that was clicked
	point   *Clicked
}

// MenuAsked reports, once, that a menu is to open where the mouse is.
func (s *Stage) MenuAsked() (asked bool) {
	asked, s.menu.asked = s.menu.asked, false
	return asked
}

// MenuPoint is the point that the menu is about, nil if there is none or not yet; looking
// tells which.
func (s *Stage) MenuPoint() (point *Clicked, looking bool) {
	if p := s.menu.point; p != nil && slices.Contains(s.session.Layers(), p.Layer) {
		return p, false
	}
	return nil, s.menu.looking
}

// askMenu has a menu open about the point at a place.
func (s *Stage) askMenu(x, y float64) {
	s.menu = menu{asked: true}
	if s.ask(tagMenu, s.pointQuery(x, y)); s.picks.asks(tagMenu) {
		s.menu.looking = true
	}
}

// clicked takes the point that was clicked, and finds its ID, which is mostly not drawn: beside
// the loop.
func (s *Stage) clicked(shown []shownFrame, hits []gfx.Hit) {
	s.menu.looking = false
	if len(hits) == 0 {
		return
	}
	hit := hits[0]
	i := slices.IndexFunc(shown, func(sh shownFrame) bool { return uint64(sh.layer.ID) == hit.Layer })
	if i < 0 || !slices.Contains(s.session.Layers(), shown[i].layer) {
		return
	}
	l := shown[i].layer
	sh, acquire := s.session.Inspect(l)
	if acquire == nil || sh.Key != shown[i].Key {
		return
	}
	p := &Clicked{Layer: l, Number: sh.Number, Index: hit.Index, world: hit.World}
	release := acquire()
	s.menu.looking = true
	find := func() {
		defer release()
		// What cannot be read is told of when it is drawn; the point is known by its index then.
		_ = fault.Guard(func() {
			if ids := probe.IDs(sh.Frame); hit.Index < uint64(len(ids)) {
				p.ID, p.HasID = ids[hit.Index], true
			}
		})
	}
	found := func() { s.menu.point, s.menu.looking = p, false }
	if beside.Do(s.session.Until(), find, func() {
		s.opt.Post(func() {
			found()
			s.opt.Wake()
		})
	}) {
		found()
	}
}

// SelectClicked changes the selection by the point of the menu.
func (s *Stage) SelectClicked(mode session.SelectMode) {
	if p, _ := s.MenuPoint(); p != nil {
		rows := bitset.New(uint(p.Index) + 1).Set(uint(p.Index))
		s.session.Select(mode, session.Picked{Layer: p.Layer.ID, Number: p.Number, Rows: rows})
		s.session.SetActive(p.Layer)
	}
}

// FocusClicked looks at the point of the menu.
func (s *Stage) FocusClicked() {
	if p, _ := s.MenuPoint(); p != nil {
		to := s.Target()
		to.Focus(p.world)
		s.glideTo(to)
	}
}

// MeasureClicked measures from the point of the menu: the next click is the other end.
func (s *Stage) MeasureClicked() {
	if p, _ := s.MenuPoint(); p != nil {
		s.Lay(p.world)
		s.SetTool(ToolMeasure)
	}
}
