package stage

import (
	"image"
	"math"

	"iceexplorer/gfx"
)

// PaneCount is how many panes the quad view has: two rows of two.
const PaneCount = 4

// Cameras are those of the panes, also while one of them fills the scene.
type Cameras [PaneCount]gfx.Camera

// perspectivePane is the pane that the camera belongs to before there was a quad view.
const perspectivePane = 1

// panePresets are what the panes look like at first.
var panePresets = [PaneCount]gfx.Preset{gfx.Top, gfx.Perspective, gfx.Front, gfx.Right}

// panes are the four parts of the quad view. One of them is active: its camera is the view's, on
// which all that moves a camera acts. While the quad view is off the active one fills the scene.
type panes struct {
	on     bool
	set    bool // they were seen, and keep their cameras
	active int
	all    [PaneCount]pane // but the active one's
	split  [2]float64      // where the panes meet, in fractions of the scene
}

// pane is the camera of a pane that is not active.
type pane struct {
	camera gfx.Camera
	glide  glide
}

func newPanes() panes { return panes{active: perspectivePane, split: middle} }

var middle = [2]float64{0.5, 0.5}

// splitEdge is how much of the scene a pane has at least.
const splitEdge = 0.1

// Quad reports that the scene is split in four panes.
func (s *Stage) Quad() bool { return s.panes.on }

// SetQuad splits the scene in four panes, or has the active one fill it.
func (s *Stage) SetQuad(on bool) {
	if on == s.panes.on {
		return
	}
	if on && !s.panes.set {
		s.setUpPanes()
	}
	s.panes.on = on
	s.drag = drag{}
	s.view.Gizmo = false // until it is drawn in its new places
	s.picks.leave()
	if t := &s.turntable; !on && t.pane != s.panes.active {
		t.on = false // it would turn unseen
	}
	s.opt.Wake()
}

// setUpPanes has the camera belong to the pane that it looks like, and the others show all from
// their sides.
func (s *Stage) setUpPanes() {
	p := &s.panes
	p.set = true
	p.active = perspectivePane
	for i, preset := range panePresets {
		if viewName(s.Target()) == viewNames[preset] {
			p.active = i
		}
	}
	sc := s.scene()
	box := sc.view()
	for i, preset := range panePresets {
		if i == p.active {
			continue
		}
		c := s.Target()
		c.SetPreset(preset)
		c.KeepOrtho = c.Ortho
		c.Frame(box, s.aspect())
		p.all[i] = pane{camera: c}
	}
}

// turnTo makes a pane the active one.
func (s *Stage) turnTo(i int) {
	p := &s.panes
	if i == p.active {
		return
	}
	p.all[p.active] = pane{s.view.Camera, s.glide}
	p.active = i
	s.view.Camera, s.glide = p.all[i].camera, p.all[i].glide
}

// in does something to the camera of a pane.
func (s *Stage) in(i int, do func()) {
	was := s.panes.active
	s.turnTo(i)
	do()
	s.turnTo(was)
}

// each does something to the camera of each pane that was seen.
func (s *Stage) each(do func()) {
	if !s.panes.set {
		do()
		return
	}
	for i := range PaneCount {
		s.in(i, do)
	}
}

// Aim makes the pane under the mouse the active one: a key is about to act on it.
func (s *Stage) Aim() {
	if s.mouse.over && s.drag.kind == dragNone {
		s.aimAt(s.mouse.x, s.mouse.y)
	}
}

// aimAt makes the pane at a place the active one.
func (s *Stage) aimAt(x, y float64) {
	if i := s.paneAt(x, y); i != s.panes.active {
		s.turnTo(i)
		s.opt.Wake()
	}
}

// gliding reports that a camera is on its way.
func (s *Stage) gliding() (on bool) {
	s.each(func() { on = on || s.glide.on })
	return on
}

// Cameras are where the panes' cameras are.
func (s *Stage) Cameras() (all Cameras) {
	s.each(func() { all[s.panes.active] = s.Camera() })
	return all
}

// Targets are the panes' cameras where they will be.
func (s *Stage) Targets() (all Cameras) {
	s.each(func() { all[s.panes.active] = s.Target() })
	return all
}

// SetCameras moves the cameras of the panes, as SetCamera moves one.
func (s *Stage) SetCameras(to Cameras) {
	s.each(func() { s.SetCamera(to[s.panes.active]) })
}

// ActivePane is the index of the active pane.
func (s *Stage) ActivePane() int { return s.panes.active }

// HasPanes reports that there are cameras of four panes, even if one fills the scene.
func (s *Stage) HasPanes() bool { return s.panes.set }

// SetPane makes a pane the active one.
func (s *Stage) SetPane(i int) {
	s.turnTo(i)
	s.opt.Wake()
}

// PutPanes sets up the panes as they were kept.
func (s *Stage) PutPanes(on bool, active int, cameras Cameras) {
	p := &s.panes
	p.set, p.on, p.active = true, on, active
	for i, c := range cameras {
		p.all[i] = pane{camera: c}
	}
	s.view.Camera, s.glide = cameras[active], glide{}
	s.steer()
	s.opt.Wake()
}

// PaneName is what a pane is called after what its camera shows.
func (s *Stage) PaneName(i int) (name string) {
	s.in(i, func() { name = viewName(s.Target()) })
	return name
}

var viewNames = map[gfx.Preset]string{
	gfx.Perspective: "Perspective", gfx.Top: "Top", gfx.Front: "Front", gfx.Left: "Left", gfx.Right: "Right", gfx.Back: "Back", gfx.Bottom: "Bottom",
}

// viewName is what a camera's view is called.
func viewName(c gfx.Camera) string {
	if !c.Ortho {
		return viewNames[gfx.Perspective]
	}
	const near = 1e-6
	for _, p := range []gfx.Preset{gfx.Top, gfx.Bottom, gfx.Front, gfx.Back, gfx.Left, gfx.Right} {
		to := c
		to.SetPreset(p)
		if math.Abs(to.Pitch-c.Pitch) < near && math.Abs(math.Remainder(to.Yaw-c.Yaw, 2*math.Pi)) < near {
			return viewNames[p]
		}
	}
	return "Orthographic"
}

// split reports that the panes are drawn: there is room for them.
func (s *Stage) split() bool { return s.panes.on && min(s.w, s.h) >= 40 }

// center is where the panes meet, in pixels.
func (s *Stage) center() image.Point {
	return image.Pt(int(s.panes.split[0]*float64(s.w)), int(s.panes.split[1]*float64(s.h)))
}

// area is the part of the picture that a pane fills.
func (s *Stage) area(i int) image.Rectangle {
	all := image.Rect(0, 0, s.w, s.h)
	if !s.split() {
		return all
	}
	gap := max(1, int(math.Round(1.5*s.size.Scale)))
	at := s.center()
	if i%2 == 0 {
		all.Max.X = at.X - gap/2
	} else {
		all.Min.X = at.X - gap/2 + gap
	}
	if i/2 == 0 {
		all.Max.Y = at.Y - gap/2
	} else {
		all.Min.Y = at.Y - gap/2 + gap
	}
	return all
}

// room is a part of the scene, in the units of the mouse.
type room struct{ x, y, w, h float64 }

// room is the part of the scene that a pane fills.
func (s *Stage) room(i int) room {
	if !s.split() {
		return room{0, 0, s.size.W, s.size.H}
	}
	a, k := s.area(i), s.size.Pixels
	return room{float64(a.Min.X) / k, float64(a.Min.Y) / k, float64(a.Dx()) / k, float64(a.Dy()) / k}
}

// here is the room of the active pane.
func (s *Stage) here() room { return s.room(s.panes.active) }

// clamp is the place in the room that is nearest to one.
func (r room) clamp(x, y float64) (float64, float64) {
	return min(max(x, r.x), r.x+r.w), min(max(y, r.y), r.y+r.h)
}

// paneAt is the pane at a place of the scene.
func (s *Stage) paneAt(x, y float64) (i int) {
	if !s.split() {
		return s.panes.active
	}
	at := s.center()
	if x*s.size.Pixels >= float64(at.X) {
		i++
	}
	if y*s.size.Pixels >= float64(at.Y) {
		i += 2
	}
	return i
}

// seenAt is what is seen at a place of the scene, as a view of a picture of its own: the place in
// it, in pixels, and its size.
func (s *Stage) seenAt(x, y float64) (v gfx.View, px, py float64, w, h int) {
	i := s.paneAt(x, y)
	a := s.area(i)
	v = s.view
	s.in(i, func() { v.Camera = s.view.Camera })
	v.Panes = nil
	return v, x*s.size.Pixels - float64(a.Min.X), y*s.size.Pixels - float64(a.Min.Y), a.Dx(), a.Dy()
}

// drawnPanes are the panes of the picture; none while it has one camera alone.
func (s *Stage) drawnPanes() (out []gfx.Pane) {
	if !s.split() {
		return nil
	}
	hover := s.paneAt(s.mouse.x, s.mouse.y)
	for i := range PaneCount {
		p := gfx.Pane{Area: s.area(i), Name: s.PaneName(i), Active: i == s.panes.active}
		s.in(i, func() { p.Camera = s.view.Camera })
		if i == hover {
			p.GizmoHover = s.view.GizmoHover
		}
		out = append(out, p)
	}
	return out
}

// paneHeight is the height of the lowest pane in pixels.
func (s *Stage) paneHeight() int { return min(s.area(0).Dy(), s.area(PaneCount-1).Dy()) }

// FrameAllPanes is FrameAll in every pane.
func (s *Stage) FrameAllPanes() {
	if box := s.everything(); !box.Empty() {
		s.each(func() { s.frameOn(box) })
	}
}

// splitsAt tells which of the lines between the panes are at a place: that between left and right,
// that between top and bottom.
func (s *Stage) splitsAt(x, y float64) (axes [2]bool) {
	if !s.split() {
		return axes
	}
	at, near := s.center(), 3*max(s.size.Scale, 1)
	axes[0] = math.Abs(x-float64(at.X)/s.size.Pixels) <= near
	axes[1] = math.Abs(y-float64(at.Y)/s.size.Pixels) <= near
	return axes
}

// dragSplits moves the lines between the panes to the mouse.
func (s *Stage) dragSplits(d *drag) {
	for i, to := range [2]float64{d.x / s.size.W, d.y / s.size.H} {
		if d.splits[i] {
			s.panes.split[i] = min(max(to, splitEdge), 1-splitEdge)
		}
	}
}
