package widget

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// cell is the part of the axis that a listed frame takes: half the way to its neighbours, but
// at most half a number on each side.
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

// tickSteps are the distances of a ruler's numbers and of the lines between them. finest is
// the least distance of two frames; text writes a number.
func tickSteps(a axis, finest float64, text func(float64) string) (step, minor float64) {
	digits := float64(imgui.CalcTextSize("0").X)
	for step = 0; ; { // finer steps have longer labels
		widest := max(len(text(math.Floor(a.from))), len(text(math.Floor(a.to)))) + decimals(step)
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
