package gfx

import "github.com/go-gl/gl/v3.3-core/gl"

// onlyUnit is the texture unit of the bits that say which points are drawn; the colormap and
// the strands use the units below.
const onlyUnit = 4

// keep clears the bits of points that are not drawn.
func (c *Cloud) keep(words []uint64) {
	if c.Only == nil {
		return
	}
	for i := range words {
		if i >= len(c.Only) {
			words[i] = 0
		} else {
			words[i] &= c.Only[i]
		}
	}
}

// only uploads the bits that say which points are drawn, if not all are: one bit per point,
// which the shaders look up by the point's number.
func (r *Renderer) only(cd *cloudDraw, words []uint64) error {
	if words == nil {
		return nil
	}
	if cd.n < cd.c.N && countBits(words) > 0 {
		words = []uint64{1} // all are in one place, which one point stands for
	}
	all := make([]uint64, 0, (cd.n+63)/64) // bits may be missing at the end
	all = append(all, words[:min(len(words), cap(all))]...)
	all = all[:cap(all)]
	if len(all)*2 > r.dev.maxTexels {
		all = all[:r.dev.maxTexels/2]
	}
	col := cd.l.columns[roleOnly]
	if col == nil {
		col = new(column)
		cd.l.columns[roleOnly] = col
	}
	b := bytesOf(all)
	s, err := r.upload(col, columnID{cd.c.OnlyKey, 0, len(b)}, b, len(b))
	if err != nil {
		return err
	}
	cd.cols[roleOnly] = s
	if cd.l.only == 0 {
		cd.l.only = r.dev.texture()
	}
	return nil
}

// onlyUniforms sets the uniforms of those bits.
func (r *Renderer) onlyUniforms(p *program, cd *cloudDraw) {
	p.int("uSome", 0)
	p.int("uOnly", onlyUnit)
	p.uint("uFirst", 0)
	s := cd.cols[roleOnly]
	if s == nil {
		return
	}
	p.int("uSome", 1)
	gl.ActiveTexture(gl.TEXTURE0 + onlyUnit)
	gl.BindTexture(gl.TEXTURE_BUFFER, cd.l.only)
	gl.TexBuffer(gl.TEXTURE_BUFFER, gl.R32UI, s.chunks[0].buf)
	gl.ActiveTexture(gl.TEXTURE0)
}
