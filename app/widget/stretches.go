package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// Stretch is a piece of time, from a number to another.
type Stretch struct {
	Name        string
	Note        string // behind the name, such as how the bar was moved
	First, Last float64
	Holes       [][2]float64 // parts of it, from a number to another, where there is nothing
	Faults      []float64    // numbers where something is wrong
	Active      bool
	Dim         bool
	Tip         string
}

// StretchEvent is what the user does to a bar.
type StretchEvent struct {
	Begin   bool    // it was grabbed
	Moved   float64 // numbers that it was dragged by since then
	Longer  float64 // numbers that its end was dragged by since then
	Context bool    // right click
}

// Stretches shows pieces of time below a Ruler, a row each. A bar is moved by dragging it,
// and made longer or shorter by dragging its end. The zero value is ready to use.
type Stretches struct {
	ID       string
	Width    float32 // in pixels
	From, To float64 // numbers at the edges, as the Ruler's
	Show     []Stretch
	// Act is told of what the user does to the i-th bar.
	Act func(i int, ev StretchEvent)

	grabbed float32 // where the mouse took the bar
	scale   float64 // pixels a number took then: what is dragged past the edge makes the numbers narrower
	end     bool    // it took the end
	moved   bool    // the mouse went far enough since to drag it
}

// Height is that of a number of rows.
func (b *Stretches) Height(rows int) float32 {
	return float32(rows) * (imgui.TextLineHeight() + scaled(6))
}

// Build implements giu.Widget.
func (b *Stretches) Build() {
	imgui.PushStyleVarVec2(imgui.StyleVarItemSpacing, vec(0, 0))
	for i := range b.Show {
		b.row(i)
	}
	imgui.PopStyleVar()
}

func (b *Stretches) row(i int) {
	bar, p, h := &b.Show[i], imgui.CursorScreenPos(), b.Height(1)
	a := axis{from: b.From, to: b.To, x: p.X, width: max(b.Width, 1)}
	imgui.PushIDInt(int32(i))
	imgui.InvisibleButtonV(b.ID, vec(a.width, h), imgui.ButtonFlagsMouseButtonLeft|imgui.ButtonFlagsMouseButtonRight)
	imgui.PopID()
	x0, x1 := a.at(bar.First-0.5), a.at(bar.Last+0.5)
	b.mouse(i, a, x0, x1)

	list := imgui.WindowDrawList()
	list.PushClipRectV(p, vec(p.X+a.width, p.Y+h), true)
	fill := alpha(window.Colors().Accent, 0.25)
	if bar.Active {
		fill = alpha(window.Colors().Accent, 0.5)
	}
	if bar.Dim {
		fill = alpha(window.Colors().TextDim, 0.2)
	}
	list.AddRectFilledV(vec(x0, p.Y+scaled(1)), vec(max(x1, x0+scaled(3)), p.Y+h-scaled(1)), color(fill), scaled(3), 0)
	b.marks(list, a, bar, p.Y, h)
	list.AddRectFilled(vec(x1-scaled(3), p.Y+scaled(1)), vec(x1, p.Y+h-scaled(1)), color(alpha(window.Colors().Text, 0.6)))
	text := bar.Name
	if bar.Note != "" {
		text += "  " + bar.Note
	}
	left := min(max(x0, p.X)+scaled(6), p.X+a.width-imgui.CalcTextSize(text).X-scaled(6))
	list.AddTextVec2(vec(max(left, p.X+scaled(6)), p.Y+scaled(3)), color(window.Colors().Text), text)
	list.PopClipRect()
}

// marks are what is missing in a bar, and what is wrong there. Of marks on the same pixel one is drawn.
func (b *Stretches) marks(list *imgui.DrawList, a axis, bar *Stretch, y, h float32) {
	done := float32(-1)
	mark := func(from, to float64, top, bottom float32, ink imgui.Vec4) {
		x0 := max(a.at(from), a.x)
		x1 := min(max(a.at(to), x0+scaled(1)), a.x+a.width)
		if x1 > max(done, a.x) && x0 < a.x+a.width {
			list.AddRectFilled(vec(x0, top), vec(x1, bottom), color(ink))
			done = x1
		}
	}
	for _, hole := range bar.Holes { // a thin line goes on, so that it is one bar
		mark(hole[0], hole[1], y+scaled(1), y+h-scaled(4), window.Colors().Panel)
	}
	done = -1
	for _, at := range bar.Faults {
		mark(at-0.5, at+0.5, y+h-scaled(4), y+h-scaled(1), window.Colors().Error)
	}
}

// mouse follows drags of a bar between two places.
func (b *Stretches) mouse(i int, a axis, x0, x1 float32) {
	m := imgui.MousePos()
	over := m.X >= x0-scaled(4) && m.X <= x1+scaled(6)
	atEnd := over && m.X >= x1-scaled(6)
	switch {
	case imgui.IsItemActivated() && imgui.IsMouseDown(imgui.MouseButtonLeft) && over:
		b.grabbed, b.scale, b.end, b.moved = m.X, a.perFrame(), atEnd, false
		b.Act(i, StretchEvent{Begin: true})
	case (imgui.IsItemActive() || imgui.IsItemDeactivated()) && b.grabbed != 0: // where it is let go counts
		b.moved = b.moved || abs32(m.X-b.grabbed) >= imgui.CurrentIO().MouseDragThreshold()
		switch by := float64(m.X-b.grabbed) / b.scale; {
		case !b.moved:
		case b.end:
			b.Act(i, StretchEvent{Longer: by})
		default:
			b.Act(i, StretchEvent{Moved: by})
		}
		if !imgui.IsItemActive() {
			b.grabbed = 0
		}
	}
	if !imgui.IsItemHovered() {
		return
	}
	if imgui.IsMouseReleased(imgui.MouseButtonRight) {
		b.Act(i, StretchEvent{Context: true})
	}
	switch {
	case imgui.IsItemActive():
	case atEnd:
		imgui.SetMouseCursor(imgui.MouseCursorResizeEW)
	case over:
		imgui.SetMouseCursor(imgui.MouseCursorHand)
	}
	if !imgui.IsItemActive() {
		Tooltip(b.Show[i].Tip)
	}
}
