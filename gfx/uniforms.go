package gfx

import (
	"math"

	"github.com/go-gl/gl/v3.3-core/gl"

	"iceexplorer/gfx/style"
)

// cloudUniforms sets the uniforms of common.glsl.
func (r *Renderer) cloudUniforms(p *program, f *frame, cd *cloudDraw) error {
	p.use()
	r.viewUniforms(p, f)
	k := f.m.Unit
	p.mat3("uModel", cd.model.Mul(k))
	p.mat3("uTurn", cd.model)
	offset := cd.model.Col(3).Vec3().Sub(f.m.Eye).Mul(k)
	p.vec3("uOffset", offset)
	for i := range offset { // what float32 rounds off
		offset[i] -= float64(float32(offset[i]))
	}
	p.vec3("uOffsetRest", offset)
	p.float("uModelScale", cd.mscale)
	clipUniforms(p, f)
	fogUniforms(p, f)
	r.onlyUniforms(p, cd)
	return r.coloringUniforms(p, cd.c)
}

// clipUniforms are the box that points are drawn in.
func clipUniforms(p *program, f *frame) {
	k := f.m.Unit
	clip := EmptyBox()
	clip.Min, clip.Max = Vec3{-inf, -inf, -inf}, Vec3{inf, inf, inf}
	if f.v.Clip.On {
		clip = f.v.Clip.Box
	}
	lo, hi := clip.Min.Sub(f.m.Eye).Mul(k), clip.Max.Sub(f.m.Eye).Mul(k)
	for i := range 3 { // float32 rounds; what lies on a face is inside
		lo[i] -= math.Abs(lo[i]) * 2e-7
		hi[i] += math.Abs(hi[i]) * 2e-7
	}
	p.vec3("uClipMin", lo)
	p.vec3("uClipMax", hi)
	p.vec3("uCutMin", lo)
	p.vec3("uCutMax", hi)
	p.vec4("uFade3", [4]float32{})
}

// fogUniforms fade what is far into the middle of the background.
func fogUniforms(p *program, f *frame) {
	k := f.m.Unit
	bg := f.v.Background
	var fog [4]float32
	for i := range 3 {
		fog[i] = (bg.Top[i] + bg.Bottom[i]) / 2
	}
	fog[3] = float32(math.Min(math.Max(f.v.DepthCue, 0), 1))
	near, far := f.depthRange()
	p.vec4("uFog", fog)
	p.vec2("uFogRange", near*k, 1/math.Max((far-near)*k, 1e-9))
}

// coloringUniforms choose a point's colour, and bind the map of a scalar.
func (r *Renderer) coloringUniforms(p *program, c *Cloud) error {
	col := c.Coloring.filled()
	mode := col.Mode
	if mode == style.ColorAttribute && !c.Color.Present() || mode == style.ColorScalar && !c.Scalar.Present() {
		mode = style.ColorConstant
	}
	p.int("uColorMode", int(mode))
	p.vec4("uConstant", col.Constant)
	p.vec4("uBad", col.Bad)
	p.float("uTop", r.target.brightest())
	p.int("uAlpha", 0)
	if col.Alpha {
		p.int("uAlpha", 1)
	}
	comps, _ := scalarLayout(c)
	p.int("uComps", comps)
	span := float64(col.Max) - float64(col.Min)
	inv := 0.0
	if span != 0 {
		inv = 1 / span // negative where the map is turned around
	}
	p.vec2("uRange", float64(col.Min), inv)
	p.vec2("uEnds", float64(min(col.Min, col.Max)), float64(max(col.Min, col.Max)))
	p.vec4("uBelow", col.Below)
	p.vec4("uAbove", col.Above)
	p.int("uInt", 0)
	p.int("uCategories", 0)
	p.int("uMap", 0)
	gl.ActiveTexture(gl.TEXTURE0)
	if mode == style.ColorScalar {
		m, err := r.mapTexture(col.Map)
		if err != nil {
			return err
		}
		gl.BindTexture(gl.TEXTURE_2D, m.tex)
		if c.Scalar.F == nil {
			p.int("uInt", 1)
			if col.Map == style.Categorical {
				p.int("uCategories", len(m.colors))
			}
		}
	}
	return nil
}

// viewUniforms are those that depend on the camera alone.
func (r *Renderer) viewUniforms(p *program, f *frame) {
	p.mat3("uRot", f.m.Rotation)
	p.mat4("uProj", f.m.Proj)
	p.vec2("uViewport", f.m.W, f.m.H)
	p.float("uNear", f.m.Near*f.m.Unit)
	scale := f.m.PixelScale
	p.int("uOrtho", 0)
	if f.m.Ortho {
		p.int("uOrtho", 1)
		scale /= f.m.Unit
	}
	p.float("uPixelScale", scale)
}

// depthRange is where the bounds begin and end along the line of sight.
func (f *frame) depthRange() (near, far float64) {
	b := f.v.Bounds
	if b.Empty() {
		return f.m.Near, f.m.Far
	}
	near, far = inf, -inf
	for _, p := range b.Corners() {
		d := -f.m.Rotation.Mul4x1(p.Sub(f.m.Eye).Vec4(1))[2]
		near, far = math.Min(near, d), math.Max(far, d)
	}
	if !f.m.Ortho {
		near = math.Max(near, f.m.Near)
	}
	return near, far
}

// pointUniforms are the uniforms of point.vert.glsl.
func (r *Renderer) pointUniforms(p *program, f *frame, cd *cloudDraw) {
	o := cd.how.Points
	p.float("uPointScale", positive(o.Scale, 1)*f.m.Unit)
	p.float("uFixed", math.Min(o.Fixed*f.scale, float64(r.dev.maxPoint)-2))
	lo, hi := r.spriteSizes(f, cd)
	p.float("uMinPx", lo)
	p.float("uMaxPx", hi)
	p.uint("uStride", uint32(cd.stride))
	p.float("uGrow", 0)
	p.int("uOnlyPoints", 0)
	if cd.cols[roleShape] != nil && len(cd.kinds) > 0 {
		p.int("uOnlyPoints", 1)
	}
	p.int("uFlat", 0)
	if o.Flat {
		p.int("uFlat", 1)
	}
	p.int("uMultisample", 0)
	if f.samples > 1 && cd.opacity() == 1 {
		p.int("uMultisample", 1)
	}
	p.float("uOpacity", cd.opacity())
}
