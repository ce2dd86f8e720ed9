package player

import (
	"math"
	"slices"
	"sort"

	"iceexplorer/cache"
)

// track is what the play head can stand on, by rising number: the listed numbers and, between
// them, the whole numbers that no frame stands for. It costs what the listed ones do, however
// many are missing.
type track struct {
	listed []cache.Number // ascending, unique
	// missing is how many places before each listed number are not listed; nil if none are.
	missing []int
}

// newTrack lists numbers in any order, duplicates allowed; the slice is copied.
// With whole every whole number between them is a place.
func newTrack(numbers []cache.Number, whole bool) track {
	t := track{listed: slices.Clone(numbers)}
	slices.Sort(t.listed)
	t.listed = slices.Compact(t.listed)
	missing := 0
	for i := 1; i < len(t.listed); i++ {
		missing += absent(t.listed[i-1], t.listed[i], whole)
		if missing > 0 && t.missing == nil {
			t.missing = make([]int, len(t.listed))
		}
		if t.missing != nil {
			t.missing[i] = missing
		}
	}
	return t
}

// absent counts the places between two listed numbers: the whole ones that no frame stands
// for, as a frame does for the one at or below it, or all.
func absent(a, b cache.Number, whole bool) int {
	n := int(b.Floor()-a.Floor()) - 1
	if whole && !b.Whole() {
		n++
	}
	return max(n, 0)
}

// len is how many places there are.
func (t *track) len() int {
	if len(t.listed) == 0 {
		return 0
	}
	return t.place(len(t.listed)-1) + 1
}

// place is that of a listed number, given by its index.
func (t *track) place(listed int) int {
	if t.missing == nil {
		return listed
	}
	return listed + t.missing[listed]
}

// base is the index of the listed number at a place, or else of the one before it.
func (t *track) base(place int) int {
	if t.missing == nil {
		return place
	}
	return sort.Search(len(t.listed), func(i int) bool { return t.place(i) > place }) - 1
}

// number is what a place stands for.
func (t *track) number(place int) cache.Number {
	i := t.base(place)
	if off := place - t.place(i); off > 0 {
		return t.listed[i].Floor() + cache.Number(off)
	}
	return t.listed[i]
}

// find is the first place at or after a number, len if there is none; found tells whether it
// is that of the number itself.
func (t *track) find(n cache.Number) (place int, found bool) {
	i, found := slices.BinarySearch(t.listed, n)
	switch {
	case i == len(t.listed):
		return t.len(), false
	case found || i == 0:
		return t.place(i), found
	}
	place = t.place(i - 1)
	up := cache.Number(math.Ceil(float64(n)))
	if k := int(up - t.listed[i-1].Floor()); place+k < t.place(i) {
		return place + k, up == n
	}
	return t.place(i), false
}

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

// frames counts the listed numbers from a place to another, both included.
func (t *track) frames(first, last int) int {
	if first > last {
		return 0
	}
	n, at := t.base(last)-t.base(first), t.base(first)
	if t.place(at) == first {
		n++
	}
	return n
}
