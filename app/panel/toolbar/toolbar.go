// Package toolbar is the row of buttons below the menus.
package toolbar

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
)

// tools are the actions an artist reaches for most, in groups.
var tools = [][]string{
	{"browse"}, {"frame-all", "frame-selection"}, {"tool-orbit", "tool-pan", "tool-zoom", "tool-select", "tool-lasso", "select-through"},
	{"show-grid", "show-bounds", "show-shapes"}, {"save-picture", "save-sequence"}, {"cancel"},
}

// New makes the toolbar.
func New(h *panel.Host) panel.Panel {
	b := &bar{host: h}
	return panel.Panel{Name: "toolbar", Side: panel.TopBar, Height: b.height, Layout: b.layout}
}

type bar struct {
	host  *panel.Host
	fresh []bool // groups that begin a row, in this frame
}

// height wraps the toolbar if a narrow window or a large scale leaves no room for one row.
func (b *bar) height() float32 {
	style := imgui.CurrentStyle()
	pad, gap := style.WindowPadding(), style.ItemSpacing()
	button := 1.15 * imgui.FrameHeight()
	widths := make([]float32, len(tools))
	for i, group := range tools {
		n := float32(len(group))
		widths[i] = n*button + (n-1)*gap.X
	}
	var rows int
	b.fresh, rows = breakRows(widths, 2*gap.X+widget.SeparatorWidth(), imgui.MainViewport().WorkSize().X-2*pad.X)
	return float32(rows)*imgui.FrameHeightWithSpacing() - gap.Y + 2*pad.Y
}

// breakRows wraps things of some widths, a gap apart: it says which begin a row, and how many
// rows there are. A thing that is wider than the room gets a row of its own.
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

func (b *bar) layout() giu.Layout {
	var l giu.Layout
	for i, group := range tools {
		if i > 0 && !b.fresh[i] {
			l = append(l, widget.Separator{})
		}
		var row giu.Layout
		for _, id := range group {
			row = append(row, widget.Action{Action: b.host.Actions.Find(id), Failed: b.host.Failed})
		}
		l = append(l, giu.Row(row...))
	}
	return l
}
