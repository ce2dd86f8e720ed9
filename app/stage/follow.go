package stage

import (
	"fmt"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/cache/pathname"
	"iceexplorer/gfx"
)

// follow keeps the camera on what is open, until the user moves it.
type follow struct {
	on  bool
	box gfx.Box // that the camera shows
}

func newFollow() follow { return follow{on: true, box: gfx.EmptyBox()} }

// measure gathers how far the points of all frames go, and follows them.
func (s *Stage) measure(sc *scene, now time.Time) {
	s.framing.Update(now, s.session, s.sizes(), s.opt.Post)
	s.view.Bounds, s.view.Extent = s.framing.Bounds, s.framing.Extent
	for _, r := range sc.reaches {
		s.view.Bounds, s.view.Extent = s.view.Bounds.Union(r.Most), s.view.Extent.Union(r.All)
	}
	if len(s.session.Layers()) == 0 {
		s.follow = newFollow()
		return
	}
	if !s.follow.on || s.drag.kind != dragNone {
		return
	}
	box := s.framing.View
	if !s.session.Playing() || box.Empty() {
		box = box.Union(sc.view()) // whatever the others do
	}
	s.followTo(box)
}

// followTo shows a box, unless it is about what is shown already.
func (s *Stage) followTo(box gfx.Box) {
	was := s.follow.box
	if box.Empty() || !was.Empty() && was.Grow(was.Radius()*0.02).Holds(box) && box.Radius() >= was.Radius()/2 {
		return
	}
	s.follow.box = box
	s.each(func() {
		to := s.Target()
		to.Frame(box, s.aspect())
		if was.Empty() {
			s.view.Camera, s.glide.on = to, false
			return
		}
		s.glideOn(to)
	})
}

// FrameAll shows all points of the frame, but for strays, of which it tells.
func (s *Stage) FrameAll() {
	if box := s.everything(); !box.Empty() {
		s.frameOn(box)
	}
}

// frameOn moves the camera to a box.
func (s *Stage) frameOn(box gfx.Box) {
	to := s.Target()
	to.Frame(box, s.aspect())
	s.glideTo(to)
}

// everything is the box of what is shown, but for strays, of which it tells.
func (s *Stage) everything() gfx.Box {
	sc := s.scene()
	for _, r := range sc.reaches {
		if r.Outside > 0 {
			s.session.Tell(session.Info, "Frame all: "+r.Tell(r.Outside))
		}
	}
	return sc.view()
}

// FrameLayer shows all points of a layer's frame, but for strays.
func (s *Stage) FrameLayer(l *session.Layer) error {
	sc := s.scene()
	for i, sh := range sc.shown {
		if sh.layer != l {
			continue
		}
		if box := sc.reaches[i].View(SizeScale(&sc.looks[i])); !box.Empty() {
			to := s.Target()
			to.Frame(box, s.aspect())
			s.glideTo(to)
			return nil
		}
	}
	return fmt.Errorf("no point of %s is shown", pathname.Display(l.Name()))
}
