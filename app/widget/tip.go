package widget

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"
)

// Tip is a widget with a text that appears after the usual delay. giu.Tooltip shows it
// at once, and reads % as printf does.
type Tip struct {
	Text string // may have several lines; "" shows none
	Of   giu.Widget
}

// Build implements giu.Widget.
func (t Tip) Build() {
	t.Of.Build()
	Tooltip(t.Text)
}

// Tooltip is the tooltip of the last item.
func Tooltip(text string) {
	if text == "" || !imgui.IsItemHoveredV(imgui.HoveredFlagsForTooltip|imgui.HoveredFlagsAllowWhenDisabled) {
		return
	}
	item := itemBox()
	if line := imgui.FrameHeight(); item.hi.Y-item.lo.Y > 2.5*line { // a list: it is about what is under the mouse
		y := imgui.MousePos().Y
		item.lo.Y, item.hi.Y = max(item.lo.Y, y-line/2), min(item.hi.Y, y+line/2)
	}
	tooltipOf(item, text)
}

// itemBox is where the last item is.
func itemBox() box { return box{imgui.ItemRectMin(), imgui.ItemRectMax()} }

// tooltipOf shows a tooltip, whose lines are not too long to be read, beside what it is about.
func tooltipOf(item box, text string) {
	screen := box{imgui.MainViewport().WorkPos(), imgui.MainViewport().WorkPos()}
	screen.hi.X += imgui.MainViewport().WorkSize().X
	screen.hi.Y += imgui.MainViewport().WorkSize().Y
	wrap := min(Em(34), (screen.hi.X-screen.lo.X)*0.9)
	size, pad := imgui.CalcTextSizeV(text, false, wrap), imgui.CurrentStyle().WindowPadding()
	panel := imgui.InternalCurrentWindow().RootWindow().InternalRect()
	place := tipPlace{
		item: item, panel: box{panel.Min, panel.Max}, screen: screen, size: vec(size.X+2*pad.X, size.Y+2*pad.Y),
		mouse: imgui.MousePos().X, gap: scaled(4), line: imgui.FrameHeight(),
	}
	imgui.SetNextWindowPos(place.find())
	if !imgui.BeginTooltip() {
		return
	}
	imgui.PushTextWrapPosV(wrap)
	imgui.TextUnformatted(text)
	imgui.PopTextWrapPos()
	imgui.EndTooltip()
}

// tipPlace is what decides where a tooltip lies, in pixels.
type tipPlace struct {
	item   box // what it is about
	panel  box // the panel, bar, menu or dialog of that
	screen box
	size   imgui.Vec2 // of the tooltip
	mouse  float32    // its X
	gap    float32    // to the item or the panel
	line   float32    // height of a line of controls
}

// Shapes of windows, in lines of controls.
const (
	narrowPanel = 20 // that are not wider have their tooltips beside them
	flatBar     = 4  // that are not higher are bars
)

// find is the place where a tooltip hides none of the controls that come next: beside a narrow
// panel or a menu, above or below a bar, else above the item.
func (p *tipPlace) find() imgui.Vec2 {
	x := p.item.lo.X
	if p.item.hi.X-x > 8*p.line {
		x = max(x, p.mouse-p.line/2)
	}
	x = max(min(x, p.screen.hi.X-p.size.X), p.screen.lo.X)
	y := max(min(p.item.lo.Y, p.screen.hi.Y-p.size.Y), p.screen.lo.Y)
	right, left := vec(p.panel.hi.X+p.gap, y), vec(p.panel.lo.X-p.gap-p.size.X, y)
	above := func(of box) imgui.Vec2 { return vec(x, of.lo.Y-p.gap-p.size.Y) }
	below := func(of box) imgui.Vec2 { return vec(x, of.hi.Y+p.gap) }
	var all []imgui.Vec2
	if p.panel.hi.X-p.panel.lo.X <= narrowPanel*p.line {
		all = append(all, right, left)
	}
	if p.panel.hi.Y-p.panel.lo.Y <= flatBar*p.line {
		all = append(all, below(p.panel), above(p.panel))
	}
	all = append(all, above(p.item), below(p.item))
	for _, at := range all {
		if p.screen.holds(box{at, vec(at.X+p.size.X, at.Y+p.size.Y)}) {
			return at
		}
	}
	return vec(x, p.screen.lo.Y)
}

// holds reports that another box lies within.
func (b box) holds(o box) bool {
	return o.lo.X >= b.lo.X && o.lo.Y >= b.lo.Y && o.hi.X <= b.hi.X && o.hi.Y <= b.hi.Y
}
