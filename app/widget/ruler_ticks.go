package widget

import (
	"iter"
	"math"
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// Distances between the ruler's lines and texts, in pixels at scale 1.
const (
	leastGap  = 18 // between two texts
	leastTick = 5  // between two lines
)

// mostTicks is how many lines stand for one with a number, unless each stands at a frame.
const mostTicks = 12

// roundSteps are the distances that lines may have, where numbers alone are told.
var roundSteps = func() []float64 {
	all := []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5}
	for step := 1.0; step < 1e16; step *= 10 {
		all = append(all, step, 2*step, 5*step)
	}
	return all
}()

// multiples are those of a step.
func multiples(step, from, to float64) iter.Seq[float64] {
	return func(yield func(float64) bool) {
		for k := math.Ceil(from/step - 1e-9); k*step <= to; k++ {
			if !yield(k * step) {
				return
			}
		}
	}
}

// spacing is how far the ruler's lines are apart.
type spacing struct {
	step, minor float64 // of those with a number, and of all
	lines       func(step, from, to float64) iter.Seq[float64]
}

// spacing finds the least distances at which texts, of widths in pixels, and lines have
// room. finest is the least distance of two frames, and k the scale.
func (in *RulerInput) spacing(a axis, finest float64, k float32, width func(text string) float32) spacing {
	sp := spacing{lines: multiples}
	steps := roundSteps
	if in.Steps != nil {
		steps, sp.lines = in.Steps, in.Lines
	}
	first, _ := slices.BinarySearch(steps, finest)
	pixels := func(step float64) float64 { return step * a.perFrame() }
	fits := func(step float64) bool {
		room := pixels(step) - float64(leastGap*k)
		if room <= 0 {
			return false
		}
		for _, end := range [][2]float64{{a.from, a.from + 3*step}, {a.to - 3*step, a.to}} { // the others are no longer
			for at := range sp.lines(step, max(end[0], a.from), min(end[1], a.to)) {
				if float64(width(in.text(at))) > room {
					return false
				}
			}
		}
		return true
	}
	sp.step = steps[len(steps)-1]
	for _, step := range steps[first:] {
		if fits(step) {
			sp.step = step
			break
		}
	}
	sp.minor = sp.step
	for _, minor := range steps[first:] {
		if minor > sp.step {
			break
		}
		parts := sp.step / minor
		even := math.Abs(parts-math.Round(parts)) < 1e-6
		if pixels(minor) >= float64(leastTick*k) && (even && parts <= mostTicks || minor == 1) {
			sp.minor = minor
			break
		}
	}
	return sp
}

// ticks draws numbers where there is room for them, and lines between.
func (r *Ruler) ticks(list *imgui.DrawList, a axis, p imgui.Vec2, bottom float32) {
	in := &r.Show
	sp := in.spacing(a, r.finest, scaled(1), func(text string) float32 { return imgui.CalcTextSize(text).X })
	line := color(window.Colors().Pressed)
	x := func(at float64) float32 { return float32(math.Round(float64(a.at(at)))) }
	for at := range sp.lines(sp.minor, a.from, a.to) {
		list.AddLine(vec(x(at), bottom-scaled(4)), vec(x(at), bottom), line)
	}
	begin, end, _ := chip(a, in) // the play head's number lies there
	last := a.x
	for at := range sp.lines(sp.step, a.from, a.to) {
		list.AddLine(vec(x(at), p.Y+scaled(19)), vec(x(at), bottom), line)
		text := in.text(at)
		w := imgui.CalcTextSize(text).X
		left := min(max(x(at)-w/2, a.x+scaled(4)), a.x+a.width-w-scaled(4))
		if left < last || left < end && left+w > begin {
			continue
		}
		list.AddTextVec2(vec(left, p.Y+scaled(3)), color(window.Colors().TextDim), text)
		last = left + w + scaled(4)
	}
}
