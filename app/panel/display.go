package panel

import (
	"math"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/look"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
)

// displayPanel is how the points are drawn and coloured. What its controls set goes by
// the commands of the look, which the actions call too.
type displayPanel struct {
	host   *Host
	window *window.Window
	clip   [3]widget.RangeSlider
	now    look.Look // as it is when a section begins to be drawn
}

const (
	logSlider = imgui.SliderFlagsAlwaysClamp | imgui.SliderFlagsLogarithmic
	linSlider = imgui.SliderFlagsAlwaysClamp
)

func (d *displayPanel) draw() {
	section := func(name string, open bool, body func()) {
		flags := imgui.TreeNodeFlags(imgui.TreeNodeFlagsNone)
		if open {
			flags = imgui.TreeNodeFlagsDefaultOpen
		}
		if d.now = d.host.Look.Now(); imgui.CollapsingHeaderTreeNodeFlagsV(name, flags) {
			imgui.PushIDStr(name)
			body()
			imgui.PopID()
			imgui.Spacing()
		}
	}
	d.active()
	section("Colour", true, d.color)
	section("Points", true, d.points)
	section("Lines", true, d.lines)
	section("Clipping", d.now.ClipMode != look.ClipNone, d.clipping)
	section("Scene", true, d.scene)
	section("Large clouds", false, d.limits)
	imgui.Spacing()
	if imgui.ButtonV(assets.IconUndo+"  Reset", imgui.Vec2{X: imgui.ContentRegionAvail().X}) {
		d.host.Run("reset-display")
	}
	widget.Tooltip("Draw everything as a new window does")
}

// row begins a line with a label; what follows takes the rest of the width.
func (d *displayPanel) row(label, help string) {
	imgui.AlignTextToFramePadding()
	imgui.TextUnformatted(label)
	widget.Tooltip(help)
	imgui.SameLineV(6.2*imgui.FontSize(), -1)
	imgui.SetNextItemWidth(-math.SmallestNonzeroFloat32)
}

// below begins a line that belongs to the row above.
func (d *displayPanel) below() { imgui.SetCursorPosX(6.2 * imgui.FontSize()) }

// slider sets a number between lo and hi, which is what is of use of its bounds.
func (d *displayPanel) slider(label, help string, a look.Amount, lo, hi float32, format string, flags imgui.SliderFlags) {
	d.row(label, help)
	if v := float32(d.now.Amount(a)); imgui.SliderFloatV("##"+label, &v, lo, hi, format, flags) {
		d.host.Look.Set(a, float64(v))
	}
	widget.Tooltip(help)
}

// wholeSlider is slider for whole numbers, whose tooltip may say more.
func (d *displayPanel) wholeSlider(label, help, tip string, a look.Amount, lo, hi int32, format string, flags imgui.SliderFlags) {
	d.row(label, help)
	if v := int32(d.now.Amount(a)); imgui.SliderIntV("##"+label, &v, lo, hi, format, flags) {
		d.host.Look.Set(a, float64(v))
	}
	widget.Tooltip(tip)
}

func (d *displayPanel) check(label, help string, o look.Option) {
	if on := d.now.On(o); imgui.Checkbox(label, &on) {
		d.host.Look.Turn(o, on)
	}
	widget.Tooltip(help)
}

func (d *displayPanel) tint(label, help string, t look.Tint) {
	d.row(label, help)
	if c := d.now.Tint(t); imgui.ColorEdit3V("##"+label, &c, imgui.ColorEditFlagsDisplayHex) {
		d.host.Look.Paint(t, c)
	}
}

// second goes on in the line, in the second column.
func (d *displayPanel) second() {
	imgui.SameLineV(max(imgui.ContentRegionAvail().X/2, 8*imgui.FontSize()), -1)
}

// combo draws a choice of names and returns the one chosen now, else -1.
func (d *displayPanel) combo(label, help string, names []string, at int) int {
	chosen := -1
	d.row(label, help)
	preview := ""
	if at >= 0 && at < len(names) {
		preview = names[at]
	}
	if imgui.BeginComboV("##"+label, preview, imgui.ComboFlagsHeightLarge) {
		for i, n := range names {
			if imgui.SelectableBoolV(n, i == at, 0, imgui.Vec2{}) {
				chosen = i
			}
		}
		imgui.EndCombo()
	}
	return chosen
}

// lacks says below a row what this frame or all are without, each reason on a line.
func (d *displayPanel) lacks(name string) {
	for _, line := range d.host.Session.Lack(name) {
		wrapped(line+".", nil)
	}
}
