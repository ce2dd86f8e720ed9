package widget

import (
	"math"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"
)

// Rest is the width of a button that fills the rest of the line.
const Rest = -math.SmallestNonzeroFloat32

// Choice is a choice of one name.
type Choice struct {
	ID     string
	Names  []string
	At     int // index of the chosen one; out of range: none
	Chosen func(i int)
	Why    map[int]string // not to be chosen, in words behind the name
}

// Build implements giu.Widget.
func (c Choice) Build() {
	preview := ""
	if c.At >= 0 && c.At < len(c.Names) {
		preview = c.Names[c.At]
	}
	list := Lazy(func() giu.Widget {
		var items giu.Layout
		for i, n := range c.Names {
			if why := c.Why[i]; why != "" {
				items = append(items, Disabled{Off: true, Of: giu.Selectable(n + ": " + why)})
				continue
			}
			items = append(items, giu.Selectable(n).Selected(i == c.At).OnClick(func() { c.Chosen(i) }))
		}
		return items
	})
	Combo{ID: c.ID, Preview: preview, Of: list}.Build()
}

// Combo is a list that drops down. Of what is chosen it shows what there is room for, first what
// stands before a colon, and all of it in a tooltip then.
type Combo struct {
	ID      string
	Preview string
	Of      giu.Widget
}

// Build implements giu.Widget.
func (c Combo) Build() {
	room := imgui.CalcItemWidth() - imgui.FrameHeight() - 2*imgui.CurrentStyle().FramePadding().X
	short := c.Preview
	if TextWidth(short) > room {
		short, _, _ = strings.Cut(short, ": ")
		short = Ellipsis(short, room)
	}
	open := false
	giu.ComboCustom(c.ID, short).Flags(giu.ComboFlagsHeightLarge).Layout(Lazy(func() giu.Widget {
		open = true
		return c.Of
	})).Build()
	if short != c.Preview && !open {
		Tooltip(c.Preview)
	}
}

// FieldAndButton is a field that takes the room which a button at the end of the line leaves.
type FieldAndButton struct {
	Field func(width float32) giu.Widget
	Label string // of the button
	Click func()
}

// Build implements giu.Widget.
func (f FieldAndButton) Build() {
	gap := imgui.CurrentStyle().ItemSpacing().X
	f.Field(max(imgui.ContentRegionAvail().X-gap-ButtonWidth(f.Label), Em(4))).Build()
	imgui.SameLine()
	giu.Button(f.Label).OnClick(f.Click).Build()
}

// ButtonWidth is the width of a button with a label, in pixels.
func ButtonWidth(label string) float32 {
	return imgui.CalcTextSizeV(label, true, -1).X + 2*imgui.CurrentStyle().FramePadding().X
}

// CheckboxWidth is the width of a checkbox with a label, in pixels.
func CheckboxWidth(label string) float32 {
	return imgui.FrameHeight() + imgui.CurrentStyle().ItemInnerSpacing().X + TextWidth(label)
}

// Tint edits a colour. giu's widget has only eight bits for each component.
type Tint struct {
	ID     string
	Color  [3]float32
	Change func(c [3]float32)
}

// Build implements giu.Widget.
func (t Tint) Build() {
	if c := t.Color; imgui.ColorEdit3V(t.ID, &c, imgui.ColorEditFlagsDisplayHex) {
		t.Change(c)
	}
}

// DragPair is two numbers, changed by dragging or by typing after a click.
type DragPair struct {
	ID     string
	Values [2]float32
	Speed  float32 // a pixel
	Format string  // of printf
	Change func(v [2]float32)
}

// Build implements giu.Widget.
func (d DragPair) Build() {
	if v := d.Values; imgui.DragFloat2V(d.ID, &v, d.Speed, 0, 0, d.Format, 0) {
		d.Change(v)
	}
}

// Gradient is a strip of colours, over the rest of the width.
type Gradient struct {
	Colors [][3]float32
	Apart  bool    // each colour is a field of its own; otherwise they blend
	Height float32 // in pixels at scale 1
}

// Build implements giu.Widget.
func (g Gradient) Build() {
	p, width, height := imgui.CursorScreenPos(), imgui.ContentRegionAvail().X, scaled(g.Height)
	imgui.Dummy(vec(width, height))
	pack := func(c [3]float32) uint32 { return color(imgui.Vec4{X: c[0], Y: c[1], Z: c[2], W: 1}) }
	n := 24
	if g.Apart {
		n = len(g.Colors)
	}
	last := len(g.Colors) - 1
	for i := range n {
		a, b := pack(g.Colors[i*last/n]), pack(g.Colors[(i+1)*last/n])
		if g.Apart {
			a = pack(g.Colors[i])
			b = a
		}
		from, to := p.X+width*float32(i)/float32(n), p.X+width*float32(i+1)/float32(n)
		imgui.WindowDrawList().AddRectFilledMultiColor(vec(from, p.Y), vec(to, p.Y+height), a, b, b, a)
	}
}

// Halves are two widgets side by side, each half as wide as the line.
type Halves struct{ Left, Right giu.Widget }

// Build implements giu.Widget.
func (h Halves) Build() {
	h.Left.Build()
	imgui.SameLineV(max(imgui.ContentRegionAvail().X/2, Em(8)), -1)
	h.Right.Build()
}
