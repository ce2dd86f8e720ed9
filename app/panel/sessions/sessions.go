// Package sessions asks where a session is to be saved, and where sequences of one are that
// were not found.
package sessions

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/export"
	"iceexplorer/app/folder"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/sessionfile"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// Names of the dialogs, as their title bars show them.
const (
	SaveAs  = "Save session"
	Missing = "Missing sequences"
	Unsaved = "Unsaved changes"
)

// Options are what the dialogs need.
type Options struct {
	Save   func(path string, done func(error)) error
	Loss   func() (text string, named bool) // what would be lost; named: a session has it, in an older state
	Answer func(save bool)                  // to the question what becomes of that
	Lost   func() (names, folders []string) // the sequences that were not found
	Relink func(folder string, done func(error))
	Folder func() string // to begin in; "": any

	// Ask lets the user choose a folder; done gets none if nothing was chosen.
	Ask    func(opt folder.Options, done func(paths []string))
	Show   func(name string)
	Exists func(path string) bool // may take its time
	Post   func(func())
}

// Dialogs remember the answers.
type Dialogs struct {
	host   *panel.Host
	opt    Options
	glance export.Glance // at what the session would replace

	path   string
	failed string
	busy   bool
	close  bool
}

// New makes both dialogs.
func New(h *panel.Host, opt Options) *Dialogs {
	return &Dialogs{host: h, opt: opt, glance: export.Glance{Exists: opt.Exists, Post: opt.Post}}
}

// SaveAs is the dialog that asks for a file.
func (d *Dialogs) SaveAs() panel.Panel {
	return panel.Panel{Name: SaveAs, Side: panel.Dialog, Icon: assets.IconSave, Width: 38, Layout: d.saveAs}
}

// Missing is the dialog that asks where sequences are.
func (d *Dialogs) Missing() panel.Panel {
	return panel.Panel{Name: Missing, Side: panel.Dialog, Icon: assets.IconLink, Width: 38, Opened: d.reset, Layout: d.missing}
}

// Unsaved is the dialog that asks about changes which would be lost.
func (d *Dialogs) Unsaved() panel.Panel {
	return panel.Panel{Name: Unsaved, Side: panel.Dialog, Icon: assets.IconSave, Width: 25, Layout: d.unsaved}
}

// unsaved goes on once the dialog is closed, as another may follow.
func (d *Dialogs) unsaved() giu.Layout {
	answer := func(save bool) func() {
		return func() {
			giu.CloseCurrentPopup()
			d.opt.Post(func() { d.opt.Answer(save) })
		}
	}
	text, named := d.opt.Loss()
	save := "Save as..."
	if named {
		save = "Save"
	}
	wide := widget.Em(7)
	return giu.Layout{
		widget.Wrapped{Text: text, Color: *imgui.StyleColorVec4(imgui.ColText)},
		widget.Flow{Gap: 8, Parts: []widget.Part{
			{Of: giu.Button(save).Size(wide, 0).OnClick(answer(true))},
			{Needs: wide, Of: giu.Button("Don't save").Size(wide, 0).OnClick(answer(false))},
			{Needs: wide, Of: giu.Button("Cancel").Size(wide, 0).OnClick(giu.CloseCurrentPopup)},
		}},
		giu.Custom(func() {
			if giu.IsKeyPressed(giu.KeyEnter) {
				answer(true)()
			}
		}),
	}
}

func (d *Dialogs) reset() { d.failed, d.busy, d.close = "", false, false }

// Ask asks where to save the session; path is where it was, "" if nowhere.
func (d *Dialogs) Ask(path string) {
	d.reset()
	d.glance.Forget()
	switch {
	case path != "":
		d.path = path
	case d.path == "":
		dir := d.opt.Folder()
		if dir == "" {
			dir, _ = os.UserHomeDir() // without one the field begins with the name
		}
		d.path = filepath.Join(dir, d.name()+sessionfile.Ending)
	}
	d.opt.Show(SaveAs)
}

// name is what a session is called at first.
func (d *Dialogs) name() string {
	if l := d.host.Session.Active(); l != nil {
		return strings.TrimSpace(l.Seq.Stem())
	}
	return "session"
}

func (d *Dialogs) saveAs() giu.Layout {
	if d.close {
		d.close = false
		return giu.Layout{giu.Custom(giu.CloseCurrentPopup)}
	}
	enter := false
	file := widget.FieldAndButton{Label: "Folder...", Click: d.folder, Field: func(width float32) giu.Widget { // it has the keyboard, so that Enter saves at once
		return giu.InputText(&d.path).ID("##path").Hint("Path of an .iceview file").Size(width).Focus(giu.IsWindowAppearing()).
			Flags(giu.InputTextFlagsEnterReturnsTrue).OnChange(func() { enter = true })
	}}
	rest := widget.Lazy(func() giu.Widget {
		text, ok := d.outlook()
		if (enter || widget.Entered()) && ok {
			d.save()
		}
		return giu.Layout{text, giu.Row(widget.Disabled{Off: !ok, Of: giu.Button("Save").OnClick(d.save)}, giu.Button("Cancel").OnClick(giu.CloseCurrentPopup))}
	})
	return giu.Layout{widget.Field{Label: "File", Column: widget.Em(5), Of: file}, rest}
}

// outlook says what will be written; ok is false if nothing can be.
func (d *Dialogs) outlook() (text giu.Widget, ok bool) {
	if strings.TrimSpace(d.path) == "" || strings.HasSuffix(d.path, string(filepath.Separator)) {
		return panel.Note(session.Warning, "The file needs a name."), false
	}
	target := sessionfile.Named(d.path)
	name := pathname.Display(target)
	exists, _ := d.glance.At(target)
	switch {
	case d.failed != "":
		return panel.Note(session.Error, d.failed), !d.busy
	case d.busy:
		return widget.Wrapped{Text: fmt.Sprintf("Writing %s...", name)}, false
	case exists:
		return panel.Note(session.Warning, name+" exists and will be replaced."), true
	}
	return widget.Wrapped{Text: "The session will be " + name + ". Paths in it begin in its folder, so that both can move together."}, true
}

func (d *Dialogs) save() {
	d.busy, d.failed = true, ""
	d.end(d.opt.Save(d.path, func(err error) {
		d.busy, d.close = false, err == nil
		d.end(err)
	}))
}

// end shows an error.
func (d *Dialogs) end(err error) {
	if err != nil {
		d.busy, d.failed = false, pathname.Display(err.Error())
	}
}

// folder lets the user choose where the file goes, and comes back.
func (d *Dialogs) folder() {
	giu.CloseCurrentPopup()
	dir, base := filepath.Split(d.path)
	d.opt.Ask(folder.Options{Title: "Folder for the session", Dir: dir, Want: folder.Folders}, func(paths []string) {
		if len(paths) > 0 {
			d.path = filepath.Join(paths[0], base)
		}
		d.opt.Show(SaveAs)
	})
}

// listed is how many missing sequences the dialog names.
const listed = 8

func (d *Dialogs) missing() giu.Layout {
	names, folders := d.opt.Lost()
	if len(names) == 0 || d.close {
		d.close = false
		return giu.Layout{giu.Custom(giu.CloseCurrentPopup)}
	}
	text := unit.Plural(len(names), "sequence") + " of the session were not found:"
	if len(names) == 1 {
		text = "A sequence of the session was not found:"
	}
	l := giu.Layout{widget.Wrapped{Text: text}}
	for i, name := range names[:min(len(names), listed)] {
		where := pathname.Display(folders[i])
		l = append(l, widget.Tip{Text: where, Of: giu.Row(giu.Label("  "+pathname.Display(name)), widget.Short{Text: where})})
	}
	if more := len(names) - listed; more > 0 {
		l = append(l, widget.Dim(fmt.Sprintf("  and %s more", unit.Count(more))))
	}
	l = append(l, widget.Wrapped{Text: "Choose the folder that they are in now, or one above it."})
	if d.failed != "" {
		l = append(l, panel.Note(session.Error, d.failed))
	}
	return append(l, giu.Row(
		widget.Disabled{Off: d.busy, Of: giu.Button("Choose folder...").OnClick(d.relink)},
		giu.Button("Leave them out").OnClick(giu.CloseCurrentPopup),
	))
}

// relink lets the user choose a folder, and comes back if something is still missing.
func (d *Dialogs) relink() {
	giu.CloseCurrentPopup()
	_, folders := d.opt.Lost()
	d.opt.Ask(folder.Options{Title: "Folder of the missing sequences", Dir: folders[0], Want: folder.Folders, Accept: "Look here"}, func(paths []string) {
		if len(paths) == 0 {
			d.opt.Show(Missing)
			return
		}
		d.opt.Relink(paths[0], func(err error) {
			if names, _ := d.opt.Lost(); len(names) > 0 {
				d.opt.Show(Missing)
			}
			d.end(err)
		})
	})
}
