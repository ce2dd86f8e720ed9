package widget

import (
	"fmt"
	"slices"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// Numbers is a row of fields for numbers of full precision, of which each counts when Enter is
// pressed or the field is left.
type Numbers struct {
	ID     string
	Values []float64
	Format string // of printf, such as %.5g; where there is no room it has fewer digits
	Change func(values []float64)

	typing int // field that is being typed in, from 1; 0: none
	draft  float64
}

// Build implements giu.Widget.
func (f *Numbers) Build() {
	n := float32(len(f.Values))
	gap := imgui.CurrentStyle().ItemInnerSpacing().X
	width := (imgui.ContentRegionAvail().X - gap*(n-1)) / n
	imgui.PushIDStr(f.ID)
	defer imgui.PopID()
	for i, v := range f.Values {
		if i > 0 {
			imgui.SameLineV(0, gap)
		}
		imgui.SetNextItemWidth(width)
		if f.typing == i+1 {
			v = f.draft
		}
		if imgui.InputDoubleV(fmt.Sprintf("##%d", i), &v, 0, 0, f.fitting(v, width), imgui.InputTextFlagsAutoSelectAll) {
			f.typing, f.draft = i+1, v
		}
		if f.typing == i+1 && imgui.IsItemDeactivated() {
			f.typing = 0
			f.take(i)
		}
	}
}

// take takes what was typed, unless it is what the field has shown all the time.
func (f *Numbers) take(i int) {
	if fmt.Sprintf(f.Format, f.draft) == fmt.Sprintf(f.Format, f.Values[i]) || f.draft-f.draft != 0 {
		return
	}
	next := slices.Clone(f.Values)
	next[i] = f.draft
	f.Change(next)
}

// fitting is the format with as many digits as there is room for.
func (f *Numbers) fitting(v float64, width float32) string {
	room := width - 2*imgui.CurrentStyle().FramePadding().X
	return fewer(f.Format, v, func(text string) bool { return TextWidth(text) <= room })
}

// fewer takes digits from a format until the number fits, or one is left.
func fewer(format string, v float64, fits func(text string) bool) string {
	at := strings.Index(format, "%.")
	if at < 0 || at+2 >= len(format) {
		return format
	}
	for digits := format[at+2]; digits > '1' && digits <= '9'; digits-- {
		shorter := format[:at+2] + string(digits) + format[at+3:]
		if fits(fmt.Sprintf(shorter, v)) {
			return shorter
		}
	}
	return format
}
