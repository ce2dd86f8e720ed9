// Package widget holds reusable pieces of user interface for Dear ImGui that
// know nothing about particles: a table of any number of rows, a time ruler, a
// file browser, sliders, buttons, messages. A widget with state is a struct
// owned by its panel; it is drawn on the loop's thread, inside a window.
package widget

import (
	"strconv"
	"strings"

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

// Plural is a count and what is counted: "1 point", "20,000 points".
func Plural[T ~int | ~int32 | ~int64](n T, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Count formats a number with thousands separators: "1,234,567".
func Count[T ~int | ~int32 | ~int64](n T) string {
	s := strconv.FormatInt(int64(n), 10)
	digits := strings.TrimPrefix(s, "-")
	if len(digits) <= 3 {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:len(s)-len(digits)])
	head := (len(digits)-1)%3 + 1
	b.WriteString(digits[:head])
	for ; head < len(digits); head += 3 {
		b.WriteString("," + digits[head:head+3])
	}
	return b.String()
}

// Bytes formats a size with a binary unit: "1.5 MiB".
func Bytes(n int64) string {
	if n > -1024 && n < 1024 {
		return strconv.FormatInt(n, 10) + " B"
	}
	v, units := float64(n)/1024, "KMGTPE"
	for len(units) > 1 && (v >= 999.5 || v <= -999.5) {
		v, units = v/1024, units[1:]
	}
	prec := 1
	if v >= 99.95 || v <= -99.95 {
		prec = 0
	}
	return strconv.FormatFloat(v, 'f', prec, 64) + " " + units[:1] + "iB"
}
