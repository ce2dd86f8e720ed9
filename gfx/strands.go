package gfx

import (
	"fmt"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// strandBuffers hold one set of polylines. All three buffers have an element
// before the first point, so that a segment can read its own and the previous
// point through overlapping attributes.
type strandBuffers struct {
	points, strand, along column
	tex                   [3]uint32 // views of roots, colours, scalars
	last                  strandsDraw
}

func (s *strandBuffers) free(d *device) {
	if s == nil {
		return
	}
	for _, c := range []*column{&s.points, &s.strand, &s.along} {
		d.freeColumn(c)
	}
	for i := range s.tex {
		d.freeTexture(&s.tex[i])
	}
}

// strandsDraw is what one Draw needs of them.
type strandsDraw struct {
	points, strand, along *slot
	n                     int
}

const noStrand = 0xffffffff

// strandIndex writes each point's strand and its place along it, 0 to 1, with an
// element of no strand in front. It fails for offsets that go back or too far.
func strandIndex(offsets []uint64, points int) (strand []uint32, along []float32, err error) {
	strand, along = make([]uint32, points+1), make([]float32, points+1)
	for i := range strand {
		strand[i] = noStrand
	}
	for s := range len(offsets) - 1 {
		a, b := offsets[s], offsets[s+1]
		if b < a || b > uint64(points) {
			return nil, nil, fmt.Errorf("drawing strands: strand %d goes from point %d to %d of %d", s, a, b, points)
		}
		n := b - a
		for k := range n {
			strand[a+k+1] = uint32(s)
			along[a+k+1] = 1
			if n > 1 {
				along[a+k+1] = float32(k) / float32(n-1)
			}
		}
	}
	return strand, along, nil
}

// drawCloudLines draws vectors, strands and trails.
func (r *Renderer) drawCloudLines(f *frame, cd *cloudDraw) error {
	if o := cd.how.Vectors; o.On && cd.c.Vector.Present() {
		if err := r.drawVectors(f, cd, o); err != nil {
			return err
		}
	}
	for i, s := range []struct {
		s Strands
		o LineOptions
	}{{cd.c.Strands, cd.how.Strands}, {cd.c.Trails, cd.how.Trails}} {
		if s.o.On && s.s.Present() {
			if err := r.drawStrands(f, cd, i, s.s, s.o); err != nil {
				return err
			}
		}
	}
	return nil
}

// softwareHeads is how many vectors get heads in software GL. A head costs as much
// as a vector (200,000 of them 300 ms), and cannot be told from the next in a crowd.
const softwareHeads = 20_000

func (r *Renderer) drawVectors(f *frame, cd *cloudDraw, o VectorOptions) error {
	c := cd.c
	if c.Vector.Comps != 3 || c.Vector.F == nil {
		return fmt.Errorf("drawing vectors: the attribute has %d components and not 3 floats", c.Vector.Comps)
	}
	if err := r.attribute(cd, roleVector, c.Vector, "the vector"); err != nil {
		return err
	}
	v := *cd
	limit := o.Limit
	if limit <= 0 {
		limit = 200_000
	}
	if cd.n > limit {
		v.stride = max(cd.stride, min((cd.n+limit-1)/limit, 128))
		f.note("Vectors of 1 of %d points are drawn", v.stride)
	}
	p := r.progs.vector
	if err := r.cloudUniforms(p, f, cd); err != nil {
		return err
	}
	corners := int32(4)
	p.int("uHeads", 0)
	if !r.dev.software || cd.n/v.stride <= softwareHeads {
		corners = 8
		p.int("uHeads", 1)
	}
	p.float("uOpacity", cd.opacity())
	p.float("uVectorScale", positive(o.Scale, 1))
	p.float("uWidth", positive(o.Width, 1.5)*f.scale)
	blendOver()
	p.uint("uVectorStride", uint32(v.stride))
	for i := range v.chunks() {
		p.uint("uFirst", uint32(i*v.chunk))
		r.placeAttributes(&v, i, 1)
		if !r.array(&v, locVector, roleVector, c.Vector, i, 3, 0, 1) {
			a := attribute4(c.Vector, [4]float32{})
			gl.VertexAttrib4f(locVector, a[0], a[1], a[2], 0)
		}
		gl.DrawArraysInstanced(gl.TRIANGLE_STRIP, 0, corners, int32(v.rows(i)))
	}
	gl.Disable(gl.BLEND)
	r.disableAll()
	return nil
}

func (r *Renderer) uploadStrands(cd *cloudDraw, b *strandBuffers, s Strands) (*strandsDraw, error) {
	n := len(s.Points) / 3
	data := bytesOf(s.Points[:n*3])
	id := columnID{cd.c.Key, address(data), len(data)}
	if s.Key != 0 {
		id.key = s.Key
	}
	if id.key != 0 && b.last.points != nil && b.last.points.id == id {
		for _, sl := range []*slot{b.last.points, b.last.strand, b.last.along} {
			sl.used = r.serial
		}
		return &b.last, nil
	}
	offsets := make([]uint64, len(s.Offsets))
	if err := guardedCopy(bytesOf(offsets), bytesOf(s.Offsets)); err != nil {
		return nil, err
	}
	strand, along, err := strandIndex(offsets, n)
	if err != nil {
		return nil, err
	}
	d := strandsDraw{n: n}
	if d.points, err = r.uploadParts(&b.points, id, make([]byte, 12), data); err != nil {
		return nil, err
	}
	if d.strand, err = r.uploadParts(&b.strand, id, bytesOf(strand)); err != nil {
		return nil, err
	}
	if d.along, err = r.uploadParts(&b.along, id, bytesOf(along)); err != nil {
		return nil, err
	}
	b.last = d
	return &d, nil
}

func (r *Renderer) drawStrands(f *frame, cd *cloudDraw, which int, s Strands, o LineOptions) error {
	if cd.n < cd.c.N {
		f.note("Strands of particles that are all in one place are not drawn")
		return nil
	}
	if len(s.Offsets)-1 > cd.n {
		return fmt.Errorf("drawing strands: there are %d strands for %d points", len(s.Offsets)-1, cd.n)
	}
	texels := cd.n * max(3, cd.c.Color.Comps, cd.c.Scalar.Comps)
	if cd.chunks() > 1 || texels > r.dev.maxTexels {
		f.note("Strands of %s particles are too many to draw", count(cd.n))
		return nil
	}
	b := r.strandBuffers(cd, which)
	d, err := r.uploadStrands(cd, b, s)
	if err != nil {
		return err
	}
	p := r.progs.strand
	if err := r.cloudUniforms(p, f, cd); err != nil {
		return err
	}
	p.float("uOpacity", cd.opacity())
	p.float("uWidth", positive(o.Width, 1.5)*f.scale)
	p.int("uRooted", 1-which)
	p.uint("uFirst", 0)
	p.int("uFade", 0)
	if o.Fade {
		p.int("uFade", 1)
	}
	b.readRows(p, cd)
	r.strandAttributes(cd, d)
	blendOver()
	gl.DrawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, int32(d.n))
	gl.Disable(gl.BLEND)
	r.disableAll()
	for unit := range 3 {
		gl.ActiveTexture(gl.TEXTURE1 + uint32(unit))
		gl.BindTexture(gl.TEXTURE_BUFFER, 0)
	}
	gl.ActiveTexture(gl.TEXTURE0)
	return nil
}

// strandBuffers are those of a cloud's strands (0) or trails (1), made when first asked for.
func (r *Renderer) strandBuffers(cd *cloudDraw, which int) *strandBuffers {
	b := cd.l.strands[which]
	if b == nil {
		b = new(strandBuffers)
		for i := range b.tex {
			b.tex[i] = r.dev.texture()
		}
		cd.l.strands[which] = b
	}
	return b
}

// readRows lets the shader read position, colour and scalar of a strand's root from
// texture units 1 to 3, and tells it how they lie there.
func (s *strandBuffers) readRows(p *program, cd *cloudDraw) {
	view := func(unit int, name string, ro role, format uint32) bool {
		sl := cd.cols[ro]
		ok := sl != nil
		if !ok {
			sl, format = cd.cols[rolePosition], gl.R32UI
		}
		gl.ActiveTexture(gl.TEXTURE0 + uint32(unit))
		gl.BindTexture(gl.TEXTURE_BUFFER, s.tex[unit-1])
		gl.TexBuffer(gl.TEXTURE_BUFFER, format, sl.chunks[0].buf)
		p.int(name, unit)
		return ok
	}
	view(1, "uRoots", rolePosition, gl.R32UI)
	c := cd.c
	hasColor := view(2, "uColors", roleColor, gl.R32UI)
	format := uint32(gl.R32UI)
	if c.Scalar.U != nil {
		format = gl.R8UI
	}
	hasScalar := view(3, "uScalars", roleScalar, format)
	gl.ActiveTexture(gl.TEXTURE0)
	colorComps := 0
	if hasColor {
		colorComps = c.Color.Comps
	}
	gl.Uniform4i(p.at("uColorLayout"), int32(colorComps), 0, 0, 0)
	p.vec4("uConstantColor", attribute4(c.Color, [4]float32{0.82, 0.84, 0.87, 1}))
	_, first := scalarLayout(c)
	stride := c.Scalar.Comps
	if !hasScalar {
		stride = 0
	}
	gl.Uniform3i(p.at("uScalarLayout"), int32(stride), int32(first), 0)
}

// strandAttributes points the shader at the points of all strands.
func (r *Renderer) strandAttributes(cd *cloudDraw, d *strandsDraw) {
	r.placeAttributes(cd, 0, 1)
	for _, a := range []struct {
		loc  uint32
		s    *slot
		n    int32
		ints bool
		step int32
		at   uintptr
	}{{locPosition, d.points, 3, false, 12, 12}, {5, d.points, 3, false, 12, 0}, {6, d.strand, 2, true, 4, 0}, {7, d.along, 2, false, 4, 0}} {
		gl.BindBuffer(gl.ARRAY_BUFFER, a.s.chunks[0].buf)
		if a.ints {
			gl.VertexAttribIPointerWithOffset(a.loc, a.n, gl.UNSIGNED_INT, a.step, a.at)
		} else {
			gl.VertexAttribPointerWithOffset(a.loc, a.n, gl.FLOAT, false, a.step, a.at)
		}
		r.enable(a.loc, 1)
	}
	for _, loc := range []uint32{locColor, locSize, locScalar, locScalarInt} {
		r.disable(loc)
	}
}
