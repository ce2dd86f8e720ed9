package gfx

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Matrices are a camera's transforms for one size of view.
//
// Camera space has a unit of its own, in which the target is 1 to 2 away: float32
// has neither room nor digits for the squares of very large and very small worlds.
type Matrices struct {
	Rotation  Mat4    // world directions to camera space; apply to (p-Eye)*Unit
	Unit      float64 // of camera space in a world unit: a power of 2, so that it rounds nothing
	Proj      Mat4
	Eye       Vec3
	Near, Far float64 // world units
	W, H      float64
	Ortho     bool
	// PixelScale is pixels per world unit: at distance 1 in perspective, at any
	// distance in orthographic views.
	PixelScale float64
}

// deepest is how far the far plane may be, in distances of the target, for depths to be told
// apart. Points farther away are drawn as if they were there.
const deepest = 1e5

// Matrices computes the transforms for a view of w x h pixels. Near and far
// follow the bounds, so that depth is as exact as the scene allows.
func (c *Camera) Matrices(bounds Box, w, h float64) Matrices {
	cc := c.Normalized()
	w, h = math.Max(w, 1), math.Max(h, 1)
	right, up, back := cc.Axes()
	m := Matrices{W: w, H: h, Ortho: cc.Ortho, Eye: cc.Eye()}
	m.Rotation = Mat4{
		right[0], up[0], back[0], 0,
		right[1], up[1], back[1], 0,
		right[2], up[2], back[2], 0,
		0, 0, 0, 1,
	}
	_, exp := math.Frexp(cc.Distance)
	m.Unit = math.Ldexp(1, 1-exp)
	lo, hi := cc.Distance*0.5, cc.Distance*1.5
	if !bounds.Empty() {
		lo, hi = math.Inf(1), math.Inf(-1)
		for _, p := range bounds.Corners() {
			d := m.Eye.Sub(p).Dot(back)
			lo, hi = math.Min(lo, d), math.Max(hi, d)
		}
	}
	half := math.Tan(cc.FovY / 2)
	if cc.Ortho {
		pad := math.Max((hi-lo)*0.05, cc.Distance*0.05)
		most := cc.Distance * deepest
		m.Near, m.Far = math.Max(lo-pad, cc.Distance-most), math.Min(hi+pad, cc.Distance+most)
		if m.Far <= m.Near { // all of the bounds are out of reach
			m.Near, m.Far = cc.Distance*0.5, cc.Distance*1.5
		}
		hh := cc.Distance * half
		k := m.Unit
		m.Proj = mgl64.Ortho(-hh*w/h*k, hh*w/h*k, -hh*k, hh*k, m.Near*k, m.Far*k)
		m.PixelScale = h / (2 * hh)
		return m
	}
	m.Far = math.Min(math.Max(hi*1.05, cc.Distance*1.05), cc.Distance*deepest)
	m.Near = math.Max(lo*0.95, m.Far*5e-5)
	m.Near = math.Min(m.Near, cc.Distance*0.5)
	m.Proj = mgl64.Perspective(cc.FovY, w/h, m.Near*m.Unit, m.Far*m.Unit)
	m.PixelScale = h / (2 * half)
	return m
}

// Project gives the pixel of a world point (y down) and its depth, 0 near to 1
// far; ok is false behind the eye.
func (m *Matrices) Project(p Vec3) (x, y, depth float64, ok bool) {
	v := m.Proj.Mul4x1(m.Rotation.Mul4x1(p.Sub(m.Eye).Mul(m.Unit).Vec4(1)))
	if v[3] <= 0 {
		return 0, 0, 0, false
	}
	return (v[0]/v[3] + 1) / 2 * m.W, (1 - v[1]/v[3]) / 2 * m.H, (v[2]/v[3] + 1) / 2, true
}

// Unproject is the world point at pixel x, y (y down) and depth 0 to 1.
func (m *Matrices) Unproject(x, y, depth float64) Vec3 {
	n := mgl64.Vec4{2*x/m.W - 1, 1 - 2*y/m.H, 2*depth - 1, 1}
	v := m.Proj.Mul4(m.Rotation).Inv().Mul4x1(n)
	return v.Vec3().Mul(1 / (v[3] * m.Unit)).Add(m.Eye)
}

// At is the world point at pixel x, y (y down) whose distance along the camera's axis, in world
// units, is given.
func (m *Matrices) At(x, y, distance float64) Vec3 {
	c := Vec3{(2*x/m.W - 1) / m.Proj[0], (1 - 2*y/m.H) / m.Proj[5], -distance}
	if m.Ortho {
		c[0], c[1] = c[0]/m.Unit, c[1]/m.Unit
	} else {
		c[0], c[1] = c[0]*distance, c[1]*distance
	}
	return m.Rotation.Mat3().Transpose().Mul3x1(c).Add(m.Eye)
}

// Ray is the line of sight through a pixel: a point on it and a direction of length 1.
func (m *Matrices) Ray(x, y float64) (origin, dir Vec3) {
	a, b := m.Unproject(x, y, 0), m.Unproject(x, y, 1)
	return a, b.Sub(a).Normalize()
}

// PixelsPerUnit is how many pixels a world unit at p covers.
func (m *Matrices) PixelsPerUnit(p Vec3) float64 {
	if m.Ortho {
		return m.PixelScale
	}
	d := -m.Rotation.Mul4x1(p.Sub(m.Eye).Vec4(1))[2]
	return m.PixelScale / math.Max(d, m.Near)
}
