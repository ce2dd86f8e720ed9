package panel

import (
	"github.com/AllenDang/cimgui-go/imgui"
)

// wrapped writes text over as many lines as it needs, muted or in a colour.
func wrapped(text string, color *imgui.Vec4) {
	if color == nil {
		color = imgui.StyleColorVec4(imgui.ColTextDisabled)
	}
	imgui.PushStyleColorVec4(imgui.ColText, *color)
	imgui.PushTextWrapPosV(0)
	imgui.TextUnformatted(text)
	imgui.PopTextWrapPos()
	imgui.PopStyleColor()
}
