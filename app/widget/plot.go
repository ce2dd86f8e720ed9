package widget

import (
	"math"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// Bars are counts in bins of equal width from Lo to Hi.
type Bars struct {
	Lo, Hi float64
	Counts []uint64
	Color  imgui.Vec4
}

// Curve is a line through places; one whose Y is NaN is a gap. With Low it is the area from
// Low to Y.
type Curve struct {
	X, Y, Low []float64
	Color     imgui.Vec4
	Width     float32 // in pixels at scale 1
}

// Mark is a line across the plot with a word at its upper end.
type Mark struct {
	At    float64
	Label string
	Color imgui.Vec4
}

// Drag is what the mouse does on a Plot, in values of its X axis.
type Drag struct {
	From, To   float64 // where it was pressed, and where it is
	Begin, End bool
	Click      bool // it has not moved since it was pressed
}

// Plot draws bars and lines over an X axis from From to To.
type Plot struct {
	ID       string
	Size     imgui.Vec2 // in pixels; 0 or less: what is left
	From, To float64
	Frames   bool    // X is numbers of frames: its ticks are whole
	Low, Top float64 // of the Y axis; it is fitted to whole ticks
	Log      bool    // Y is drawn by its magnitude, from 0
	Counts   bool    // Y is whole numbers
	Bare     bool    // without axes
	Empty    string  // is written where there is nothing to draw
	Margin   float32 // room for the numbers of the Y axis at least, in pixels, so that plots one below the other line up

	Gaps   [][2]float64 // where nothing is known
	Band   *[2]float64  // is marked
	Bars   []Bars
	Curves []Curve
	Marks  []Mark
	Spots  []Spot

	Tooltip func(x float64) string
	Drag    func(Drag)

	pressed float64
	moved   bool
	held    bool
	points  []imgui.Vec2
}

// ground is where a plot is drawn.
type ground struct {
	box
	from, to, low, top float64
	log                bool
}

func (g *ground) x(v float64) float32 {
	return g.lo.X + float32((v-g.from)/(g.to-g.from)*float64(g.hi.X-g.lo.X))
}

func (g *ground) value(x float32) float64 {
	part := float64((x - g.lo.X) / max(g.hi.X-g.lo.X, 1))
	return g.from + min(max(part, 0), 1)*(g.to-g.from)
}

func (g *ground) y(v float64) float32 {
	part := (v - g.low) / (g.top - g.low)
	if g.log {
		part = magnitude(v) / magnitude(g.top)
	}
	return g.hi.Y - float32(min(max(part, 0), 1)*float64(g.hi.Y-g.lo.Y))
}

// magnitude is 0 of 0, and lets one be seen.
func magnitude(v float64) float64 {
	if v < 1 {
		return max(v, 0) * 0.3
	}
	return math.Log10(v) + 0.3
}

// Build implements giu.Widget.
func (p *Plot) Build() {
	size, avail := p.Size, imgui.ContentRegionAvail()
	if size.X <= 0 {
		size.X += avail.X
	}
	if size.Y <= 0 {
		size.Y += avail.Y
	}
	if size.X < scaled(30) || size.Y < scaled(12) {
		imgui.Dummy(vec(max(size.X, 1), max(size.Y, 1)))
		return
	}
	at := imgui.CursorScreenPos()
	imgui.InvisibleButtonV(p.ID, size, imgui.ButtonFlagsMouseButtonLeft)
	list := imgui.WindowDrawList()
	all := box{at, vec(at.X+size.X, at.Y+size.Y)}
	list.AddRectFilledV(all.lo, all.hi, color(window.Colors().Field), imgui.CurrentStyle().FrameRounding(), 0)
	if p.Empty != "" || !(p.From < p.To) {
		words := Ellipsis(p.Empty, size.X-scaled(8))
		t := imgui.CalcTextSize(words)
		list.AddTextVec2(vec(at.X+max((size.X-t.X)/2, 0), at.Y+(size.Y-t.Y)/2), color(window.Colors().TextDim), words)
		return
	}
	g, xs, ys := p.ground(all)
	g.axes(list, all, xs, ys)
	list.PushClipRectV(vec(g.lo.X, all.lo.Y), vec(g.hi.X, g.hi.Y+1), true)
	p.draw(list, &g)
	list.PopClipRect()
	for i := range p.Spots {
		p.Spots[i].draw(list, &g)
	}
	p.mouse(&g)
}

// ground leaves room for the axes.
func (p *Plot) ground(all box) (g ground, xs, ys []tick) {
	g = ground{box: all, from: p.From, to: p.To, low: p.Low, top: p.Top, log: p.Log}
	if p.Log {
		g.low, g.top = 0, max(g.top, 1)
	}
	if p.Bare {
		if !(g.low < g.top) {
			g.low, g.top, _ = levels(g.low, g.top, 2, p.Counts)
		}
		g.lo.Y += scaled(2)
		g.hi.Y -= scaled(2)
		return g, nil, nil
	}
	ys = p.upright(&g)
	g.lo.X += min(max(widest(ys), p.Margin), (all.hi.X-all.lo.X)/2)
	g.hi.X -= scaled(6)
	for most := int((g.hi.X - g.lo.X) / (3 * imgui.FontSize())); ; most-- {
		xs = ticksBetween(g.from, g.to, max(most, 1), p.Frames && math.Ceil(g.from) <= math.Floor(g.to))
		if most <= 1 || g.fits(xs) {
			return g, xs, ys
		}
	}
}

// upright leaves room above and below the Y axis, and finds its ticks.
func (p *Plot) upright(g *ground) (ys []tick) {
	line := imgui.TextLineHeight()
	g.lo.Y += scaled(4) + line/2
	g.hi.Y -= line + scaled(5)
	if p.Log {
		return powers(g.top, int((g.hi.Y-g.lo.Y)/(1.6*line)))
	}
	g.low, g.top, ys = levels(g.low, g.top, int((g.hi.Y-g.lo.Y)/(1.1*line)), p.Counts)
	return ys
}

// widest is the room that the numbers of a Y axis take.
func widest(ys []tick) (room float32) {
	for _, t := range ys {
		room = max(room, imgui.CalcTextSize(t.label).X)
	}
	return room + scaled(8)
}

// AxisWidth is the room that the numbers of the Y axis take in a plot of a height; Margin
// is that of the widest, where plots are to line up.
func (p *Plot) AxisWidth(height float32) float32 {
	if p.Bare || p.Empty != "" {
		return 0
	}
	g := ground{box: box{hi: vec(0, height)}, low: p.Low, top: p.Top}
	if p.Log {
		g.low, g.top = 0, max(g.top, 1)
	}
	return widest(p.upright(&g))
}

// fits reports whether no label of the X axis touches the next.
func (g *ground) fits(xs []tick) bool {
	end := float32(math.Inf(-1))
	for _, t := range xs {
		half := imgui.CalcTextSize(t.label).X / 2
		x := max(g.x(t.at), g.lo.X+half)
		if x-half < end {
			return false
		}
		end = x + half + scaled(8)
	}
	return true
}

func (g *ground) axes(list *imgui.DrawList, all box, xs, ys []tick) {
	grid, words := color(alpha(window.Colors().Pressed, 0.45)), color(window.Colors().TextDim)
	line := imgui.TextLineHeight()
	for _, t := range ys {
		y := g.y(t.at)
		list.AddLine(vec(g.lo.X, y), vec(g.hi.X, y), grid)
		w := imgui.CalcTextSize(t.label).X
		list.AddTextVec2(vec(g.lo.X-w-scaled(4), y-line/2), words, t.label)
	}
	for _, t := range xs {
		x := g.x(t.at)
		list.AddLine(vec(x, g.lo.Y), vec(x, g.hi.Y), grid)
		w := imgui.CalcTextSize(t.label).X
		left := min(max(x-w/2, g.lo.X-scaled(2)), all.hi.X-w-scaled(2))
		list.AddTextVec2(vec(left, g.hi.Y+scaled(3)), words, t.label)
	}
}

func (p *Plot) draw(list *imgui.DrawList, g *ground) {
	for _, gap := range p.Gaps {
		lo, hi := g.x(gap[0]), g.x(gap[1])
		list.AddRectFilled(vec(lo, g.lo.Y), vec(max(hi, lo+1), g.hi.Y), color(alpha(window.Colors().Pressed, 0.35)))
	}
	for i := range p.Bars {
		p.Bars[i].draw(list, g)
	}
	for i := range p.Curves {
		p.line(list, g, &p.Curves[i])
	}
	if p.Band != nil {
		lo, hi := g.x(p.Band[0]), g.x(p.Band[1])
		c := color(window.Colors().Text)
		list.AddRectFilled(vec(lo, g.lo.Y), vec(max(hi, lo+1), g.hi.Y), color(alpha(window.Colors().Text, 0.16)))
		list.AddLine(vec(lo, g.lo.Y), vec(lo, g.hi.Y), c)
		list.AddLine(vec(hi, g.lo.Y), vec(hi, g.hi.Y), c)
	}
	for _, m := range p.Marks {
		x := float32(math.Round(float64(g.x(m.At))))
		list.AddLineV(vec(x, g.lo.Y), vec(x, g.hi.Y), color(m.Color), max(scaled(1.5), 1))
		if m.Label == "" {
			continue
		}
		w := imgui.CalcTextSize(m.Label).X
		left := min(max(x-w/2, g.lo.X), max(g.hi.X-w, g.lo.X))
		list.AddTextVec2(vec(left, g.lo.Y-imgui.TextLineHeight()/2-scaled(3)), color(m.Color), m.Label)
	}
}

func (b *Bars) draw(list *imgui.DrawList, g *ground) {
	c, width := color(b.Color), (b.Hi-b.Lo)/float64(len(b.Counts))
	gap := float32(0)
	if float64(g.x(b.Lo+width)-g.x(b.Lo)) >= 4 {
		gap = 1
	}
	for i, n := range b.Counts {
		if n == 0 {
			continue
		}
		lo, hi := g.x(b.Lo+width*float64(i)), g.x(b.Lo+width*float64(i+1))
		list.AddRectFilled(vec(lo, min(g.y(float64(n)), g.hi.Y-1)), vec(max(hi-gap, lo+1), g.hi.Y), c)
	}
}

// line draws a line, or an area. Of places that share a pixel the least and the greatest
// are drawn.
func (p *Plot) line(list *imgui.DrawList, g *ground, l *Curve) {
	c, width := color(l.Color), max(scaled(l.Width), 1)
	if l.Low != nil { // smooth edges of its parts would show as stripes
		flags := list.Flags()
		list.SetFlags(flags &^ imgui.DrawListFlagsAntiAliasedFill)
		defer list.SetFlags(flags)
	}
	flush := func() {
		switch n := len(p.points); {
		case n == 1 && l.Low == nil:
			list.AddCircleFilled(p.points[0], width*1.3, c)
		case n > 1 && l.Low == nil:
			for i := 1; i < n; i++ { // the binding's AddPolyline hands over one point
				list.AddLineV(p.points[i-1], p.points[i], c, width)
			}
		}
		p.points = p.points[:0]
	}
	var last struct {
		x, lo, hi float32
		set       bool
	}
	for i := 0; i < len(l.X); i++ {
		if math.IsNaN(l.Y[i]) {
			flush()
			last.set = false
			continue
		}
		x, hi := g.x(l.X[i]), g.y(l.Y[i])
		lo := hi
		if l.Low != nil {
			lo = g.y(l.Low[i])
		}
		for i+1 < len(l.X) && !math.IsNaN(l.Y[i+1]) && g.x(l.X[i+1])-x < 1 {
			i++
			y := g.y(l.Y[i])
			hi, lo = min(hi, y), max(lo, y)
			if l.Low != nil {
				lo = max(lo, g.y(l.Low[i]))
			}
		}
		if l.Low == nil {
			if p.points = append(p.points, vec(x, hi)); lo > hi {
				p.points = append(p.points, vec(x, lo))
			}
			continue
		}
		if last.set {
			list.AddQuadFilled(vec(last.x, last.hi), vec(x, hi), vec(x, max(lo, hi+1)), vec(last.x, max(last.lo, last.hi+1)), c)
		} else {
			list.AddRectFilled(vec(x-width/2, hi), vec(x+width/2, lo), c)
		}
		last.x, last.lo, last.hi, last.set = x, lo, hi, true
	}
	flush()
}

// mouse follows a drag, and tells what is under the mouse.
func (p *Plot) mouse(g *ground) {
	x := g.value(imgui.MousePos().X)
	switch {
	case imgui.IsItemActivated():
		p.pressed, p.moved, p.held = x, false, true
		p.tell(Drag{From: x, To: x, Begin: true, Click: true})
	case p.held && imgui.IsItemActive():
		if d := imgui.MouseDragDelta(); !p.moved && math.Abs(float64(d.X)) > float64(scaled(3)) {
			p.moved = true
		}
		p.tell(Drag{From: p.pressed, To: x, Click: !p.moved})
	case p.held:
		p.held = false
		p.tell(Drag{From: p.pressed, To: x, End: true, Click: !p.moved})
	}
	if imgui.IsItemHovered() && p.Tooltip != nil && !(p.held && p.moved) { // what is dragged is told below, where the tooltip would lie
		if text := p.Tooltip(x); text != "" && imgui.BeginTooltip() {
			imgui.TextUnformatted(text)
			imgui.EndTooltip()
		}
	}
}

func (p *Plot) tell(d Drag) {
	if p.Drag != nil {
		p.Drag(d)
	}
}
