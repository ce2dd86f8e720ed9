// Package probe follows single points through the frames of a sequence.
package probe

import (
	"slices"

	"iceexplorer/cache"
)

const idName = "ID"

// IDs are the identities of a frame's points, one per point; nil if there are none or if they
// do not tell points apart. The slice points into the frame's mapping.
func IDs(f *cache.Frame) []int32 {
	a := f.Attribute(idName)
	if a == nil || a.Structure != cache.Single || a.Type != cache.TypeLong || a.Constant {
		return nil
	}
	if ids := a.Int32s(); len(ids) == int(f.Header.Points) {
		return ids
	}
	return nil
}

// near is how many rows on either side of its last one a point is looked for first.
const near = 4096

// Find is the row of an identity. It looks first around hint, the point's row in the frame
// before: simulations keep points in order, and points that die before it move it only a
// little. ok is false if no point has the identity.
func Find(ids []int32, id int32, hint int) (row int, ok bool) {
	if row, ok := nearby(ids, id, hint); ok {
		return row, true
	}
	row = slices.Index(ids, id)
	return max(row, 0), row >= 0
}

// nearby looks around hint, and then by bisection: IDs ascend where points are born one
// after another.
func nearby(ids []int32, id int32, hint int) (row int, ok bool) {
	hint = min(max(hint, 0), len(ids))
	lo, hi := max(hint-near, 0), min(hint+near, len(ids))
	if i := slices.Index(ids[lo:hi], id); i >= 0 {
		return lo + i, true
	}
	return slices.BinarySearch(ids, id)
}

// findAll finds the rows of several identities, each starting at its last row, which at
// keeps; the row is -1 where no point has the identity. Those that are not where they are
// expected are looked for together, in one pass.
func findAll(ids []int32, known cache.Range, of []int32, at, rows []int) {
	lost := map[int32]int{}
	var filter [64]uint64 // has a bit set for the low bits of each lost one
	for i, id := range of {
		rows[i] = -1
		if known.Finite > 0 && (float64(id) < known.Min || float64(id) > known.Max) {
			continue
		}
		if row, ok := nearby(ids, id, at[i]); ok {
			rows[i], at[i] = row, row
			continue
		}
		lost[id] = i
		filter[id>>6&63] |= 1 << (id & 63)
	}
	if len(lost) == 1 {
		for id, i := range lost {
			if row := slices.Index(ids, id); row >= 0 {
				rows[i], at[i] = row, row
			}
		}
		return
	}
	for row := 0; row < len(ids) && len(lost) > 0; row++ {
		id := ids[row]
		if filter[id>>6&63]>>(id&63)&1 == 0 {
			continue
		}
		if i, ok := lost[id]; ok {
			rows[i], at[i] = row, row
			delete(lost, id)
		}
	}
}
