package stage

import (
	"math"

	"iceexplorer/app/look"
	"iceexplorer/gfx"
)

// Viewpoint is where a camera is, to be kept under a name.
func Viewpoint(name string, c gfx.Camera) look.Viewpoint {
	return look.Viewpoint{
		Name: name, Target: c.Target, Distance: c.Distance, Ortho: c.Ortho,
		Yaw: c.Yaw * 180 / math.Pi, Pitch: c.Pitch * 180 / math.Pi, Fov: c.FovY * 180 / math.Pi,
	}
}

// CameraAt is the camera of a viewpoint.
func CameraAt(v look.Viewpoint) gfx.Camera {
	c := gfx.Camera{Target: v.Target, Distance: v.Distance, Yaw: v.Yaw * math.Pi / 180, Pitch: v.Pitch * math.Pi / 180, FovY: v.Fov * math.Pi / 180}
	c.SetOrtho(v.Ortho)
	return c.Normalized()
}
