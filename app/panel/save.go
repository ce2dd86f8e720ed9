package panel

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/scene"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
)

// saveDialog asks how pictures are saved. It remembers the answers.
type saveDialog struct {
	path        string
	pattern     string // of a sequence
	size        int    // of saveSizes
	w, h        int32  // of the last, any size
	plain       bool
	transparent bool
	first, last int32
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

func (p *popups) askSave(sequence bool) {
	d := &p.saving
	d.failed = ""
	dir, err := os.Getwd()
	if r := p.host.Settings.Recent; len(r) > 0 {
		dir = filepath.Dir(r[0])
	} else if err != nil {
		dir = os.TempDir()
	}
	if d.path == "" {
		d.path, d.pattern = filepath.Join(dir, "picture.png"), strings.ReplaceAll(filepath.Join(dir, "frame_"), "%", "%%")+"%04d.png"
		d.w, d.h = 1920, 1080
	}
	if !sequence {
		p.show(popupSave)
		return
	}
	if first, last, ok := p.host.Player.Range(); ok {
		d.first, d.last = int32(first), int32(last)
	}
	p.show(popupSequence)
}

func (p *popups) savePicture()  { p.save(false) }
func (p *popups) saveSequence() { p.save(true) }

func (p *popups) save(sequence bool) {
	d := &p.saving
	path, hint := &d.path, "path of a .png file"
	if sequence {
		path, hint = &d.pattern, "path with %04d for the frame, .png"
	}
	imgui.SetNextItemWidth(36 * imgui.FontSize())
	enter := imgui.InputTextWithHint("##path", hint, path, imgui.InputTextFlagsEnterReturnsTrue, nil)
	if sequence {
		imgui.SetNextItemWidth(12 * imgui.FontSize())
		v := [2]int32{d.first, d.last}
		if imgui.InputInt2("frames, first and last", &v) {
			d.first, d.last = v[0], v[1]
		}
	}
	imgui.SetNextItemWidth(16 * imgui.FontSize())
	if imgui.BeginCombo("size", saveSizes[d.size].name) {
		for i, s := range saveSizes {
			if imgui.SelectableBoolV(s.name, i == d.size, 0, imgui.Vec2{}) {
				d.size = i
			}
		}
		imgui.EndCombo()
	}
	if d.size == len(saveSizes)-1 {
		imgui.SetNextItemWidth(12 * imgui.FontSize())
		v := [2]int32{d.w, d.h}
		if imgui.InputInt2("width and height in pixels", &v) {
			d.w, d.h = min(max(v[0], 1), 16384), min(max(v[1], 1), 16384)
		}
	}
	imgui.Checkbox("Particles alone", &d.plain)
	widget.Tooltip("No grid, axes, legend or text")
	imgui.SameLine()
	imgui.Checkbox("Transparent background", &d.transparent)
	_, warn := levelLook(session.Warning)
	_, bad := levelLook(session.Error)
	name, err := scene.ParseFileName(*path)
	switch {
	case d.failed != "":
		wrapped(d.failed, &bad)
	case err != nil:
		wrapped(err.Error(), &warn)
	case sequence:
		wrapped(fmt.Sprintf("The first picture will be %s.", name.Of(int(d.first))), nil)
	default:
		if _, err := os.Stat(*path); err == nil {
			wrapped("The file exists and will be replaced.", &warn)
		}
	}
	imgui.BeginDisabledV(err != nil)
	if (imgui.Button("Save") || enter) && err == nil {
		if err := p.host.save(d.options(sequence)); err != nil {
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

func (d *saveDialog) options(sequence bool) SaveOptions {
	size := saveSizes[d.size]
	opt := SaveOptions{Path: d.path, W: size.w, H: size.h, Plain: d.plain, Transparent: d.transparent}
	if d.size == len(saveSizes)-1 {
		opt.W, opt.H = int(d.w), int(d.h)
	}
	if sequence {
		opt.Path, opt.Sequence, opt.First, opt.Last = d.pattern, true, int(d.first), int(d.last)
	}
	return opt
}
