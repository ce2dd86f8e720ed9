package gfx

import (
	"math/bits"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// chunkIndices turns bits, one per point, into the indices of those that are set
// within each chunk, one after another, and where each chunk's end. Bits beyond n are
// left out.
func chunkIndices(words []uint64, chunk, n int) (idx []uint32, ends []int) {
	ends = make([]int, (n+chunk-1)/chunk)
	count := 0
	for _, w := range words {
		count += bits.OnesCount64(w)
	}
	idx = make([]uint32, 0, count)
	for at, w := range words {
		for ; w != 0; w &= w - 1 {
			i := at*64 + bits.TrailingZeros64(w)
			if i >= n {
				break
			}
			idx = append(idx, uint32(i%chunk))
			ends[i/chunk] = len(idx)
		}
	}
	for k := 1; k < len(ends); k++ {
		ends[k] = max(ends[k], ends[k-1])
	}
	return idx, ends
}

// Widths of the two bands of rings in pixels, times UIScale.
var (
	selectedPx = [2]float64{1.2, 1.2}
	hoverPx    = [2]float64{2, 2}
)

// ringBehind is how much of a ring is seen through what hides it.
const ringBehind = 0.28

// drawMarks draws rings around selected points and the one under the mouse.
// Those behind others show faintly.
func (r *Renderer) drawMarks(f *frame, cd *cloudDraw) error {
	c := cd.c
	hover := f.v.Hover != nil && f.v.Hover.Layer == c.Layer && f.v.Hover.Index < uint64(cd.n)
	if len(c.Selected) == 0 && !hover {
		return nil
	}
	all := *cd
	all.stride = 1
	p := r.progs.ring
	if err := r.cloudUniforms(p, f, &all); err != nil {
		return err
	}
	r.pointUniforms(p, f, &all)
	p.int("uOnlyPoints", 0)
	p.int("uAlpha", 0)
	if len(cd.kinds) > 0 {
		p.float("uFixed", 0)
	}
	sprites := r.sprites(f, cd, p, 2*(hoverPx[0]+hoverPx[1])*f.scale)
	blendOver()
	gl.DepthMask(false)
	defer func() {
		gl.DepthMask(true)
		gl.DepthFunc(gl.LEQUAL)
		gl.Disable(gl.BLEND)
		sprites()
		gl.BindBuffer(gl.ELEMENT_ARRAY_BUFFER, 0)
		r.disableAll()
	}()
	pass := func(px [2]float64, draw func()) {
		p.float("uGrow", 2*(px[0]+px[1])*f.scale)
		p.vec2("uBands", px[0]*f.scale, px[1]*f.scale)
		gl.DepthFunc(gl.GREATER)
		p.float("uStrength", ringBehind)
		draw()
		gl.DepthFunc(gl.LEQUAL)
		p.float("uStrength", 1)
		draw()
	}
	if len(c.Selected) > 0 {
		idx, ends := chunkIndices(c.Selected, cd.chunk, cd.n)
		if len(idx) > 0 {
			col := cd.l.columns[roleSelected]
			if col == nil {
				col = new(column)
				cd.l.columns[roleSelected] = col
			}
			s, err := r.upload(col, columnID{c.SelectedKey, 0, len(idx)}, bytesOf(idx), len(idx)*4)
			if err != nil {
				return err
			}
			pass(selectedPx, func() {
				from := 0
				for i, end := range ends {
					if end > from {
						p.uint("uFirst", uint32(i*cd.chunk))
						r.placeAttributes(&all, i, 0)
						gl.BindBuffer(gl.ELEMENT_ARRAY_BUFFER, s.chunks[0].buf)
						gl.DrawElementsWithOffset(gl.POINTS, int32(end-from), gl.UNSIGNED_INT, uintptr(from*4))
					}
					from = end
				}
			})
		}
	}
	if hover {
		i := int(f.v.Hover.Index)
		pass(hoverPx, func() {
			p.uint("uFirst", uint32(i/cd.chunk*cd.chunk))
			r.placeAttributes(&all, i/cd.chunk, 0)
			gl.DrawArrays(gl.POINTS, int32(i%cd.chunk), 1)
		})
	}
	return nil
}
