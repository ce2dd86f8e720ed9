package widget

import (
	"math"
	"slices"
	"strconv"
	"strings"

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
	Frames []float64 // listed frame numbers, ascending, unique
	Head   float64
	In     float64
	Out    float64
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
	Seek    *float64 // the play head was dragged to this frame
	In, Out *float64 // a handle was dragged
	Begin   bool     // the play head was taken: playing should pause
	End     bool     // and let go
	Context bool     // right click, on the frame in At
	At      float64
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
	owners   []int32 // index of the frame whose state that is
	key      binKey

	finest float64 // least distance of two frames, 1 or less
	of     binKey  // what finest was found for
}

type binKey struct {
	version     uint64
	n, width    int
	first, last float64
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

// cell is what a listed frame takes of the axis: half the way to its neighbours, and
// no more than half a number.
func cell(frames []float64, i int) (lo, hi float64) {
	before, after := 0.5, 0.5
	if i > 0 {
		before = min(before, (frames[i]-frames[i-1])/2)
	}
	if i+1 < len(frames) {
		after = min(after, (frames[i+1]-frames[i])/2)
	}
	if i == 0 {
		before = after
	}
	if i+1 == len(frames) {
		after = before
	}
	return frames[i] - before, frames[i] + after
}

// ends are the numbers at the edges when all frames are shown.
func ends(frames []float64) (lo, hi float64) {
	lo, _ = cell(frames, 0)
	_, hi = cell(frames, len(frames)-1)
	return lo, hi
}

// survey finds the least distance of two frames.
func (r *Ruler) survey(in RulerInput) {
	key := binKey{version: in.Version, n: len(in.Frames), first: in.Frames[0], last: in.Frames[len(in.Frames)-1]}
	if in.Version != 0 && key == r.of {
		return
	}
	r.of, r.finest = key, 1
	for i := 1; i < len(in.Frames); i++ {
		r.finest = min(r.finest, in.Frames[i]-in.Frames[i-1])
	}
}

// nearest is the index of the listed frame that is closest to a number.
func nearest(frames []float64, number float64) int {
	i, _ := slices.BinarySearch(frames, number)
	if i == len(frames) || i > 0 && number-frames[i-1] <= frames[i]-number {
		i--
	}
	return i
}

// axis maps frame numbers to pixels.
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

// label is a frame's number as text.
func label(frame float64) string { return strconv.FormatFloat(frame, 'f', -1, 64) }

// view returns what the ruler shows of the numbers from lo to hi.
func (r *Ruler) view(lo, hi float64) (from, to float64) {
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
	r.survey(in)
	lo, hi := ends(in.Frames)
	a := axis{x: p.X, width: size.X}
	a.from, a.to = r.view(lo, hi)
	bar := box{vec(p.X, end.Y-scaled(16)), vec(end.X, end.Y-scaled(4))}

	ev = r.mouse(a, p, in)
	a.from, a.to = r.view(lo, hi) // the wheel may have zoomed

	list.PushClipRectV(p, end, true)
	ticks(list, a, p, bar.lo.Y-scaled(3), r.finest)
	r.states(list, a, bar, in)
	outside(list, a, p, end, in)
	head(list, a, p, end, in)
	list.PopClipRect()

	if imgui.IsItemHovered() && !imgui.IsItemActive() {
		r.tooltip(a, in)
	}
	return ev
}

// mouse follows dragging and zooming.
func (r *Ruler) mouse(a axis, p imgui.Vec2, in RulerInput) (ev RulerEvent) {
	m := imgui.MousePos()
	number := in.Frames[nearest(in.Frames, a.frame(m.X))]
	lo, hi := ends(in.Frames)
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
			r.zoom(a, m.X, float64(wheel), lo, hi, fewest*r.finest)
		}
		ev.Context, ev.At = imgui.IsMouseReleased(imgui.MouseButtonRight), number
	}
	if imgui.IsItemActive() && imgui.IsMouseDown(imgui.MouseButtonMiddle) && r.zoomed {
		r.pan(a, float64(imgui.CurrentIO().MouseDelta().X), lo, hi)
	}
	return ev
}

// grabbed returns what a press at x takes: a handle, which lies in the upper
// part, or else the head, which jumps there.
func grabbed(a axis, x float32, upper bool, in RulerInput) int {
	const reach = 7
	near := func(frame float64) bool { return abs32(x-a.at(frame)) <= scaled(reach) }
	first, last := played(in)
	switch {
	case upper && in.HasOut && near(last):
		return grabOut
	case upper && in.HasIn && near(first):
		return grabIn
	}
	return grabHead
}

// fewest frames can be zoomed to.
const fewest = 4

// zoom keeps the number under x where it is, and shows no less than least.
func (r *Ruler) zoom(a axis, x float32, wheel, lo, hi, least float64) {
	at, factor := a.frame(x), math.Pow(0.8, wheel)
	from, to := at-(at-a.from)*factor, at+(a.to-at)*factor
	if to-from < least {
		return
	}
	r.from, r.to = max(from, lo), min(to, hi)
	r.zoomed = r.from > lo || r.to < hi
}

func (r *Ruler) pan(a axis, pixels, lo, hi float64) {
	d := -pixels / a.perFrame()
	d = min(max(d, lo-a.from), hi-a.to)
	r.from, r.to = a.from+d, a.to+d
}

// ticks draws numbers where there is room for them, and lines between.
func ticks(list *imgui.DrawList, a axis, p imgui.Vec2, bottom float32, finest float64) {
	step, minor := tickSteps(a, finest)
	top := p.Y + scaled(19)
	for k := math.Ceil(a.from / minor); k*minor <= a.to; k++ {
		f := k * minor
		x := float32(math.Round(float64(a.at(f))))
		if r := f / step; math.Abs(r-math.Round(r)) > 1e-6 {
			list.AddLine(vec(x, bottom-scaled(4)), vec(x, bottom), color(window.ColorPressed))
			continue
		}
		list.AddLine(vec(x, top), vec(x, bottom), color(window.ColorPressed))
		text := label(f)
		w := imgui.CalcTextSize(text).X
		tx := min(max(x-w/2, a.x+scaled(4)), a.x+a.width-w-scaled(4))
		list.AddTextVec2(vec(tx, p.Y+scaled(3)), color(window.ColorTextDim), text)
	}
}

// tickSteps is how far the numbers of a ruler, and the lines between them, are apart.
// finest is the least distance of two frames.
func tickSteps(a axis, finest float64) (step, minor float64) {
	digits := float64(imgui.CalcTextSize("0").X)
	for step = 0; ; { // finer steps have longer labels
		widest := max(len(label(math.Floor(a.from))), len(label(math.Floor(a.to)))) + decimals(step)
		wider := niceStep((digits*float64(widest)+float64(scaled(18)))/a.perFrame(), finest)
		if wider <= step || step == 0 && wider >= 1 {
			step = max(step, wider)
			break
		}
		step = wider
	}
	for _, d := range []float64{10, 5, 4, 2} {
		if m := step / d; m >= finest && niceStep(m, finest) == m && m*a.perFrame() >= float64(scaled(5)) {
			return step, m
		}
	}
	return step, step
}

// decimals is how many characters a step's fraction adds to a number.
func decimals(step float64) int {
	if _, fraction, ok := strings.Cut(label(step), "."); ok {
		return len(fraction) + 1
	}
	return 0
}

// steps below 1, finest first.
var fractions = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5}

// niceStep returns the smallest of 1, 2, 5, 10, 20, ... that is not below v; where
// frames are closer than 1 also of 0.5, 0.25, 0.1, ... down to finest.
func niceStep(v, finest float64) float64 {
	for _, f := range fractions {
		if f >= v && f >= finest {
			return f
		}
	}
	for step := 1.0; ; step *= 10 {
		for _, m := range []float64{1, 2, 5} {
			if step*m >= v || step > 1e15 {
				return step * m
			}
		}
	}
}

type box struct{ lo, hi imgui.Vec2 }

// states draws the bar: runs of pixels with the same state are one block.
func (r *Ruler) states(list *imgui.DrawList, a axis, bar box, in RulerInput) {
	if in.State == nil || len(in.States) == 0 {
		return
	}
	r.bin(a, in)
	gap := float32(0)
	if a.perFrame()*r.finest >= 6 {
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
			for run < len(r.bins) && r.bins[run] == s && r.owners[run] == r.owners[i] {
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
	r.owners = slices.Grow(r.owners[:0], width)[:width]
	for i := range r.bins {
		r.bins[i] = -1
	}
	scale := a.perFrame()
	begin, _ := slices.BinarySearch(in.Frames, math.Floor(a.from))
	for i := begin; i < len(in.Frames) && in.Frames[i]-0.5 < a.to; i++ {
		s := in.State(i)
		if s < 0 || s >= len(in.States) {
			continue
		}
		from, to := cell(in.Frames, i)
		left, right := (from-a.from)*scale, (to-a.from)*scale
		lo, hi := int(math.Round(left)), int(math.Round(right))
		if right-left < 1 { // narrower than a pixel: the one its middle lies in
			lo = int(math.Floor((left + right) / 2))
			hi = lo + 1
		}
		for x := max(lo, 0); x < min(hi, width); x++ {
			if old := r.bins[x]; old < 0 || in.States[s].Priority > in.States[old].Priority {
				r.bins[x], r.owners[x] = int16(s), int32(i)
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

// played is where the handles of in and out are: around the cells of their frames.
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

// outside darkens what is not played and draws the handles of in and out.
func outside(list *imgui.DrawList, a axis, p, end imgui.Vec2, in RulerInput) {
	shade, line := color(imgui.Vec4{W: 0.5}), color(window.ColorText)
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

// head draws the play head with its number, or an arrow at the edge beyond
// which it is.
func head(list *imgui.DrawList, a axis, p, end imgui.Vec2, in RulerInput) {
	c, dark := color(window.ColorAccent), color(window.ColorField)
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
	from, to := cell(in.Frames, nearest(in.Frames, in.Head))
	if left, right := a.at(from), a.at(to); right-left > scaled(3) {
		list.AddRectFilled(vec(left, p.Y), vec(right, end.Y), color(alpha(window.ColorAccent, 0.18)))
	}
	list.AddLineV(vec(x, p.Y), vec(x, end.Y), c, scaled(2))
	text := label(in.Head)
	w := imgui.CalcTextSize(text).X
	pad := scaled(5)
	left := min(max(x-w/2-pad, a.x), max(end.X-w-2*pad, a.x))
	list.AddRectFilledV(vec(left, p.Y), vec(left+w+2*pad, p.Y+scaled(19)), c, scaled(3), 0)
	list.AddTextVec2(vec(left+pad, p.Y+scaled(2)), dark, text)
}

// tooltip describes the listed frame nearest to the mouse.
func (r *Ruler) tooltip(a axis, in RulerInput) {
	number := a.frame(imgui.MousePos().X)
	i := nearest(in.Frames, number)
	if n := math.Floor(number + 0.5); math.Abs(in.Frames[i]-number) > 0.5 && a.perFrame() >= 2 {
		if imgui.BeginTooltip() {
			imgui.TextUnformatted("Frame " + label(n) + ": not in the sequence")
			imgui.EndTooltip()
		}
		return
	}
	text := "Frame " + label(in.Frames[i])
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
