package player

import (
	"time"

	"iceexplorer/cache"
)

// Play starts playing in the current direction. At the end of a range that is played once
// it starts over from the other end. Without frames it does nothing.
func (p *Player) Play() {
	if p.track.len() == 0 || p.playing {
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
	p.dropped, p.nShown, p.started = 0, 0, p.part
	p.part = 0
}

// PlayDir plays in a direction: forward when dir >= 0.
func (p *Player) PlayDir(dir int) {
	p.turn(dir)
	p.Play()
}

// Stop stops where the head is, resets the shuttle's factor and forgets what was dropped.
func (p *Player) Stop() {
	at, playing := p.position, p.playing
	p.halt()
	p.dropped = 0
	if playing && p.between && p.track.len() > 0 {
		p.rest(at)
	}
	p.position = p.find(time.Time{})
}

// halt stops at the end of a range that is played once: what was dropped is still told.
func (p *Player) halt() {
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

// Advance brings the head to where it belongs at now and reports whether it has moved since
// the end of the last Advance, by playing or by a command. now must not go back by more
// than jitter.
func (p *Player) Advance(now time.Time) (changed bool) {
	if p.playing {
		p.play(now)
	}
	p.position = p.find(now)
	changed, p.moved = p.moved, false
	return changed
}

func (p *Player) play(now time.Time) {
	if !p.timed || now.Before(p.base.Add(-time.Second)) {
		p.base, p.timed = now, true
		p.resume()
		return
	}
	if p.mode == RealTime {
		p.run(now)
		return
	}
	next, dir, end := p.target(p.at, p.dir)
	frames := p.interval(p.at, next, p.dir)
	due := p.base.Add(p.after(frames))
	if now.Before(due) {
		return
	}
	if next != p.at && !p.ready(p.track.number(next)) {
		p.waiting = true
		return
	}
	// A late frame is followed by the next one at once, never by a burst; one
	// that was waited for gets its whole time.
	p.base = due
	then, _, _ := p.target(next, dir)
	if p.waiting {
		p.base = now
	} else if oldest := now.Add(-p.after(p.interval(next, then, dir))); p.base.Before(oldest) {
		p.base = oldest
	}
	p.waiting = false
	p.arrive(next, dir, end, frames, now)
}

// run moves the head to the number for this moment and counts the frames that were not shown.
func (p *Player) run(now time.Time) {
	late := now.Sub(p.base)
	at, dir, end := p.at, p.dir, false
	lo, hi := p.bounds()
	var spent time.Duration
	var frames float64 // periods of the last step
	passed := 0        // frames
	gone, skipped := false, p.loop == Once
	for !end {
		if !skipped && gone && at >= lo && at <= hi { // whole rounds lead nowhere
			n, round := p.round(dir)
			times := (late - spent) / round
			spent += times * round
			passed += int(times) * n
			skipped = true
		}
		if to := p.along(at, dir, late-spent); to != at {
			spent += p.after(p.track.between(at, to))
			passed += p.track.frames(min(at+dir, to), max(at+dir, to))
			frames = p.track.between(to-dir, to)
			at, gone = to, true
			continue
		}
		next, d, stop := p.target(at, dir)
		f := p.interval(at, next, dir)
		if t := p.after(f); spent+t > late {
			break
		} else {
			spent += t
		}
		at, dir, end, frames, gone = next, d, stop, f, true
		passed += p.track.frames(at, at)
	}
	if !gone {
		return
	}
	p.base = p.base.Add(spent)
	if lo != hi {
		p.dropped += max(passed-1, 0)
		if at != p.at && !p.ready(p.track.number(at)) {
			p.dropped++
		}
	}
	p.arrive(at, dir, end, frames, now)
}

// along is how far the head gets within a time before it comes to an end of the range, where
// it may turn: however far that is, it is found at once.
func (p *Player) along(at, dir int, within time.Duration) int {
	lo, hi := p.bounds()
	if dir > 0 && at >= hi-1 || dir < 0 && at <= lo+1 {
		return at
	}
	far := float64(p.track.number(at)) + float64(dir)*within.Seconds()*p.Rate()
	to, found := p.track.find(cache.Number(far))
	if dir > 0 {
		if !found {
			to--
		}
		to = min(to, hi-1)
	} else {
		to = max(to, lo+1)
	}
	for to != at && p.after(p.track.between(at, to)) > within { // by rounding
		to -= dir
	}
	return to
}

// round is how many frames play passes until it is where it began, within the range, and how
// long that takes.
func (p *Player) round(dir int) (frames int, takes time.Duration) {
	lo, hi := p.bounds()
	across := p.track.between(lo, hi)
	switch {
	case lo == hi:
		return 1, p.after(p.interval(lo, lo, dir))
	case p.loop == PingPong:
		return p.track.frames(lo+1, hi) + p.track.frames(lo, hi-1), p.after(2 * across)
	case dir < 0:
		return p.track.frames(lo, hi), p.after(across + p.interval(lo, hi, dir))
	}
	return p.track.frames(lo, hi), p.after(across + p.interval(hi, lo, dir))
}

func (p *Player) arrive(next, dir int, end bool, frames float64, now time.Time) {
	if next != p.at {
		p.at, p.moved = next, true
		p.gone += frames
		p.shown[p.nShown%len(p.shown)] = moment{now, p.gone}
		p.nShown++
	}
	p.dir = dir
	if end {
		p.halt()
	}
}

func (p *Player) ready(frame cache.Number) bool { return p.Ready == nil || p.Ready(frame) }

// after is how long a number of periods takes.
func (p *Player) after(periods float64) time.Duration {
	const longest = 1 << 62
	return max(time.Duration(min(periods*float64(time.Second)/p.Rate(), longest)), 1)
}

// interval is how long, in periods, the head stands on a number before it goes to the next.
// Before a jump that is as long as on the number before.
func (p *Player) interval(at, next, dir int) float64 {
	switch {
	case next == at+1 || next == at-1:
		return p.track.between(at, next)
	case dir > 0 && at > 0:
		return p.track.between(at-1, at)
	case dir < 0 && at < p.track.len()-1:
		return p.track.between(at, at+1)
	}
	return 1
}

// target returns where the next step leads from index at: the index, the direction
// there, and whether playing ends.
func (p *Player) target(at, dir int) (next, newDir int, end bool) {
	lo, hi := p.bounds()
	if dir < 0 { // the mirror image of playing forward
		next, newDir, end = p.forward(-at, -hi, -lo)
		return -next, -newDir, end
	}
	return p.forward(at, lo, hi)
}

// forward is target for playing forward; lo and hi bound the range, and at may lie outside
// of it. From before the range the head walks into it; from behind it the head jumps to its
// start or, in PingPong, walks back. In PingPong the head has turned when it arrives at an
// end.
func (p *Player) forward(at, lo, hi int) (next, dir int, end bool) {
	switch {
	case at+1 < hi:
		return at + 1, 1, false
	case p.loop == Once:
		return max(at, hi), 1, true
	case p.loop == PingPong && at > hi:
		return at - 1, -1, false
	case p.loop == PingPong && lo < hi:
		if at < hi {
			return hi, -1, false
		}
		if hi-1 == lo {
			return lo, 1, false
		}
		return hi - 1, -1, false
	case at < hi:
		return hi, 1, false
	}
	return lo, 1, false
}

// NextDue returns when Advance has something to do; ok is false when it has nothing to do
// until a command comes or a frame becomes ready (call again then).
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
	next, _, end := p.target(p.at, p.dir)
	if next == p.at && !end { // a single frame loops on itself
		return time.Time{}, false
	}
	if p.waiting && !p.ready(p.track.number(next)) {
		return time.Time{}, false
	}
	return p.base.Add(p.after(p.interval(p.at, next, p.dir))), true
}

// Measured returns the frames per second that playing reached over the last second or so;
// 0 when stopped or when it is too early to tell. A frame between whole ones counts as the
// fraction that it stands for.
func (p *Player) Measured(now time.Time) float64 {
	n := min(p.nShown, len(p.shown))
	if !p.playing || n < 2 {
		return 0
	}
	newest := p.shown[(p.nShown-1)%len(p.shown)]
	oldest := p.shown[(p.nShown-n)%len(p.shown)]
	span := newest.at.Sub(oldest.at)
	// While the next frame is overdue the figure falls instead of standing still.
	if quiet := now.Sub(newest.at); quiet > 2*p.after(1) {
		span += quiet
	}
	if span <= 0 {
		return 0
	}
	return (newest.gone - oldest.gone) / span.Seconds()
}
