package gfx

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/go-gl/gl/v3.3-core/gl"

	"iceexplorer/gfx/style"
)

// Attribute places, as in common.glsl.
const (
	locPosition = iota
	locColor
	locSize
	locScalar
	locScalarInt
	locOrientation
	locScale
	locShape
	locVector
	locMesh
	locNormal
)

// cloudDraw is a cloud made ready for a pass: its columns are in GL.
type cloudDraw struct {
	c      *Cloud
	l      *layer
	n      int // points that have a place of their own
	chunk  int // points per buffer
	cols   map[role]*slot
	stride int // of thinning
	size   float64
	model  Mat4
	mscale float64
	kinds  []Shape // drawn as shapes, not as points
	how    Drawing
}

// attribute uploads an attribute if it is not constant.
func (r *Renderer) attribute(cd *cloudDraw, ro role, a Attrib, what string) error {
	if !a.Present() || a.Constant() {
		return nil
	}
	if a.Rows() < cd.n {
		return fmt.Errorf("drawing points: %s has %d values for %d points", what, a.Rows(), cd.n)
	}
	var b []byte
	elem := 4
	switch {
	case a.F != nil:
		b = bytesOf(a.F[:cd.n*a.Comps])
	case a.I != nil:
		b = bytesOf(a.I[:cd.n*a.Comps])
	default:
		b, elem = a.U[:cd.n*a.Comps], 1
	}
	col := cd.l.columns[ro]
	if col == nil {
		col = new(column)
		cd.l.columns[ro] = col
	}
	key := cd.c.Key
	if ro == roleScalar && cd.c.ScalarKey != 0 {
		key = cd.c.ScalarKey
	}
	s, err := r.upload(col, columnID{key, address(b), len(b)}, b, cd.chunk*a.Comps*elem)
	if err != nil {
		return err
	}
	cd.cols[ro] = s
	return nil
}

// prepare uploads what every pass needs: place, size and colour.
func (r *Renderer) prepare(f *frame, c *Cloud) (*cloudDraw, error) {
	// The copy is kept for picking, when the caller's memory may be gone: it must
	// not read columns any more, and constants are its own.
	all, own := c, *c
	c = &own
	for _, a := range []*Attrib{&own.Color, &own.Size, &own.Shape, &own.Orientation, &own.Scale, &own.Scalar, &own.Vector} {
		if !a.Constant() {
			continue
		}
		if err := errors.Join(guardedClone(&a.F), guardedClone(&a.I), guardedClone(&a.U)); err != nil {
			return nil, err
		}
	}
	own.Selected, own.Only = slices.Clone(own.Selected), nil
	cd := &cloudDraw{c: c, l: r.layerOf(c), n: c.N, chunk: r.opt.ChunkPoints, cols: map[role]*slot{}, stride: 1, model: identity, mscale: 1, how: *f.how(c)}
	if c.N <= 0 {
		cd.n = 0
		return cd, nil
	}
	if len(c.Position) == 3 {
		cd.n = 1
	}
	if err := r.only(cd, all.Only); err != nil {
		return nil, err
	}
	if len(c.Position) < 3*cd.n {
		return nil, fmt.Errorf("drawing points: there are %d positions for %d points", len(c.Position)/3, c.N)
	}
	if c.Transform != nil {
		cd.model = *c.Transform
		cd.mscale = math.Cbrt(math.Abs(cd.model.Mat3().Det()))
	}
	cd.size = cd.how.Points.NoSize
	if cd.size <= 0 {
		cd.size = 0.1
		if !f.v.Bounds.Empty() && f.v.Bounds.Radius() > 0 {
			cd.size = f.v.Bounds.Radius() / 200
		}
	}
	pos := Attrib{F: c.Position, Comps: 3}
	if cd.n == 1 && len(c.Position) == 3 {
		// A column of one row looks constant; it needs an array all the same.
		b := bytesOf(c.Position)
		col := cd.l.columns[rolePosition]
		if col == nil {
			col = new(column)
			cd.l.columns[rolePosition] = col
		}
		s, err := r.upload(col, columnID{c.Key, address(b), len(b)}, b, cd.chunk*12)
		if err != nil {
			return nil, err
		}
		cd.cols[rolePosition] = s
	} else if err := r.attribute(cd, rolePosition, pos, "the position"); err != nil {
		return nil, err
	}
	if err := r.attribute(cd, roleSize, c.Size, "Size"); err != nil {
		return nil, err
	}
	switch c.Coloring.Mode {
	case style.ColorAttribute:
		return cd, r.attribute(cd, roleColor, c.Color, "Color")
	case style.ColorScalar:
		return cd, r.attribute(cd, roleScalar, c.Scalar, "the attribute to colour by")
	}
	return cd, nil
}

var identity = Mat4{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}

// chunks is how many buffers the cloud is drawn from.
func (cd *cloudDraw) chunks() int { return (cd.n + cd.chunk - 1) / cd.chunk }

// rows is how many points of a chunk are drawn.
func (cd *cloudDraw) rows(chunk int) int {
	n := min(cd.chunk, cd.n-chunk*cd.chunk)
	return (n + cd.stride - 1) / cd.stride
}

// array points attribute loc at a chunk's column; constant attributes become the
// attribute's current value.
func (r *Renderer) array(cd *cloudDraw, loc uint32, ro role, a Attrib, chunk, comps, first int, divisor uint32) bool {
	s := cd.cols[ro]
	if s == nil || chunk >= len(s.chunks) {
		r.disable(loc)
		return false
	}
	gl.BindBuffer(gl.ARRAY_BUFFER, s.chunks[chunk].buf)
	elem := 4
	if a.U != nil {
		elem = 1
	}
	stride := int32(a.Comps * elem * cd.stride)
	off := uintptr(first * elem)
	switch {
	case a.F != nil:
		gl.VertexAttribPointerWithOffset(loc, int32(comps), gl.FLOAT, false, stride, off)
	case a.I != nil:
		gl.VertexAttribIPointerWithOffset(loc, int32(comps), gl.INT, stride, off)
	default:
		gl.VertexAttribIPointerWithOffset(loc, int32(comps), gl.UNSIGNED_BYTE, stride, off)
	}
	r.enable(loc, divisor)
	return true
}

func (r *Renderer) enable(loc, divisor uint32) {
	gl.EnableVertexAttribArray(loc)
	gl.VertexAttribDivisor(loc, divisor)
	r.enabled |= 1 << loc
}

func (r *Renderer) disable(loc uint32) {
	if r.enabled&(1<<loc) != 0 {
		gl.DisableVertexAttribArray(loc)
		r.enabled &^= 1 << loc
	}
}

func (r *Renderer) disableAll() {
	for loc := range uint32(16) {
		r.disable(loc)
	}
}

// placeAttributes binds position, size and colour of one chunk.
func (r *Renderer) placeAttributes(cd *cloudDraw, chunk int, divisor uint32) {
	c := cd.c
	r.array(cd, locPosition, rolePosition, Attrib{F: c.Position, Comps: 3}, chunk, 3, 0, divisor)
	if !r.array(cd, locSize, roleSize, c.Size, chunk, 1, 0, divisor) {
		size := float32(cd.size)
		if c.Size.Present() && len(c.Size.F) > 0 {
			size = c.Size.F[0]
		}
		gl.VertexAttrib1f(locSize, size)
	}
	if !r.array(cd, locColor, roleColor, c.Color, chunk, min(c.Color.Comps, 4), 0, divisor) {
		v := attribute4(c.Color, [4]float32{0.82, 0.84, 0.87, 1})
		gl.VertexAttrib4f(locColor, v[0], v[1], v[2], v[3])
	}
	comps, first := scalarLayout(c)
	loc, other := uint32(locScalar), uint32(locScalarInt)
	if c.Scalar.F == nil {
		loc, other = other, loc
	}
	r.disable(other)
	if !r.array(cd, loc, roleScalar, c.Scalar, chunk, comps, first, divisor) && c.Scalar.Present() {
		var v [4]float32
		for i := range comps {
			v[i] = c.Scalar.value(0, first+i)
		}
		if c.Scalar.F != nil {
			gl.VertexAttrib4f(locScalar, v[0], v[1], v[2], v[3])
		} else {
			var n [4]int32
			for i := range comps {
				if c.Scalar.I != nil {
					n[i] = c.Scalar.I[first+i]
				} else {
					n[i] = int32(c.Scalar.U[first+i])
				}
			}
			gl.VertexAttribI4i(locScalarInt, n[0], n[1], n[2], n[3])
		}
	}
}

// attribute4 is a constant attribute's value, padded with 1.
func attribute4(a Attrib, missing [4]float32) [4]float32 {
	if !a.Present() || len(a.F) == 0 {
		return missing
	}
	v := [4]float32{1, 1, 1, 1}
	copy(v[:], a.F[:min(a.Comps, 4)])
	return v
}

// scalarLayout is how many components the shader reads, and the first. One is
// read by pointing at it; a magnitude needs all.
func scalarLayout(c *Cloud) (comps, first int) {
	if c.Coloring.Component != style.Magnitude {
		return 1, min(max(c.Coloring.Component, 0), max(c.Scalar.Comps-1, 0))
	}
	return min(max(c.Scalar.Comps, 1), 4), 0
}

// opacity is how much of what lies behind the cloud it hides.
func (cd *cloudDraw) opacity() float64 { return 1 - min(max(cd.how.Transparency, 0), 1) }

func positive(v, missing float64) float64 {
	if v > 0 {
		return v
	}
	return missing
}

// sprites lets program p choose the size of points, and read where in the point
// they are. The returned function ends that.
//
// GL leaves out a point whose centre is outside the viewport, however much of it would be
// seen. So the viewport is made larger than the picture by half of the largest sprite, which
// may be grow pixels larger than the view says.
func (r *Renderer) sprites(f *frame, cd *cloudDraw, p *program, grow float64) (end func()) {
	largest := cd.how.Points.Fixed * f.scale
	if largest <= 0 || p == r.progs.ring {
		_, hi := r.spriteSizes(f, cd)
		largest = max(largest, hi)
	}
	w, h := int32(f.m.W), int32(f.m.H)
	edge := int32(math.Ceil((math.Min(largest, float64(r.dev.maxPoint))+grow)/2)) + 1
	edge = max(0, min(edge, (r.dev.maxViewport[0]-w)/2, (r.dev.maxViewport[1]-h)/2))
	p.vec2("uShrink", f.m.W/float64(w+2*edge), f.m.H/float64(h+2*edge))
	x, y := r.origin(f)
	gl.Viewport(x-edge, y-edge, w+2*edge, h+2*edge)

	const pointSprite = 0x8861 // an error in core profiles, where it is always on
	gl.Enable(gl.PROGRAM_POINT_SIZE)
	was := true
	if r.dev.compat {
		if was = gl.IsEnabled(pointSprite); !was {
			gl.Enable(pointSprite)
		}
	}
	return func() {
		gl.Disable(gl.PROGRAM_POINT_SIZE)
		if !was {
			gl.Disable(pointSprite)
		}
		gl.Viewport(x, y, w, h)
	}
}

// spriteSizes are the smallest and the largest sprite in pixels.
func (r *Renderer) spriteSizes(f *frame, cd *cloudDraw) (lo, hi float64) {
	o := cd.how.Points
	lo = positive(o.MinPx, 1.5) * f.scale
	return lo, math.Max(lo, math.Min(positive(o.MaxPx, 256)*f.scale, float64(r.dev.maxPoint)-2))
}

// drawPoints draws the cloud as sprites with program p.
func (r *Renderer) drawPoints(f *frame, cd *cloudDraw, p *program, draw uint32) error {
	if err := r.cloudUniforms(p, f, cd); err != nil {
		return err
	}
	r.pointUniforms(p, f, cd)
	sprites := r.sprites(f, cd, p, 0)
	for i := range cd.chunks() {
		r.placeAttributes(cd, i, 0)
		r.array(cd, locShape, roleShape, cd.c.Shape, i, 1, 0, 0)
		p.uint("uDraw", draw+uint32(i))
		p.uint("uFirst", uint32(i*cd.chunk))
		r.drawBatches(cd.rows(i))
	}
	sprites()
	r.disableAll()
	return nil
}

// softwareBatch is how many points software GL draws at once.
const softwareBatch = 64 << 10

// drawBatches draws the first n points of the arrays that are bound. Software GL
// keeps about 250 bytes of each point from the call until its threads have filled
// the pixels, and would take in millions before they begin: one batch is sorted
// into the picture's tiles while the one before is filled, and no more wait.
func (r *Renderer) drawBatches(n int) {
	if r.batch == 0 {
		gl.DrawArrays(gl.POINTS, 0, int32(n))
		return
	}
	var before fence
	for first := 0; first < n; first += r.batch {
		gl.DrawArrays(gl.POINTS, int32(first), int32(min(r.batch, n-first)))
		after := r.dev.fence()
		if before.sync != 0 {
			r.dev.finish(&before)
		}
		before = after
	}
	r.dev.freeFence(&before)
}
