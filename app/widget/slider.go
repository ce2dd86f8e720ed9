package widget

import (
	"math"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// RangeSlider edits an interval with two handles; what lies between them can
// be dragged as a whole. The zero value is ready to use.
type RangeSlider struct {
	grab int // handleLow, handleHigh, handleBoth while dragged
	off  float64
}

const (
	handleNone = iota
	handleLow
	handleHigh
	handleBoth
)

// Draw draws the slider over min..max with its interval *lo..*hi, which it
// keeps in order and within, and returns whether the user changed it. format
// writes the values on it. Without a span (or not finite) it is disabled.
func (s *RangeSlider) Draw(id string, lo, hi *float64, minimum, maximum float64, width float32, format func(float64) string) (changed bool) {
	if width <= 0 {
		width = imgui.ContentRegionAvail().X
	}
	width = max(width, scaled(60))
	height := imgui.FrameHeight()
	p := imgui.CursorScreenPos()
	usable := maximum > minimum && !math.IsInf(maximum-minimum, 0)
	imgui.BeginDisabledV(!usable)
	imgui.InvisibleButton(id, vec(width, height))
	imgui.EndDisabled()
	hovered, active := imgui.IsItemHovered(), imgui.IsItemActive()

	knob := scaled(9)
	x0, span := p.X+knob/2, float64(width-knob)
	at := func(v float64) float32 {
		if !usable {
			return x0
		}
		return x0 + float32(span*clampTo((v-minimum)/(maximum-minimum), 0, 1))
	}
	if usable {
		mouse := minimum + float64(imgui.MousePos().X-x0)/span*(maximum-minimum)
		if imgui.IsItemActivated() {
			s.take(imgui.MousePos().X, at(*lo), at(*hi), knob, mouse, *lo)
		}
		if !active {
			s.grab = handleNone
		}
		oldLo, oldHi := *lo, *hi
		*lo, *hi = s.drag(*lo, *hi, minimum, maximum, mouse)
		changed = oldLo != *lo || oldHi != *hi
	}

	list := imgui.WindowDrawList()
	mid := p.Y + height/2
	bar := scaled(4)
	strength := float32(1)
	if !usable {
		strength = 0.4
	}
	list.AddRectFilledV(vec(p.X, mid-bar/2), vec(p.X+width, mid+bar/2), color(window.ColorField), bar/2, 0)
	list.AddRectFilledV(vec(at(*lo), mid-bar/2), vec(at(*hi), mid+bar/2), color(alpha(window.ColorAccent, 0.7*strength)), bar/2, 0)
	for h, v := range map[int]float64{handleLow: *lo, handleHigh: *hi} {
		c := window.ColorText
		if s.grab == h || s.grab == handleBoth {
			c = window.ColorAccent
		}
		x := at(v)
		list.AddRectFilledV(vec(x-knob/2, p.Y+scaled(3)), vec(x+knob/2, p.Y+height-scaled(3)), color(alpha(c, strength)), scaled(3), 0)
	}
	if (hovered || active) && usable && imgui.BeginTooltip() {
		imgui.TextUnformatted(format(*lo) + " to " + format(*hi))
		imgui.EndTooltip()
	}
	return changed
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
