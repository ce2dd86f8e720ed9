package panel

import (
	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/widget"
)

// tools are the actions an artist reaches for most, in groups.
var tools = [][]string{
	{"open-folder", "open-files"}, {"frame-all", "frame-selection"}, {"tool-orbit", "tool-pan", "tool-zoom", "tool-select", "tool-lasso", "select-through"},
	{"show-grid", "show-bounds", "show-shapes"}, {"save-picture", "save-sequence"}, {"cancel"},
}

// toolbarRows breaks the toolbar where a narrow window, or a large scale, leaves no room
// for all of it: fresh are the groups that begin a row.
func toolbarRows(room float32) (fresh []bool, rows int) {
	button, gap := 1.15*imgui.FrameHeight(), imgui.CurrentStyle().ItemSpacing().X
	widths := make([]float32, len(tools))
	for i, group := range tools {
		n := float32(len(group))
		widths[i] = n*button + (n-1)*gap
	}
	return breakRows(widths, 2*gap+widget.SeparatorWidth(), room)
}

// breakRows tells which of things in a line, a gap apart, begin a row, and how many rows
// there are. A thing that is wider than the room has a row of its own.
func breakRows(widths []float32, gap, room float32) (fresh []bool, rows int) {
	fresh, rows = make([]bool, len(widths)), 1
	var used float32
	for i, w := range widths {
		switch {
		case i == 0:
			used = w
		case used+gap+w > room:
			fresh[i], used = true, w
			rows++
		default:
			used += gap + w
		}
	}
	return fresh, rows
}

func (b *bars) toolbar(fresh []bool) {
	for i, group := range tools {
		if i > 0 && !fresh[i] {
			widget.Separator{}.Build()
		}
		for k, id := range group {
			if k > 0 {
				imgui.SameLine()
			}
			widget.Action{Action: b.host.Actions.Find(id), Failed: b.host.failed}.Build()
		}
	}
}
