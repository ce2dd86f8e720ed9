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
	host        *Host
	path        string
	pattern     string // of a sequence
	size        int    // of saveSizes
	w, h        int32  // of the last, any size
	plain       bool
	transparent bool
	first, last string // frames of a sequence
	failed      string
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
	d.failed = ""
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

func (d *saveDialog) save(sequence bool) {
	before := *d
	path, hint, popup := &d.path, "path of a .png file", PopupSave
	if sequence {
		path, hint, popup = &d.pattern, "path with %04d for the frame, .png", PopupSequence
	}
	em := imgui.FontSize()
	label := func(text string) {
		imgui.AlignTextToFramePadding()
		imgui.TextUnformatted(text)
		imgui.SameLineV(5*em, -1)
	}
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
	pair := func(name string, a, b *int32, note string) {
		label(name)
		imgui.SetNextItemWidth(12 * em)
		v := [2]int32{*a, *b}
		if imgui.InputInt2("##"+name, &v) {
			*a, *b = v[0], v[1]
		}
		imgui.SameLine()
		widget.TextDim(note)
	}
	if sequence {
		label("Frames")
		for i, text := range []*string{&d.first, &d.last} {
			imgui.SetNextItemWidth(5.8 * em)
			imgui.InputTextWithHint([]string{"##first", "##last"}[i], "frame", text, imgui.InputTextFlagsCharsDecimal, nil)
			imgui.SameLineV(0, imgui.CurrentStyle().ItemInnerSpacing().X)
		}
		widget.TextDim("first and last")
	}
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
		pair("", &d.w, &d.h, "width and height in pixels")
		d.w, d.h = min(max(d.w, 1), 16384), min(max(d.h, 1), 16384)
	}
	imgui.SetCursorPosX(5 * em)
	imgui.Checkbox("Particles alone", &d.plain)
	widget.Tooltip("No grid, axes, legend or text")
	imgui.SameLine()
	imgui.Checkbox("Transparent background", &d.transparent)
	if *d != before {
		d.failed = ""
	}
	_, warn := LevelLook(session.Warning)
	_, bad := LevelLook(session.Error)
	target, err := pngName(*path), error(nil)
	if sequence {
		var frames []cache.Number
		if frames, err = d.frames(d.host.Session); err == nil {
			var name export.Pattern
			name, err = export.ParsePattern(*path, export.Picture())
			target = name.For(frames).Of(frames[0])
		}
	}
	_, missing := os.Stat(target)
	switch {
	case d.failed != "":
		wrapped(d.failed, &bad)
	case err != nil:
		wrapped(err.Error(), &warn)
	case missing == nil && sequence:
		wrapped(fmt.Sprintf("%s exists; pictures of these names will be replaced.", target), &warn)
	case missing == nil:
		wrapped(fmt.Sprintf("%s exists and will be replaced.", target), &warn)
	case sequence:
		wrapped(fmt.Sprintf("The first picture will be %s.", target), nil)
	default:
		wrapped(fmt.Sprintf("The picture will be %s.", target), nil)
	}
	imgui.BeginDisabledV(err != nil)
	if (imgui.Button("Save") || enter) && err == nil {
		if err := d.host.save(d.options(sequence)); err != nil {
			d.failed = err.Error()
		} else {
			imgui.CloseCurrentPopup()
			d.failed = ""
		}
	}
	imgui.EndDisabled()
	imgui.SameLine()
	if imgui.Button("Cancel") {
		imgui.CloseCurrentPopup()
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

// frames are those from the first to the last that were typed.
func (d *saveDialog) frames(s *session.Session) ([]cache.Number, error) {
	first, okFirst := cache.ParseNumber(d.first)
	last, okLast := cache.ParseNumber(d.last)
	if !okFirst || !okLast {
		return nil, errors.New("first and last want the number of a frame, such as 12 or 101.25")
	}
	return framesBetween(s, first, last)
}

func (d *saveDialog) options(sequence bool) SaveOptions {
	size := saveSizes[d.size]
	opt := SaveOptions{Path: d.path, W: size.w, H: size.h, Plain: d.plain, Transparent: d.transparent}
	if d.size == len(saveSizes)-1 {
		opt.W, opt.H = int(d.w), int(d.h)
	}
	if sequence {
		first, _ := cache.ParseNumber(d.first) // Save waits for them to be right
		last, _ := cache.ParseNumber(d.last)
		opt.Path, opt.Sequence, opt.First, opt.Last = d.pattern, true, first, last
	}
	return opt
}
