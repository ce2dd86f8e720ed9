package gfx

import (
	"image"
	"testing"
)

// testPanes are four panes that show all of a box: from above, in perspective, from the front and
// from the right.
func testPanes(b Box, w, h int) []Pane {
	x, y := w/2, h/2
	var all []Pane
	for i, p := range []Preset{Top, Perspective, Front, Right} {
		pane := Pane{Camera: DefaultCamera(), Name: p.String(), Active: p == Perspective}
		pane.Area = image.Rect(i%2*(x+1), i/2*(y+1), x-1+i%2*(w-x+1), y-1+i/2*(h-y+1))
		pane.Camera.SetPreset(p)
		pane.Camera.Frame(b, float64(pane.Area.Dx())/float64(pane.Area.Dy()))
		all = append(all, pane)
	}
	return all
}

// ball is one large point at a place.
func ball(at Vec3) Cloud {
	return Cloud{Layer: 1, N: 1, Position: []float32{float32(at[0]), float32(at[1]), float32(at[2])}, Size: Attrib{F: []float32{0.2}, Comps: 1}}
}

func TestAPickInAPaneKnowsThePlaceOfItsCamera(t *testing.T) {
	r := newTestRenderer(t, Options{})
	at, box := Vec3{0.5, 0.25, -0.5}, Box{Min: Vec3{-1, -1, -1}, Max: Vec3{1, 1, 1}}
	v := testView(box, 640, 400)
	v.Panes = testPanes(box, 640, 400)
	if err := r.Draw(&v, []Cloud{ball(at)}, 640, 400); err != nil {
		t.Fatal(err)
	}
	for _, p := range v.Panes {
		m := p.Camera.Matrices(sceneBounds(&v, box), float64(p.Area.Dx()), float64(p.Area.Dy()))
		x, y, _, _ := m.Project(at)
		h := r.Pick(PickQuery{X: p.Area.Min.X + int(x), Y: p.Area.Min.Y + int(y)})
		if len(h) != 1 || h[0].Index != 0 || h[0].World.Sub(at).Len() > 0.25 {
			t.Errorf("%s: %+v", p.Name, h)
		}
	}
}

func TestAPickBesideAPaneFindsNothingOfTheNextOne(t *testing.T) {
	r := newTestRenderer(t, Options{})
	at := Vec3{-1, 0, 0} // at the left edge of the view from the front
	box := Box{Min: Vec3{-1, -1, -1}, Max: Vec3{1, 1, 1}}
	v := testView(box, 400, 200)
	front := DefaultCamera()
	front.SetPreset(Front)
	front.Frame(box, 1)
	back := front
	back.Target[0] = -40 // nothing is seen
	v.Panes = []Pane{{Camera: back, Area: image.Rect(0, 0, 199, 200)}, {Camera: front, Area: image.Rect(201, 0, 400, 200)}}
	if err := r.Draw(&v, []Cloud{ball(at)}, 400, 200); err != nil {
		t.Fatal(err)
	}
	if h := r.Pick(PickQuery{X: 196, Y: 100, Radius: 40}); len(h) != 0 {
		t.Errorf("a point of the next pane: %+v", h)
	}
	if h := r.Pick(PickQuery{X: 204, Y: 100, Radius: 40}); len(h) != 1 {
		t.Errorf("not the point of the pane: %+v", h)
	}
	if h := r.Pick(PickQuery{Rect: image.Rect(0, 0, 400, 200)}); len(h) != 1 {
		t.Errorf("in all of the picture: %+v", h)
	}
}

func TestWhatPanesLeaveOutIsToldOnce(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(1000)
	v := testView(f.box, 400, 400)
	v.Panes, v.Detail.PointLimit = testPanes(f.box, 400, 400), 250
	if err := r.Draw(&v, []Cloud{f.cloud()}, 400, 400); err != nil {
		t.Fatal(err)
	}
	if s := r.Stats(); s.Points != 1000 || s.Drawn != 250 || len(r.last) != 4 || len(r.last[0].notes) != 1 {
		t.Errorf("%+v, notes %q", s, r.last[0].notes)
	}
}
