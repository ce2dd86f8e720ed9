package gfx

import (
	"fmt"
	"image"
	"testing"

	"iceexplorer/gfx/style"
)

// Orange points looked the same selected or not. Whatever a point's colour and the
// background's, its ring must differ from both: outwards from the point, one band
// stands out from the point, and the next from that.
func TestSelectionDiffersFromWhatItLiesOn(t *testing.T) {
	r := newTestRenderer(t, Options{})
	colors := map[string][4]float32{
		"orange": {1, 0.6, 0.15, 1}, "amber of old rings": {1, 0.72, 0.18, 1}, "white": {1, 1, 1, 1}, "black": {0, 0, 0, 1}, "grey": {0.5, 0.5, 0.5, 1},
	}
	for _, name := range style.Colormaps() {
		table, err := style.ColormapColors(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(table); i += max(1, len(table)/16) {
			colors[fmt.Sprintf("%s %d", name, i)] = [4]float32{table[i][0], table[i][1], table[i][2], 1}
		}
	}
	for _, scale := range []float64{1, 2} {
		for _, back := range []float32{0, 0.5, 1} {
			for name, col := range colors {
				v, c := onePoint(col, back, scale)
				bare := pictureOf(t, r, &v, c)
				c.Selected, c.SelectedKey = bitsOf(0), 1
				for what, c := range map[string]Cloud{"selected": c, "hovered": func() Cloud { c.Selected = nil; return c }()} {
					v.Hover = nil
					px := selectedPx
					if what == "hovered" {
						v.Hover, px = &Mark{Layer: 1}, hoverPx
					}
					ringed := pictureOf(t, r, &v, c)
					if got := ringOf(bare, ringed, 32+int(8*scale), int((px[0]+px[1])*scale)); got != "" {
						t.Errorf("%s, %s on a background of %g at scale %g: %s", what, name, back, scale, got)
					}
				}
			}
		}
	}
}

// onePoint is a flat point of 16 pixels, times the scale, in the middle of 64.
func onePoint(col [4]float32, back float32, scale float64) (View, Cloud) {
	v := DefaultView()
	v.Grid, v.Gizmo, v.DepthCue, v.Samples, v.UIScale = false, false, 0, 1, scale
	v.Background.Top, v.Background.Bottom = [3]float32{back, back, back}, [3]float32{back, back, back}
	v.Points = PointOptions{Fixed: 16, Scale: 1, Flat: true}
	v.Camera.SetPreset(Front)
	v.Camera.Frame(Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}, 1)
	return v, Cloud{Layer: 1, Key: 1, N: 1, Position: []float32{0, 0, 0}, Coloring: Coloring{Mode: style.ColorConstant, Constant: col}}
}

func pictureOf(t *testing.T, r *Renderer, v *View, c Cloud) *image.RGBA {
	t.Helper()
	img, err := r.Picture(v, []Cloud{c}, 64, 64)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// ringOf looks along a row from the point's middle to its right, and says what is
// wrong with the ring there; edge is the first pixel
// beyond the point, wide how many pixels the ring has.
func ringOf(bare, ringed *image.RGBA, edge, wide int) string {
	lum := func(img *image.RGBA, x int) float64 {
		p := img.RGBAAt(x, 32)
		return (0.2126*float64(p.R) + 0.7152*float64(p.G) + 0.0722*float64(p.B)) / 255
	}
	point, least, most := lum(bare, 32), 1.0, 0.0
	if got := lum(ringed, 32); got < point-0.02 || got > point+0.02 {
		return fmt.Sprintf("the point's own colour went from %.2f to %.2f", point, got)
	}
	first := -1
	for x := edge - 2; x < 64; x++ {
		l := lum(ringed, x)
		if x < edge+wide {
			least, most = min(least, l), max(most, l)
		}
		if d := l - point; first < 0 && (d > 0.35 || d < -0.35) {
			first = x
		}
	}
	switch {
	case first < 0 || first > edge+1:
		return fmt.Sprintf("no band stands out from the point, from pixel %d", first)
	case most-least < 0.6:
		return fmt.Sprintf("the bands are alike: %.2f to %.2f", least, most)
	}
	return ""
}
