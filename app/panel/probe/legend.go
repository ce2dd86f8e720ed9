package probe

import (
	"fmt"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/widget"
	"iceexplorer/app/window"
)

// legend lists the points with the colours of their curves and the frames they are in. The
// one under the mouse, or else the one that was clicked, stands out among the curves.
func (v *view) legend() {
	t := v.data.trace
	list := imgui.WindowDrawList()
	height := imgui.TextLineHeight() + imgui.CurrentStyle().CellPadding().Y
	room := imgui.ContentRegionAvail().X
	hovered := -1
	for k, point := range t.Points {
		at := imgui.CursorScreenPos()
		if imgui.InvisibleButton(fmt.Sprintf("point%d", k), imgui.Vec2{X: max(room, 1), Y: height}) {
			if v.chosen == k {
				v.chosen = -1
			} else {
				v.chosen = k
			}
		}
		if imgui.IsItemHovered() {
			hovered = k
		}
		widget.Tooltip(v.lifeText(k) + "\nClick to have its curves stand out")
		if !imgui.IsItemVisible() {
			continue
		}
		end := imgui.Vec2{X: at.X + room, Y: at.Y + height}
		if v.chosen == k {
			list.AddRectFilled(at, end, imgui.ColorU32Vec4(window.Colors().Selected))
		}
		c := imgui.ColorU32Vec4(v.color(k))
		line, em := at.Y+height/2, imgui.FontSize()
		list.AddLineV(imgui.Vec2{X: at.X + 0.3*em, Y: line}, imgui.Vec2{X: at.X + 1.6*em, Y: line}, c, 0.16*em)
		number := fmt.Sprint(point)
		list.AddTextVec2(imgui.Vec2{X: at.X + 2*em, Y: at.Y}, imgui.ColorU32Vec4(window.Colors().Text), number)
		v.life(list, imgui.Vec2{X: at.X + 2.8*em + widget.TextWidth(number), Y: at.Y}, end, k)
	}
	v.hovered = hovered
}

// life writes the frames that a point is in, with the signs of its birth and its death.
func (v *view) life(list *imgui.DrawList, at, end imgui.Vec2, k int) {
	ink, em := imgui.ColorU32Vec4(window.Colors().TextDim), imgui.FontSize()
	list.PushClipRectV(at, end, true)
	defer list.PopClipRect()
	t, l := v.data.trace, v.data.lives[k]
	write := func(text string) {
		list.AddTextVec2(at, ink, text)
		at.X += widget.TextWidth(text) + 0.5*em
	}
	sign := func(s widget.Sign) {
		widget.DrawSign(list, imgui.Vec2{X: at.X + 0.3*em, Y: (at.Y + end.Y) / 2}, s, window.Colors().TextDim)
		at.X += em
	}
	switch {
	case l == nil:
		write("in no frame")
		return
	case t.Throughout(l):
		write("throughout")
		return
	}
	for i, s := range l {
		need := widget.TextWidth(t.Span(s))
		if s.Born {
			need += em
		}
		if i < len(l)-1 { // a cross, and three dots for the next
			need += 2.5 * em
		}
		if i > 0 && need > end.X-at.X {
			write("...") // the tooltip has all
			return
		}
		if s.Born {
			sign(widget.SignBegins)
		}
		write(t.Span(s))
		if s.Died {
			sign(widget.SignEnds)
		}
	}
}

func (v *view) frame(i int) string { return v.data.trace.Moments[i].Number.String() }

// lifeText says in which frames a point is, and when it is born and dies.
func (v *view) lifeText(k int) string {
	name := "ID"
	if !v.data.trace.ByID {
		name = "Index"
	}
	text := fmt.Sprintf("%s %d", name, v.data.trace.Points[k])
	t, l := v.data.trace, v.data.lives[k]
	switch {
	case l == nil:
		return text + "\nIn none of the frames"
	case t.Throughout(l):
		return text + "\nIn all frames"
	}
	text += "\nIn the frames " + t.Spans(l)
	if first := l[0]; first.Born {
		text += "\nBorn in frame " + v.frame(first.First)
	}
	if last := l[len(l)-1]; last.Died {
		text += "\nDies after frame " + v.frame(last.Last)
	}
	return text
}
