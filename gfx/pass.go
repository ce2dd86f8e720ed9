package gfx

import (
	"fmt"

	"github.com/go-gl/gl/v3.3-core/gl"
)

func count(n int) string { return groupDigits(fmt.Sprint(n)) }

// prepareCloud uploads the new columns of a cloud, and has it drawn.
func (r *Renderer) prepareCloud(f *frame, c *Cloud) error {
	cd, err := r.prepare(f, c)
	if err != nil {
		return err
	}
	r.stats.Points += cd.n
	if cd.n == 0 {
		return nil
	}
	if err := r.shapes(f, cd); err != nil {
		return err
	}
	r.thin(f, cd)
	r.stats.Drawn += (cd.n + cd.stride - 1) / cd.stride
	r.drawn = append(r.drawn, cd)
	return nil
}

// drawCloud draws a cloud that was made ready.
func (r *Renderer) drawCloud(f *frame, cd *cloudDraw) (err error) {
	if f.v.Density.On {
		return r.drawDensity(f, cd)
	}
	if cd.opacity() < 1 {
		if err := r.drawThrough(f, cd); err != nil {
			return err
		}
		return r.drawCloudLines(f, cd)
	}
	if f.samples > 1 {
		gl.Enable(gl.SAMPLE_ALPHA_TO_COVERAGE)
		gl.Enable(gl.SAMPLE_ALPHA_TO_ONE)
	}
	// Alpha is how much of the pixel an edge covers; the picture's own stays.
	if !f.v.Background.Transparent {
		gl.ColorMask(true, true, true, false)
	}
	err = r.drawBody(f, cd)
	gl.ColorMask(true, true, true, true)
	gl.Disable(gl.SAMPLE_ALPHA_TO_COVERAGE)
	gl.Disable(gl.SAMPLE_ALPHA_TO_ONE)
	if err != nil {
		return err
	}
	return r.drawCloudLines(f, cd)
}

// drawBody draws a cloud's points and shapes.
func (r *Renderer) drawBody(f *frame, cd *cloudDraw) error {
	if cd.hasPoints() {
		if err := r.drawPoints(f, cd, r.progs.point, 0); err != nil {
			return err
		}
	}
	return r.drawShapes(f, cd, r.progs.mesh, r.progs.sphere, 0)
}

// drawThrough draws a cloud that others are seen through: first how deep its front lies, then
// the front alone, each pixel once, though two points may lie in one place.
func (r *Renderer) drawThrough(f *frame, cd *cloudDraw) error {
	gl.ColorMask(false, false, false, false)
	err := r.drawBody(f, cd)
	gl.ColorMask(true, true, true, true)
	if err != nil {
		return err
	}
	gl.Clear(gl.STENCIL_BUFFER_BIT)
	gl.Enable(gl.STENCIL_TEST)
	gl.StencilFunc(gl.EQUAL, 0, 0xff)
	gl.StencilOp(gl.KEEP, gl.KEEP, gl.INCR)
	blendOver()
	err = r.drawBody(f, cd)
	gl.Disable(gl.BLEND)
	gl.StencilFunc(gl.ALWAYS, 0, 0xffffffff)
	gl.StencilOp(gl.KEEP, gl.KEEP, gl.KEEP)
	gl.Disable(gl.STENCIL_TEST)
	return err
}

// hasPoints is false if every particle is drawn as a shape.
func (cd *cloudDraw) hasPoints() bool { return len(cd.kinds) == 0 || !cd.c.Shape.Constant() }

// thin chooses how many points are left out, and says so in the picture.
func (r *Renderer) thin(f *frame, cd *cloudDraw) {
	d := f.v.Detail
	limit := d.PointLimit
	if d.Moving && d.MovingPoint > 0 && (limit == 0 || d.MovingPoint < limit) {
		limit = d.MovingPoint
	}
	if limit <= 0 || cd.n <= limit || len(cd.kinds) > 0 {
		return
	}
	// A wide stride is refused by GL: 2048 bytes is what every driver takes.
	widest := 16
	if cd.c.Scalar.Comps > 4 {
		widest = cd.c.Scalar.Comps * 4
	}
	cd.stride = min((cd.n+limit-1)/limit, 2048/widest)
	f.note("Thinned: 1 of %d points is drawn, %s of %s", cd.stride, count((cd.n+cd.stride-1)/cd.stride), count(cd.n))
}

// drawDensity adds a cloud's light to the sum.
func (r *Renderer) drawDensity(f *frame, cd *cloudDraw) error {
	gl.BindFramebuffer(gl.FRAMEBUFFER, r.target.sum)
	gl.Disable(gl.DEPTH_TEST)
	gl.Enable(gl.BLEND)
	gl.BlendFunc(gl.ONE, gl.ONE)
	r.progs.density.use()
	r.progs.density.float("uWeight", float64(cd.stride))
	err := r.drawPoints(f, cd, r.progs.density, 0)
	gl.Disable(gl.BLEND)
	gl.Enable(gl.DEPTH_TEST)
	r.target.bind()
	return err
}

func (r *Renderer) clearDensity() {
	gl.BindFramebuffer(gl.FRAMEBUFFER, r.target.sum)
	gl.ClearColor(0, 0, 0, 0)
	gl.Clear(gl.COLOR_BUFFER_BIT)
	r.target.bind()
}

// showDensity turns the sum into the picture.
func (r *Renderer) showDensity(f *frame) {
	p := r.progs.resolve
	p.use()
	p.int("uSum", 0)
	p.float("uExposure", 0.7*positive(f.v.Density.Exposure, 1))
	gl.ActiveTexture(gl.TEXTURE0)
	gl.BindTexture(gl.TEXTURE_2D, r.target.sumTex)
	r.corners()
	blendOver()
	gl.Disable(gl.DEPTH_TEST)
	gl.DrawArrays(gl.TRIANGLE_STRIP, 0, 4)
	gl.Enable(gl.DEPTH_TEST)
	gl.Disable(gl.BLEND)
	r.disableAll()
}

// corners binds a strip that covers the picture as attribute 0. Compatibility
// contexts draw nothing without that array.
func (r *Renderer) corners() {
	gl.BindBuffer(gl.ARRAY_BUFFER, r.empty)
	gl.VertexAttribPointerWithOffset(0, 3, gl.FLOAT, false, 12, 0)
	r.enable(0, 0)
}
