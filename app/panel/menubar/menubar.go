// Package menubar is the menu bar: all actions that name a menu, the recent files and the
// cameras remembered.
package menubar

import (
	"fmt"
	"strconv"

	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/cache/pathname"
)

// New makes the menu bar.
func New(h *panel.Host) panel.Panel {
	b := &bar{h}
	return panel.Panel{Name: "Menus", Side: panel.MenuBar, Layout: b.layout}
}

type bar struct{ host *panel.Host }

func (b *bar) layout() giu.Layout {
	return giu.Layout{widget.MenuBar{
		Menus: b.host.Actions.Menus("File", "Edit", "View", "Playback", "Help"), Failed: b.host.Failed, First: b.recent, More: b.more,
	}}
}

// recent lists what was opened lately, in the File menu.
func (b *bar) recent(menu string) giu.Widget {
	recent := b.host.Settings.Recent
	if menu != "File" || len(recent) == 0 {
		return nil
	}
	return giu.Layout{giu.Menu("Open recent").Layout(widget.Lazy(func() giu.Widget {
		var items giu.Layout
		for i, path := range recent {
			name := pathname.Display(path)
			item := giu.MenuItem(fmt.Sprintf("%s##%d", widget.Ellipsis(name, widget.Em(40)), i)).OnClick(func() { b.host.Run("open-recent", strconv.Itoa(i+1)) })
			items = append(items, widget.Tip{Text: name, Of: item})
		}
		return append(items, giu.Separator(), giu.MenuItem("Forget them").OnClick(func() { b.host.Run("clear-recent") }))
	})), giu.Separator()}
}

// more lists the cameras remembered, in the View menu.
func (b *bar) more(menu string) giu.Widget {
	if menu == "View" {
		return b.cameras()
	}
	return nil
}

func (b *bar) cameras() giu.Widget {
	all := b.host.Settings.Cameras
	if len(all) == 0 {
		return nil
	}
	return giu.Layout{giu.Separator(), giu.Menu("Go to camera").Layout(widget.Lazy(func() giu.Widget {
		var items giu.Layout
		for i, v := range all {
			items = append(items, giu.MenuItem(fmt.Sprintf("%s##%d", widget.Ellipsis(v.Name, widget.Em(30)), i)).OnClick(func() { b.host.Run("camera-go", "name="+v.Name) }))
		}
		return items
	}))}
}
