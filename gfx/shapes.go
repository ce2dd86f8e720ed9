package gfx

import (
	"math"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// meshes are the unit shapes in one buffer: position and normal, triangles.
type meshes struct {
	buf   uint32
	first map[Shape]int32
	count map[Shape]int32
}

type meshBuilder struct{ v []float32 }

func (m *meshBuilder) tri(p, n [3]Vec3) {
	for i := range 3 {
		for _, f := range [...]float64{p[i][0], p[i][1], p[i][2], n[i][0], n[i][1], n[i][2]} {
			m.v = append(m.v, float32(f))
		}
	}
}

func (m *meshBuilder) quad(a, b, c, d, na, nb, nc, nd Vec3) {
	m.tri([3]Vec3{a, b, c}, [3]Vec3{na, nb, nc})
	m.tri([3]Vec3{a, c, d}, [3]Vec3{na, nc, nd})
}

// lathe turns a profile of (radius, height, normal's radius, normal's height)
// points around Y.
func (m *meshBuilder) lathe(profile [][4]float64, around int) {
	at := func(p [4]float64, i int) (Vec3, Vec3) {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(around))
		return Vec3{p[0] * c, p[1], p[0] * s}, Vec3{p[2] * c, p[3], p[2] * s}
	}
	for i := range around {
		for k := range len(profile) - 1 {
			a, na := at(profile[k], i)
			b, nb := at(profile[k+1], i)
			c, nc := at(profile[k+1], i+1)
			d, nd := at(profile[k], i+1)
			m.quad(a, b, c, d, na, nb, nc, nd)
		}
	}
}

// box is wound so that faces look outwards.
func (m *meshBuilder) box(w, h float64) {
	for axis := range 3 {
		for _, side := range [2]float64{-1, 1} {
			u, v := (axis+1)%3, (axis+2)%3
			corner := func(a, b float64) Vec3 {
				var p Vec3
				p[axis], p[u], p[v] = side, a*side, b
				return Vec3{p[0] * w, p[1] * h, p[2] * w}
			}
			var n Vec3
			n[axis] = side
			m.quad(corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), n, n, n, n)
		}
	}
}

func newMeshes(d *device) *meshes {
	m := &meshes{buf: d.buffer(), first: map[Shape]int32{}, count: map[Shape]int32{}}
	var b meshBuilder
	arc := func(r, y, from, to float64) [][4]float64 {
		var p [][4]float64
		for i := range 7 {
			s, c := math.Sincos(from + (to-from)*float64(i)/6)
			p = append(p, [4]float64{r * c, y + r*s, c, s})
		}
		return p
	}
	for _, k := range []struct {
		s     Shape
		build func()
	}{
		{ShapeBox, func() { b.box(1, 1) }},
		{ShapeSegment, func() { b.box(0.05, 1) }},
		{ShapeDisc, func() { b.lathe([][4]float64{{0, 0, 0, 1}, {1, 0, 0, 1}}, 28) }},
		{ShapeRectangle, func() {
			up := Vec3{0, 1, 0}
			b.quad(Vec3{-1, 0, -1}, Vec3{-1, 0, 1}, Vec3{1, 0, 1}, Vec3{1, 0, -1}, up, up, up, up)
		}},
		{ShapeCylinder, func() {
			b.lathe([][4]float64{{0, 1, 0, 1}, {1, 1, 0, 1}}, 24)
			b.lathe([][4]float64{{1, 1, 1, 0}, {1, -1, 1, 0}}, 24)
			b.lathe([][4]float64{{1, -1, 0, -1}, {0, -1, 0, -1}}, 24)
		}},
		{ShapeCone, func() {
			l := math.Sqrt(5)
			b.lathe([][4]float64{{0, 1, 2 / l, 1 / l}, {1, -1, 2 / l, 1 / l}}, 24)
			b.lathe([][4]float64{{1, -1, 0, -1}, {0, -1, 0, -1}}, 24)
		}},
		{ShapeCapsule, func() {
			b.lathe(append(arc(0.5, 0.5, math.Pi/2, 0), arc(0.5, -0.5, 0, -math.Pi/2)...), 20)
		}},
	} {
		start := len(b.v) / 6
		k.build()
		m.first[k.s], m.count[k.s] = int32(start), int32(len(b.v)/6-start)
	}
	for _, s := range []Shape{ShapeInstance, ShapeReference, ShapeSphere, ShapeBlob} {
		m.first[s], m.count[s] = m.first[ShapeBox], m.count[ShapeBox]
	}
	gl.BindBuffer(gl.ARRAY_BUFFER, m.buf)
	gl.BufferData(gl.ARRAY_BUFFER, len(b.v)*4, gl.Ptr(b.v), gl.STATIC_DRAW)
	return m
}

func (m *meshes) free(d *device) { d.freeBuffer(&m.buf) }

// shapeSet remembers which shapes a Shape column has, for one upload of it.
type shapeSet struct {
	id    columnID
	kinds []Shape
}

// meshKinds are drawn as meshes or impostors, in this order; the rest are points.
var meshKinds = [...]Shape{
	ShapeSegment, ShapeDisc, ShapeRectangle, ShapeSphere, ShapeBox, ShapeCylinder, ShapeCapsule, ShapeCone, ShapeBlob,
	ShapeInstance, ShapeReference,
}

// kindsOf lists the mesh shapes among values.
func kindsOf(values []int32) []Shape {
	var low [16]bool
	var instance, reference bool
	for _, v := range values {
		switch {
		case uint32(v) < 16:
			low[v] = true
		case v == int32(ShapeInstance):
			instance = true
		case v == int32(ShapeReference):
			reference = true
		}
	}
	var out []Shape
	for _, k := range meshKinds {
		if k < 16 && low[k] || k == ShapeInstance && instance || k == ShapeReference && reference {
			out = append(out, k)
		}
	}
	return out
}

// shapes finds which shapes are to be drawn as such, and uploads their columns.
func (r *Renderer) shapes(f *frame, cd *cloudDraw) error {
	c := cd.c
	if !c.Shape.Present() || c.Shape.I == nil || f.v.Density.On || cd.how.NoShapes {
		return nil
	}
	if c.Shape.Constant() {
		cd.kinds = kindsOf(c.Shape.I[:1])
		if len(cd.kinds) == 0 {
			return nil
		}
	}
	d := f.v.Detail
	limit := d.ShapeLimit
	if limit == 0 {
		limit = 200_000
	}
	if d.Moving {
		limit = min(limit, d.MovingShape)
		if d.MovingShape == 0 {
			limit = min(limit, 50_000)
		}
	}
	if cd.n > limit {
		cd.kinds = nil
		r.stats.ShapesAsPoints = true
		f.note("Shapes are drawn as points: %s particles, limit %s", count(cd.n), count(max(limit, 0)))
		return nil
	}
	if !c.Shape.Constant() {
		if err := r.attribute(cd, roleShape, c.Shape, "Shape"); err != nil {
			return err
		}
		id := columnID{c.Key, address(bytesOf(c.Shape.I)), cd.n}
		if cd.l.shapes.id != id || id.key == 0 {
			values := make([]int32, cd.n)
			if err := guardedCopy(bytesOf(values), bytesOf(c.Shape.I[:cd.n])); err != nil {
				return err
			}
			cd.l.shapes = shapeSet{id, kindsOf(values)}
		}
		cd.kinds = cd.l.shapes.kinds
	}
	if len(cd.kinds) == 0 {
		return nil
	}
	if err := r.attribute(cd, roleOrientation, c.Orientation, "Orientation"); err != nil {
		return err
	}
	return r.attribute(cd, roleScale, c.Scale, "Scale")
}

// drawShapes draws each kind in one instanced call per chunk.
func (r *Renderer) drawShapes(f *frame, cd *cloudDraw, mesh, sphere *program, draw uint32) error {
	for _, k := range cd.kinds {
		p := mesh
		ball := k == ShapeSphere || k == ShapeBlob
		if ball {
			p = sphere
		}
		if err := r.cloudUniforms(p, f, cd); err != nil {
			return err
		}
		r.pointUniforms(p, f, cd)
		p.mat3("uTurnInv", cd.model.Mat3().Inv().Mat4())
		p.int("uEdges", 0)
		if k >= ShapeInstance {
			p.int("uEdges", 1)
		}
		p.int("uShape", -1)
		if cd.cols[roleShape] != nil {
			p.int("uShape", int(k))
		}
		if ball {
			gl.Enable(gl.CULL_FACE)
			gl.CullFace(gl.FRONT)
		}
		for i := range cd.chunks() {
			r.placeAttributes(cd, i, 1)
			r.shapeAttributes(cd, i)
			gl.BindBuffer(gl.ARRAY_BUFFER, r.meshes.buf)
			gl.VertexAttribPointerWithOffset(locMesh, 3, gl.FLOAT, false, 24, 0)
			r.enable(locMesh, 0)
			gl.VertexAttribPointerWithOffset(locNormal, 3, gl.FLOAT, false, 24, 12)
			r.enable(locNormal, 0)
			p.uint("uDraw", draw+uint32(i))
			p.uint("uFirst", uint32(i*cd.chunk))
			gl.DrawArraysInstanced(gl.TRIANGLES, r.meshes.first[k], r.meshes.count[k], int32(cd.rows(i)))
		}
		gl.Disable(gl.CULL_FACE)
		r.disableAll()
	}
	return nil
}

// shapeAttributes binds orientation, scale and shape of one chunk.
func (r *Renderer) shapeAttributes(cd *cloudDraw, chunk int) {
	c := cd.c
	if !r.array(cd, locOrientation, roleOrientation, c.Orientation, chunk, 4, 0, 1) {
		v := attribute4(c.Orientation, [4]float32{1, 0, 0, 0})
		gl.VertexAttrib4f(locOrientation, v[0], v[1], v[2], v[3])
	}
	if !r.array(cd, locScale, roleScale, c.Scale, chunk, min(c.Scale.Comps, 3), 0, 1) {
		v := attribute4(c.Scale, [4]float32{1, 1, 1, 1})
		gl.VertexAttrib4f(locScale, v[0], v[1], v[2], 1)
	}
	r.array(cd, locShape, roleShape, c.Shape, chunk, 1, 0, 1)
}

// drawShapeLegend explains the boxes that stand for instances.
func (r *Renderer) drawShapeLegend(f *frame) {
	var lines []string
	for _, want := range []struct {
		s    Shape
		text string
	}{{ShapeInstance, "instance, drawn as a box"}, {ShapeReference, "reference, drawn as a box"}} {
		for _, cd := range r.drawn {
			has := false
			for _, k := range cd.kinds {
				has = has || k == want.s
			}
			if has {
				lines = append(lines, want.text)
				break
			}
		}
	}
	if len(lines) == 0 {
		return
	}
	c, s := r.canvas, f.scale
	wide := 0.0
	for _, l := range lines {
		wide = math.Max(wide, c.width(12*s, l))
	}
	h := 18 * s * float64(len(lines))
	x1, y1 := f.m.W-18*s, f.m.H-18*s
	c.round(x1-wide-46*s, y1-h-12*s, x1, y1, 6*s, panelFill)
	for i, l := range lines {
		y := y1 - h - 6*s + 18*s*(float64(i)+0.5)
		x := x1 - wide - 34*s
		c.rect(x, y-6*s, x+12*s, y+6*s, rgba{112, 120, 134, 255})
		for _, e := range [][4]float64{{0, -6, 12, -6}, {12, -6, 12, 6}, {12, 6, 0, 6}, {0, 6, 0, -6}} {
			c.line(x+e[0]*s, y+e[1]*s, x+e[2]*s, y+e[3]*s, 1.5*s, inkBright)
		}
		c.label(x+20*s, y, 12*s, l, ink)
	}
}
