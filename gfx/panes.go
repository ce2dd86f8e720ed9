package gfx

import (
	"image"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// Pane is a part of the picture that is seen from a camera of its own.
type Pane struct {
	Camera     Camera
	Area       image.Rectangle // of the picture, in pixels with y down
	Name       string          // stands small at the top left
	Active     bool            // has a frame
	GizmoHover int             // as View.GizmoHover
}

// Places of what lies in the panes' corners, before the picture's scale.
const (
	namePx   = 11
	nameRoom = 18 // below which texts begin
	// leastForLegend is how wide a pane is, at least, for the legend to leave room for the scene.
	leastForLegend = 200
)

// panes are the frames of a view's panes. The legend is shown in the one at the top right, if it
// has room there.
func (f *frame) panes(v *View) (out []*frame) {
	corner := image.Pt(f.area.Max.X-1, f.area.Min.Y)
	for i := range v.Panes {
		p := &v.Panes[i]
		own, pane := *v, *f
		pane.area = p.Area.Intersect(f.area)
		if pane.area.Empty() {
			continue
		}
		own.Camera, own.GizmoHover, own.Legend = p.Camera, p.GizmoHover, v.Legend && corner.In(p.Area) && float64(pane.area.Dx()) >= leastForLegend*f.scale
		pane.v, pane.pane = &own, p
		pane.m = own.Camera.Matrices(sceneBounds(&own, own.Bounds), float64(pane.area.Dx()), float64(pane.area.Dy()))
		out = append(out, &pane)
	}
	return out
}

// drawGaps fills the picture with what is seen between the panes.
func (r *Renderer) drawGaps(f *frame) {
	gl.Viewport(0, 0, int32(r.target.w), int32(r.target.h))
	col := f.pens().gap
	gl.ClearColor(float32(col[0])/255, float32(col[1])/255, float32(col[2])/255, 1)
	gl.Clear(gl.COLOR_BUFFER_BIT)
}

// drawPane names a pane, and frames the active one.
func (r *Renderer) drawPane(f *frame) {
	if f.pane == nil {
		return
	}
	c, s, pen := r.canvas, f.scale, f.pens()
	if f.pane.Active {
		w, h, d := f.m.W, f.m.H, max(1, float64(int(1.5*s)))
		for _, e := range [][4]float64{{0, 0, w, d}, {0, h - d, w, h}, {0, d, d, h - d}, {w - d, d, w, h - d}} {
			c.rect(e[0], e[1], e[2], e[3], pen.active)
		}
	}
	ink := pen.text
	if f.pane.Active {
		ink = pen.bright
	}
	name := c.fit(namePx*s, f.pane.Name, f.m.W-28*s)
	c.label(15*s, 17*s, namePx*s, name, pen.shadow)
	c.label(14*s, 16*s, namePx*s, name, ink)
}
