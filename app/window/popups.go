package window

import (
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"
)

// keepPopups moves menus and popups that reach out of the window into it. ImGui places them before it
// knows how wide they are with a scrollbar.
func (w *Window) keepPopups() {
	all, vp := imgui.CurrentContext().Windows(), imgui.MainViewport()
	room := box{vp.Pos().X, vp.Pos().Y, vp.Pos().X + vp.Size().X, vp.Pos().Y + vp.Size().Y}
	for _, p := range pointers(unsafe.Pointer(all.Data.CData), all.Size) {
		win := imgui.NewWindowFromC(p)
		if flags := win.Flags(); flags&imgui.WindowFlagsPopup == 0 || flags&imgui.WindowFlagsModal != 0 || !win.WasActive() || win.Hidden() {
			continue
		}
		r := win.InternalRect()
		at := box{r.Min.X, r.Min.Y, r.Max.X, r.Max.Y}
		if !room.holds(at, 0) {
			to := at.into(room)
			imgui.InternalSetWindowPosWindowPtr(win, imgui.Vec2{X: to.x0, Y: to.y0})
			w.pacer.wake()
		}
	}
}

// into is a box moved into another; one that is larger begins where that does.
func (b box) into(room box) box {
	x := max(min(b.x0, room.x1-(b.x1-b.x0)), room.x0) - b.x0
	y := max(min(b.y0, room.y1-(b.y1-b.y0)), room.y0) - b.y0
	return box{b.x0 + x, b.y0 + y, b.x1 + x, b.y1 + y}
}
