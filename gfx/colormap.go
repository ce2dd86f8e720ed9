package gfx

import (
	"math"

	"github.com/go-gl/gl/v3.3-core/gl"

	"iceexplorer/gfx/style"
)

type mapTexture struct {
	tex    uint32
	colors [][3]float32
}

func (r *Renderer) mapTexture(name string) (*mapTexture, error) {
	if m := r.maps[name]; m != nil {
		return m, nil
	}
	colors, err := style.ColormapColors(name)
	if err != nil {
		return nil, err
	}
	pix := make([]uint8, 0, len(colors)*4)
	for _, c := range colors {
		pix = append(pix, uint8(c[0]*255+0.5), uint8(c[1]*255+0.5), uint8(c[2]*255+0.5), 255)
	}
	r.forgetStops()
	m := &mapTexture{tex: r.dev.texture(), colors: colors}
	gl.BindTexture(gl.TEXTURE_2D, m.tex)
	gl.TexImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, int32(len(colors)), 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, gl.Ptr(pix))
	for _, p := range []uint32{gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER} {
		gl.TexParameteri(gl.TEXTURE_2D, p, gl.LINEAR)
	}
	gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
	gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
	r.maps[name] = m
	return m, nil
}

// maxMaps is how many colormaps are kept: a user's own ones make a new one for each place that
// a stop is dragged to.
const maxMaps = 32

// forgetStops makes room for another colormap.
func (r *Renderer) forgetStops() {
	if len(r.maps) < maxMaps {
		return
	}
	for name, m := range r.maps {
		if style.IsStops(name) {
			r.dev.freeTexture(&m.tex)
			delete(r.maps, name)
		}
	}
}

// RangeOf is the smallest and largest finite value of a component, or of the
// magnitude; ok is false without any. It walks the column: for renders without a
// window, where nobody else has gathered ranges.
func RangeOf(a Attrib, component int) (lo, hi float32, ok bool) {
	if a.Comps <= 0 || component >= a.Comps || component < style.Magnitude {
		return 0, 0, false
	}
	lo, hi = float32(math.Inf(1)), float32(math.Inf(-1))
	for i := range a.Rows() {
		v := a.value(i, component)
		if v-v != 0 {
			continue
		}
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, hi, lo <= hi
}

// value is a component of row i as a float, or the magnitude.
func (a Attrib) value(i, component int) float32 {
	at := func(c int) float32 {
		switch j := i*a.Comps + c; {
		case a.F != nil:
			return a.F[j]
		case a.I != nil:
			return float32(a.I[j])
		default:
			return float32(a.U[j])
		}
	}
	if component >= 0 {
		return at(component)
	}
	if a.Comps == 1 {
		return at(0)
	}
	var s float64
	for c := range a.Comps {
		v := float64(at(c))
		s += v * v
	}
	return float32(math.Sqrt(s))
}
