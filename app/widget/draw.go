// Package widget holds reusable pieces of user interface for Dear ImGui that
// know nothing about particles: a table of any number of rows, a time ruler, a
// file browser, sliders, buttons, messages. A widget with state is a struct
// owned by its panel; it is drawn on the loop's thread, inside a window.
package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
)

func vec(x, y float32) imgui.Vec2 { return imgui.Vec2{X: x, Y: y} }

func color(c imgui.Vec4) uint32 { return imgui.ColorU32Vec4(c) }

func alpha(c imgui.Vec4, a float32) imgui.Vec4 {
	c.W *= a
	return c
}

// scaled turns pixels at scale 1 into pixels on this display.
func scaled(px float32) float32 { return px * imgui.CurrentStyle().FontScaleDpi() }

// Tooltip shows text for the last item after the usual delay. Text may hold
// percent signs and lines.
func Tooltip(text string) {
	if text == "" {
		return
	}
	if imgui.IsItemHoveredV(imgui.HoveredFlagsForTooltip|imgui.HoveredFlagsAllowWhenDisabled) && imgui.BeginTooltip() {
		imgui.TextUnformatted(text)
		imgui.EndTooltip()
	}
}

// TextDim draws text in the disabled text's colour.
func TextDim(text string) {
	imgui.PushStyleColorVec4(imgui.ColText, *imgui.StyleColorVec4(imgui.ColTextDisabled))
	imgui.TextUnformatted(text)
	imgui.PopStyleColor()
}
