package widget

import (
	"fmt"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/assets"
)

// Stop is a colour at a place from 0 to 1.
type Stop struct {
	At    float32
	Color [3]float32
}

// Stops edits the colours of a gradient, one on a line.
type Stops struct {
	Stops  []Stop
	Most   int // of them; there are two at least
	Change func([]Stop)
}

// Build implements giu.Widget.
func (s Stops) Build() {
	stops := append([]Stop(nil), s.Stops...)
	changed := false
	gone := -1
	x := imgui.CursorPosX()
	for i := range stops {
		imgui.SetCursorPosX(x)
		imgui.PushIDStr(fmt.Sprint(i))
		changed = imgui.ColorEdit3V("##color", &stops[i].Color, imgui.ColorEditFlagsNoInputs|imgui.ColorEditFlagsDisplayHex) || changed
		Tooltip("The colour; click to choose another")
		imgui.SameLine()
		imgui.SetNextItemWidth(imgui.ContentRegionAvail().X - Em(2.7))
		lo, hi := float32(0), float32(1)
		if i > 0 {
			lo = stops[i-1].At
		}
		if i < len(stops)-1 {
			hi = stops[i+1].At
		}
		if imgui.SliderFloatV("##at", &stops[i].At, 0, 1, "%.3f", imgui.SliderFlagsAlwaysClamp) {
			stops[i].At = min(max(stops[i].At, lo), hi)
			changed = true
		}
		Tooltip("Its place, from 0 to 1. Ctrl+click to type")
		imgui.SameLine()
		imgui.BeginDisabledV(len(stops) <= 2)
		if imgui.Button(assets.IconClose) {
			gone = i
		}
		imgui.EndDisabled()
		Tooltip("Take this colour out")
		imgui.PopID()
	}
	imgui.SetCursorPosX(x)
	imgui.BeginDisabledV(len(stops) >= s.Most)
	if imgui.Button("Add a colour") {
		stops, changed = added(stops), true
	}
	imgui.EndDisabled()
	if gone >= 0 {
		stops, changed = append(stops[:gone], stops[gone+1:]...), true
	}
	if changed {
		s.Change(stops)
	}
}

// added has another stop in the middle of the widest gap.
func added(stops []Stop) []Stop {
	at := 1
	for i := 1; i < len(stops); i++ {
		if stops[i].At-stops[i-1].At > stops[at].At-stops[at-1].At {
			at = i
		}
	}
	a, b := stops[at-1], stops[at]
	mid := Stop{At: (a.At + b.At) / 2}
	for c := range mid.Color {
		mid.Color[c] = (a.Color[c] + b.Color[c]) / 2
	}
	out := append([]Stop(nil), stops[:at]...)
	return append(append(out, mid), stops[at:]...)
}
