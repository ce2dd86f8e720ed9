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
	fresh []bool // buttons that begin a row, in this frame
}

// height wraps the toolbar if a narrow window or a large scale leaves no room for one row: between
// groups, or within them where that takes fewer rows.
func (b *bar) height() float32 {
	style := imgui.CurrentStyle()
	pad, gap := style.WindowPadding(), style.ItemSpacing()
	between := 2*gap.X + widget.SeparatorWidth()
	var rows int
	b.fresh, rows = wrap(1.15*imgui.FrameHeight(), gap.X, between, imgui.MainViewport().WorkSize().X-2*pad.X)
	return float32(rows)*imgui.FrameHeightWithSpacing() - gap.Y + 2*pad.Y
}

// wrap says which buttons begin a row, and how many rows there are. Buttons are gap apart, and groups
// of them between.
func wrap(button, gap, between, room float32) (fresh []bool, rows int) {
	var groups, single []thing
	for _, group := range tools {
		n := float32(len(group))
		groups = append(groups, thing{n*button + (n-1)*gap, between})
		for k := range group {
			single = append(single, thing{button, gap})
			if k == 0 {
				single[len(single)-1].gap = between
			}
		}
	}
	whole, rows := breakRows(groups, room)
	if fresh, n := breakRows(single, room); n < rows {
		return fresh, n
	}
	for i, group := range tools {
		fresh = append(fresh, whole[i])
		fresh = append(fresh, make([]bool, len(group)-1)...)
	}
	return fresh, rows
}

// thing is a part of a row, with the gap before it.
type thing struct{ width, gap float32 }

// breakRows wraps things: it says which begin a row, and how many rows there are. A thing that is wider
// than the room gets a row of its own.
func breakRows(all []thing, room float32) (fresh []bool, rows int) {
	fresh, rows = make([]bool, len(all)), 1
	var used float32
	for i, t := range all {
		switch {
		case i == 0:
			used = t.width
		case used+t.gap+t.width > room:
			fresh[i], used = true, t.width
			rows++
		default:
			used += t.gap + t.width
		}
	}
	return fresh, rows
}

func (b *bar) layout() giu.Layout {
	var l giu.Layout
	at := 0
	for i, group := range tools {
		for k, id := range group {
			switch {
			case at == 0 || b.fresh[at]:
			case k == 0 && i > 0:
				l = append(l, widget.Separator{})
			default:
				l = append(l, giu.Custom(imgui.SameLine))
			}
			l = append(l, widget.Action{Action: b.host.Actions.Find(id), Failed: b.host.Failed})
			at++
		}
	}
	return l
}
