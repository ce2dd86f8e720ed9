// Package menubar is the menu bar: all actions that name a menu, the recent files and the
// cameras remembered.
package menubar

import (
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/cache/pathname"
)

// New makes the menu bar.
func New(h *panel.Host, r Recent) panel.Panel {
	b := &bar{h, r}
	return panel.Panel{Name: "Menus", Side: panel.MenuBar, Layout: b.layout}
}

// Recent is what is known of the files opened lately.
type Recent struct {
	Look   func()                 // look for them
	Gone   func(path string) bool // it was not there then
	Forget func()                 // those that are gone
}

type bar struct {
	host   *panel.Host
	lately Recent
}

func (b *bar) layout() giu.Layout {
	return giu.Layout{widget.MenuBar{
		Menus: b.host.Actions.Menus("File", "Edit", "View", "Playback", "Help"), Failed: b.host.Failed, First: b.recent, More: b.more,
	}}
}

// atOnce is how many of what was opened lately stand in the File menu itself.
const atOnce = 4

// recent lists what was opened lately, at the top of the File menu; what is older has a menu of its own.
func (b *bar) recent(menu string) giu.Widget {
	recent := b.host.Settings.Recent
	if menu != "File" || len(recent) == 0 {
		return nil
	}
	if giu.IsWindowAppearing() {
		b.lately.Look()
	}
	var items giu.Layout
	for i := range recent[:min(atOnce, len(recent))] {
		items = append(items, b.lastOpened(i))
	}
	return append(items, giu.Menu("Open recent").Layout(widget.Lazy(func() giu.Widget {
		var all giu.Layout
		gone := false
		for i, path := range recent {
			all = append(all, b.lastOpened(i))
			gone = gone || b.lately.Gone(path)
		}
		all = append(all, giu.Separator())
		if gone {
			all = append(all, giu.MenuItem("Forget what is gone").OnClick(b.lately.Forget))
		}
		return append(all, giu.MenuItem("Forget them all").OnClick(func() { b.host.Run("clear-recent") }))
	})), giu.Separator())
}

// lastOpened is a line that opens what was opened i before the last.
func (b *bar) lastOpened(i int) giu.Widget {
	path := b.host.Settings.Recent[i]
	name, tip := pathname.Display(filepath.Base(path))+"   "+pathname.Display(filepath.Dir(path)), pathname.Display(path)
	name = short(name)
	item := giu.MenuItem(fmt.Sprintf("%s##%d", name, i)).OnClick(func() { b.host.Run("open-recent", strconv.Itoa(i+1)) })
	if b.lately.Gone(path) {
		return widget.Tip{Text: tip + "\nIt is not there any more", Of: giu.Style().SetColorVec4(giu.StyleColorText, window.Colors().TextDim).To(item)}
	}
	return widget.Tip{Text: tip, Of: item}
}

// short is a name that leaves a menu within the window.
func short(name string) string {
	return widget.Ellipsis(name, min(widget.Em(22), 0.5*imgui.MainViewport().WorkSize().X))
}

// more lists the cameras and layouts remembered, in the View menu.
func (b *bar) more(menu string) giu.Widget {
	if menu == "View" {
		return giu.Layout{b.cameras(), b.layouts()}
	}
	return nil
}

func (b *bar) layouts() giu.Widget {
	all := b.host.Settings.Layouts
	if len(all) == 0 {
		return giu.Layout{}
	}
	return giu.Menu("Go to layout").Layout(widget.Lazy(func() giu.Widget {
		var items, forget giu.Layout
		for i, l := range all {
			label := fmt.Sprintf("%s##%d", short(l.Name), i)
			items = append(items, giu.MenuItem(label).OnClick(func() { b.host.Run("layout", "name="+l.Name) }))
			forget = append(forget, giu.MenuItem(label).OnClick(func() { b.host.Run("remove-layout", "name="+l.Name) }))
		}
		return append(items, giu.Separator(), giu.Menu("Forget").Layout(forget...))
	}))
}

func (b *bar) cameras() giu.Widget {
	all := b.host.Settings.Cameras
	if len(all) == 0 {
		return giu.Layout{}
	}
	return giu.Layout{giu.Separator(), giu.Menu("Go to camera").Layout(widget.Lazy(func() giu.Widget {
		var items giu.Layout
		for i, v := range all {
			items = append(items, giu.MenuItem(fmt.Sprintf("%s##%d", short(v.Name), i)).OnClick(func() { b.host.Run("camera-go", "name="+v.Name) }))
		}
		return items
	}))}
}
