package widget

import (
	"math"
	"slices"
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// Pattern is how a state's block is filled, so that states differ without colour.
type Pattern uint8

// The patterns, told apart by height and by what is drawn into them.
const (
	Line   Pattern = iota // a thin line at the bottom
	Low                   // a third of the height
	Hatch                 // full height, slanted lines
	Half                  // the lower 60 %
	Solid                 // full height
	Cross                 // full height, crossed out
	Hollow                // full height, only an outline
	Broken                // full height, with a gap across
)

// State is how a frame's state is shown in a Ruler.
type State struct {
	Name     string // "mapped"
	Color    imgui.Vec4
	Pattern  Pattern
	Priority int // where frames share a pixel the highest one shows
}

// RulerInput is what a Ruler shows in one frame.
type RulerInput struct {
	Frames []int // listed frame numbers, ascending, unique
	Head   int
	In     int
	Out    int
	HasIn  bool
	HasOut bool

	// State returns the index in States of the i-th listed frame.
	State  func(i int) int
	States []State
	// Version changes whenever State's answers or Frames do; the ruler asks
	// State only then. Zero: it is asked in every frame.
	Version uint64
	// Tooltip returns more lines on the i-th frame, under number and state.
	Tooltip func(i int) string
}

// RulerEvent is what the user did on a Ruler; nil pointers: nothing.
type RulerEvent struct {
	Seek    *int // the play head was dragged to this number, maybe not a listed one
	In, Out *int // a handle was dragged
	Begin   bool // the play head was taken: playing should pause
	End     bool // and let go
	Context bool // right click, on the number in At
	At      int
}

// Ruler is a time ruler: ticks, the play head, in and out points and a bar of
// the frames' states. The wheel zooms, the middle button pans; its double
// click shows all. Its cost goes with its width, not with the frames. The zero
// value is ready to use and shows all frames.
type Ruler struct {
	from, to float64 // numbers at the edges, when zoomed
	zoomed   bool
	grab     int
	bins     []int16 // state index by pixel, -1: no frame
	key      binKey
}

type binKey struct {
	version     uint64
	n, width    int
	first, last int
	from, to    float64
}

const (
	grabNone = iota
	grabHead
	grabIn
	grabOut
)

// Fit shows all frames again.
func (r *Ruler) Fit() { r.zoomed = false }

// axis maps frame numbers to pixels: a frame is as wide as its number's share,
// centred on it.
type axis struct {
	from, to float64 // numbers at the left and right edge
	x, width float32
}

func (a axis) at(frame float64) float32 {
	return a.x + float32((frame-a.from)/(a.to-a.from)*float64(a.width))
}

func (a axis) frame(x float32) float64 {
	return a.from + float64(x-a.x)/float64(a.width)*(a.to-a.from)
}

func (a axis) perFrame() float64 { return float64(a.width) / (a.to - a.from) }

func round(f float64) int { return int(math.Floor(f + 0.5)) }

// view returns what the ruler shows of first..last.
func (r *Ruler) view(first, last int) (from, to float64) {
	lo, hi := float64(first)-0.5, float64(last)+0.5
	if !r.zoomed || r.from >= r.to || r.to <= lo || r.from >= hi {
		r.zoomed = false
		return lo, hi
	}
	return max(r.from, lo), min(r.to, hi)
}

// Draw draws the ruler in size and returns what the user did.
func (r *Ruler) Draw(id string, size imgui.Vec2, in RulerInput) (ev RulerEvent) {
	p := imgui.CursorScreenPos()
	if size.X < scaled(40) || size.Y < scaled(30) {
		imgui.Dummy(vec(max(size.X, 1), max(size.Y, 1)))
		return ev
	}
	imgui.InvisibleButtonV(id, size, imgui.ButtonFlagsMouseButtonLeft|imgui.ButtonFlagsMouseButtonRight|imgui.ButtonFlagsMouseButtonMiddle)
	imgui.SetItemKeyOwner(imgui.KeyMouseWheelY)
	list := imgui.WindowDrawList()
	end := vec(p.X+size.X, p.Y+size.Y)
	list.AddRectFilledV(p, end, color(window.ColorField), imgui.CurrentStyle().FrameRounding(), 0)
	if len(in.Frames) == 0 {
		text := "No frames"
		t := imgui.CalcTextSize(text)
		list.AddTextVec2(vec(p.X+(size.X-t.X)/2, p.Y+(size.Y-t.Y)/2), color(window.ColorTextDim), text)
		return ev
	}
	first, last := in.Frames[0], in.Frames[len(in.Frames)-1]
	a := axis{x: p.X, width: size.X}
	a.from, a.to = r.view(first, last)
	bar := box{vec(p.X, end.Y-scaled(16)), vec(end.X, end.Y-scaled(4))}

	ev = r.mouse(a, p, in, first, last)
	a.from, a.to = r.view(first, last) // the wheel may have zoomed

	list.PushClipRectV(p, end, true)
	ticks(list, a, p, bar.lo.Y-scaled(3))
	r.states(list, a, bar, in)
	outside(list, a, p, end, in)
	head(list, a, p, end, in.Head)
	list.PopClipRect()

	if imgui.IsItemHovered() && !imgui.IsItemActive() {
		r.tooltip(a, in)
	}
	return ev
}

// mouse follows dragging and zooming.
func (r *Ruler) mouse(a axis, p imgui.Vec2, in RulerInput, first, last int) (ev RulerEvent) {
	m := imgui.MousePos()
	number := min(max(round(a.frame(m.X)), first), last)
	if imgui.IsItemActivated() && imgui.IsMouseDown(imgui.MouseButtonLeft) {
		r.grab = grabbed(a, m.X, m.Y < p.Y+scaled(18), in)
		ev.Begin = r.grab == grabHead
	}
	if r.grab != grabNone {
		switch {
		case !imgui.IsItemActive():
			ev.End = r.grab == grabHead
			r.grab = grabNone
		case r.grab == grabHead && number != in.Head:
			ev.Seek = &number
		case r.grab == grabIn:
			ev.In = &number
		case r.grab == grabOut:
			ev.Out = &number
		}
	}
	if imgui.IsItemHovered() {
		if r.grab == grabNone && grabbed(a, m.X, m.Y < p.Y+scaled(18), in) != grabHead {
			imgui.SetMouseCursor(imgui.MouseCursorResizeEW)
		}
		if imgui.IsMouseDoubleClicked(imgui.MouseButtonMiddle) {
			r.Fit()
		}
		if wheel := imgui.CurrentIO().MouseWheel(); wheel != 0 {
			r.zoom(a, m.X, float64(wheel), first, last)
		}
		ev.Context, ev.At = imgui.IsMouseReleased(imgui.MouseButtonRight), number
	}
	if imgui.IsItemActive() && imgui.IsMouseDown(imgui.MouseButtonMiddle) && r.zoomed {
		r.pan(a, float64(imgui.CurrentIO().MouseDelta().X), first, last)
	}
	return ev
}

// grabbed returns what a press at x takes: a handle, which lies in the upper
// part, or else the head, which jumps there.
func grabbed(a axis, x float32, upper bool, in RulerInput) int {
	const reach = 7
	near := func(frame float64) bool { return abs32(x-a.at(frame)) <= scaled(reach) }
	switch {
	case upper && in.HasOut && near(float64(in.Out)+0.5):
		return grabOut
	case upper && in.HasIn && near(float64(in.In)-0.5):
		return grabIn
	}
	return grabHead
}

// zoom keeps the number under x where it is.
func (r *Ruler) zoom(a axis, x float32, wheel float64, first, last int) {
	at, factor := a.frame(x), math.Pow(0.8, wheel)
	from, to := at-(at-a.from)*factor, at+(a.to-at)*factor
	const fewest = 4
	if to-from < fewest {
		return
	}
	lo, hi := float64(first)-0.5, float64(last)+0.5
	r.from, r.to = max(from, lo), min(to, hi)
	r.zoomed = r.from > lo || r.to < hi
}

func (r *Ruler) pan(a axis, pixels float64, first, last int) {
	d := -pixels / a.perFrame()
	lo, hi := float64(first)-0.5, float64(last)+0.5
	d = min(max(d, lo-a.from), hi-a.to)
	r.from, r.to = a.from+d, a.to+d
}

// ticks draws numbers where there is room for them, and lines between.
func ticks(list *imgui.DrawList, a axis, p imgui.Vec2, bottom float32) {
	widest := max(len(strconv.Itoa(round(a.from))), len(strconv.Itoa(round(a.to))))
	label := imgui.CalcTextSize("0").X*float32(widest) + scaled(18)
	step := niceStep(float64(label) / a.perFrame())
	minor := step
	for _, d := range []int{10, 5, 2} {
		if step%d == 0 && float64(step/d)*a.perFrame() >= float64(scaled(5)) {
			minor = step / d
			break
		}
	}
	top := p.Y + scaled(19)
	for f := floorTo(a.from, minor); float64(f) <= a.to; f += minor {
		if float64(f) < a.from {
			continue
		}
		x := float32(math.Round(float64(a.at(float64(f)))))
		if f%step != 0 {
			list.AddLine(vec(x, bottom-scaled(4)), vec(x, bottom), color(window.ColorPressed))
			continue
		}
		list.AddLine(vec(x, top), vec(x, bottom), color(window.ColorPressed))
		text := strconv.Itoa(f)
		w := imgui.CalcTextSize(text).X
		tx := min(max(x-w/2, a.x+scaled(4)), a.x+a.width-w-scaled(4))
		list.AddTextVec2(vec(tx, p.Y+scaled(3)), color(window.ColorTextDim), text)
	}
}

// niceStep returns the smallest of 1, 2, 5, 10, 20, ... that is not below v.
func niceStep(v float64) int {
	for step := 1; ; step *= 10 {
		for _, m := range []int{1, 2, 5} {
			if float64(step*m) >= v || step > math.MaxInt/100 {
				return step * m
			}
		}
	}
}

// floorTo returns the largest multiple of step that is not above v.
func floorTo(v float64, step int) int { return int(math.Floor(v/float64(step))) * step }

type box struct{ lo, hi imgui.Vec2 }

// states draws the bar: runs of pixels with the same state are one block.
func (r *Ruler) states(list *imgui.DrawList, a axis, bar box, in RulerInput) {
	if in.State == nil || len(in.States) == 0 {
		return
	}
	r.bin(a, in)
	gap := float32(0)
	if a.perFrame() >= 6 {
		gap = 1
	}
	for i := 0; i < len(r.bins); {
		run := i + 1
		s := r.bins[i]
		if gap == 0 {
			for run < len(r.bins) && r.bins[run] == s {
				run++
			}
		} else { // frames are apart: one block each
			f := round(a.frame(a.x + float32(i) + 0.5))
			for run < len(r.bins) && r.bins[run] == s && round(a.frame(a.x+float32(run)+0.5)) == f {
				run++
			}
		}
		if s >= 0 && int(s) < len(in.States) {
			block := box{vec(a.x+float32(i), bar.lo.Y), vec(a.x+float32(run)-gap, bar.hi.Y)}
			block.draw(list, in.States[s])
		}
		i = run
	}
}

// bin fills bins with the state to show at each pixel.
func (r *Ruler) bin(a axis, in RulerInput) {
	width := int(a.width)
	key := binKey{in.Version, len(in.Frames), width, in.Frames[0], in.Frames[len(in.Frames)-1], a.from, a.to}
	if in.Version != 0 && key == r.key {
		return
	}
	r.key = key
	r.bins = slices.Grow(r.bins[:0], width)[:width]
	for i := range r.bins {
		r.bins[i] = -1
	}
	scale := a.perFrame()
	begin, _ := slices.BinarySearch(in.Frames, int(math.Floor(a.from)))
	for i := begin; i < len(in.Frames) && float64(in.Frames[i])-0.5 < a.to; i++ {
		s := in.State(i)
		if s < 0 || s >= len(in.States) {
			continue
		}
		left := (float64(in.Frames[i]) - 0.5 - a.from) * scale
		lo, hi := int(math.Round(left)), int(math.Round(left+scale))
		if scale < 1 { // narrower than a pixel: the one its middle lies in
			lo = int(math.Floor(left + scale/2))
			hi = lo + 1
		}
		for x := max(lo, 0); x < min(hi, width); x++ {
			if old := r.bins[x]; old < 0 || in.States[s].Priority > in.States[old].Priority {
				r.bins[x] = int16(s)
			}
		}
	}
}

// draw draws a block of a state; the legend uses it too.
func (b box) draw(list *imgui.DrawList, s State) {
	c, h := color(s.Color), b.hi.Y-b.lo.Y
	lines := color(imgui.Vec4{W: 0.55})
	switch s.Pattern {
	case Line:
		list.AddRectFilled(vec(b.lo.X, b.hi.Y-max(h*0.15, scaled(2))), b.hi, c)
	case Low:
		list.AddRectFilled(vec(b.lo.X, b.hi.Y-h*0.33), b.hi, c)
	case Half:
		list.AddRectFilled(vec(b.lo.X, b.hi.Y-h*0.6), b.hi, c)
	case Solid:
		list.AddRectFilled(b.lo, b.hi, c)
	case Hollow:
		list.AddRect(b.lo, b.hi, c)
	case Broken:
		list.AddRectFilled(b.lo, vec(b.hi.X, b.lo.Y+h*0.3), c)
		list.AddRectFilled(vec(b.lo.X, b.lo.Y+h*0.62), b.hi, c)
	case Hatch, Cross:
		list.AddRectFilled(b.lo, b.hi, c)
		list.PushClipRectV(b.lo, b.hi, true)
		step := h * 0.5
		if s.Pattern == Cross {
			step = h
		}
		for x := float32(math.Floor(float64(b.lo.X/step)))*step - h; x < b.hi.X; x += step {
			list.AddLineV(vec(x, b.hi.Y), vec(x+h, b.lo.Y), lines, scaled(1.5))
			if s.Pattern == Cross {
				list.AddLineV(vec(x, b.lo.Y), vec(x+h, b.hi.Y), lines, scaled(1.5))
			}
		}
		list.PopClipRect()
	}
}

// Legend draws one sample and name for each state, in a row that wraps.
func Legend(states []State) {
	for i, s := range states {
		width := scaled(24) + imgui.CalcTextSize(s.Name).X
		if i > 0 {
			imgui.SameLineV(0, scaled(14))
			if imgui.ContentRegionAvail().X < width {
				imgui.NewLine()
			}
		}
		p, h := imgui.CursorScreenPos(), imgui.TextLineHeight()
		imgui.Dummy(vec(scaled(18), h))
		box{vec(p.X, p.Y+h*0.1), vec(p.X+scaled(18), p.Y+h*0.9)}.draw(imgui.WindowDrawList(), s)
		imgui.SameLineV(0, scaled(6))
		imgui.TextUnformatted(s.Name)
	}
}

// outside darkens what is not played and draws the handles of in and out.
func outside(list *imgui.DrawList, a axis, p, end imgui.Vec2, in RulerInput) {
	shade, line := color(imgui.Vec4{W: 0.5}), color(window.ColorText)
	foot := scaled(6)
	if in.HasIn {
		x := a.at(float64(in.In) - 0.5)
		list.AddRectFilled(p, vec(x, end.Y), shade)
		list.AddLineV(vec(x, p.Y), vec(x, end.Y), line, scaled(2))
		list.AddTriangleFilled(vec(x, p.Y), vec(x+foot*1.5, p.Y), vec(x, p.Y+foot*1.5), line)
	}
	if in.HasOut {
		x := a.at(float64(in.Out) + 0.5)
		list.AddRectFilled(vec(x, p.Y), end, shade)
		list.AddLineV(vec(x, p.Y), vec(x, end.Y), line, scaled(2))
		list.AddTriangleFilled(vec(x, p.Y), vec(x, p.Y+foot*1.5), vec(x-foot*1.5, p.Y), line)
	}
}

// head draws the play head with its number, or an arrow at the edge beyond
// which it is.
func head(list *imgui.DrawList, a axis, p, end imgui.Vec2, frame int) {
	c, dark := color(window.ColorAccent), color(window.ColorField)
	x := a.at(float64(frame))
	mid, s := p.Y+scaled(10), scaled(6)
	switch {
	case x < a.x:
		list.AddTriangleFilled(vec(a.x+s, mid-s), vec(a.x+s, mid+s), vec(a.x, mid), c)
		return
	case x > a.x+a.width:
		list.AddTriangleFilled(vec(end.X-s, mid-s), vec(end.X, mid), vec(end.X-s, mid+s), c)
		return
	}
	if w := float32(a.perFrame()); w > scaled(3) {
		list.AddRectFilled(vec(x-w/2, p.Y), vec(x+w/2, end.Y), color(alpha(window.ColorAccent, 0.18)))
	}
	list.AddLineV(vec(x, p.Y), vec(x, end.Y), c, scaled(2))
	text := strconv.Itoa(frame)
	w := imgui.CalcTextSize(text).X
	pad := scaled(5)
	left := min(max(x-w/2-pad, a.x), max(end.X-w-2*pad, a.x))
	list.AddRectFilledV(vec(left, p.Y), vec(left+w+2*pad, p.Y+scaled(19)), c, scaled(3), 0)
	list.AddTextVec2(vec(left+pad, p.Y+scaled(2)), dark, text)
}

// tooltip describes the listed frame nearest to the mouse.
func (r *Ruler) tooltip(a axis, in RulerInput) {
	number := a.frame(imgui.MousePos().X)
	i, _ := slices.BinarySearch(in.Frames, int(math.Floor(number)))
	for i+1 < len(in.Frames) && math.Abs(float64(in.Frames[i+1])-number) <= math.Abs(float64(in.Frames[i])-number) {
		i++
	}
	i = min(i, len(in.Frames)-1)
	if n := round(number); in.Frames[i] != n && a.perFrame() >= 2 {
		if imgui.BeginTooltip() {
			imgui.TextUnformatted("Frame " + strconv.Itoa(n) + ": not in the sequence")
			imgui.EndTooltip()
		}
		return
	}
	text := "Frame " + strconv.Itoa(in.Frames[i])
	if in.State != nil {
		if s := in.State(i); s >= 0 && s < len(in.States) {
			text += ": " + in.States[s].Name
		}
	}
	if in.Tooltip != nil {
		if more := in.Tooltip(i); more != "" {
			text += "\n" + more
		}
	}
	if imgui.BeginTooltip() {
		imgui.TextUnformatted(text)
		imgui.EndTooltip()
	}
}
