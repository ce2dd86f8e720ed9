package gfx

import (
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"

	"github.com/go-gl/gl/v3.3-core/gl"

	"iceexplorer/assets"
)

// Colormaps are the names Coloring.Map may have. Categorical is for whole numbers.
func Colormaps() []string {
	return []string{"viridis", "magma", "turbo", "coolwarm", "grey", Categorical}
}

// Categorical is the colormap of unordered whole numbers.
const Categorical = "categorical"

// ColormapColors reads a colormap's table, low end first, 0 to 1.
func ColormapColors(name string) ([][3]float32, error) {
	if name == "" {
		name = "viridis"
	}
	b, err := fs.ReadFile(assets.Colormaps, "colormaps/"+name+".txt")
	if err != nil {
		return nil, fmt.Errorf("no colormap is called %q: there are %s", name, strings.Join(Colormaps(), ", "))
	}
	var out [][3]float32
	for line := range strings.Lines(string(b)) {
		v, err := strconv.ParseUint(strings.TrimSpace(strings.TrimPrefix(line, "#")), 16, 24)
		if err != nil {
			return nil, fmt.Errorf("colormap %s: %w", name, err)
		}
		out = append(out, [3]float32{float32(v>>16) / 255, float32(v>>8&255) / 255, float32(v&255) / 255})
	}
	return out, nil
}

type mapTexture struct {
	tex    uint32
	colors [][3]float32
}

func (r *Renderer) mapTexture(name string) (*mapTexture, error) {
	if m := r.maps[name]; m != nil {
		return m, nil
	}
	colors, err := ColormapColors(name)
	if err != nil {
		return nil, err
	}
	pix := make([]uint8, 0, len(colors)*4)
	for _, c := range colors {
		pix = append(pix, uint8(c[0]*255+0.5), uint8(c[1]*255+0.5), uint8(c[2]*255+0.5), 255)
	}
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

// RangeOf is the smallest and largest finite value of a component, or of the
// magnitude; ok is false without any. It walks the column: for renders without a
// window, where nobody else has gathered ranges.
func RangeOf(a Attrib, component int) (lo, hi float32, ok bool) {
	if a.Comps <= 0 || component >= a.Comps || component < Magnitude {
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
