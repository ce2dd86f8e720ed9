// Package exporter is the dialog that exports frames for other programs: it asks how, says what will be written
// and what will be left out, shows how far it is, and what came of it.
package exporter

import (
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/exporting"
	"iceexplorer/app/folder"
	"iceexplorer/app/panel"
	"iceexplorer/app/settings"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
)

// Name of the dialog, as its title bar shows it.
const Name = "Export"

// Options are what the dialog needs.
type Options struct {
	Desk *exporting.Desk
	// Ask lets the user choose a folder; done gets none if nothing was chosen.
	Ask func(opt folder.Options, done func(paths []string))
	// Show opens the dialog.
	Show func(name string)
	// Reveal shows a folder in the system's file manager.
	Reveal func(folder string)
	Copy   func(text string)
}

// Dialog remembers the answers in the settings.
type Dialog struct {
	host   *panel.Host
	opt    Options
	form   *settings.Export
	begun  string // the preferred folder that it began in last
	failed string // why nothing was begun
	copied bool   // the report was
	search string // for attributes
}

// New makes the dialog.
func New(h *panel.Host, opt Options) *Dialog {
	return &Dialog{host: h, opt: opt, form: &h.Settings.Export}
}

// Panel is the dialog.
func (d *Dialog) Panel() panel.Panel {
	return panel.Panel{Name: Name, Side: panel.Dialog, Icon: assets.IconExport, Width: width + 2, Layout: d.layout, Closed: d.closed}
}

// width and height are those of the dialog, where there is room, in heights of the text.
const width, height = 46, 34

// footLines is how many lines of the outlook are in sight whatever the form is scrolled to.
const footLines = 4

// Open asks, or shows how far an export is that is under way.
func (d *Dialog) Open() { d.Preset(func(*settings.Export) {}) }

// Preset asks with some answers given.
func (d *Dialog) Preset(given func(*settings.Export)) {
	if !d.opt.Desk.Busy() {
		d.opt.Desk.Dismiss()
		given(d.form)
		d.tidy()
	}
	d.failed, d.copied = "", false
	d.opt.Desk.Look()
	d.opt.Show(Name)
}

// Folder exports a folder of caches, "" asks for it.
func (d *Dialog) Folder(source string) {
	preset := func(source string) {
		d.Preset(func(e *settings.Export) {
			e.Of, e.Source, e.Range, e.Points = settings.OfFolder, pathname.Text(source), settings.RangeAll, settings.PointsAll
		})
	}
	if source != "" {
		preset(source)
		return
	}
	d.opt.Ask(folder.Options{Title: "Folder of caches", Dir: d.recent(), Want: folder.Folders}, func(paths []string) {
		if len(paths) > 0 {
			preset(paths[0])
		}
	})
}

// tidy takes back answers that mean nothing now.
func (d *Dialog) tidy() {
	e := d.form
	kinds := d.opt.Desk.Kinds()
	if !slices.ContainsFunc(kinds, func(k *kind) bool { return k.Name == e.Format }) {
		e.Format = "csv"
	}
	if preferred := d.host.Settings.Preferences.ExportDir; preferred != d.begun { // else another one was chosen since
		if d.begun = preferred; preferred != "" {
			e.Folder = pathname.Text(preferred)
		}
	}
	s := d.host.Session
	if e.Of == settings.OfActive && len(s.Layers()) == 0 && e.Source != "" {
		e.Of = settings.OfFolder
	}
	if e.Points == settings.PointsSelected && !s.HasSelection() {
		e.Points = settings.PointsAll
	}
	known := d.attributes()
	e.Attrs = slices.DeleteFunc(e.Attrs, func(name string) bool { return len(known) > 0 && !slices.Contains(known, name) })
	e.Clean()
}

// recent is the folder of the caches that were opened last.
func (d *Dialog) recent() string {
	if r := d.host.Settings.Recent; len(r) > 0 {
		return r[0]
	}
	return ""
}

// closed forgets an export that is over and was seen.
func (d *Dialog) closed() {
	if st, ok := d.opt.Desk.State(); ok && st.Over && st.Failed == nil {
		d.opt.Desk.Dismiss()
	}
}

func (d *Dialog) layout() giu.Layout {
	st, ok := d.opt.Desk.State()
	if ok && st.Over && st.Failed != nil { // what was asked for can be mended
		d.failed = st.Failed.Error()
		d.opt.Desk.Dismiss()
		d.opt.Desk.Look()
		ok = false
	}
	switch {
	case !ok:
		return d.page(d.asking(), d.outlookAtHand(), d.askButtons())
	case !st.Over:
		// A double click on Export must not cancel it.
		return d.page(d.running(&st), nil, giu.Layout{giu.Row(
			widget.Aligned{Of: widget.Dim("Exporting")},
			giu.Button("Cancel").OnClick(d.opt.Desk.Cancel),
			widget.Tip{Text: "The export goes on; the status bar shows how far it is", Of: giu.Button("Close").OnClick(giu.CloseCurrentPopup)},
		)})
	}
	return d.page(d.over(&st), nil, d.overButtons(&st))
}

// page is what scrolls, what stays in sight below it, and buttons. It is always as high, so that
// nothing jumps while one answers.
func (d *Dialog) page(body, foot, buttons giu.Layout) giu.Layout {
	return giu.Layout{widget.Lazy(func() giu.Widget {
		room, em := imgui.MainViewport().Size(), imgui.FontSize()
		style := imgui.CurrentStyle()
		h := min(height*em, room.Y-2*imgui.FrameHeightWithSpacing()-2*style.WindowPadding().Y-2*em)
		if foot == nil {
			return giu.Layout{giu.Child().ID("##body").Border(false).Size(0, h).Layout(body), giu.Separator(), buttons}
		}
		low := min(footLines*imgui.TextLineHeightWithSpacing(), h/3)
		return giu.Layout{
			giu.Child().ID("##body").Border(false).Size(0, h-low-2*style.ItemSpacing().Y).Layout(body),
			giu.Separator(),
			giu.Child().ID("##foot").Border(false).Size(0, low).Layout(foot),
			giu.Separator(),
			buttons,
		}
	})}
}
