// Package save asks how to save pictures: one of the scene, or one of each frame of a
// sequence.
package save

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/AllenDang/giu"

	"iceexplorer/app/export"
	"iceexplorer/app/folder"
	"iceexplorer/app/panel"
	"iceexplorer/app/player"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
)

// Names of the dialogs, as their title bars show them.
const (
	Picture  = "Save picture"
	Sequence = "Save sequence"
)

// Options are what the dialogs need.
type Options struct {
	Saver *stage.Saver
	// Ask lets the user choose a folder; done gets none if nothing was chosen.
	Ask func(opt folder.Options, done func(paths []string))
	// Show opens one of the dialogs.
	Show func(name string)
	// Exists reports whether a file exists. It may take its time.
	Exists func(path string) bool
	// Post has a function called on the window's loop.
	Post func(func())
}

// Dialogs remember the answers.
type Dialogs struct {
	host   *panel.Host
	opt    Options
	glance export.Glance // at what a picture would replace
	form
	failed  string
	turn    int // counts how often one was shown
	writing bool
	written bool // close it
	planned planned
	lacking map[int]string // kinds of films that cannot be made here, and why
}

// planned is what was found out about a sequence.
type planned struct {
	form   form
	of     *player.Track
	jobs   int
	opt    stage.SaveOptions
	target string
	err    error
}

// New makes both dialogs.
func New(h *panel.Host, opt Options) *Dialogs {
	return &Dialogs{host: h, opt: opt, glance: export.Glance{Exists: opt.Exists, Post: opt.Post}}
}

// Picture is the dialog for one picture.
func (d *Dialogs) Picture() panel.Panel {
	return panel.Panel{Name: Picture, Side: panel.Dialog, Icon: assets.IconCamera, Width: 38, Layout: func() giu.Layout { return d.layout(false) }}
}

// Sequence is the dialog for a picture of each frame.
func (d *Dialogs) Sequence() panel.Panel {
	return panel.Panel{Name: Sequence, Side: panel.Dialog, Icon: assets.IconExport, Width: 38, Layout: func() giu.Layout { return d.layout(true) }}
}

// Given is what is answered already; "" is not.
type Given struct {
	Film   string // name of its kind
	Camera string // turntable, turntable:DEGREES or bookmarks
}

// Ask opens one of the dialogs.
func (d *Dialogs) Ask(sequence bool, given Given) {
	d.turn++
	d.failed, d.writing, d.written, d.planned = "", false, false, planned{}
	d.glance.Forget()
	dir, err := os.Getwd()
	if chosen := d.host.Settings.Preferences.ExportDir; chosen != "" {
		dir = chosen
	} else if r := d.host.Settings.Recent; len(r) > 0 {
		dir = filepath.Dir(r[0])
	} else if err != nil {
		dir = os.TempDir()
	}
	if d.path == "" {
		d.path, d.pattern = filepath.Join(dir, "picture.png"), filepath.Join(percent(dir), "frame_%04d.png")
		d.w, d.h, d.course.degrees = 1920, 1080, "360"
	}
	if !sequence {
		d.opt.Show(Picture)
		return
	}
	d.lookForTools()
	d.take(given)
	if first, last, ok := d.host.Session.ShownRange(); ok {
		d.first, d.last = first.String(), last.String()
	}
	d.opt.Show(Sequence)
}

func (d *Dialogs) layout(sequence bool) giu.Layout {
	if d.written {
		d.written = false
		return giu.Layout{giu.Custom(giu.CloseCurrentPopup)}
	}
	before, enter := d.form, false
	fields := d.fields(sequence, func() { enter = true })
	rest := widget.Lazy(func() giu.Widget {
		if d.form != before {
			d.failed = ""
		}
		text, err := d.outlook(sequence)
		wait := err != nil || d.writing
		if (enter || widget.Entered()) && !wait {
			d.begin(sequence)
		}
		save := giu.Button("Save").OnClick(func() { d.begin(sequence) })
		return giu.Layout{text, giu.Row(widget.Disabled{Off: wait, Of: save}, giu.Button("Cancel").OnClick(giu.CloseCurrentPopup))}
	})
	return append(fields, rest)
}

// outlook says what will be written, or why nothing can be.
func (d *Dialogs) outlook(sequence bool) (text giu.Widget, err error) {
	target := stage.PictureName(d.path)
	if sequence {
		target, err = d.firstTarget()
	}
	exists := false
	if target != "" {
		exists, _ = d.glance.At(target)
	}
	_, warn := panel.LevelLook(session.Warning)
	_, bad := panel.LevelLook(session.Error)
	switch {
	case d.failed != "":
		return widget.Wrapped{Text: d.failed, Color: bad}, err
	case d.writing:
		return widget.Wrapped{Text: fmt.Sprintf("Writing %s...", target)}, err
	case err != nil:
		return widget.Wrapped{Text: err.Error(), Color: warn}, err
	case exists && sequence:
		return giu.Layout{widget.Wrapped{Text: fmt.Sprintf("%s exists and will be replaced%s", target, d.others()), Color: warn}, d.filmOutlook()}, nil
	case exists:
		return widget.Wrapped{Text: fmt.Sprintf("%s exists and will be replaced.", target), Color: warn}, nil
	case sequence:
		return giu.Layout{widget.Wrapped{Text: d.becomes(target)}, d.filmOutlook()}, nil
	}
	return widget.Wrapped{Text: fmt.Sprintf("The picture will be %s.", target)}, nil
}

// firstTarget is the file of the first picture of a sequence. It is found anew when an answer
// or the frames have changed.
func (d *Dialogs) firstTarget() (string, error) {
	s := d.host.Session
	if track := s.ShownTrack(); d.planned.form != d.form || d.planned.of != track {
		d.planned = planned{form: d.form, of: track}
		opt, err := d.options(true, d.host.Settings.Cameras)
		var plan *export.Plan
		if err == nil {
			plan, err = stage.PlanSequence(s, &opt)
		}
		if d.planned.err = err; err == nil {
			d.planned.target, d.planned.jobs, d.planned.opt = plan.Jobs[0].Target, len(plan.Jobs), opt
		}
	}
	return d.planned.target, d.planned.err
}

// begin starts saving. The dialog for one picture stays until it is written, so that an error
// is shown where it can be fixed.
func (d *Dialogs) begin(sequence bool) {
	opt, err := d.options(sequence, d.host.Settings.Cameras)
	turn := d.turn
	d.failed = ""
	if err == nil {
		err = d.opt.Saver.Save(opt, func(err error) {
			switch {
			case sequence || turn != d.turn:
			case err != nil:
				d.writing, d.failed = false, err.Error()
			default:
				d.writing, d.written = false, true
			}
		})
	}
	switch {
	case err != nil:
		d.failed = err.Error()
	case sequence:
		giu.CloseCurrentPopup()
	default:
		d.writing = true
	}
}

// folder lets the user choose where the file goes, and comes back.
func (d *Dialogs) folder(sequence bool) {
	giu.CloseCurrentPopup()
	path, back := &d.path, Picture
	dir, base := filepath.Split(*path)
	if sequence {
		path, back = &d.pattern, Sequence
		dir, base = filepath.Split(*path)
		dir = d.unescaped(dir)
	}
	d.opt.Ask(folder.Options{Title: "Folder for pictures", Dir: dir, Want: folder.Folders}, func(paths []string) {
		if len(paths) > 0 {
			dir := paths[0]
			if sequence && d.film == "" {
				dir = percent(dir)
			}
			*path = filepath.Join(dir, base)
		}
		d.opt.Show(back)
	})
}

// percent escapes a folder for a pattern, where % begins the place for the frame.
func percent(dir string) string { return strings.ReplaceAll(dir, "%", "%%") }
