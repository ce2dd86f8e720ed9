package panel

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/export"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/cache"
)

// Names of the dialogs, as their title bars show them.
const (
	PopupSave     = "Save picture"
	PopupSequence = "Save sequence"
)

// saveDialog asks how pictures are saved. It remembers the answers.
type saveDialog struct {
	host   *Host
	glance export.Glance // at what a picture would replace
	saveForm
	failed  string
	turn    int // counts how often it was shown
	writing bool
	written bool // close it
	planned planned
}

// planned is what was found out of a sequence.
type planned struct {
	form   saveForm
	frames int
	target string
	err    error
}

// saveForm is what can be answered.
type saveForm struct {
	path        string
	pattern     string // of a sequence
	size        int    // of saveSizes
	w, h        int32  // of the last, any size
	plain       bool
	transparent bool
	first, last string // frames of a sequence
}

// saveSizes are offered; the first is the scene's, the last any.
var saveSizes = [...]struct {
	name string
	w, h int
}{
	{"as large as the scene", 0, 0}, {"1280 x 720", 1280, 720}, {"1920 x 1080", 1920, 1080},
	{"2560 x 1440", 2560, 1440}, {"3840 x 2160", 3840, 2160}, {"other", 0, 0},
}

func (d *saveDialog) ask(sequence bool) {
	d.turn++
	d.failed, d.writing, d.written, d.planned = "", false, false, planned{}
	d.glance.Forget()
	dir, err := os.Getwd()
	if r := d.host.Settings.Recent; len(r) > 0 {
		dir = filepath.Dir(r[0])
	} else if err != nil {
		dir = os.TempDir()
	}
	if d.path == "" {
		d.path, d.pattern = filepath.Join(dir, "picture.png"), filepath.Join(percent(dir), "frame_%04d.png")
		d.w, d.h = 1920, 1080
	}
	if !sequence {
		d.host.Show(PopupSave)
		return
	}
	if first, last, ok := d.host.Session.Range(); ok {
		d.first, d.last = first.String(), last.String()
	}
	d.host.Show(PopupSequence)
}

func (d *saveDialog) savePicture()  { d.save(false) }
func (d *saveDialog) saveSequence() { d.save(true) }

// label writes what a field asks for, in a column of its own.
func label(text string) {
	imgui.AlignTextToFramePadding()
	imgui.TextUnformatted(text)
	imgui.SameLineV(5*imgui.FontSize(), -1)
}

func (d *saveDialog) save(sequence bool) {
	if d.written {
		d.written = false
		imgui.CloseCurrentPopup()
		return
	}
	before := d.saveForm
	path, hint, popup := &d.path, "path of a .png file", PopupSave
	if sequence {
		path, hint, popup = &d.pattern, "path with %04d for the frame, .png", PopupSequence
	}
	em := imgui.FontSize()
	label("File")
	imgui.SetNextItemWidth(26 * em)
	if imgui.IsWindowAppearing() {
		imgui.SetKeyboardFocusHere() // Enter saves at once
	}
	enter := imgui.InputTextWithHint("##path", hint, path, imgui.InputTextFlagsEnterReturnsTrue, nil)
	imgui.SameLine()
	if imgui.ButtonV("Folder...", imgui.Vec2{X: -math.SmallestNonzeroFloat32}) {
		d.askFolder(path, popup)
	}
	if sequence {
		d.askFrames()
	}
	d.askLook()
	if d.saveForm != before {
		d.failed = ""
	}
	err := d.saveOutlook(sequence, *path)
	imgui.BeginDisabledV(err != nil || d.writing)
	if (imgui.Button("Save") || enter) && err == nil && !d.writing {
		d.beginSave(sequence)
	}
	imgui.EndDisabled()
	imgui.SameLine()
	if imgui.Button("Cancel") {
		imgui.CloseCurrentPopup()
	}
}

// askFrames asks for the frames of a sequence.
func (d *saveForm) askFrames() {
	label("Frames")
	for i, text := range []*string{&d.first, &d.last} {
		imgui.SetNextItemWidth(5.8 * imgui.FontSize())
		imgui.InputTextWithHint([]string{"##first", "##last"}[i], "frame", text, imgui.InputTextFlagsCharsDecimal, nil)
		imgui.SameLineV(0, imgui.CurrentStyle().ItemInnerSpacing().X)
	}
	widget.TextDim("first and last")
}

// askLook asks how large pictures are and what they show.
func (d *saveForm) askLook() {
	em := imgui.FontSize()
	label("Size")
	imgui.SetNextItemWidth(16 * em)
	if imgui.BeginCombo("##size", saveSizes[d.size].name) {
		for i, s := range saveSizes {
			if imgui.SelectableBoolV(s.name, i == d.size, 0, imgui.Vec2{}) {
				d.size = i
			}
		}
		imgui.EndCombo()
	}
	if d.size == len(saveSizes)-1 {
		label("")
		imgui.SetNextItemWidth(12 * em)
		v := [2]int32{d.w, d.h}
		if imgui.InputInt2("##", &v) {
			d.w, d.h = v[0], v[1]
		}
		imgui.SameLine()
		widget.TextDim("width and height in pixels")
		d.w, d.h = min(max(d.w, 1), 16384), min(max(d.h, 1), 16384)
	}
	imgui.SetCursorPosX(5 * em)
	imgui.Checkbox("Particles alone", &d.plain)
	widget.Tooltip("No grid, axes, legend or text")
	imgui.SameLine()
	imgui.Checkbox("Transparent background", &d.transparent)
}

// saveOutlook says what will come of it, or why nothing can.
func (d *saveDialog) saveOutlook(sequence bool, path string) error {
	target, err := stage.PNGName(path), error(nil)
	if sequence {
		target, err = d.firstTarget(d.host.Session)
	}
	exists := false
	if target != "" {
		exists, _ = d.glance.At(target)
	}
	_, warn := LevelLook(session.Warning)
	_, bad := LevelLook(session.Error)
	switch {
	case d.failed != "":
		wrapped(d.failed, &bad)
	case d.writing:
		wrapped(fmt.Sprintf("Writing %s...", target), nil)
	case err != nil:
		wrapped(err.Error(), &warn)
	case exists && sequence:
		wrapped(fmt.Sprintf("%s exists; pictures of these names will be replaced.", target), &warn)
	case exists:
		wrapped(fmt.Sprintf("%s exists and will be replaced.", target), &warn)
	case sequence:
		wrapped(fmt.Sprintf("The first picture will be %s.", target), nil)
	default:
		wrapped(fmt.Sprintf("The picture will be %s.", target), nil)
	}
	return err
}

// firstTarget is the file of the first picture of a sequence. It is found out when an
// answer has changed, or the frames have.
func (d *saveDialog) firstTarget(s *session.Session) (string, error) {
	if frames := len(s.Frames()); d.planned.form != d.saveForm || d.planned.frames != frames {
		d.planned = planned{form: d.saveForm, frames: frames}
		opt, err := d.options(true)
		var plan *export.Plan
		if err == nil {
			plan, err = stage.PlanSequence(s, &opt)
		}
		if d.planned.err = err; err == nil {
			d.planned.target = plan.Jobs[0].Target
		}
	}
	return d.planned.target, d.planned.err
}

// beginSave saves what is asked for. The dialog of a picture stays until that is written,
// so that an error is seen where it can be mended.
func (d *saveDialog) beginSave(sequence bool) {
	opt, err := d.options(sequence)
	turn := d.turn
	d.failed = ""
	if err == nil {
		err = d.host.Saver.Save(opt, func(err error) {
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
		imgui.CloseCurrentPopup()
	default:
		d.writing = true
	}
}

// askFolder lets the user choose where the file goes, and comes back.
func (d *saveDialog) askFolder(path *string, back string) {
	imgui.CloseCurrentPopup()
	dir, base := filepath.Split(*path)
	pattern := back == PopupSequence
	if pattern {
		dir = strings.ReplaceAll(dir, "%%", "%")
	}
	d.host.Ask(widget.BrowseOptions{Title: "Folder for pictures", Dir: dir, Folders: true}, func(paths []string) {
		if len(paths) > 0 {
			dir := paths[0]
			if pattern {
				dir = percent(dir)
			}
			*path = filepath.Join(dir, base)
		}
		d.host.Show(back)
	})
}

// percent writes a folder as a part of a pattern, where % begins the frame's place.
func percent(dir string) string { return strings.ReplaceAll(dir, "%", "%%") }

// options are the answers.
func (d *saveForm) options(sequence bool) (stage.SaveOptions, error) {
	size := saveSizes[d.size]
	opt := stage.SaveOptions{Path: d.path, PictureOptions: stage.PictureOptions{W: size.w, H: size.h, Plain: d.plain, Transparent: d.transparent}}
	if d.size == len(saveSizes)-1 {
		opt.W, opt.H = int(d.w), int(d.h)
	}
	if sequence {
		first, okFirst := cache.ParseNumber(d.first)
		last, okLast := cache.ParseNumber(d.last)
		if !okFirst || !okLast {
			return opt, errors.New("first and last want the number of a frame, such as 12 or 101.25")
		}
		opt.Path, opt.Sequence, opt.First, opt.Last = d.pattern, true, first, last
	}
	return opt, nil
}
