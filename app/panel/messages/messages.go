// Package messages shows what the program has said: a list of all messages, and for a while
// the latest warning above the panels.
package messages

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
)

// Name of the dialog, as its title bar shows it.
const Name = "Messages"

// New makes the dialog.
func New(h *panel.Host) panel.Panel {
	return panel.Panel{Name: Name, Side: panel.Dialog, Icon: assets.IconInfo, Width: 60, Layout: func() giu.Layout { return layout(h.Session.Messages()) }}
}

func layout(msgs []session.Message) giu.Layout {
	list := widget.Lazy(func() giu.Widget {
		if len(msgs) == 0 {
			return widget.Dim("There are no messages yet.")
		}
		var lines giu.Layout
		for _, m := range msgs {
			lines = append(lines, line(m))
		}
		return lines
	})
	return giu.Layout{
		giu.Child().ID("list").Border(false).Size(widget.Em(58), widget.Em(24)).Layout(list),
		giu.Button("Copy all").OnClick(func() {
			var text string
			for _, m := range msgs {
				text += m.Time.Format("15:04:05 ") + m.Text + "\n"
			}
			imgui.SetClipboardText(text)
		}),
	}
}

func line(m session.Message) giu.Widget {
	icon, color := panel.LevelLook(m.Level)
	text, tip := *imgui.StyleColorVec4(imgui.ColText), ""
	if m.Past {
		icon, color, text, tip = assets.IconDone, window.Colors().TextDim, window.Colors().TextDim, "Resolved"
	}
	return giu.Row(
		widget.Tip{Text: tip, Of: widget.Colored{Text: icon, Color: color}},
		widget.Dim(m.Time.Format("15:04:05")), widget.Wrapped{Text: m.Text, Color: text},
	)
}
