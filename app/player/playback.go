package player

import (
	"time"

	"iceexplorer/cache"
)

// Play starts playing in the current direction. At the end of a range that is
// played once it starts over from the other end. It does nothing without frames.
func (p *Player) Play() {
	if len(p.frames) == 0 || p.playing {
		return
	}
	if lo, hi := p.bounds(); p.loop == Once {
		switch {
		case p.dir > 0 && p.at >= hi:
			p.place(lo)
		case p.dir < 0 && p.at <= lo:
			p.place(hi)
		}
	}
	p.playing, p.timed, p.waiting = true, false, false
	p.dropped, p.nShown = 0, 0
}

// PlayDir plays in a direction: forward when dir >= 0.
func (p *Player) PlayDir(dir int) {
	p.turn(dir)
	p.Play()
}

// Stop stops where the head is and ends the shuttle's factor.
func (p *Player) Stop() {
	p.playing, p.timed, p.waiting, p.boost = false, false, false, 1
}

// Toggle plays when stopped and stops when playing.
func (p *Player) Toggle() {
	if p.playing {
		p.Stop()
	} else {
		p.Play()
	}
}

// Shuttle is what the keys J (-1), K (0) and L (+1) do: 0 stops; a direction
// plays that way, and pressed again doubles the rate up to eight times.
func (p *Player) Shuttle(dir int) {
	switch {
	case dir == 0:
		p.Stop()
	case p.playing && (dir > 0) == (p.dir > 0):
		p.boost = min(2*p.boost, maxBoost)
	default:
		p.boost = 1
		p.PlayDir(dir)
	}
}

func (p *Player) turn(dir int) {
	if d := sign(dir); d != p.dir {
		p.dir, p.timed, p.waiting, p.nShown = d, false, false, 0
	}
}

func sign(dir int) int {
	if dir < 0 {
		return -1
	}
	return 1
}

// Advance brings the head to where it belongs at now and reports whether it
// stands elsewhere than at the end of the last Advance, be it by playing or by
// a command in between. now must not go back by more than jitter.
func (p *Player) Advance(now time.Time) (changed bool) {
	if p.playing {
		p.play(now)
	}
	changed, p.moved = p.moved, false
	return changed
}

func (p *Player) play(now time.Time) {
	if !p.timed || now.Before(p.base.Add(-time.Second)) {
		p.base, p.timed = now, true
		return
	}
	period := p.period()
	if late := now.Sub(p.base); late < period {
		return
	} else if p.mode == RealTime {
		n := int(late / period)
		p.base = p.base.Add(time.Duration(n) * period)
		p.run(n, now)
		return
	}
	next, dir, end := p.target(p.at, p.dir, 1)
	if next != p.at && !p.ready(p.frames[next]) {
		p.waiting = true
		return
	}
	// A late frame is followed by the next one at once, never by a burst; one
	// that was waited for gets its whole period.
	p.base = p.base.Add(period)
	if p.waiting {
		p.base = now
	} else if oldest := now.Add(-period); p.base.Before(oldest) {
		p.base = oldest
	}
	p.waiting = false
	p.arrive(next, dir, end, now)
}

// run moves the head by n periods at once and counts what was not shown.
func (p *Player) run(n int, now time.Time) {
	next, dir, end := p.target(p.at, p.dir, n)
	if end {
		lo, hi := p.bounds()
		left := hi - p.at
		if p.dir < 0 {
			left = p.at - lo
		}
		n = min(n, max(left, 0))
	}
	if lo, hi := p.bounds(); lo != hi {
		p.dropped += max(n-1, 0)
		if next != p.at && !p.ready(p.frames[next]) {
			p.dropped++
		}
	}
	p.arrive(next, dir, end, now)
}

func (p *Player) arrive(next, dir int, end bool, now time.Time) {
	if next != p.at {
		p.at, p.moved = next, true
		p.shown[p.nShown%len(p.shown)] = now
		p.nShown++
	}
	p.dir = dir
	if end {
		p.Stop()
	}
}

func (p *Player) ready(frame cache.Number) bool { return p.Ready == nil || p.Ready(frame) }

func (p *Player) period() time.Duration {
	return max(time.Duration(float64(time.Second)/p.Rate()), 1)
}

// target returns where n > 0 steps lead from index at: the index, the direction
// there, and whether playing ends. It costs the same for any n.
func (p *Player) target(at, dir, n int) (next, newDir int, end bool) {
	lo, hi := p.bounds()
	if dir < 0 { // the mirror image of playing forward
		next, newDir, end = p.forward(-at, -hi, -lo, n)
		return -next, -newDir, end
	}
	return p.forward(at, lo, hi, n)
}

// forward is target for playing forward; lo and hi bound the range, at may lie
// outside of it. From before the range the head walks into it, from behind it
// the head jumps to its start or, in PingPong, walks back.
func (p *Player) forward(at, lo, hi, n int) (next, dir int, end bool) {
	if n < hi-at {
		return at + n, 1, false
	}
	size := hi - lo + 1
	switch p.loop {
	case Once:
		return max(at, hi), 1, true
	case PingPong:
		if behind := at - hi; behind > 0 {
			if n <= behind {
				return at - n, -1, false
			}
			at, n = hi, n-behind
		}
		if size == 1 {
			return lo, 1, false
		}
		cycle := 2 * (size - 1) // the ends are shown once in each
		phase := (at - lo + n) % cycle
		if phase < size-1 {
			return lo + phase, 1, false
		}
		return lo + cycle - phase, -1, false
	default:
		if n -= max(hi-at, 0); n == 0 {
			return hi, 1, false
		}
		return lo + (n-1)%size, 1, false
	}
}

// NextDue returns when Advance has something to do; ok is false when it has
// nothing until a command or a frame becomes ready (call again then).
func (p *Player) NextDue(now time.Time) (due time.Time, ok bool) {
	if p.moved {
		return now, true
	}
	if !p.playing {
		return time.Time{}, false
	}
	if !p.timed {
		return now, true
	}
	next, _, end := p.target(p.at, p.dir, 1)
	if next == p.at && !end { // a single frame loops on itself
		return time.Time{}, false
	}
	if p.waiting && !p.ready(p.frames[next]) {
		return time.Time{}, false
	}
	return p.base.Add(p.period()), true
}

// Measured returns the frames a second that playing reached over the last
// second or so, 0 when stopped or too early to tell.
func (p *Player) Measured(now time.Time) float64 {
	n := min(p.nShown, len(p.shown))
	if !p.playing || n < 2 {
		return 0
	}
	newest := p.shown[(p.nShown-1)%len(p.shown)]
	oldest := p.shown[(p.nShown-n)%len(p.shown)]
	span := newest.Sub(oldest)
	// While the next frame is overdue the figure falls instead of standing still.
	if quiet := now.Sub(newest); quiet > 2*p.period() {
		span += quiet
	}
	if span <= 0 {
		return 0
	}
	return float64(n-1) / span.Seconds()
}

// Ahead returns up to n frames in the order in which playing would show them,
// without the one under the head: what is worth loading first. With the loop
// mode Once it ends at the range's end.
func (p *Player) Ahead(n int) []cache.Number {
	if len(p.frames) == 0 {
		return nil
	}
	n = min(n, len(p.frames)-1)
	seen := map[int]bool{p.at: true}
	var ahead []cache.Number
	at, dir := p.at, p.dir
	// Ping-pong passes each frame twice before it has passed all.
	for tries := 2 * len(p.frames); len(ahead) < n && tries > 0; tries-- {
		next, d, end := p.target(at, dir, 1)
		if !seen[next] {
			seen[next] = true
			ahead = append(ahead, p.frames[next])
		}
		at, dir = next, d
		if end {
			break
		}
	}
	return ahead
}
