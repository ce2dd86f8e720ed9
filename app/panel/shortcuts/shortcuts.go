// Package shortcuts is the list of all keys.
package shortcuts

import (
	"strings"

	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
)

// Name of the dialog, as its title bar shows it.
const Name = "Keyboard shortcuts"

// New makes the dialog.
func New(h *panel.Host) panel.Panel {
	return panel.Panel{Name: Name, Side: panel.Dialog, Icon: assets.IconKeyboard, Width: 34, Layout: func() giu.Layout { return layout(h) }}
}

func layout(h *panel.Host) giu.Layout {
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
	return giu.Layout{giu.Table().ID("keys").Flags(giu.TableFlagsRowBg|giu.TableFlagsScrollY|giu.TableFlagsSizingStretchProp).
		Size(widget.Em(32), widget.Em(30)).Rows(rows...)}
}
