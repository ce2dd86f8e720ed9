package gfx

import (
	"math"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// vertex of the flat drawing: pixels with y down, atlas place or -1, colour.
type vertex struct {
	x, y, u, v float32
	rgba       [4]uint8
}

// rgba is a colour of the overlay, not premultiplied.
type rgba [4]uint8

func (c rgba) alpha(a float64) rgba {
	c[3] = uint8(float64(c[3])*math.Min(math.Max(a, 0), 1) + 0.5)
	return c
}

// canvas gathers the overlay of one Draw: panels, text, axes. Edges are
// feathered by a pixel, as the overlay is drawn after multisampling.
type canvas struct {
	v    []vertex
	buf  uint32
	text *glyphs
}

func newCanvas(d *device, ttf []byte) (*canvas, error) {
	g, err := newGlyphs(d, ttf)
	if err != nil {
		return nil, err
	}
	return &canvas{buf: d.buffer(), text: g}, nil
}

func (c *canvas) free(d *device) {
	d.freeBuffer(&c.buf)
	c.text.free(d)
}

func (c *canvas) tri(p [3][2]float64, col [3]rgba) {
	for i := range 3 {
		c.v = append(c.v, vertex{float32(p[i][0]), float32(p[i][1]), -1, -1, col[i]})
	}
}

func (c *canvas) quad(a, b, d, e [2]float64, ca, cb, cd, ce rgba) {
	c.tri([3][2]float64{a, b, d}, [3]rgba{ca, cb, cd})
	c.tri([3][2]float64{a, d, e}, [3]rgba{ca, cd, ce})
}

// rect fills x0,y0 to x1,y1.
func (c *canvas) rect(x0, y0, x1, y1 float64, col rgba) {
	c.gradient(x0, y0, x1, y1, col, col)
}

// gradient fills from top to bottom.
func (c *canvas) gradient(x0, y0, x1, y1 float64, top, bottom rgba) {
	c.quad([2]float64{x0, y0}, [2]float64{x1, y0}, [2]float64{x1, y1}, [2]float64{x0, y1}, top, top, bottom, bottom)
}

// polygon fills a convex outline, with a feathered edge.
func (c *canvas) polygon(pts [][2]float64, col rgba) {
	n := len(pts)
	if n < 3 {
		return
	}
	area := 0.0
	for i, p := range pts {
		q := pts[(i+1)%n]
		area += p[0]*q[1] - q[0]*p[1]
	}
	side := 1.0
	if area < 0 {
		side = -1
	}
	in, out := make([][2]float64, n), make([][2]float64, n)
	for i, p := range pts {
		a, b := pts[(i+n-1)%n], pts[(i+1)%n]
		n1, n2 := normal2(a, p), normal2(p, b)
		nx, ny := (n1[0]+n2[0])/2, (n1[1]+n2[1])/2
		k := math.Max(nx*nx+ny*ny, 0.25)
		nx, ny = nx/k*side*0.5, ny/k*side*0.5
		in[i] = [2]float64{p[0] - nx, p[1] - ny}
		out[i] = [2]float64{p[0] + nx, p[1] + ny}
	}
	clear := col.alpha(0)
	for i := range n {
		j := (i + 1) % n
		if i > 0 && j > 0 {
			c.tri([3][2]float64{in[0], in[i], in[j]}, [3]rgba{col, col, col})
		}
		c.quad(in[i], in[j], out[j], out[i], col, col, clear, clear)
	}
}

func normal2(a, b [2]float64) [2]float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	l := math.Max(math.Hypot(dx, dy), 1e-9)
	return [2]float64{dy / l, -dx / l}
}

// round fills a rectangle with round corners.
func (c *canvas) round(x0, y0, x1, y1, radius float64, col rgba) {
	radius = math.Min(radius, math.Min(x1-x0, y1-y0)/2)
	var pts [][2]float64
	for k, ctr := range [4][2]float64{{x1 - radius, y0 + radius}, {x1 - radius, y1 - radius}, {x0 + radius, y1 - radius}, {x0 + radius, y0 + radius}} {
		for i := range 6 {
			s, co := math.Sincos(-math.Pi/2 + math.Pi/2*(float64(k)+float64(i)/5))
			pts = append(pts, [2]float64{ctr[0] + radius*co, ctr[1] + radius*s})
		}
	}
	c.polygon(pts, col)
}

func circle(x, y, r float64) [][2]float64 {
	n := int(math.Min(math.Max(r*3, 16), 64))
	pts := make([][2]float64, n)
	for i := range pts {
		s, co := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		pts[i] = [2]float64{x + r*co, y + r*s}
	}
	return pts
}

// disc fills a circle.
func (c *canvas) disc(x, y, r float64, col rgba) { c.polygon(circle(x, y, r), col) }

// ring draws a circle's outline.
func (c *canvas) ring(x, y, r, width float64, col rgba) {
	pts := circle(x, y, r)
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		c.line(p[0], p[1], q[0], q[1], width, col)
	}
}

// line draws a straight stroke.
func (c *canvas) line(x0, y0, x1, y1, width float64, col rgba) {
	n := normal2([2]float64{x0, y0}, [2]float64{x1, y1})
	off := func(k float64) (a, b [2]float64) {
		return [2]float64{x0 + n[0]*k, y0 + n[1]*k}, [2]float64{x1 + n[0]*k, y1 + n[1]*k}
	}
	h := width / 2
	a0, b0 := off(-h - 0.5)
	a1, b1 := off(-h + 0.5)
	a2, b2 := off(h - 0.5)
	a3, b3 := off(h + 0.5)
	clear := col.alpha(0)
	c.quad(a0, b0, b1, a1, clear, clear, col, col)
	c.quad(a1, b1, b2, a2, col, col, col, col)
	c.quad(a2, b2, b3, a3, col, col, clear, clear)
}

// label writes text with its left end at x and its middle at y, and returns its width.
func (c *canvas) label(x, y, px float64, s string, col rgba) float64 {
	return c.text.draw(c, x, y, px, s, col)
}

// width is how wide label would write.
func (c *canvas) width(px float64, s string) float64 { return c.text.draw(nil, 0, 0, px, s, rgba{}) }

// flush draws what was gathered, in the frame's pixels, into the bound framebuffer.
func (r *Renderer) flush(f *frame) {
	c := r.canvas
	if len(c.v) == 0 {
		return
	}
	c.text.update(r.dev)
	r.disableAll()
	gl.BindBuffer(gl.ARRAY_BUFFER, c.buf)
	gl.BufferData(gl.ARRAY_BUFFER, len(c.v)*20, gl.Ptr(bytesOf(c.v)), gl.STREAM_DRAW)
	gl.VertexAttribPointerWithOffset(0, 2, gl.FLOAT, false, 20, 0)
	gl.VertexAttribPointerWithOffset(1, 2, gl.FLOAT, false, 20, 8)
	gl.VertexAttribPointerWithOffset(2, 4, gl.UNSIGNED_BYTE, true, 20, 16)
	for i := range uint32(3) {
		r.enable(i, 0)
	}
	p := r.progs.canvas
	p.use()
	p.vec2("uViewport", f.m.W, f.m.H)
	p.int("uGlyphs", 0)
	gl.ActiveTexture(gl.TEXTURE0)
	gl.BindTexture(gl.TEXTURE_2D, c.text.tex)
	blendOver()
	gl.DrawArrays(gl.TRIANGLES, 0, int32(len(c.v)))
	gl.Disable(gl.BLEND)
	r.disableAll()
	c.v = c.v[:0]
}

// blendOver draws colours that are not premultiplied over a premultiplied picture.
func blendOver() {
	gl.Enable(gl.BLEND)
	gl.BlendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
}
