package panel

import (
	"math"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/gfx"
)

// Tool is what dragging with the left button does.
type Tool uint8

const (
	ToolOrbit Tool = iota
	ToolPan
	ToolZoom
	ToolSelect
	ToolLasso
)

var toolHelp = [...]string{
	ToolOrbit:  "Drag: orbit   Middle or Shift: pan   Right or wheel: zoom   Double click: focus",
	ToolPan:    "Drag: pan   Right or wheel: zoom   Double click: focus",
	ToolZoom:   "Drag: zoom   Middle or Shift: pan   Double click: focus",
	ToolSelect: "Click or drag a rectangle: select visible points   Shift: add   Ctrl: remove   Esc: none",
	ToolLasso:  "Drag around points: select the visible ones   Shift: add   Ctrl: remove   Esc: none",
}

const flyHelp = "W A S D: fly   Q E: down, up   Shift: faster"

// help says what the mouse does.
func (s *scenePanel) help() []string {
	if s.drag.kind == dragZoom || s.drag.kind == dragFly {
		return []string{flyHelp}
	}
	if text := throughHelp[s.tool]; s.through.on && text != "" {
		return []string{text}
	}
	return []string{toolHelp[s.tool]}
}

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
	dragNothing // until the button is let go
)

// drag is what a held button does.
type drag struct {
	kind   dragKind
	path   []imgui.Vec2 // of dragLasso; of dragRect where it began and is
	handle gfx.ClipHandle
	click  click
}

func (d *drag) movesCamera() bool { return d.kind >= dragOrbit && d.kind <= dragFly }

// clickSlop is how far the mouse may move, in ImGui's pixels, for a click.
const clickSlop = 4

// local is the mouse in the picture, in ImGui's pixels.
func (s *scenePanel) local() (x, y float64) {
	m := imgui.MousePos()
	return float64(m.X - s.at.X), float64(m.Y - s.at.Y)
}

// input turns the mouse into camera moves and selections.
func (s *scenePanel) input() {
	io := imgui.CurrentIO()
	cam := &s.view.Camera
	w, h := float64(s.size.X), float64(s.size.Y)
	x, y := s.local()
	if imgui.IsItemActivated() {
		s.beginDrag(x, y) // how far the mouse came before does not count
	} else if imgui.IsItemActive() {
		s.dragOn(float64(io.MouseDelta().X), float64(io.MouseDelta().Y))
	} else if s.drag.kind != dragNone {
		s.endDrag()
	}
	s.view.GizmoHover = 0
	if !s.hovered {
		s.picks.leave()
		return
	}
	if wheel := float64(io.MouseWheel()); wheel != 0 {
		s.steer()
		s.glide.on = false
		cam.DollyTo(x, y, w, h, wheel)
		s.moved = time.Now()
	}
	if s.drag.kind == dragNone && s.view.Gizmo {
		s.view.GizmoHover = s.gizmoAt(x, y)
	}
	if imgui.IsMouseDoubleClicked(imgui.MouseButtonLeft) && s.view.GizmoHover == 0 {
		s.picks.ask(s, tagFocus, s.pointQuery(x, y))
	}
	s.cursor(x, y)
	s.rest(x, y)
}

func (s *scenePanel) gizmoAt(x, y float64) int {
	return gfx.GizmoHit(s.view.Camera, float64(s.h), s.view.UIScale, x*s.pixels, y*s.pixels)
}

func (s *scenePanel) handleAt(x, y float64) (gfx.ClipHandle, bool) {
	return s.view.ClipHandleAt(x*s.pixels, y*s.pixels, s.w, s.h)
}

func (s *scenePanel) beginDrag(x, y float64) {
	s.picks.leave()
	shift := imgui.CurrentIO().KeyShift()
	switch {
	case imgui.IsMouseDown(imgui.MouseButtonMiddle):
		s.drag = drag{kind: dragPan}
	case imgui.IsMouseDown(imgui.MouseButtonRight):
		s.drag = drag{kind: dragZoom}
	default:
		if s.view.Gizmo {
			if p, ok := gfx.GizmoPreset(s.gizmoAt(x, y), s.view.Camera.ZUp); ok {
				s.setPreset(p)
				s.drag = drag{kind: dragNothing}
				return
			}
		}
		if k, ok := s.handleAt(x, y); ok {
			s.drag = drag{kind: dragClip, handle: k}
			return
		}
		m := imgui.MousePos()
		switch {
		case s.tool == ToolSelect:
			s.drag = drag{kind: dragRect, path: []imgui.Vec2{m, m}}
		case s.tool == ToolLasso:
			s.drag = drag{kind: dragLasso, path: []imgui.Vec2{m}}
		case shift || s.tool == ToolPan:
			s.drag = drag{kind: dragPan}
		case s.tool == ToolZoom:
			s.drag = drag{kind: dragZoom}
		default:
			s.drag = drag{kind: dragOrbit}
		}
		s.drag.click.begun = true
	}
}

// dragOn follows the mouse, which went dx, dy of ImGui's pixels.
func (s *scenePanel) dragOn(dx, dy float64) {
	cam, h := &s.view.Camera, float64(s.size.Y)
	if s.drag.kind == dragRect {
		s.drag.path[1] = imgui.MousePos()
	}
	if dx == 0 && dy == 0 {
		return
	}
	s.drag.click.way += math.Abs(dx) + math.Abs(dy)
	if s.drag.movesCamera() {
		s.steer()
		s.glide.on = false
	}
	switch s.drag.kind {
	case dragOrbit:
		cam.Orbit(dx, dy, h)
	case dragPan:
		cam.Pan(dx, dy, h)
	case dragZoom:
		cam.Dolly((dx - dy) / 40)
	case dragFly:
		cam.Look(dx, dy, h)
	case dragLasso:
		s.drag.path = append(s.drag.path, imgui.MousePos())
	case dragClip:
		s.drag.handle = s.view.DragClip(s.drag.handle, dx*s.pixels, dy*s.pixels, s.w, s.h)
		stage.SetClip(&s.host.Session.View, s.view.Clip)
	}
}

// endDrag asks for what an area holds, or for the point that was clicked.
func (s *scenePanel) endDrag() {
	d := s.drag
	s.drag = drag{}
	if d.kind != dragRect && d.kind != dragLasso {
		if d.click.done() {
			s.seekActive()
		}
		return
	}
	var x0, y0, x1, y1 = float32(math.Inf(1)), float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.Inf(-1))
	for _, p := range d.path {
		x0, y0, x1, y1 = min(x0, p.X), min(y0, p.Y), max(x1, p.X), max(y1, p.Y)
	}
	io := imgui.CurrentIO()
	mode := session.SelectOnly
	switch {
	case io.KeyCtrl():
		mode = session.SelectRemove
	case io.KeyShift():
		mode = session.SelectAdd
	}
	var q gfx.PickQuery
	switch {
	case x1-x0 <= clickSlop && y1-y0 <= clickSlop:
		q = s.pointQuery(float64(d.path[0].X-s.at.X), float64(d.path[0].Y-s.at.Y))
	case d.kind == dragRect:
		q = s.rectQuery(float64(x0-s.at.X), float64(y0-s.at.Y), float64(x1-s.at.X), float64(y1-s.at.Y))
	default:
		for _, p := range d.path {
			q.Lasso = append(q.Lasso, [2]float64{float64(p.X-s.at.X) * s.pixels, float64(p.Y-s.at.Y) * s.pixels})
		}
	}
	s.selectArea(mode, q)
}

// drawDrag draws the rectangle or lasso, and the pointer of their tools.
func (s *scenePanel) drawDrag() {
	dl := imgui.WindowDrawList()
	const fill = 0x20ffffff
	k := s.window.Scale()
	// White on black, which is seen on points of every colour.
	lines := [...]struct {
		color uint32
		width float32
	}{{0xa0000000, 3 * k}, {0xffffffff, k}}
	switch p := s.drag.path; s.drag.kind {
	case dragRect:
		a, b := imgui.Vec2{X: min(p[0].X, p[1].X), Y: min(p[0].Y, p[1].Y)}, imgui.Vec2{X: max(p[0].X, p[1].X), Y: max(p[0].Y, p[1].Y)}
		dl.AddRectFilled(a, b, fill)
		for _, c := range lines {
			dl.AddRectV(a, b, c.color, 0, 0, c.width)
		}
	case dragLasso:
		for _, c := range lines {
			for i := range p {
				dl.AddLineV(p[i], p[(i+1)%len(p)], c.color, c.width)
			}
		}
	}
	if s.crosshair() {
		imgui.SetMouseCursor(imgui.MouseCursorNone)
		m := imgui.MousePos()
		for _, c := range lines {
			for _, d := range [][2]float32{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
				dl.AddLineV(imgui.Vec2{X: m.X + d[0]*3*k, Y: m.Y + d[1]*3*k}, imgui.Vec2{X: m.X + d[0]*10*k, Y: m.Y + d[1]*10*k}, c.color, c.width)
			}
		}
		if s.tool == ToolLasso {
			dl.AddCircle(imgui.Vec2{X: m.X + 12*k, Y: m.Y + 12*k}, 3*k, 0xffffffff)
		}
	}
}

// crosshair reports whether the pointer is that of the selecting tools.
func (s *scenePanel) crosshair() bool {
	if s.drag.kind == dragRect || s.drag.kind == dragLasso {
		return true
	}
	return s.hovered && s.drag.kind == dragNone && (s.tool == ToolSelect || s.tool == ToolLasso) && s.view.GizmoHover == 0 && len(s.shown) > 0
}

// cursor shows the tool's pointer.
func (s *scenePanel) cursor(x, y float64) {
	if len(s.shown) == 0 {
		return
	}
	kind := s.drag.kind
	if kind == dragNone {
		if _, ok := s.handleAt(x, y); ok || s.view.GizmoHover != 0 {
			kind = dragClip
		} else {
			kind = [...]dragKind{ToolOrbit: dragOrbit, ToolPan: dragPan, ToolZoom: dragZoom, ToolSelect: dragRect, ToolLasso: dragLasso}[s.tool]
		}
	}
	switch kind {
	case dragPan:
		imgui.SetMouseCursor(imgui.MouseCursorResizeAll)
	case dragZoom:
		imgui.SetMouseCursor(imgui.MouseCursorResizeNS)
	case dragClip:
		imgui.SetMouseCursor(imgui.MouseCursorHand)
	}
}

// captured reports that a key flies, while the right button is held.
func (s *scenePanel) captured(k action.Shortcut) bool {
	if s.drag.kind != dragZoom && s.drag.kind != dragFly || !imgui.IsMouseDown(imgui.MouseButtonRight) {
		return false
	}
	switch k.Key {
	case action.KeyW, action.KeyA, action.KeyS, action.KeyD, action.KeyQ, action.KeyE:
		return k.Mods&^action.Shift == 0
	}
	return false
}
