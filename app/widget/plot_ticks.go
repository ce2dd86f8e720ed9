package widget

import (
	"math"
	"strconv"

	"iceexplorer/cache/unit"
)

// tick is a place of an axis with its number.
type tick struct {
	at    float64
	label string
}

// mostLevels is how many steps a Y axis has at most: more are not read.
const mostLevels = 4

// levels are the ticks of a Y axis with room for some steps between them, and the range that
// they span, so that both ends have a number. Where all values are one it has a tick, with
// one above and one below.
func levels(lo, hi float64, room int, whole bool) (low, top float64, out []tick) {
	room = min(max(room, 1), mostLevels)
	switch {
	case math.IsInf(hi-lo, 0) || math.IsNaN(hi-lo):
		if !(lo < hi) {
			lo, hi = 0, 1
		}
		return lo, hi, ticksBetween(lo, hi, room, whole)
	case !(lo < hi):
		step := roundStep(math.Abs(lo)*0.1, whole)
		if step == 0 || lo+step == lo {
			step = 0.5
		}
		low, top = lo-step, lo+step
		ends := []tick{{low, number(low, step)}, {lo, exact(lo)}, {top, number(top, step)}}
		if room < 2 {
			ends = ends[1:2]
		}
		return low, top, ends
	}
	for _, parts := range [...]float64{8, 5, 4, 3, 2, 1, 0.5} {
		step := roundStep((hi-lo)/parts, whole)
		from, to := math.Floor(lo/step+1e-9), math.Ceil(hi/step-1e-9)
		if from+1 == from || to-1 == to {
			break // no number lies between
		}
		if to-from > float64(room) {
			continue
		}
		for k := from; k <= to; k++ {
			v := k*step + 0 // no -0
			out = append(out, tick{v, number(v, step)})
		}
		return min(out[0].at, lo), max(out[len(out)-1].at, hi), out
	}
	return lo, hi, ticksBetween(lo, hi, room, whole)
}

// exact is a number with all that tells it from others of single precision.
func exact(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e9 {
		return number(v, 1)
	}
	return strconv.FormatFloat(v, 'g', 7, 64)
}

// ticksBetween are round numbers of a range, at most as many as given and one more; whole
// ones alone if asked for.
func ticksBetween(lo, hi float64, most int, whole bool) []tick {
	step := roundStep((hi-lo)/float64(max(most, 1)), whole)
	if math.IsInf(hi-lo, 0) || step <= 0 || lo+step == lo || hi-step == hi {
		return []tick{{lo, number(lo, 0)}, {hi, number(hi, 0)}} // no number lies between
	}
	var out []tick
	for k := math.Ceil(lo/step - 1e-9); k*step <= hi+step*1e-9 && len(out) <= most; k++ {
		v := k*step + 0 // no -0
		out = append(out, tick{v, number(v, step)})
	}
	return out
}

// roundStep is the least of 1, 2, 5 and ten times those that is not below v.
func roundStep(v float64, whole bool) float64 {
	if whole && v < 1 {
		return 1
	}
	if v <= 0 {
		return 0
	}
	ten := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if m*ten >= v*(1-1e-9) {
			return m * ten
		}
	}
	return 10 * ten
}

// number is a number with as many digits as tell it from the next one, a step away; 0
// means that there is none.
func number(v, step float64) string {
	size := math.Abs(v)
	switch {
	case v == 0:
		return "0"
	case size >= 1e9 || size < 1e-4 || step > 0 && step < 1e-9 || step == 0 && v != math.Trunc(v):
		digits := 2
		if step > 0 {
			digits = min(max(int(math.Floor(math.Log10(size)+1e-9)-math.Floor(math.Log10(step)+1e-9)), 0), 8)
		}
		return strconv.FormatFloat(v, 'e', digits, 64)
	case v == math.Trunc(v) && size >= 1e4:
		return unit.Count(int64(v))
	case step == 0:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'f', max(int(math.Ceil(-math.Log10(step)-1e-9)), 0), 64)
}

// powers are the powers of ten up to a count, thinned to at most as many as given.
func powers(top float64, most int) []tick {
	n := int(math.Floor(math.Log10(max(top, 1))))
	step := 1
	for n/step+1 > max(most, 1) {
		step++
	}
	out := []tick{}
	for e := 0; e <= n; e += step {
		v := math.Pow(10, float64(e))
		label := unit.Count(int64(v))
		if e > 6 {
			label = "1e" + strconv.Itoa(e)
		}
		out = append(out, tick{v, label})
	}
	return out
}
