package widget

import (
	"slices"
	"strconv"
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
