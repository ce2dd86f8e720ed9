package stage

import "time"

// turntable turns the camera round its target until the user moves it.
type turntable struct {
	on   bool
	pane int           // whose camera it is
	turn time.Duration // a full one
	last time.Time
}

// Turn lets the camera go round its target, once in a time; 0 stops it.
func (s *Stage) Turn(turn time.Duration) {
	s.turntable = turntable{on: turn > 0, pane: s.panes.active, turn: turn, last: s.now()}
	if turn > 0 {
		s.follow.on = false // which keeps a direction
	}
	s.opt.Wake()
}

// Turning is how long a full turn of the camera takes; 0: it does not turn.
func (s *Stage) Turning() time.Duration {
	if !s.turntable.on {
		return 0
	}
	return s.turntable.turn
}

// turnOn brings the turning camera on its way.
func (s *Stage) turnOn(now time.Time) {
	t := &s.turntable
	if !t.on || s.drag.kind != dragNone {
		t.last = now
		return
	}
	part := now.Sub(t.last).Seconds() / t.turn.Seconds()
	t.last = now
	s.in(t.pane, func() {
		s.view.Camera = s.view.Camera.Turned(part)
		if s.glide.on {
			s.glide.from, s.glide.to = s.glide.from.Turned(part), s.glide.to.Turned(part)
		}
	})
}
