package stage

import (
	"errors"
	"fmt"
	"slices"

	"iceexplorer/app/beside"
	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/gfx"
)

// chase moves the camera with a point, from frame to frame.
type chase struct {
	layer *session.Layer // nil: the camera stays
	prey  prey
	found bool   // prey is where it was in the frame with key
	key   uint64 // of the frame it was looked for in last; 0: none
	busy  bool   // it is being looked for
	pane  int    // whose camera it is
	run   int    // counts what is chased, so that a late answer is known
}

// prey is a point: by its ID or, where there are none, by its row.
type prey struct {
	byID bool
	id   int32
	row  int
	at   gfx.Vec3
}

func (p prey) String() string {
	if p.byID {
		return fmt.Sprintf("ID %d", p.id)
	}
	return fmt.Sprintf("point %d", p.row)
}

// in looks for the point in another frame.
func (p prey) in(f *cache.Frame) (now prey, ok bool) {
	if p.byID {
		if p.row, ok = rowOf(f, p.id, p.row); !ok {
			return p, false
		}
	} else if err := fault.Guard(func() {
		if ids := probe.IDs(f); p.row < len(ids) {
			p.byID, p.id = true, ids[p.row]
		}
	}); err != nil {
		return p, false
	}
	p.at, ok = pointAt(f, uint64(p.row))
	return p, ok
}

// Chase lets the camera go with a point of the active sequence, given by its ID.
func (s *Stage) Chase(id int32) error {
	l := s.session.Active()
	if l == nil {
		return errors.New("nothing is open")
	}
	s.chaseOn(l, prey{byID: true, id: id})
	return nil
}

// ChaseSelected lets the camera go with the selected point.
func (s *Stage) ChaseSelected() error {
	layers := s.session.Layers()
	if l := s.session.Active(); l != nil {
		layers = append([]*session.Layer{l}, layers...)
	}
	for _, l := range layers {
		if !l.Visible {
			continue
		}
		rows, _ := s.session.Selected(l, s.session.Shown(l))
		if rows == nil || rows.None() {
			continue
		}
		if n := rows.Count(); n > 1 {
			return fmt.Errorf("%d points are selected: select the one to follow", n)
		}
		row, _ := rows.NextSet(0)
		s.chaseOn(l, prey{row: int(row)})
		return nil
	}
	return errors.New("no point of this frame is selected: select the one to follow")
}

func (s *Stage) chaseOn(l *session.Layer, p prey) {
	s.chase = chase{layer: l, prey: p, pane: s.panes.active, run: s.chase.run + 1}
	s.opt.Wake()
}

// Free lets the camera go with nothing any more.
func (s *Stage) Free() { s.chase = chase{run: s.chase.run + 1} }

// Chased is the point that the camera goes with; "" if there is none.
func (s *Stage) Chased() string {
	if s.chase.layer == nil {
		return ""
	}
	return s.chase.prey.String()
}

// keepUp moves the camera to where the point is in what is shown. It is looked for beside the
// loop.
func (s *Stage) keepUp(sc *scene) {
	c := &s.chase
	if c.layer == nil || c.busy {
		return
	}
	if !slices.Contains(s.session.Layers(), c.layer) {
		s.lose("its sequence was closed")
		return
	}
	i := slices.IndexFunc(sc.shown, func(sh shownFrame) bool { return sh.layer == c.layer })
	if i < 0 || sc.shown[i].Key == c.key {
		return
	}
	sh, acquire := s.session.Inspect(c.layer)
	if acquire == nil || sh.Key != sc.shown[i].Key {
		return
	}
	c.busy = true
	run, was, release := c.run, c.prey, acquire()
	var now prey
	var ok bool
	if beside.Do(s.session.Until(), func() {
		now, ok = was.in(sh.Frame)
		release()
	}, func() {
		s.opt.Post(func() {
			s.caught(run, sh, now, ok)
			s.opt.Wake()
		})
	}) {
		s.caught(run, sh, now, ok)
	}
}

// caught takes where the point is in a frame.
func (s *Stage) caught(run int, sh session.Shown, now prey, ok bool) {
	c := &s.chase
	if run != c.run {
		return
	}
	c.busy, c.key = false, sh.Key
	if !ok {
		s.lose(fmt.Sprintf("frame %v does not have it", sh.Number))
		return
	}
	way, first := now.at.Sub(c.prey.at), !c.found
	c.prey, c.found = now, true
	s.in(c.pane, func() { s.goWith(now.at, way, first) })
}

// goWith moves the camera to where the point is, or the way that it went.
func (s *Stage) goWith(at, way gfx.Vec3, first bool) {
	if first {
		to := s.Target()
		to.Target = at
		s.glideTo(to)
		return
	}
	s.follow.on = false
	s.view.Camera.Target = s.view.Camera.Target.Add(way)
	if s.glide.on {
		s.glide.from.Target, s.glide.to.Target = s.glide.from.Target.Add(way), s.glide.to.Target.Add(way)
	}
}

// lose says why the camera goes with nothing any more.
func (s *Stage) lose(why string) {
	s.session.Tell(session.Info, fmt.Sprintf("The camera no longer follows %s: %s", s.chase.prey, why))
	s.Free()
}
