package player

import (
	"iter"

	"iceexplorer/cache"
)

// Track is what a play head over some frames can stand on, for those who ask without a player:
// the frames' numbers, and the whole ones that are missing between them.
type Track struct{ track track }

// NewTrack takes the numbers of frames in any order, duplicates allowed. With whole every whole
// number between them is a place; without, a frame at 7.5 stands for 7 as well.
func NewTrack(numbers []cache.Number, whole bool) *Track { return &Track{newTrack(numbers, whole)} }

// Frames are the numbers of frames, ascending, each once.
func (t *Track) Frames() []cache.Number { return t.track.listed }

// Places are the numbers from first to last that the head can stand on, rising.
func (t *Track) Places(first, last cache.Number) iter.Seq[cache.Number] {
	return func(yield func(cache.Number) bool) {
		at, _ := t.track.find(first)
		for ; at < t.track.len(); at++ {
			if n := t.track.number(at); n > last || !yield(n) {
				return
			}
		}
	}
}

// Missing counts the places from first to last that no frame stands for.
func (t *Track) Missing(first, last cache.Number) int {
	from, _ := t.track.find(first)
	to, found := t.track.find(last)
	if !found {
		to--
	}
	return max(to-from+1, 0) - t.track.frames(from, to)
}
