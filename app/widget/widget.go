// Package widget holds reusable pieces of user interface that know nothing about
// particles: a table of any number of rows, a time ruler, sliders,
// fields, buttons. Each is a giu.Widget, so that it fits in a layout like any other. What
// giu cannot do is done with Dear ImGui inside them, and nowhere else. A widget that
// remembers something is a struct owned by its panel. All run on the loop's thread.
package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"
)

func vec(x, y float32) imgui.Vec2 { return imgui.Vec2{X: x, Y: y} }

func color(c imgui.Vec4) uint32 { return imgui.ColorU32Vec4(c) }

func alpha(c imgui.Vec4, a float32) imgui.Vec4 {
	c.W *= a
	return c
}

// scaled turns pixels at scale 1 into pixels on this display.
func scaled(px float32) float32 { return px * imgui.CurrentStyle().FontScaleDpi() }

// Em is the height of the text, in which widths of fields and dialogs are given.
func Em(n float32) float32 { return n * imgui.FontSize() }

// Lazy is a part of a layout that is made only when it is built: the inside of a tree, a menu
// or a tab costs nothing while it is closed.
type Lazy func() giu.Widget

// Build implements giu.Widget.
func (l Lazy) Build() {
	if w := l(); w != nil {
		w.Build()
	}
}

// After is called when the widget before it in a layout was edited, by typing or dragging, and
// let go with another value.
type After func()

// Build implements giu.Widget.
func (f After) Build() {
	if imgui.IsItemDeactivatedAfterEdit() {
		f()
	}
}

// Disabled is a layout that is greyed out and takes no input while Off.
type Disabled struct {
	Off bool
	Of  giu.Widget
}

// Build implements giu.Widget.
func (d Disabled) Build() {
	imgui.BeginDisabledV(d.Off)
	d.Of.Build()
	imgui.EndDisabled()
}

// Beside is widgets in a line, Gap pixels at scale 1 apart. giu.Row uses the style's gap.
type Beside struct {
	Gap float32
	Of  []giu.Widget
}

// Build implements giu.Widget.
func (b Beside) Build() {
	for i, w := range b.Of {
		if i > 0 {
			imgui.SameLineV(0, scaled(b.Gap))
		}
		w.Build()
	}
}

// OnLine is widgets that continue the line of the one before them.
type OnLine []giu.Widget

// Build implements giu.Widget.
func (l OnLine) Build() {
	for _, w := range l {
		imgui.SameLine()
		w.Build()
	}
}

// Wide gives the fields of a layout a width in pixels. A negative one is the space left at the
// right end; 0 leaves none.
type Wide struct {
	Width float32
	Of    giu.Widget
}

// Build implements giu.Widget.
func (w Wide) Build() {
	width := w.Width
	if width == 0 {
		width = Rest
	}
	imgui.PushItemWidth(width)
	w.Of.Build()
	imgui.PopItemWidth()
}

// Field is a line of a form: a label, and its control in a column of its own.
type Field struct {
	Label, Help string
	Column      float32 // where the control begins, in pixels
	Of          giu.Widget
}

// Build implements giu.Widget.
func (f Field) Build() {
	imgui.AlignTextToFramePadding()
	imgui.TextUnformatted(f.Label)
	Tooltip(f.Help)
	imgui.SameLineV(f.Column, -1)
	f.Of.Build()
}

// Below is a line of a form that belongs to the Field above it.
type Below struct {
	Column float32
	Of     giu.Widget
}

// Build implements giu.Widget.
func (b Below) Build() {
	imgui.SetCursorPosX(b.Column)
	b.Of.Build()
}

// Scope keeps the IDs of a layout apart from those of others like it.
type Scope struct {
	ID string
	Of giu.Widget
}

// Build implements giu.Widget.
func (s Scope) Build() {
	imgui.PushIDStr(s.ID)
	s.Of.Build()
	imgui.PopID()
}

// Part is a part of a Flow, and how many pixels it needs.
type Part struct {
	Needs float32
	Of    giu.Widget
}

// Flow is parts in a line, which goes on below its beginning if there is no room. A Gap is in
// pixels at scale 1.
type Flow struct {
	Gap   float32
	Parts []Part
}

// Build implements giu.Widget.
func (f Flow) Build() {
	imgui.BeginGroup()
	defer imgui.EndGroup()
	end := imgui.CursorScreenPos().X + imgui.ContentRegionAvail().X
	for i, p := range f.Parts {
		// A SameLine that is taken back would leave the window wider than it is.
		if i > 0 && imgui.ItemRectMax().X+scaled(f.Gap)+max(p.Needs, 1) <= end {
			imgui.SameLineV(0, scaled(f.Gap))
		}
		p.Of.Build()
	}
}

// AtRight is text at the right end of the line, if there is room for it.
type AtRight string

// Build implements giu.Widget.
func (t AtRight) Build() {
	x := imgui.CursorPosX() + imgui.ContentRegionAvail().X - TextWidth(string(t))
	if used := imgui.ItemRectMax().X - imgui.WindowPos().X; t == "" || used > x-imgui.CurrentStyle().ItemSpacing().X {
		return
	}
	imgui.SameLineV(x, -1)
	Dim(t).Build()
}
