package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
)

// Dragged is something that can be dragged from one widget to another.
type Dragged struct {
	Kind  string // at most 32 bytes: what takes it
	Text  string // beside the mouse while it is dragged
	Start func() // notes what it is; called while it is dragged
}

// Build implements giu.Widget: the last item is what is dragged.
func (d Dragged) Build() { d.source() }

// source has the last item dragged.
func (d Dragged) source() {
	if !imgui.BeginDragDropSource() {
		return
	}
	d.Start()
	imgui.SetDragDropPayload(d.Kind, 0, 0) // what it is stays with whoever called
	imgui.TextUnformatted(d.Text)
	imgui.EndDragDropSource()
}

// Dropped reports that something of a kind was let go over the last item.
func Dropped(kind string) bool {
	if !imgui.BeginDragDropTarget() {
		return false
	}
	defer imgui.EndDragDropTarget()
	p := imgui.AcceptDragDropPayload(kind)
	return p != nil && p.CData != nil && p.Delivery()
}
