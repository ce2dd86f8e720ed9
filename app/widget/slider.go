package widget

import (
	"math"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// Slider is a number within bounds that even typing cannot exceed. It may be logarithmic,
// which giu's is not.
type Slider struct {
	Label    string // beside it; what follows ## is not shown
	Value    float32
	Min, Max float32
	Format   string // of printf; %d for whole numbers
	Log      bool
	Whole    bool // only whole numbers
	Change   func(v float32)
}

// Build implements giu.Widget. The part below the value is filled, so that the value can be read
// wherever it is: ImGui's own handle covers it.
func (s Slider) Build() {
	flags := imgui.SliderFlags(imgui.SliderFlagsAlwaysClamp)
	if s.Log {
		flags |= imgui.SliderFlagsLogarithmic
	}
	s.paint()
	none := imgui.Vec4{}
	for _, c := range []imgui.Col{imgui.ColFrameBg, imgui.ColFrameBgHovered, imgui.ColFrameBgActive, imgui.ColSliderGrab, imgui.ColSliderGrabActive} {
		imgui.PushStyleColorVec4(c, none)
	}
	defer imgui.PopStyleColorV(5)
	if s.Whole {
		if v := int32(s.Value); imgui.SliderIntV(s.Label, &v, int32(s.Min), int32(s.Max), s.Format, flags) {
			s.Change(float32(v))
		}
		return
	}
	if v := s.Value; imgui.SliderFloatV(s.Label, &v, s.Min, s.Max, s.Format, flags) {
		s.Change(v)
	}
}

// paint draws the frame of the slider that comes next, filled up to its value.
func (s Slider) paint() {
	lo := imgui.CursorScreenPos()
	hi := vec(lo.X+imgui.CalcItemWidth(), lo.Y+imgui.FrameHeight())
	list, round := imgui.WindowDrawList(), imgui.CurrentStyle().FrameRounding()
	frame := imgui.ColFrameBg
	if imgui.IsWindowHovered() && imgui.IsMouseHoveringRect(lo, hi) {
		frame = imgui.ColFrameBgHovered
	}
	list.AddRectFilledV(lo, hi, imgui.ColorU32Col(frame), round, 0)
	x := lo.X + (hi.X-lo.X)*s.fraction()
	x = max(x, lo.X+scaled(3)) // something is seen of the least value, too
	list.PushClipRectV(lo, vec(x, hi.Y), true)
	list.AddRectFilledV(lo, hi, color(alpha(window.Colors().Accent, 0.4)), round, 0)
	list.PopClipRect()
}

// fraction is where the value lies between the bounds, as ImGui has it: 0 to 1.
func (s Slider) fraction() float32 {
	v, lo, hi := float64(s.Value), float64(s.Min), float64(s.Max)
	if s.Log && lo > 0 {
		v, lo, hi = math.Log(max(v, lo)), math.Log(lo), math.Log(hi)
	}
	if !(hi > lo) {
		return 0
	}
	return float32(clampTo((v-lo)/(hi-lo), 0, 1))
}

// RangeSlider is an interval with two handles; the part between them can be dragged as a
// whole. It is disabled if Min to Max is empty or not finite.
type RangeSlider struct {
	ID        string
	Low, High float64
	Min, Max  float64
	Width     float32              // in pixels; 0: what is left
	Format    func(float64) string // formats the values for its tooltip
	Change    func(low, high float64)

	grab int // handleLow, handleHigh, handleBoth while dragged
	off  float64
}

const (
	handleNone = iota
	handleLow
	handleHigh
	handleBoth
)

// Build implements giu.Widget.
func (s *RangeSlider) Build() {
	width := s.Width
	if width <= 0 {
		width = imgui.ContentRegionAvail().X
	}
	width = max(width, scaled(60))
	height := imgui.FrameHeight()
	p := imgui.CursorScreenPos()
	span := s.Max - s.Min
	usable := span > 0 && !math.IsInf(span, 0)
	imgui.BeginDisabledV(!usable)
	imgui.InvisibleButton(s.ID, vec(width, height))
	imgui.EndDisabled()
	hovered, active := imgui.IsItemHovered(), imgui.IsItemActive()

	knob := scaled(9)
	x0, pixels := p.X+knob/2, float64(width-knob)
	at := func(v float64) float32 {
		if !usable {
			return x0
		}
		return x0 + float32(pixels*clampTo((v-s.Min)/span, 0, 1))
	}
	low, high := s.Low, s.High
	if usable {
		mouse := s.Min + float64(imgui.MousePos().X-x0)/pixels*span
		if imgui.IsItemActivated() {
			s.take(imgui.MousePos().X, at(low), at(high), knob, mouse, low)
		}
		if !active {
			s.grab = handleNone
		}
		if low, high = s.drag(low, high, s.Min, s.Max, mouse); low != s.Low || high != s.High {
			s.Change(low, high)
		}
	}
	s.paint(box{p, vec(p.X+width, p.Y+height)}, at(low), at(high), usable)
	if (hovered || active) && usable {
		tooltipOf(itemBox(), s.Format(low)+" to "+s.Format(high))
	}
}

// paint draws the line and the handles at low and high.
func (s *RangeSlider) paint(b box, low, high float32, usable bool) {
	list := imgui.WindowDrawList()
	mid, bar, knob := (b.lo.Y+b.hi.Y)/2, scaled(4), scaled(9)
	strength := float32(1)
	if !usable {
		strength = 0.4
	}
	list.AddRectFilledV(vec(b.lo.X, mid-bar/2), vec(b.hi.X, mid+bar/2), color(window.Colors().Field), bar/2, 0)
	list.AddRectFilledV(vec(low, mid-bar/2), vec(high, mid+bar/2), color(alpha(window.Colors().Accent, 0.7*strength)), bar/2, 0)
	for h, x := range map[int]float32{handleLow: low, handleHigh: high} {
		c := window.Colors().Text
		if s.grab == h || s.grab == handleBoth {
			c = window.Colors().Accent
		}
		list.AddRectFilledV(vec(x-knob/2, b.lo.Y+scaled(3)), vec(x+knob/2, b.hi.Y-scaled(3)), color(alpha(c, strength)), scaled(3), 0)
	}
}

// take decides what a press at x grabs, given the handles' places.
func (s *RangeSlider) take(x, low, high, knob float32, mouse, lo float64) {
	toLow, toHigh := abs32(x-low), abs32(x-high)
	switch {
	case x > low+knob && x < high-knob:
		s.grab, s.off = handleBoth, mouse-lo
	case toLow < toHigh || (toLow == toHigh && x < low):
		s.grab = handleLow
	default:
		s.grab = handleHigh
	}
}

// drag returns the interval after the grabbed part followed the mouse's value.
func (s *RangeSlider) drag(lo, hi, minimum, maximum, mouse float64) (float64, float64) {
	if math.IsNaN(lo) || math.IsNaN(hi) {
		lo, hi = minimum, maximum
	}
	switch s.grab {
	case handleLow:
		lo = min(mouse, hi)
	case handleHigh:
		hi = max(mouse, lo)
	case handleBoth:
		size := hi - lo
		lo = clampTo(mouse-s.off, minimum, max(maximum-size, minimum))
		hi = lo + size
	}
	lo = clampTo(lo, minimum, maximum)
	return lo, clampTo(hi, lo, maximum)
}

func clampTo(v, lo, hi float64) float64 { return min(max(v, lo), hi) }

func abs32(v float32) float32 {
	if v < 0 {
		return -v
	}
	return v
}
