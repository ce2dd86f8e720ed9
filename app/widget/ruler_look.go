package widget

import (
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// flagSize is how far a flag goes to the right and down.
const flagSize = 9

// flags draws bookmarks, below the numbers.
func flags(list *imgui.DrawList, a axis, p imgui.Vec2, bottom float32, all []RulerFlag) {
	c, top, s := color(window.Colors().Text), p.Y+scaled(20), scaled(flagSize)
	for _, f := range all {
		x := a.at(f.At)
		if x < a.x-s || x > a.x+a.width {
			continue
		}
		list.AddLineV(vec(x, top), vec(x, bottom), c, scaled(1))
		list.AddTriangleFilled(vec(x, top), vec(x+s, top+s*0.4), vec(x, top+s*0.8), c)
	}
}

// flagAt is the flag under the mouse, -1 if there is none.
func flagAt(a axis, m, p imgui.Vec2, all []RulerFlag) int {
	for i, f := range all {
		x := a.at(f.At)
		if m.X >= x-scaled(3) && m.X <= x+scaled(flagSize) && m.Y >= p.Y+scaled(19) && m.Y <= p.Y+scaled(21+flagSize) {
			return i
		}
	}
	return -1
}

// played is the range between the handles of in and out, around the cells of their frames.
func played(in RulerInput) (first, last float64) {
	first, last = in.In, in.Out
	if i, ok := slices.BinarySearch(in.Frames, in.In); ok {
		first, _ = cell(in.Frames, i)
	}
	if i, ok := slices.BinarySearch(in.Frames, in.Out); ok {
		_, last = cell(in.Frames, i)
	}
	return first, last
}

// outside shades what is not played and draws the handles of in and out.
func outside(list *imgui.DrawList, a axis, p, end imgui.Vec2, in RulerInput) {
	shade, line := color(window.Colors().Shade), color(window.Colors().Text)
	foot := scaled(6)
	first, last := played(in)
	if in.HasIn {
		x := a.at(first)
		list.AddRectFilled(p, vec(x, end.Y), shade)
		list.AddLineV(vec(x, p.Y), vec(x, end.Y), line, scaled(2))
		list.AddTriangleFilled(vec(x, p.Y), vec(x+foot*1.5, p.Y), vec(x, p.Y+foot*1.5), line)
	}
	if in.HasOut {
		x := a.at(last)
		list.AddRectFilled(vec(x, p.Y), end, shade)
		list.AddLineV(vec(x, p.Y), vec(x, end.Y), line, scaled(2))
		list.AddTriangleFilled(vec(x, p.Y), vec(x, p.Y+foot*1.5), vec(x-foot*1.5, p.Y), line)
	}
}

// head draws the play head with its number, or an arrow at the edge if it is out of view.
func head(list *imgui.DrawList, a axis, p, end imgui.Vec2, in RulerInput) {
	c, dark := color(window.Colors().Accent), color(window.Colors().Field)
	x := a.at(in.Head)
	mid, s := p.Y+scaled(10), scaled(6)
	switch {
	case x < a.x:
		list.AddTriangleFilled(vec(a.x+s, mid-s), vec(a.x+s, mid+s), vec(a.x, mid), c)
		return
	case x > a.x+a.width:
		list.AddTriangleFilled(vec(end.X-s, mid-s), vec(end.X, mid), vec(end.X-s, mid+s), c)
		return
	}
	from, to := in.Head-0.5, in.Head+0.5
	if i, ok := slices.BinarySearch(in.Frames, in.Head); ok {
		from, to = cell(in.Frames, i)
	}
	if left, right := a.at(from), a.at(to); right-left > scaled(3) {
		list.AddRectFilled(vec(left, p.Y), vec(right, end.Y), color(alpha(window.Colors().Accent, 0.18)))
	}
	list.AddLineV(vec(x, p.Y), vec(x, end.Y), c, scaled(2))
	left, right, text := chip(a, &in)
	list.AddRectFilledV(vec(left, p.Y), vec(right, p.Y+scaled(19)), c, scaled(3), 0)
	list.AddTextVec2(vec(left+scaled(chipPad), p.Y+scaled(2)), dark, text)
	if in.Playing != 0 {
		arrow(list, left, right, mid, in.Playing, c)
	}
}

// chipPad is the room on both sides of the play head's number, in pixels at scale 1.
const chipPad = 5

// chip is where the play head's number stands and what it says; it has no width where the play head is
// out of view.
func chip(a axis, in *RulerInput) (left, right float32, text string) {
	x := a.at(in.Head)
	if x < a.x || x > a.x+a.width {
		return 0, 0, ""
	}
	text = in.text(in.Head)
	if _, ok := slices.BinarySearch(in.Frames, in.Head); !ok && (!in.Between || in.place(in.Head) == in.Head) {
		text += " missing"
	}
	w := imgui.CalcTextSize(text).X + 2*scaled(chipPad)
	left = min(max(x-w/2, a.x), max(a.x+a.width-w, a.x))
	return left, left + w, text
}

// arrow points from the play head's number to where it moves by itself.
func arrow(list *imgui.DrawList, left, right, mid float32, dir int, c uint32) {
	s := scaled(6)
	if dir < 0 {
		list.AddTriangleFilled(vec(left-scaled(3), mid-s), vec(left-scaled(3), mid+s), vec(left-scaled(3)-s, mid), c)
		return
	}
	list.AddTriangleFilled(vec(right+scaled(3), mid-s), vec(right+scaled(3)+s, mid), vec(right+scaled(3), mid+s), c)
}

// tooltip describes the bookmark under the mouse, or the listed frame nearest to it.
func (r *Ruler) tooltip(a axis, p imgui.Vec2, in RulerInput) {
	number := a.frame(imgui.MousePos().X)
	i := nearest(in.Frames, number)
	text := "Frame " + label(in.Frames[i])
	if flag := flagAt(a, imgui.MousePos(), p, in.Flags); flag >= 0 {
		tooltipOf(itemBox(), in.Flags[flag].Name+": frame "+label(in.Flags[flag].At)+"\nRight click to rename or remove the bookmark")
		return
	} else if n := in.place(number); n != in.Frames[i] && a.perFrame() >= 2 {
		text = "Frame " + label(n) + ": missing" + in.also(n)
	} else {
		text += in.state(i) + in.also(in.Frames[i])
		if in.Tooltip != nil {
			if more := in.Tooltip(i); more != "" {
				text += "\n" + more
			}
		}
	}
	for _, f := range in.Flags {
		if f.At == in.place(number) {
			text = f.Name + "\n" + text
		}
	}
	tooltipOf(itemBox(), text)
}

// state names the state of the i-th frame.
func (in *RulerInput) state(i int) string {
	if in.State != nil {
		if s := in.State(i); s >= 0 && s < len(in.States) {
			return ": " + in.States[s].Name
		}
	}
	return ""
}

// also is a number as the ruler tells it, if that is another way.
func (in *RulerInput) also(number float64) string {
	if text := in.text(number); text != label(number) {
		return ", " + text
	}
	return ""
}
