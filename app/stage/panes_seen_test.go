package stage

import (
	"fmt"
	"slices"
	"testing"

	"iceexplorer/gfx"
)

// seenIn is where a point is seen in a pane.
func (r *rig) seenIn(pane int, p gfx.Vec3) (x, y float64) {
	r.t.Helper()
	area := r.area(pane)
	c := r.Cameras()[pane]
	m := c.Matrices(r.Bounds(), float64(area.Dx()), float64(area.Dy()))
	x, y, _, ok := m.Project(p)
	if !ok {
		r.t.Fatalf("%v is not in view of pane %d", p, pane)
	}
	return x + float64(area.Min.X), y + float64(area.Min.Y)
}

// What is asked of a point is asked of the pane that it is seen in: tooltip, menu, measuring
// and values near the mouse.
func TestPointsAreMetInEachPane(t *testing.T) {
	near := gfx.Vec3{1, 1, 1}
	for pane, c := range [PaneCount]struct{ other gfx.Vec3 }{{gfx.Vec3{-1, 1, 1}}, {gfx.Vec3{1, 1, -1}}, {gfx.Vec3{-1, 1, 1}}, {gfx.Vec3{1, 1, -1}}} {
		t.Run(fmt.Sprint(pane), func(t *testing.T) {
			r := offscreenRig(t, corners(1))
			r.SetQuad(true)
			r.rest()
			x, y := r.seenIn(pane, near)
			r.at(x, y)
			r.frame(frameTime)
			r.frame(hoverRest)
			r.wait()
			if f := r.Facts(); len(f) < 1 || f[0] != [2]string{"point", "7"} {
				t.Errorf("under the mouse: %v", f)
			}

			r.drags(ButtonRight, 0, [2]float64{x, y})
			r.wait()
			if p, looking := r.MenuPoint(); !r.MenuAsked() || looking || p == nil || p.Index != 7 || r.ActivePane() != pane {
				t.Errorf("menu of %+v, active pane %d", p, r.ActivePane())
			}

			r.SetTool(ToolMeasure)
			for _, at := range []gfx.Vec3{near, c.other} {
				x, y := r.seenIn(pane, at)
				r.drags(ButtonLeft, 0, [2]float64{x, y})
				r.wait()
			}
			if length, along, ok := r.Tape().Length(); !ok || length != 2 || along != c.other.Sub(near) {
				t.Errorf("measured %v along %v", length, along)
			}

			r.SetTool(ToolOrbit)
			r.opt.Look.ShowValues("$index")
			r.at(x, y)
			r.frame(frameTime)
			r.frame(hoverRest)
			r.wait()
			r.eventually(func() bool { return len(r.view.Labels) > 0 })
			if got := labelTexts(r.view.Labels); !slices.Contains(got, "7") {
				t.Errorf("values %q", got)
			}
		})
	}
}
