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

// RateDrag edits a frame rate by dragging, or typing after a double click, and returns
// whether the user changed it. One that was not changed keeps all its digits.
func RateDrag(id string, fps *float64, lowest, highest float64) (changed bool) {
	v := float32(*fps)
	if !imgui.DragFloatV(id, &v, 0.1, float32(lowest), float32(highest), rateFormat(*fps), imgui.SliderFlagsAlwaysClamp) {
		return false
	}
	*fps = typedRate(v)
	return true
}

// RateInput is RateDrag for typing, with buttons for whole steps.
func RateInput(label string, fps *float64) (changed bool) {
	v := float32(*fps)
	if !imgui.InputFloatV(label, &v, 1, 5, rateFormat(*fps), 0) {
		return false
	}
	*fps = typedRate(v)
	return true
}

// typedRate is the rate that was typed: ImGui's float32 is not quite that.
func typedRate(v float32) float64 {
	scale := math.Pow10(rateDigits)
	return math.Round(float64(v)*scale) / scale
}
