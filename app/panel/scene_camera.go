package panel

import (
	"errors"
	"math"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/stage"
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

// glideTo moves the camera as the user wishes, so that one sees where it goes.
func (s *scenePanel) glideTo(to gfx.Camera) {
	s.steer()
	s.glideOn(to)
}

// steer notes that the user moves the camera, which follows nothing from now on.
func (s *scenePanel) steer() {
	s.steered++
	s.follow.on = false
}

func (s *scenePanel) glideOn(to gfx.Camera) {
	s.glide = glide{on: true, from: s.view.Camera, to: to, start: time.Now()}
	s.window.Wake()
}

// target is the camera where it will be.
func (s *scenePanel) target() gfx.Camera {
	if s.glide.on {
		return s.glide.to
	}
	return s.view.Camera
}

// move brings the camera on its way: gliding, flying.
func (s *scenePanel) move(now time.Time) {
	if s.glide.on {
		t := float64(now.Sub(s.glide.start)) / float64(glideTime)
		s.view.Camera = gfx.Lerp(s.glide.from, s.glide.to, t)
		s.glide.on = t < 1
	}
	s.flyOn(now)
}

// moving reports whether fewer points may be drawn for the sake of motion.
func (s *scenePanel) moving(now time.Time) bool {
	return s.drag.movesCamera() || s.host.Session.Playing() || s.glide.on || s.fly.on || now.Sub(s.moved) < restTime
}

// fly is moving the eye with the keys while the right button is held.
type fly struct {
	on   bool
	last time.Time
}

// flyKeys are the keys of flying and where they lead: right, up, forward.
var flyKeys = [...]struct {
	key imgui.Key
	to  [3]float64
}{
	{imgui.KeyW, [3]float64{0, 0, 1}}, {imgui.KeyS, [3]float64{0, 0, -1}},
	{imgui.KeyA, [3]float64{-1, 0, 0}}, {imgui.KeyD, [3]float64{1, 0, 0}},
	{imgui.KeyQ, [3]float64{0, -1, 0}}, {imgui.KeyE, [3]float64{0, 1, 0}},
}

func (s *scenePanel) flyOn(now time.Time) {
	if s.drag.kind != dragZoom && s.drag.kind != dragFly || !imgui.IsMouseDown(imgui.MouseButtonRight) {
		s.fly.on = false
		return
	}
	var to [3]float64
	for _, k := range flyKeys {
		if imgui.IsKeyDown(k.key) {
			for i := range to {
				to[i] += k.to[i]
			}
		}
	}
	on := to != [3]float64{}
	if on && s.fly.on {
		// The way across the view takes about a second.
		step := s.view.Camera.Distance * math.Min(now.Sub(s.fly.last).Seconds(), 0.1)
		if imgui.CurrentIO().KeyShift() {
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

func (s *scenePanel) frameSelection() error {
	sc := s.scenery()
	box := gfx.EmptyBox()
	for _, sh := range sc.shown {
		rows, _ := s.host.Session.Selected(sh.layer, sh.Shown)
		box = box.Union(stage.BoundsOf(sh.Frame, rows))
	}
	if box.Empty() {
		return errors.New("nothing is selected in this frame")
	}
	all := sc.view(stage.SizeScale(&s.host.Session.View))
	if least := all.Radius() * 0.02; !all.Empty() && box.Radius() < least {
		box = box.Grow(least) // one point has no size
	}
	to := s.target()
	to.Frame(box, s.aspect())
	s.glideTo(to)
	return nil
}

func (s *scenePanel) setPreset(p gfx.Preset) {
	to := s.target()
	to.SetPreset(p)
	s.glideTo(to)
}

// orbit turns the camera by angles in degrees.
func (s *scenePanel) orbit(yaw, pitch float64) {
	to := s.target()
	to.Orbit(-yaw, pitch, 180)
	s.steer()
	s.glide.on = false
	s.view.Camera = to
	s.moved = time.Now()
	s.window.Wake()
}
