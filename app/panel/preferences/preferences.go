// Package preferences is the dialog for choices that last.
package preferences

import (
	"strings"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/folder"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/jobs"
)

// Name of the dialog, as its title bar shows it.
const Name = "Preferences"

// Options of New.
type Options struct {
	Apply   func(old settings.Preferences) // is called after each change
	Preview func(scale float64)            // of text and buttons
	Ask     func(opt folder.Options, done func(paths []string))
	Show    func(name string)
	Keys    func() // shows the window of shortcuts
}

// New makes the dialog.
func New(h *panel.Host, opt Options) panel.Panel {
	d := &dialog{host: h, opt: opt, items: settings.Items(), typed: map[string]any{}}
	return panel.Panel{Name: Name, Side: panel.Dialog, Icon: assets.IconGear, Width: 46, Tall: 42, Opened: d.open, Layout: d.layout, Closed: d.close, Due: d.due}
}

// dialog sets one preference at a time: a number being typed, or a slider being dragged, counts
// only when it is let go.
type dialog struct {
	host   *panel.Host
	opt    Options
	items  []settings.Item
	search string
	typed  map[string]any // values that are being typed, by their keys

	bounded string // why fewer workers are used than were typed
	many    int    // workers that are asked about; 0: none
	reveal  bool   // that question is to come into sight
	trial   trial  // of a scale
}

func (d *dialog) open() {
	clear(d.typed)
	d.search, d.many = "", 0
	_, d.bounded = jobs.Workers(d.now().Workers) // it may have been set on a larger machine
}

func (d *dialog) now() *settings.Preferences { return &d.host.Settings.Preferences }

// close takes what is half typed, and goes back to the scale that was kept.
func (d *dialog) close() {
	for i := range d.items {
		d.take(&d.items[i])
	}
	if d.trial.on() {
		d.host.Session.Tell(session.Info, "Text and buttons have their size of before again: the new one was not kept.")
		d.back()
	}
}

// take sets what was typed.
func (d *dialog) take(item *settings.Item) {
	v, ok := d.typed[item.Key]
	delete(d.typed, item.Key)
	if ok {
		d.set(item, v)
	}
}

// set makes a value the preference, unless it has to be asked about first.
func (d *dialog) set(item *settings.Item, value any) {
	next := *d.now()
	if err := item.Set(&next, value); err != nil {
		d.host.Session.Tell(session.Error, err.Error())
		return
	}
	if next.ThemeScale != d.now().ThemeScale {
		d.trial.begin(d.now().ThemeScale, next.ThemeScale, time.Now())
		d.opt.Preview(next.ThemeScale)
		return
	}
	if next.Workers != d.now().Workers && !d.mayStart(&next) {
		return
	}
	d.put(next)
}

func (d *dialog) put(next settings.Preferences) {
	old := d.host.Settings.Set(next)
	d.opt.Apply(old)
}

func (d *dialog) due(now time.Time) (time.Time, bool) { return d.trial.due(now) }

// back ends the trial of a scale.
func (d *dialog) back() {
	d.trial = trial{}
	d.opt.Preview(d.now().ThemeScale)
}

func (d *dialog) layout() giu.Layout {
	if d.trial.over(time.Now()) {
		d.back()
	}
	size := imgui.MainViewport().Size()
	height := min(widget.Em(34), size.Y*0.98-widget.Em(8))
	if d.trial.on() {
		height -= widget.Em(4)
	}
	l := giu.Layout{widget.Wide{Width: min(widget.Em(20), imgui.ContentRegionAvail().X), Of: giu.InputText(&d.search).Hint("Search preferences")}}
	if d.trial.on() {
		l = append(l, d.keepScale())
	}
	if strings.TrimSpace(d.search) != "" {
		return append(l, giu.Child().ID("found").Border(false).Size(0, height).Layout(d.found()...))
	}
	var tabs []*giu.TabItemWidget
	for _, page := range settings.Pages() {
		tabs = append(tabs, giu.TabItem(page.String()).Layout(widget.Lazy(func() giu.Widget {
			return giu.Child().ID(giu.ID(page.String())).Border(false).Size(0, height).Layout(d.page(page)...)
		})))
	}
	return append(l, giu.TabBar().ID("pages").TabItems(tabs...))
}

// found are the preferences that are searched for, of all pages.
func (d *dialog) found() giu.Layout {
	var l giu.Layout
	for _, page := range settings.Pages() {
		var of giu.Layout
		for i := range d.items {
			if item := &d.items[i]; item.Page == page && item.Holds(d.search) {
				of = append(of, d.row(item))
			}
		}
		if len(of) > 0 {
			l = append(l, widget.Section(page.String()))
			l = append(l, of...)
		}
	}
	if len(l) == 0 {
		return giu.Layout{widget.Dim("No preference is called so.")}
	}
	return l
}

func (d *dialog) page(page settings.Page) giu.Layout {
	var l giu.Layout
	for i := range d.items {
		if d.items[i].Page == page {
			l = append(l, d.row(&d.items[i]))
		}
	}
	if page == settings.Keys {
		l = append(l, giu.Button(assets.IconKeyboard+"  Keyboard shortcuts...").OnClick(func() {
			giu.CloseCurrentPopup()
			d.opt.Keys()
		}))
	}
	return l
}
