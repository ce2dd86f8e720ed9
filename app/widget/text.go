package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"
)

// Dim is text in the disabled text's colour.
type Dim string

// Build implements giu.Widget.
func (t Dim) Build() {
	Colored{Text: string(t), Color: *imgui.StyleColorVec4(imgui.ColTextDisabled)}.Build()
}

// Colored is text in a colour.
type Colored struct {
	Text  string
	Color imgui.Vec4
}

// Build implements giu.Widget.
func (t Colored) Build() {
	imgui.PushStyleColorVec4(imgui.ColText, t.Color)
	imgui.TextUnformatted(t.Text)
	imgui.PopStyleColor()
}

// Wrapped is text that wraps over several lines.
type Wrapped struct {
	Text  string
	Color imgui.Vec4 // zero: the disabled text's
}

// Build implements giu.Widget.
func (t Wrapped) Build() {
	imgui.PushTextWrapPosV(0)
	if t.Color == (imgui.Vec4{}) {
		Dim(t.Text).Build()
	} else {
		Colored(t).Build()
	}
	imgui.PopTextWrapPos()
}

// Aligned is text on the baseline of the buttons and fields beside it.
type Aligned struct{ Of giu.Widget }

// Build implements giu.Widget.
func (t Aligned) Build() {
	imgui.AlignTextToFramePadding()
	t.Of.Build()
}

// Section is the title of a part of a form, in a line across it.
type Section string

// Build implements giu.Widget.
func (t Section) Build() { imgui.SeparatorText(string(t)) }

// Facts is a table of names and values.
type Facts struct {
	Rows [][2]string
	Wrap bool // long values go on in the next line
}

// Build implements giu.Widget.
func (f Facts) Build() {
	t := giu.Table().ID("facts").Flags(giu.TableFlagsSizingFixedFit).NoHeader(true)
	if f.Wrap {
		t.Columns(giu.TableColumn(""), giu.TableColumn("").Flags(giu.TableColumnFlagsWidthStretch))
	}
	rows := make([]*giu.TableRowWidget, len(f.Rows))
	for i, r := range f.Rows {
		rows[i] = giu.TableRow(Dim(r[0]), giu.Label(r[1]).Wrapped(f.Wrap))
	}
	if len(rows) > 0 {
		t.Rows(rows...).Build()
	}
}

// Ellipsis cuts text in its middle so that it fits width pixels: the beginning says
// what happened, the end which file.
func Ellipsis(text string, width float32) string {
	if TextWidth(text) <= width {
		return text
	}
	r := []rune(text)
	for keep := len(r) - 1; keep > 1; keep -= max(1, keep/16) {
		if short := string(r[:keep/2]) + "..." + string(r[len(r)-keep/2:]); TextWidth(short) <= width {
			return short
		}
	}
	return "..."
}

// Short is text that is cut so that it fits into the rest of the line, with all of it in a tooltip then.
type Short struct {
	Text  string
	Color imgui.Vec4 // zero: the disabled text's
}

// Build implements giu.Widget.
func (t Short) Build() {
	room := imgui.ContentRegionAvail().X
	c := Colored{Text: Ellipsis(t.Text, room), Color: t.Color}
	if c.Text == "..." && TextWidth(c.Text) > room {
		c.Text = ""
	}
	if t.Color == (imgui.Vec4{}) {
		c.Color = *imgui.StyleColorVec4(imgui.ColTextDisabled)
	}
	c.Build()
	if c.Text != t.Text {
		Tooltip(t.Text)
	}
}

// Behind is dim text behind the last item of the line, if there is room for all of it. Else the item
// has it as a tooltip.
type Behind string

// Build implements giu.Widget.
func (t Behind) Build() {
	gap := imgui.CurrentStyle().ItemSpacing().X
	if imgui.ItemRectMax().X+gap+TextWidth(string(t)) > imgui.CursorScreenPos().X+imgui.ContentRegionAvail().X {
		Tooltip(string(t))
		return
	}
	imgui.SameLine()
	Dim(t).Build()
}

// TextWidth is the width of a text in pixels.
func TextWidth(text string) float32 { return imgui.CalcTextSizeV(text, false, -1).X }
