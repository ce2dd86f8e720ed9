package session

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/bits-and-blooms/bitset"

	"iceexplorer/cache"
)

// idSet is a set of points' IDs, in all frames. Roaring keeps the IDs of ten
// million particles that were born one after another in some bytes, and single ones
// in two bytes each.
type idSet struct{ bits *roaring.Bitmap }

func (s idSet) size() int {
	if s.bits == nil {
		return 0
	}
	return int(s.bits.GetCardinality())
}

// spread limits the range of a frame's IDs, per point, up to which a plain array of bits is
// faster than looking each ID up.
const spread = 64

// idWindow is the range of a frame's IDs as Roaring orders them, negative ones after all
// others. dense says that a plain array of bits can hold them.
func idWindow(a *cache.Attribute) (first, last uint32, dense bool) {
	if len(a.Ranges) != 1 || a.Ranges[0].Finite == 0 {
		return 0, math.MaxUint32, false
	}
	lo, hi := int64(a.Ranges[0].Min), int64(a.Ranges[0].Max)
	if lo < math.MinInt32 || hi > math.MaxInt32 || lo > hi || lo < 0 && hi >= 0 {
		return 0, math.MaxUint32, false
	}
	// Roaring's containers begin at multiples of 1<<16.
	first, last = uint32(int32(lo))&^0xffff, uint32(int32(hi))
	return first, last, uint64(last-first) <= spread*max(a.Rows, 1<<14)
}

// idsOf are the IDs of some of a frame's points, or of all if rows is nil.
func idsOf(ids []int32, a *cache.Attribute, rows *bitset.BitSet) idSet {
	if first, last, dense := idWindow(a); dense && (rows == nil || int(rows.Count()) > len(ids)/spread) {
		words := make([]uint64, (last-first)/64+1)
		if rows == nil {
			setBits(words, ids, first)
		} else {
			for i := range rows.EachSet() {
				setBits(words, ids[i:i+1], first)
			}
		}
		bits := roaring.FromDense(words, false)
		bits.RunOptimize()
		return idSet{roaring.AddOffset64(bits, int64(first))}
	}
	var some []uint32
	if rows == nil {
		for _, id := range ids {
			some = append(some, uint32(id))
		}
	} else {
		for i := range rows.EachSet() {
			some = append(some, uint32(ids[i]))
		}
	}
	bits := roaring.New()
	bits.AddMany(some)
	return idSet{bits}
}

// setBits sets the bits of IDs, counted from first. Neighbours mostly share a word, which is
// written once.
func setBits(words []uint64, ids []int32, first uint32) {
	var word uint64
	at := uint32(0)
	for _, id := range ids {
		k := uint32(id) - first
		if k/64 != at {
			words[at] |= word
			word, at = 0, k/64
			if int(at) >= len(words) { // outside its range: the column has changed
				at = 0
				continue
			}
		}
		word |= 1 << (k % 64)
	}
	words[at] |= word
}

// rows are the points of a frame that have one of the IDs.
func (s idSet) rows(ids []int32, a *cache.Attribute) *bitset.BitSet {
	out := bitset.New(uint(len(ids)))
	if s.size() == 0 {
		return out
	}
	first, last, dense := idWindow(a)
	if !dense {
		for i, id := range ids {
			if s.bits.Contains(uint32(id)) {
				out.Set(uint(i))
			}
		}
		return out
	}
	window := roaring.New()
	window.AddRange(uint64(first), uint64(last)+1)
	window.And(s.bits)
	if window.IsEmpty() {
		return out
	}
	if lo := uint32(int32(a.Ranges[0].Min)); window.CardinalityInRange(uint64(lo), uint64(last)+1) == uint64(last-lo)+1 {
		return out.FlipRange(0, uint(len(ids))) // there cannot be more
	}
	words := roaring.AddOffset64(window, -int64(first)).ToDense()
	rows := out.Words()
	for r := range rows {
		var row uint64
		for i, id := range ids[64*r : min(64*r+64, len(ids))] {
			at := uint32(id) - first
			if w := at / 64; int(w) < len(words) {
				row |= words[w] >> (at % 64) & 1 << i
			}
		}
		rows[r] = row
	}
	return out
}

// or and minus make new sets, as sets are shared and never change.
func (s idSet) or(o idSet) idSet {
	switch {
	case s.size() == 0:
		return o
	case o.size() == 0:
		return s
	}
	return idSet{roaring.Or(s.bits, o.bits)}
}

func (s idSet) minus(o idSet) idSet {
	if s.size() == 0 || o.size() == 0 {
		return s
	}
	return idSet{roaring.AndNot(s.bits, o.bits)}
}
