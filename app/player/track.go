package player

import (
	"slices"

	"iceexplorer/cache"
)

// track is what the play head can stand on, by rising number.
type track struct {
	listed []cache.Number // ascending, unique
}

// newTrack lists numbers in any order, duplicates allowed; the slice is copied.
func newTrack(numbers []cache.Number) track {
	t := track{listed: slices.Clone(numbers)}
	slices.Sort(t.listed)
	t.listed = slices.Compact(t.listed)
	return t
}

// len is how many places there are.
func (t *track) len() int { return len(t.listed) }

// number is what a place stands for.
func (t *track) number(place int) cache.Number { return t.listed[place] }

// find is the first place at or after a number, len if there is none; found tells whether it
// is that of the number itself.
func (t *track) find(n cache.Number) (place int, found bool) { return slices.BinarySearch(t.listed, n) }

// nearest is the place closest to a number, the lower of two equally close ones. There must
// be places.
func (t *track) nearest(n cache.Number) int {
	i, found := t.find(n)
	switch {
	case found || i == 0:
	case i == t.len():
		i--
	case n-t.number(i-1) <= t.number(i)-n:
		i--
	}
	return i
}

// between is how many periods lie between two places.
func (t *track) between(a, b int) float64 { return float64(t.number(max(a, b)) - t.number(min(a, b))) }
