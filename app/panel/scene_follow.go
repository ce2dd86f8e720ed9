package panel

import (
	"time"

	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/gfx"
)

// follow keeps the camera on what is open, until the user moves it.
type follow struct {
	on  bool
	box gfx.Box // that the camera shows
}

func newFollow() follow { return follow{on: true, box: gfx.EmptyBox()} }

// measure gathers how far the points of all frames go, and follows them.
func (s *scenePanel) measure(sc *scenery, now time.Time) {
	ss := s.host.Session
	s.framing.Update(now, ss, func(f func()) { s.window.Post(f) })
	s.view.Bounds, s.view.Extent = s.framing.Bounds, s.framing.Extent
	for _, r := range sc.reaches {
		s.view.Bounds, s.view.Extent = s.view.Bounds.Union(r.Most), s.view.Extent.Union(r.All)
	}
	if len(ss.Layers()) == 0 {
		s.follow = newFollow()
		return
	}
	if !s.follow.on || s.drag.kind != dragNone {
		return
	}
	box := s.framing.View
	if !s.host.Session.Playing() || box.Empty() {
		box = box.Union(sc.view(stage.SizeScale(&ss.View))) // whatever the others do
	}
	s.followTo(box)
}

// followTo shows a box, unless it is about what is shown already.
func (s *scenePanel) followTo(box gfx.Box) {
	was := s.follow.box
	if box.Empty() || !was.Empty() && was.Grow(was.Radius()*0.02).Holds(box) && box.Radius() >= was.Radius()/2 {
		return
	}
	to := s.target()
	to.Frame(box, s.aspect())
	s.follow.box = box
	if was.Empty() {
		s.view.Camera, s.glide.on = to, false
		return
	}
	s.glideOn(to)
}

// view is the box of what is shown, with room for the points' sizes.
func (sc *scenery) view(scale float64) gfx.Box {
	box := gfx.EmptyBox()
	for _, r := range sc.reaches {
		box = box.Union(r.View(scale))
	}
	return box
}

// unseenPoints tells of the points that have no place, or are too far away to be seen with
// the others.
func (s *scenePanel) unseenPoints(sc *scenery) (lines []string) {
	for _, r := range sc.reaches {
		if r.Nowhere > 0 {
			lines = append(lines, r.TellNowhere())
		}
		if n := r.Beyond(s.view.Bounds); n > 0 {
			lines = append(lines, stage.Away(n, r.Points))
		}
	}
	return lines
}

// frameAll shows all points of the frame, but for strays, of which it tells.
func (s *scenePanel) frameAll() {
	sc := s.scenery()
	for _, r := range sc.reaches {
		if r.Outside > 0 {
			s.host.Session.Tell(session.Info, "Frame all: "+r.Tell(r.Outside))
		}
	}
	if box := sc.view(stage.SizeScale(&s.host.Session.View)); !box.Empty() {
		to := s.target()
		to.Frame(box, s.aspect())
		s.glideTo(to)
	}
}
