package player

import (
	"time"

	"iceexplorer/cache"
)

// SetBetween says whether the head may stand between two places, and passes what lies there
// when it plays more slowly than at the frame rate.
func (p *Player) SetBetween(on bool) {
	if p.between = on; !on {
		p.part = 0
	}
	p.position = p.find(time.Time{})
}

// Between reports that the head may stand between two places.
func (p *Player) Between() bool { return p.between }

// Position is where the head is: Head, or up to the next place behind it.
func (p *Player) Position() cache.Number { return p.position }

// Slow reports that the head passes what is between places, as it plays now.
func (p *Player) Slow() bool { return p.between && p.playing && p.Rate() < p.fps }

// find is the position at a time.
func (p *Player) find(now time.Time) cache.Number {
	if p.track.len() == 0 {
		return 0
	}
	head := p.track.number(p.at)
	switch {
	case !p.between:
		return head
	case !p.playing:
		if p.at+1 < p.track.len() {
			head += cache.Number(p.part) * (p.track.number(p.at+1) - head)
		}
		return head
	case !p.Slow() || !p.timed:
		return head
	}
	next, _, _ := p.target(p.at, p.dir)
	if next != p.at+1 && next != p.at-1 {
		return head
	}
	part := now.Sub(p.base).Seconds() / p.after(p.interval(p.at, next, p.dir)).Seconds()
	return head + cache.Number(min(max(part, 0), 1))*(p.track.number(next)-head)
}

// rest puts the head to a position, between places if it may stand there.
func (p *Player) rest(at cache.Number) {
	i, found := p.track.find(at)
	if !p.between || found || i == 0 || i == p.track.len() {
		p.place(p.track.nearest(at))
		return
	}
	p.place(i - 1)
	from := p.track.number(i - 1)
	if part := float64((at - from) / (p.track.number(i) - from)); part != p.part {
		p.part, p.moved = part, true
	}
}

// resume has the clock go on from where the head rested between places.
func (p *Player) resume() {
	part := p.started
	if p.started = 0; part == 0 || !p.Slow() {
		return
	}
	if p.dir < 0 { // it is on its way from the place behind
		if p.at+1 >= p.track.len() {
			return
		}
		p.at++
		part = 1 - part
	}
	next, _, _ := p.target(p.at, p.dir)
	p.base = p.base.Add(-time.Duration(part * float64(p.after(p.interval(p.at, next, p.dir)))))
}
