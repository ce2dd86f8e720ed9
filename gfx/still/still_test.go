package still

import (
	"errors"
	"image/color"
	"testing"

	"iceexplorer/gfx"
	"iceexplorer/gfx/offscreen"
	"iceexplorer/gfx/style"
)

func TestRenderShowsAPointInItsColourAndALegend(t *testing.T) {
	s, err := Open(gfx.Options{Debug: true})
	if errors.Is(err, offscreen.ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	v := gfx.DefaultView()
	v.Grid, v.Gizmo, v.Points.Flat, v.DepthCue = false, false, true, 0
	v.Bounds = gfx.BoxOf([3]float32{-1, -1, -1}, [3]float32{1, 1, 1})
	v.Camera.Frame(v.Bounds, 1)
	c := gfx.Cloud{
		Layer: 1, Key: 1, N: 1, Position: []float32{0, 0, 0},
		Size:     gfx.Attrib{F: []float32{0.2}, Comps: 1},
		Scalar:   gfx.Attrib{F: []float32{10}, Comps: 1},
		Coloring: gfx.Coloring{Mode: style.ColorScalar, Map: "grey", Min: 0, Max: 10, Title: "Age"},
	}
	img, err := s.Render(&v, []gfx.Cloud{c}, 400, 200)
	if err != nil {
		t.Fatal(err)
	}
	if got := img.RGBAAt(200, 100); got != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("the point's middle is %v", got)
	}
	v.Legend = false
	bare, err := s.Render(&v, []gfx.Cloud{c}, 400, 200)
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for y := range 200 {
		for x := 250; x < 400; x++ {
			if img.RGBAAt(x, y) != bare.RGBAAt(x, y) {
				changed++
			}
		}
	}
	if changed < 2000 {
		t.Errorf("the legend changes %d pixels", changed)
	}
	s.Close()
	s.Close()
}
