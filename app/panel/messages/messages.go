// Package messages shows what the program has said: a list of all messages, and for a while
// the latest warning above the panels. What can be done about a message stands below it, and
// in its menu.
package messages

import (
	"fmt"
	"strings"

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
func New(h *panel.Host, opt Options) panel.Panel {
	return panel.Panel{Name: Name, Side: panel.Dialog, Icon: assets.IconInfo, Width: 60, Layout: func() giu.Layout { return opt.layout(h.Session.Messages()) }}
}

func (o *Options) layout(msgs []session.Message) giu.Layout {
	list := widget.Lazy(func() giu.Widget {
		if len(msgs) == 0 {
			return widget.Dim("There are no messages yet.")
		}
		var lines giu.Layout
		for i := range msgs {
			lines = append(lines, giu.Custom(func() { o.line(i, msgs) }))
		}
		return lines
	})
	return giu.Layout{
		giu.Child().ID("list").Border(false).Size(0, min(widget.Em(24), imgui.MainViewport().Size().Y*0.98-widget.Em(7))).Layout(list),
		giu.Button("Copy all").OnClick(func() { o.Copy(Text(msgs)) }),
	}
}

// Text is messages as text, one a line with its time.
func Text(msgs []session.Message) string {
	var text strings.Builder
	for _, m := range msgs {
		fmt.Fprintf(&text, "%s %s\n", m.Time.Format("15:04:05"), m.Text)
	}
	return text.String()
}

// line is a message with what can be done about it. What is a problem still has buttons, and
// every message a menu.
func (o *Options) line(i int, msgs []session.Message) {
	m := &msgs[i]
	icon, color := panel.LevelLook(m.Level)
	text, tip := *imgui.StyleColorVec4(imgui.ColText), ""
	if m.Past {
		icon, color, text, tip = assets.IconDone, window.Colors().TextDim, window.Colors().TextDim, "Resolved"
	}
	imgui.PushIDInt(int32(i))
	defer imgui.PopID()
	imgui.BeginGroup()
	giu.Row(
		widget.Tip{Text: tip, Of: widget.Colored{Text: icon, Color: color}},
		widget.Dim(m.Time.Format("15:04:05")), widget.Wrapped{Text: m.Text, Color: text},
	).Build()
	if m.Level > session.Info && !m.Past {
		indent := widget.Em(2)
		imgui.IndentV(indent)
		o.buttons(m, func() {}).Build()
		imgui.UnindentV(indent)
	}
	imgui.EndGroup()
	if imgui.BeginPopupContextItemV("menu", imgui.PopupFlagsMouseButtonRight) {
		widget.CloseOnEscape{}.Build()
		for _, d := range o.deeds(m) {
			giu.MenuItem(d.label).OnClick(d.do).Build()
		}
		giu.Separator().Build()
		giu.MenuItem("Copy all").OnClick(func() { o.Copy(Text(msgs)) }).Build()
		imgui.EndPopup()
	}
}
