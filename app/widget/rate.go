package widget

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// rateDigits are the decimals that tell frame rates apart: 23.976 from 24, 29.97
// from 30.
const rateDigits = 3

// Rate is a frame rate as people write it: "24", "23.976", "29.97".
func Rate(fps float64) string {
	text := strconv.FormatFloat(fps, 'f', rateDigits, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// rateFormat is how a field of ImGui shows a rate like Rate does.
func rateFormat(fps float64) string {
	_, decimals, _ := strings.Cut(Rate(fps), ".")
	return fmt.Sprintf("%%.%df fps", len(decimals))
}

// RateDrag is a frame rate, changed by dragging or by typing after a click. A rate that
// was not changed keeps all its digits.
type RateDrag struct {
	ID              string
	FPS             float64
	Lowest, Highest float64
	Width           float32 // in pixels
	Change          func(fps float64)
}

// Build implements giu.Widget.
func (f RateDrag) Build() {
	v := float32(f.FPS)
	imgui.SetNextItemWidth(f.Width)
	if imgui.DragFloatV(f.ID, &v, 0.1, float32(f.Lowest), float32(f.Highest), rateFormat(f.FPS), imgui.SliderFlagsAlwaysClamp) {
		f.Change(typedRate(v))
	}
}

// RateInput is a RateDrag for typing, with buttons for whole steps.
type RateInput struct {
	Label  string
	FPS    float64
	Change func(fps float64)
}

// Build implements giu.Widget.
func (f RateInput) Build() {
	v := float32(f.FPS)
	if imgui.InputFloatV(f.Label, &v, 1, 5, rateFormat(f.FPS), 0) {
		f.Change(typedRate(v))
	}
}

// typedRate is the rate that was typed, which ImGui's float32 is not quite.
func typedRate(v float32) float64 {
	scale := math.Pow10(rateDigits)
	return math.Round(float64(v)*scale) / scale
}
