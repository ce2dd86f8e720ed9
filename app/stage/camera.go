package stage

import (
	"errors"
	"math"
	"time"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/beside"
	"iceexplorer/app/session"
	"iceexplorer/gfx"
)

const (
	frameTime = time.Second / 60
	// glideTime is how long the camera takes to a new place.
	glideTime = 160 * time.Millisecond
	// restTime after the last turn of the wheel the picture counts as still.
	restTime = 200 * time.Millisecond
)

// glide is the camera on its way to a new place.
type glide struct {
	on       bool
	from, to gfx.Camera
	start    time.Time
}

// Camera is where the camera is.
func (s *Stage) Camera() gfx.Camera { return s.view.Camera }

// Target is the camera where it will be.
func (s *Stage) Target() gfx.Camera {
	if s.glide.on {
		return s.glide.to
	}
	return s.view.Camera
}

// Steered counts how often the user has moved the camera.
func (s *Stage) Steered() int { return s.steered }

// Resting reports that the camera is moved by nobody.
func (s *Stage) Resting() bool {
	return !s.gliding() && !s.fly.on && s.drag.kind == dragNone && s.now().Sub(s.moved) > restTime
}

// SetCamera moves the camera, with a glide; it follows nothing from now on, even if it is there
// already.
func (s *Stage) SetCamera(c gfx.Camera) {
	s.follow.on = false
	if c != s.Target() {
		s.glideTo(c)
	}
}

// Put has the camera be somewhere at once. With follow it goes on to keep in view what is
// open, seen from there.
func (s *Stage) Put(c gfx.Camera, follow bool) {
	s.view.Camera, s.glide = c, glide{}
	s.follow = newFollow()
	s.follow.on = follow
}

// glideTo moves the camera as the user wishes, so that one sees where it goes.
func (s *Stage) glideTo(to gfx.Camera) {
	s.steer()
	s.glideOn(to)
}

// steer notes that the user moves the camera, which follows nothing from now on.
func (s *Stage) steer() {
	s.steered++
	s.follow.on = false
	if s.turntable.pane == s.panes.active {
		s.turntable.on = false
	}
}

// turn moves the camera at once, from wherever it is on its way.
func (s *Stage) turn(move func(*gfx.Camera)) {
	s.steer()
	s.glide.on = false
	move(&s.view.Camera)
}

func (s *Stage) glideOn(to gfx.Camera) {
	s.glide = glide{on: true, from: s.view.Camera, to: to, start: s.now()}
	s.opt.Wake()
}

// Advance takes the renderer's answers and brings the camera on its way: gliding, flying.
// It comes before the mouse's events: in the frame in which the camera arrives, the mouse
// begins to rest.
func (s *Stage) Advance() {
	s.answers()
	now := s.now()
	s.each(func() {
		if s.glide.on {
			t := float64(now.Sub(s.glide.start)) / float64(glideTime)
			s.view.Camera = gfx.Lerp(s.glide.from, s.glide.to, t)
			s.glide.on = t < 1
		}
	})
	s.turnOn(now)
	s.flyOn(now)
}

// moving reports whether fewer points may be drawn for the sake of motion.
func (s *Stage) moving(now time.Time) bool {
	return s.drag.movesCamera() || s.drag.kind == dragSplit || s.session.Playing() || s.gliding() || s.fly.on || s.turntable.on || now.Sub(s.moved) < restTime
}

// Keys are the keys of flying, as far as they are held.
type Keys struct {
	Forward, Back, Left, Right, Up, Down bool
	Fast                                 bool
	Navigate                             HeldKey // of the navigation preset
}

// fly is moving the eye with the keys while the right button is held.
type fly struct {
	on   bool
	last time.Time
}

// Flies reports that keys move the camera now: while the right button is held.
func (s *Stage) Flies() bool {
	return (s.drag.kind == dragZoom || s.drag.kind == dragFly) && s.drag.button == ButtonRight && !s.drag.plain
}

// Hold tells which keys are held, until the next time.
func (s *Stage) Hold(k Keys) { s.keys = k }

// direction is where the keys lead: right, up, forward.
func (k Keys) direction() (to [3]float64) {
	add := func(on bool, axis int, by float64) {
		if on {
			to[axis] += by
		}
	}
	add(k.Right, 0, 1)
	add(k.Left, 0, -1)
	add(k.Up, 1, 1)
	add(k.Down, 1, -1)
	add(k.Forward, 2, 1)
	add(k.Back, 2, -1)
	return to
}

func (s *Stage) flyOn(now time.Time) {
	if !s.Flies() {
		s.fly.on = false
		return
	}
	to := s.keys.direction()
	on := to != [3]float64{}
	if on && s.fly.on {
		// The way across the view takes about a second.
		step := s.view.Camera.Distance * math.Min(now.Sub(s.fly.last).Seconds(), 0.1)
		if s.keys.Fast {
			step *= 4
		}
		s.steer()
		s.view.Camera.Fly(to[0]*step, to[1]*step, to[2]*step)
	}
	if on {
		s.drag.kind = dragFly
	}
	s.fly = fly{on: on, last: now}
}

// FrameSelection moves the camera to the selected points. They are looked at beside the loop:
// what takes longer than a moment is shown when it is known.
func (s *Stage) FrameSelection() error {
	sc := s.scene()
	var rows []*bitset.BitSet
	var releases []func()
	for _, sh := range sc.shown {
		_, acquire := s.session.Inspect(sh.layer)
		selected, _ := s.session.Selected(sh.layer, sh.Shown)
		rows, releases = append(rows, selected), append(releases, acquire())
	}
	box, steered := gfx.EmptyBox(), s.steered
	if !beside.Do(s.session.Until(), func() {
		for i, sh := range sc.shown {
			box = box.Union(BoundsOf(sh.Frame, rows[i]))
			releases[i]()
		}
	}, func() {
		s.opt.Post(func() {
			if s.steered != steered {
				return // the user has gone elsewhere meanwhile
			}
			if err := s.frameBox(box); err != nil {
				s.session.Tell(session.Info, err.Error())
			}
		})
	}) {
		return nil
	}
	return s.frameBox(box)
}

// frameBox moves the camera to a box in what is shown.
func (s *Stage) frameBox(box gfx.Box) error {
	if box.Empty() {
		return errors.New("nothing is selected in this frame")
	}
	sc := s.scene()
	all := sc.view()
	if least := all.Radius() * 0.02; !all.Empty() && box.Radius() < least {
		box = box.Grow(least) // one point has no size
	}
	to := s.Target()
	to.Frame(box, s.aspect())
	s.glideTo(to)
	s.opt.Wake()
	return nil
}

// SetPreset looks from a fixed direction.
func (s *Stage) SetPreset(p gfx.Preset) {
	to := s.Target()
	to.SetPreset(p)
	s.glideTo(to)
}

// Orbit turns the camera by angles in degrees.
func (s *Stage) Orbit(yaw, pitch float64) {
	to := s.Target()
	to.Orbit(-yaw, pitch, 180)
	s.turn(func(c *gfx.Camera) { *c = to })
	s.moved = s.now()
	s.opt.Wake()
}
