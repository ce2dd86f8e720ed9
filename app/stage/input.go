package stage

import (
	"math"

	"iceexplorer/app/session"
	"iceexplorer/gfx"
)

// Button is one of the mouse's.
type Button uint8

// The buttons.
const (
	ButtonLeft Button = iota
	ButtonRight
	ButtonMiddle
)

// Mods are the modifier keys that are held.
type Mods uint8

// The modifiers.
const (
	Shift Mods = 1 << iota
	Ctrl
	Alt
)

type dragKind uint8

const (
	dragNone dragKind = iota
	dragOrbit
	dragPan
	dragZoom
	dragFly
	dragRect
	dragLasso
	dragClip
	dragSplit
	dragNothing // until the button is let go
)

// drag is what a held button does.
type drag struct {
	kind   dragKind
	button Button
	x, y   float64      // where the mouse is
	way    float64      // that it went
	tool   bool         // it is the tool that drags, or else a click with it
	plain  bool         // of the navigation preset: it does not fly
	path   [][2]float64 // of dragLasso; of dragRect where it began and is
	handle gfx.ClipHandle
	splits [2]bool // of dragSplit
}

func (d *drag) movesCamera() bool { return d.kind >= dragOrbit && d.kind <= dragFly }

// mouse is where the mouse is over the scene, without a button.
type mouse struct {
	over bool
	x, y float64
}

// clickSlop is how far the mouse may move, in its units, for a click.
const clickSlop = 4

// Press begins what a button does at a place, which is counted from the scene's top left
// in the units of the mouse. The pane there becomes the active one.
func (s *Stage) Press(b Button, mods Mods, x, y float64) {
	s.picks.leave()
	s.aimAt(x, y)
	s.drag = drag{button: b, x: x, y: y}
	d := &s.drag
	if m, ok := s.navigation.move(b, mods, s.keys.Navigate); ok {
		d.kind, d.plain = m.drag(), true
		return
	}
	switch b {
	case ButtonMiddle:
		d.kind = dragPan
		return
	case ButtonRight:
		d.kind = dragZoom
		return
	}
	if d.splits = s.splitsAt(x, y); d.splits != [2]bool{} {
		d.kind = dragSplit
		return
	}
	if s.view.Gizmo {
		if p, ok := gfx.GizmoPreset(s.gizmoAt(x, y), s.view.Camera.ZUp); ok {
			s.SetPreset(p)
			d.kind = dragNothing
			return
		}
	}
	if k, ok := s.handleAt(x, y); ok {
		d.kind, d.handle = dragClip, k
		return
	}
	d.tool = true
	switch d.kind = s.tool.drag(); d.kind {
	case dragRect:
		d.path = [][2]float64{{x, y}, {x, y}}
	case dragLasso:
		d.path = [][2]float64{{x, y}}
	default:
		if mods&Shift != 0 {
			d.kind = dragPan
		}
	}
}

// Drag follows the mouse while a button is held.
func (s *Stage) Drag(dx, dy float64) {
	d := &s.drag
	if d.kind == dragNone || dx == 0 && dy == 0 {
		return
	}
	d.x, d.y, d.way = d.x+dx, d.y+dy, d.way+math.Abs(dx)+math.Abs(dy)
	here := s.here()
	h := here.h
	switch d.kind {
	case dragOrbit:
		s.turn(func(c *gfx.Camera) { c.Orbit(dx, dy, h) })
	case dragPan:
		s.turn(func(c *gfx.Camera) { c.Pan(dx, dy, h) })
	case dragZoom:
		s.turn(func(c *gfx.Camera) { c.Dolly((dx - dy) / 40) })
	case dragFly:
		s.turn(func(c *gfx.Camera) { c.Look(dx, dy, h) })
	case dragRect:
		d.path[1] = s.bandAt(d.x, d.y)
	case dragLasso:
		d.path = append(d.path, s.bandAt(d.x, d.y))
	case dragSplit:
		s.dragSplits(d)
	case dragClip:
		a := s.area(s.panes.active)
		d.handle = s.view.DragClip(d.handle, dx*s.size.Pixels, dy*s.size.Pixels, a.Dx(), a.Dy())
		s.opt.Look.MoveClip(s.view.Clip.Box.Min, s.view.Clip.Box.Max)
	}
}

// bandAt is a corner of a band, which stays in its pane.
func (s *Stage) bandAt(x, y float64) [2]float64 {
	if s.split() {
		x, y = s.here().clamp(x, y)
	}
	return [2]float64{x, y}
}

// Dragging reports that a button is held that was pressed over the scene.
func (s *Stage) Dragging() bool { return s.drag.kind != dragNone }

// Release ends a drag. A rectangle or lasso selects what it holds, a click the point there;
// measuring, a click takes the point, and with another tool it makes the point's layer active.
// A click of the right button asks for a menu.
func (s *Stage) Release(mods Mods) {
	d := s.drag
	s.drag = drag{}
	if d.button == ButtonRight && d.kind != dragNone && d.kind != dragFly && d.way <= clickSlop {
		s.askMenu(d.x, d.y)
		return
	}
	if d.kind != dragRect && d.kind != dragLasso {
		switch {
		case !d.tool || d.way > clickSlop:
		case s.tool == ToolMeasure:
			s.ask(tagTape, s.pointQuery(d.x, d.y))
		case len(s.session.Layers()) > 1:
			s.ask(tagActive, s.pointQuery(d.x, d.y))
		}
		return
	}
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range d.path {
		x0, y0, x1, y1 = min(x0, p[0]), min(y0, p[1]), max(x1, p[0]), max(y1, p[1])
	}
	mode := session.SelectOnly
	switch {
	case mods&Ctrl != 0:
		mode = session.SelectRemove
	case mods&Shift != 0:
		mode = session.SelectAdd
	}
	var q gfx.PickQuery
	switch {
	case x1-x0 <= clickSlop && y1-y0 <= clickSlop:
		q = s.pointQuery(d.path[0][0], d.path[0][1])
	case d.kind == dragRect:
		q = s.rectQuery(x0, y0, x1, y1)
	default:
		for _, p := range d.path {
			q.Lasso = append(q.Lasso, [2]float64{p[0] * s.size.Pixels, p[1] * s.size.Pixels})
		}
	}
	s.selectArea(mode, q)
}

// Band is the rectangle or lasso that is being dragged; none: nothing is. Of a rectangle
// it is two opposite corners.
func (s *Stage) Band() (path [][2]float64, lasso bool) { return s.drag.path, s.drag.kind == dragLasso }

// Wheel moves the camera towards what is under the mouse, or away from it.
func (s *Stage) Wheel(steps, x, y float64) {
	if s.drag.kind == dragNone {
		s.aimAt(x, y)
	}
	r := s.here()
	s.turn(func(c *gfx.Camera) { c.DollyTo(x-r.x, y-r.y, r.w, r.h, steps) })
	s.moved = s.now()
}

// Hover tells where the mouse is, before each Draw while it is over the scene. Once it
// rests the point there is looked for.
func (s *Stage) Hover(x, y float64) {
	s.mouse = mouse{over: true, x: x, y: y}
	s.view.GizmoHover = 0
	if s.drag.kind == dragNone && s.view.Gizmo {
		s.view.GizmoHover = s.gizmoAt(x, y)
	}
	s.rest(x, y)
}

// Leave tells that the mouse is not over the scene.
func (s *Stage) Leave() {
	s.mouse.over, s.view.GizmoHover = false, 0
	s.picks.leave()
}

// DoubleClick looks at the point at a place. On a line between panes it puts that back in the
// middle.
func (s *Stage) DoubleClick(x, y float64) {
	if axes := s.splitsAt(x, y); axes != [2]bool{} {
		for i, on := range axes {
			if on {
				s.panes.split[i] = middle[i]
			}
		}
		s.drag = drag{kind: dragNothing}
		return
	}
	s.aimAt(x, y)
	if !s.view.Gizmo || s.gizmoAt(x, y) == 0 {
		s.ask(tagFocus, s.pointQuery(x, y))
	}
}

func (s *Stage) gizmoAt(x, y float64) int {
	v, px, py, _, h := s.seenAt(x, y)
	return gfx.GizmoHit(v.Camera, float64(h), v.UIScale, px, py)
}

func (s *Stage) handleAt(x, y float64) (gfx.ClipHandle, bool) {
	v, px, py, w, h := s.seenAt(x, y)
	return v.ClipHandleAt(px, py, w, h)
}
