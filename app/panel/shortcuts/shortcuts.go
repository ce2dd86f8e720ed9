// Package shortcuts is the list of all keys, and of what the mouse does in the scene.
package shortcuts

import (
	"strings"

	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
)

// Name of the dialog, as its title bar shows it.
const Name = "Keyboard shortcuts"

// New makes the dialog.
func New(h *panel.Host, navigation func() stage.Navigation) panel.Panel {
	return panel.Panel{Name: Name, Side: panel.Dialog, Icon: assets.IconKeyboard, Width: 34, Layout: func() giu.Layout { return layout(h, navigation()) }}
}

func layout(h *panel.Host, n stage.Navigation) giu.Layout {
	var rows []*giu.TableRowWidget
	for _, a := range h.Actions.All() {
		var keys []string
		for _, s := range a.Shortcuts() {
			keys = append(keys, s.String())
		}
		if len(keys) > 0 {
			rows = append(rows, giu.TableRow(giu.Label(strings.Join(keys, " or ")), giu.Label(a.Label)))
		}
	}
	table := func(id giu.ID, height float32, rows []*giu.TableRowWidget) giu.Widget {
		return giu.Table().ID(id).Flags(giu.TableFlagsRowBg|giu.TableFlagsScrollY|giu.TableFlagsSizingStretchProp).Size(widget.Em(32), widget.Em(height)).Rows(rows...)
	}
	return giu.Layout{
		widget.Section("Mouse in the scene, as in " + n.Label()), table("mouse", 12, mouseRows(n)),
		widget.Section("Keys"), table("keys", 20, rows),
	}
}

// mouseRows say what the mouse does in the scene.
func mouseRows(n stage.Navigation) (rows []*giu.TableRowWidget) {
	for _, use := range n.Uses() {
		rows = append(rows, giu.TableRow(giu.Label(use[0]), giu.Label(use[1])))
	}
	return rows
}
