package gfx

import (
	"math"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// lineVertex is one segment for the PLAIN line shader, in camera units from the eye.
type lineVertex struct {
	a, b   [3]float32
	ca, cb [4]uint8
	width  float32
}

// lineBatch gathers the segments of grid, boxes and axes of one pass.
type lineBatch struct {
	v   []lineVertex
	buf uint32

	eye  Vec3
	unit float64
}

func (l *lineBatch) free(d *device) { d.freeBuffer(&l.buf) }

// longest is how far from the eye, in camera units, segments reach: beyond, the
// shader would have no digits left to say where on the screen they are.
const longest = 1e4

func (l *lineBatch) add(a, b Vec3, width float64, ca, cb rgba) {
	a, b, ok := cut(a.Sub(l.eye).Mul(l.unit), b.Sub(l.eye).Mul(l.unit), longest)
	if !ok {
		return
	}
	l.v = append(l.v, lineVertex{
		[3]float32{float32(a[0]), float32(a[1]), float32(a[2])},
		[3]float32{float32(b[0]), float32(b[1]), float32(b[2])}, ca, cb, float32(width),
	})
}

// cut leaves the part of a segment that lies within reach of 0 on every axis; ok is
// false if none does.
func cut(a, b Vec3, reach float64) (Vec3, Vec3, bool) {
	t0, t1 := 0.0, 1.0
	d := b.Sub(a)
	for i := range 3 {
		if d[i] == 0 {
			if !(math.Abs(a[i]) <= reach) {
				return a, b, false
			}
			continue
		}
		u, v := (-reach-a[i])/d[i], (reach-a[i])/d[i]
		t0, t1 = math.Max(t0, math.Min(u, v)), math.Min(t1, math.Max(u, v))
	}
	if !(t0 <= t1) {
		return a, b, false
	}
	return a.Add(d.Mul(t0)), a.Add(d.Mul(t1)), true
}

// box adds the twelve edges.
func (l *lineBatch) box(b Box, width float64, col rgba) {
	c := b.Corners()
	for i := range 8 {
		for axis := range 3 {
			if j := i | 1<<axis; j != i {
				l.add(c[i], c[j], width, col, col)
			}
		}
	}
}

// drawLines draws the batch with depth test but without writing depth. fade is
// a sphere outside of which lines vanish; radius 0 is none.
func (r *Renderer) drawLines(f *frame, center Vec3, radius float64) {
	l := &r.lines
	if len(l.v) == 0 {
		return
	}
	if l.buf == 0 {
		l.buf = r.dev.buffer()
	}
	p := r.progs.line
	p.use()
	r.viewUniforms(p, f)
	p.float("uOpacity", 1)
	p.vec3("uCutMin", Vec3{-inf, -inf, -inf})
	p.vec3("uCutMax", Vec3{inf, inf, inf})
	c := center.Sub(f.m.Eye).Mul(f.m.Unit)
	fade := [4]float32{float32(c[0]), float32(c[1]), float32(c[2]), 0}
	if radius > 0 {
		fade[3] = float32(1 / (radius * f.m.Unit))
	}
	p.vec4("uFade3", fade)
	gl.BindBuffer(gl.ARRAY_BUFFER, l.buf)
	const size = 36
	gl.BufferData(gl.ARRAY_BUFFER, len(l.v)*size, gl.Ptr(bytesOf(l.v)), gl.STREAM_DRAW)
	for _, a := range []struct {
		loc   uint32
		n     int32
		kind  uint32
		norm  bool
		first uintptr
	}{{0, 3, gl.FLOAT, false, 0}, {5, 3, gl.FLOAT, false, 0}, {6, 3, gl.FLOAT, false, 12},
		{7, 4, gl.UNSIGNED_BYTE, true, 24}, {8, 4, gl.UNSIGNED_BYTE, true, 28}, {9, 1, gl.FLOAT, false, 32}} {
		gl.VertexAttribPointerWithOffset(a.loc, a.n, a.kind, a.norm, size, a.first)
		r.enable(a.loc, 1)
	}
	blendOver()
	gl.DepthMask(false)
	gl.DrawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, int32(len(l.v)))
	gl.DepthMask(true)
	gl.Disable(gl.BLEND)
	r.disableAll()
	l.v = l.v[:0]
}
