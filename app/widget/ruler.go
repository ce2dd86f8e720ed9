package widget

import (
	"iter"
	"math"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// RulerInput is what a Ruler shows in one frame.
type RulerInput struct {
	Frames []float64 // listed frame numbers, ascending, unique; numbers between may be missing
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
	// Nearest is the number that the play head and the points can stand on next to any number;
	// nil: they stand on listed frames alone.
	Nearest func(number float64) float64
	Between bool // the play head stands on any number from the first to the last
	// Text is a number as the ruler tells it; nil: as it is.
	Text func(number float64) string
	// Steps are the distances that its lines may have, rising, and Lines where those of a step
	// stand; nil: round numbers, and their multiples.
	Steps []float64
	Lines func(step, from, to float64) iter.Seq[float64]
	// Flags stand on numbers; pressing one goes there.
	Flags []RulerFlag
	// Playing is the direction in which the play head moves by itself, 0 if it does not.
	Playing int
	// Tooltip returns more lines about the i-th frame, shown below its number and state.
	Tooltip func(i int) string
}

// RulerFlag marks a number by a name.
type RulerFlag struct {
	At   float64
	Name string
}

// text is a number as the ruler tells it.
func (in *RulerInput) text(number float64) string {
	if in.Text == nil {
		return label(number)
	}
	return in.Text(number)
}

// place is where the play head goes that is moved to a number.
func (in *RulerInput) place(number float64) float64 {
	if in.Nearest == nil {
		return in.Frames[nearest(in.Frames, number)]
	}
	return in.Nearest(number)
}

// rest is where the play head goes that is dragged to x, whose nearest place is a number: there,
// unless it may stand between places and is not close to that one.
func (in *RulerInput) rest(a axis, x float32, number float64) float64 {
	const close = 4
	if !in.Between || abs32(x-a.at(number)) <= scaled(close) {
		return number
	}
	return math.Round(100*min(max(a.frame(x), in.Frames[0]), in.Frames[len(in.Frames)-1])) / 100
}

// RulerEvent is what the user did on a Ruler; nil pointers: nothing.
type RulerEvent struct {
	Seek    *float64 // the play head was dragged to this frame
	In, Out *float64 // a handle was dragged
	Begin   bool     // the play head was grabbed: playing should pause
	End     bool     // and let go
	Context bool     // right click, on the frame in At
	At      float64
}

// Ruler is a time ruler: ticks, the play head, in and out points and a bar of the frames'
// states. The wheel zooms, the middle button pans; its double click shows all. Its cost
// depends on its width, not on the number of frames. The zero value is ready to use and
// shows all frames.
type Ruler struct {
	ID   string
	Size imgui.Vec2 // in pixels
	Show RulerInput
	// Act is told of what the user did.
	Act func(RulerEvent)

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

// View is the numbers at the edges. Show must have frames.
func (r *Ruler) View() (from, to float64) { return r.view(ends(r.Show.Frames)) }

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

// view returns what the ruler shows of the numbers from lo to hi.
func (r *Ruler) view(lo, hi float64) (from, to float64) {
	if !r.zoomed || r.from >= r.to || r.to <= lo || r.from >= hi {
		r.zoomed = false
		return lo, hi
	}
	return max(r.from, lo), min(r.to, hi)
}

// Build implements giu.Widget.
func (r *Ruler) Build() {
	size, in := r.Size, r.Show
	p := imgui.CursorScreenPos()
	if size.X < scaled(40) || size.Y < scaled(30) {
		imgui.Dummy(vec(max(size.X, 1), max(size.Y, 1)))
		return
	}
	imgui.InvisibleButtonV(r.ID, size, imgui.ButtonFlagsMouseButtonLeft|imgui.ButtonFlagsMouseButtonRight|imgui.ButtonFlagsMouseButtonMiddle)
	imgui.SetItemKeyOwner(imgui.KeyMouseWheelY)
	list := imgui.WindowDrawList()
	end := vec(p.X+size.X, p.Y+size.Y)
	list.AddRectFilledV(p, end, color(window.Colors().Field), imgui.CurrentStyle().FrameRounding(), 0)
	if len(in.Frames) == 0 {
		text := "No frames"
		t := imgui.CalcTextSize(text)
		list.AddTextVec2(vec(p.X+(size.X-t.X)/2, p.Y+(size.Y-t.Y)/2), color(window.Colors().TextDim), text)
		return
	}
	r.survey(in)
	lo, hi := ends(in.Frames)
	a := axis{x: p.X, width: size.X}
	a.from, a.to = r.view(lo, hi)
	bar := box{vec(p.X, end.Y-scaled(16)), vec(end.X, end.Y-scaled(4))}

	ev := r.mouse(a, p, in)
	a.from, a.to = r.view(lo, hi) // the wheel may have zoomed

	list.PushClipRectV(p, end, true)
	r.ticks(list, a, p, bar.lo.Y-scaled(3))
	r.states(list, a, bar, in)
	outside(list, a, p, end, in)
	flags(list, a, p, bar.lo.Y-scaled(3), in.Flags)
	head(list, a, p, end, in)
	list.PopClipRect()

	if imgui.IsItemHovered() && !imgui.IsItemActive() {
		r.tooltip(a, p, in)
	}
	if ev != (RulerEvent{At: ev.At}) && r.Act != nil {
		r.Act(ev)
	}
}

// mouse follows dragging and zooming.
func (r *Ruler) mouse(a axis, p imgui.Vec2, in RulerInput) (ev RulerEvent) {
	m := imgui.MousePos()
	number := in.place(a.frame(m.X))
	if i := flagAt(a, m, p, in.Flags); i >= 0 && r.grab == grabNone {
		number = in.Flags[i].At
	}
	lo, hi := ends(in.Frames)
	if imgui.IsItemActivated() && imgui.IsMouseDown(imgui.MouseButtonLeft) {
		r.grab = grabbed(a, m.X, m.Y < p.Y+scaled(18), in)
		ev.Begin = r.grab == grabHead
	}
	if held := imgui.IsItemActive(); held || imgui.IsItemDeactivated() { // where it is let go counts: the mouse came there in the same frame
		switch r.grab {
		case grabHead:
			if to := in.rest(a, m.X, number); to != in.Head {
				ev.Seek = &to
			}
			ev.End = !held
		case grabIn:
			ev.In = &number
		case grabOut:
			ev.Out = &number
		}
	}
	if r.grab != grabNone && !imgui.IsItemActive() {
		r.grab = grabNone
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

// fewest is how few frames can be zoomed to.
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
