package player

import (
	"iter"
	"math"
	"slices"
)

// parts are the distances below a frame that lines of a ruler may have, in frames.
var parts = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5}

// Steps are the distances that lines of a ruler of Seconds or Timecode may have at a rate, in
// frames, rising: parts of a frame, frames that part a second evenly, then seconds.
func (u Unit) Steps(fps float64) []float64 {
	base, second := wholeRate(fps), u.seconds(fps)
	all := slices.Clone(parts)
	for n := 1; n == 1 || n < base; n++ {
		short := u != Seconds || 1000*n%base == 0 // 0.25 s, but not 0.3333 s
		if n == 1 || base%n == 0 && short {
			all = append(all, float64(n))
		}
	}
	add := func(unit float64, counts ...float64) {
		for _, n := range counts {
			if step := n * unit; step > all[len(all)-1] {
				all = append(all, step)
			}
		}
	}
	rest := second
	if u == Timecode {
		add(second, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)
		rest = 3600 * second
	}
	for ; rest < 1e15; rest *= 10 {
		add(rest, 1, 2, 5)
	}
	return all
}

// seconds is how many frames a second of a unit has.
func (u Unit) seconds(fps float64) float64 {
	if u == Seconds {
		return fps
	}
	return float64(wholeRate(fps))
}

// Ticks are the numbers from one to another at which a ruler of Seconds or Timecode has lines a
// step of Steps apart, rising: seconds where they begin, whose frames are counted from there.
func (u Unit) Ticks(fps, step, from, to float64) iter.Seq[float64] {
	return func(yield func(float64) bool) {
		second := u.seconds(fps)
		inside := step < second || step <= 1 // a second
		every := 1
		if !inside {
			every = int(math.Round(step / second))
		}
		k := u.secondOf(from, fps)
		k -= (k%every + every) % every
		last := math.Inf(-1)
		for ; ; k += every {
			begins, lost := u.second(k, fps)
			if begins > to {
				return
			}
			if !inside {
				if begins >= from && !yield(begins) {
					return
				}
				continue
			}
			ends, _ := u.second(k+1, fps)
			first := math.Ceil(begins - 1e-6)
			for i := 0.0; i*step < math.Max(second, 1); i++ {
				at := max(first-float64(lost)+i*step, first) // there are no numbers for what was lost
				if at > to || at > ends-1e-9 {
					break
				}
				if at <= last || at < from {
					continue
				}
				if last = at; !yield(at) {
					return
				}
			}
		}
	}
}

// wholeRate is how many frames a second counts, of which it may lose some.
func wholeRate(fps float64) int { return int(max(math.Round(fps), 1)) }

// second is the number with which the k-th second begins, and how many numbers it lost there by
// dropping.
func (u Unit) second(k int, fps float64) (begins float64, lost int) {
	if u == Seconds {
		return float64(k) * fps, 0
	}
	if k < 0 {
		begins, _ = u.second(-k, fps)
		return -begins, 0
	}
	drop, minute := dropped(fps), k/60
	if k%60 == 0 && minute%10 != 0 {
		lost = drop
	}
	return float64(k*wholeRate(fps) - drop*(minute-minute/10) + lost), lost
}

// secondOf is the second that a number lies in.
func (u Unit) secondOf(number, fps float64) int {
	rate := fps
	if u == Timecode {
		rate = float64(wholeRate(fps)) - float64(9*dropped(fps))/600 // over ten minutes
	}
	k := int(math.Floor(number / rate))
	for begins, _ := u.second(k, fps); begins > number; begins, _ = u.second(k, fps) {
		k--
	}
	for next, _ := u.second(k+1, fps); next <= number; next, _ = u.second(k+1, fps) {
		k++
	}
	return k
}
