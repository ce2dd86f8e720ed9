package player

import (
	"iter"

	"iceexplorer/cache"
)

// Places are the numbers from first to last that the head can stand on, rising: those of
// frames and the missing ones between them.
func (p *Player) Places(first, last cache.Number) iter.Seq[cache.Number] {
	return func(yield func(cache.Number) bool) {
		at, _ := p.track.find(first)
		for ; at < p.track.len(); at++ {
			if n := p.track.number(at); n > last || !yield(n) {
				return
			}
		}
	}
}

// Missing counts the places from first to last that no frame stands for.
func (p *Player) Missing(first, last cache.Number) int {
	from, _ := p.track.find(first)
	to, found := p.track.find(last)
	if !found {
		to--
	}
	return max(to-from+1, 0) - p.track.frames(from, to)
}
