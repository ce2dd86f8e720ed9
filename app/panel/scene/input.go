package scene

import (
	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
)

// heldKeys are the keys for flying that are held.
func heldKeys() stage.Keys {
	return stage.Keys{
		Forward: imgui.IsKeyDown(imgui.KeyW), Back: imgui.IsKeyDown(imgui.KeyS),
		Left: imgui.IsKeyDown(imgui.KeyA), Right: imgui.IsKeyDown(imgui.KeyD),
		Up: imgui.IsKeyDown(imgui.KeyE), Down: imgui.IsKeyDown(imgui.KeyQ),
		Fast: imgui.CurrentIO().KeyShift(), Navigate: heldNavigation(),
	}
}

func heldNavigation() stage.HeldKey {
	switch {
	case imgui.CurrentIO().WantTextInput():
	case imgui.IsKeyDown(imgui.KeyS):
		return stage.KeyS
	case imgui.IsKeyDown(imgui.KeySpace):
		return stage.KeySpace
	}
	return stage.NoKey
}

func heldMods() (m stage.Mods) {
	io := imgui.CurrentIO()
	if io.KeyShift() {
		m |= stage.Shift
	}
	if io.KeyCtrl() {
		m |= stage.Ctrl
	}
	if io.KeyAlt() {
		m |= stage.Alt
	}
	return m
}

func heldButton() stage.Button {
	switch {
	case imgui.IsMouseDown(imgui.MouseButtonMiddle):
		return stage.ButtonMiddle
	case imgui.IsMouseDown(imgui.MouseButtonRight):
		return stage.ButtonRight
	}
	return stage.ButtonLeft
}

// input passes what the mouse does on the scene to the stage.
func (s *Panel) input(hovered bool) {
	io := imgui.CurrentIO()
	m := imgui.MousePos()
	x, y := float64(m.X-s.at.X), float64(m.Y-s.at.Y)
	if imgui.IsItemActivated() {
		s.stage.Press(heldButton(), heldMods(), x, y) // movement before that does not count
	} else if s.stage.Dragging() {
		s.stage.Drag(float64(io.MouseDelta().X), float64(io.MouseDelta().Y))
		if !imgui.IsItemActive() { // in a slow frame the mouse may have moved and let go at once
			s.stage.Release(heldMods())
		}
	}
	if !hovered {
		s.stage.Leave()
		return
	}
	if wheel := float64(io.MouseWheel()); wheel != 0 {
		s.stage.Wheel(wheel, x, y)
	}
	s.stage.Hover(x, y)
	if imgui.IsMouseDoubleClicked(imgui.MouseButtonLeft) {
		s.stage.DoubleClick(x, y)
	}
	if rows := s.stage.Facts(); len(rows) > 0 && imgui.BeginTooltip() {
		widget.Facts{Rows: rows}.Build()
		imgui.EndTooltip()
	}
}

// bandLines are white on black, which is visible on points of any colour.
var bandLines = [...]struct {
	color uint32
	width float32
}{{0xa0000000, 3}, {0xffffffff, 1}}

// drawBand draws the rectangle or lasso that is being dragged.
func (s *Panel) drawBand() {
	path, lasso := s.stage.Band()
	if len(path) == 0 {
		return
	}
	dl, k := imgui.WindowDrawList(), s.host.Scale()
	p := make([]imgui.Vec2, len(path))
	for i, at := range path {
		p[i] = imgui.Vec2{X: s.at.X + float32(at[0]), Y: s.at.Y + float32(at[1])}
	}
	if lasso {
		for _, c := range bandLines {
			for i := range p {
				dl.AddLineV(p[i], p[(i+1)%len(p)], c.color, c.width*k)
			}
		}
		return
	}
	a, b := imgui.Vec2{X: min(p[0].X, p[1].X), Y: min(p[0].Y, p[1].Y)}, imgui.Vec2{X: max(p[0].X, p[1].X), Y: max(p[0].Y, p[1].Y)}
	dl.AddRectFilled(a, b, 0x20ffffff)
	for _, c := range bandLines {
		dl.AddRectV(a, b, c.color, 0, 0, c.width*k)
	}
}

// drawPointer shows the pointer for what the mouse does. For the selecting tools we draw it
// ourselves.
func (s *Panel) drawPointer() {
	pointer := s.stage.Pointer()
	switch pointer {
	case stage.PointerMove:
		imgui.SetMouseCursor(imgui.MouseCursorResizeAll)
	case stage.PointerZoom:
		imgui.SetMouseCursor(imgui.MouseCursorResizeNS)
	case stage.PointerSplitX:
		imgui.SetMouseCursor(imgui.MouseCursorResizeEW)
	case stage.PointerSplitY:
		imgui.SetMouseCursor(imgui.MouseCursorResizeNS)
	case stage.PointerHand:
		imgui.SetMouseCursor(imgui.MouseCursorHand)
	}
	if pointer != stage.PointerCross && pointer != stage.PointerLasso {
		return
	}
	imgui.SetMouseCursor(imgui.MouseCursorNone)
	dl, k, m := imgui.WindowDrawList(), s.host.Scale(), imgui.MousePos()
	for _, c := range bandLines {
		for _, d := range [][2]float32{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			dl.AddLineV(imgui.Vec2{X: m.X + d[0]*3*k, Y: m.Y + d[1]*3*k}, imgui.Vec2{X: m.X + d[0]*10*k, Y: m.Y + d[1]*10*k}, c.color, c.width*k)
		}
	}
	if pointer == stage.PointerLasso {
		dl.AddCircle(imgui.Vec2{X: m.X + 12*k, Y: m.Y + 12*k}, 3*k, 0xffffffff)
	}
}
