package gfx

import (
	"math"
	"sort"
)

// gizmoArm is one end of an axis: 1 to 3 are +X +Y +Z, 4 to 6 are -X -Y -Z.
type gizmoArm struct {
	arm     int
	x, y, z float64 // pixels; z towards the eye, -1 to 1
	r       float64
}

const gizmoRadius = 34.0

// gizmoArms lays the gizmo out, far arms first.
func gizmoArms(c *Camera, h, scale float64) (cx, cy float64, arms []gizmoArm) {
	right, up, back := c.Axes()
	cx, cy = 56*scale, h-56*scale
	for i := range 6 {
		var d Vec3
		d[i%3] = 1
		r := 8.5
		if i > 2 {
			d[i%3] = -1
			r = 5.5
		}
		arms = append(arms, gizmoArm{i + 1, cx + d.Dot(right)*gizmoRadius*scale, cy - d.Dot(up)*gizmoRadius*scale, d.Dot(back), r * scale})
	}
	sort.SliceStable(arms, func(i, j int) bool { return arms[i].z < arms[j].z })
	return cx, cy, arms
}

// GizmoHit tells which arm of the axes is at pixel x, y (y down) of a view h
// pixels high: 1 to 3 are +X +Y +Z, 4 to 6 the other ends, 0 is none.
func GizmoHit(c Camera, h, scale, x, y float64) int {
	if scale <= 0 {
		scale = 1
	}
	_, _, arms := gizmoArms(&c, h, scale)
	for i := len(arms) - 1; i >= 0; i-- {
		if math.Hypot(x-arms[i].x, y-arms[i].y) <= arms[i].r+2*scale {
			return arms[i].arm
		}
	}
	return 0
}

// GizmoPreset is the preset that looks at the scene from an arm's side.
func GizmoPreset(arm int, zUp bool) (Preset, bool) {
	y := [...]Preset{Perspective, Right, Top, Front, Left, Bottom, Back}
	z := [...]Preset{Perspective, Right, Back, Top, Left, Front, Bottom}
	if arm < 1 || arm > 6 {
		return Perspective, false
	}
	if zUp {
		return z[arm], true
	}
	return y[arm], true
}

func (r *Renderer) drawGizmo(f *frame) {
	c := r.canvas
	cam := f.v.Camera.Normalized()
	cx, cy, arms := gizmoArms(&cam, f.m.H, f.scale)
	s := f.scale
	if f.v.GizmoHover > 0 {
		c.disc(cx, cy, (gizmoRadius+14)*s, rgba{255, 255, 255, 16})
	}
	for _, a := range arms {
		axis := (a.arm - 1) % 3
		col := axisColors[axis]
		dim := 0.62 + 0.38*(a.z+1)/2
		for i := range 3 {
			col[i] = uint8(float64(col[i]) * dim)
		}
		hot := f.v.GizmoHover == a.arm
		if a.arm <= 3 {
			c.line(cx, cy, a.x, a.y, 2*s, col)
			if hot {
				c.disc(a.x, a.y, a.r+2*s, rgba{255, 255, 255, 230})
			}
			c.disc(a.x, a.y, a.r, col)
			name := string("XYZ"[axis])
			px := 12 * s
			c.label(a.x-c.width(px, name)/2, a.y, px, name, rgba{18, 20, 24, 255})
			continue
		}
		c.disc(a.x, a.y, a.r, rgba{30, 33, 38, 235})
		c.disc(a.x, a.y, a.r, col.alpha(0.28))
		c.ring(a.x, a.y, a.r-0.5*s, 1.2*s, col.alpha(0.8))
		if hot {
			c.ring(a.x, a.y, a.r+1.5*s, 1.5*s, rgba{255, 255, 255, 230})
		}
	}
}
