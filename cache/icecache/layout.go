package icecache

import "strings"

// A choice is one thing that writers do differently.
type choice uint8

const (
	chTrailing   choice = iota // empty chunk after an exact multiple of 4000
	chBool                     // bytes of a bool
	chConst                    // where a constant's value stands
	chPosition                 // flag and chunks of PointPosition
	chEmptyConst               // value in the empty chunk of a constant
	chNoPoints                 // data of a file with 0 points
	chConstArray               // where a constant array's values stand
	chShapeBool                // bytes of the bools within shapes
	chPadding                  // of strings
	chNoRows                   // data of a context with 0 elements
	chNoData                   // types and contexts without data
	chLocation                 // where location blocks stand
	chCustom                   // where custom blocks stand
	chHeader                   // header of version 101
	chUserData                 // what follows a user data blob count
	chMixed                    // constant flag per chunk
	chWideData                 // widths of numbers in the data after 8-byte longs
	chWideBool                 // bytes of a bool after 8-byte longs
	numChoices
)

// Values of the choices. 0 is what is tried first, always.
const (
	everyChunk     = 0 // chConst
	firstChunkOnly = 1

	positionFlag    = 0 // chPosition
	positionBare    = 1
	positionChunked = 2

	arrayLikeSingle = 0 // chConstArray
	arrayOnce       = 1
	arrayUnchunked  = 2

	blobElements = 0 // chLocation, chCustom: chunks of elements, each u32 size and bytes
	blobPadded   = 1 // likewise, padded to a multiple of 4
	blobOnce     = 2 // u32 size and bytes, once, no flag
	blobFlagOnce = 3 // flag, u32 size and bytes, once
	blobNone     = 4
	blobRaw      = 5 // location: the definition's size of bytes, once, no flag
	blobFlagRaw  = 6 // location: likewise after a flag
	blobRaws     = 7 // location: chunks of elements, each of the definition's size
	blobInline   = 8 // location: the bytes follow the definition's size at once

	wideAll    = 0 // chWideData
	wideFlags  = 1
	wideValues = 2
	wideNone   = 3

	userNames = 0 // chUserData
	userNone  = 1
	userBlobs = 2 // names, each followed by u32 size and bytes
)

// alternative is a value of a choice other than 0. Its cost orders the attempts:
// what programs are known to write is cheap.
type alternative struct {
	cost int
	name string
}

func (c choice) alternatives() []alternative {
	switch c {
	case chTrailing:
		return []alternative{{1, "no trailing chunk"}}
	case chBool:
		return []alternative{{1, "1-byte bools"}}
	case chConst:
		return []alternative{{1, "constants once"}}
	case chPosition:
		return []alternative{{1, "bare positions"}, {4, "positions in chunks"}}
	case chEmptyConst:
		return []alternative{{2, "no value in empty chunks"}}
	case chNoPoints:
		return []alternative{{0, ""}}
	case chConstArray:
		return []alternative{{2, "constant arrays once"}, {3, "constant arrays not in chunks"}}
	case chShapeBool:
		return []alternative{{2, "other bools in shapes"}}
	case chPadding:
		return []alternative{{2, "strings not padded"}}
	case chNoRows:
		return []alternative{{2, "empty contexts otherwise"}}
	case chNoData:
		return []alternative{{2, "flags without data"}}
	case chLocation:
		return blobs("location", 8)
	case chCustom:
		return blobs("custom", 4)
	case chHeader:
		return []alternative{{1, "header of 102"}, {2, "header of 103"}}
	case chUserData:
		return []alternative{{1, "user data without names"}, {2, "user data with content"}}
	case chMixed:
		return []alternative{{4, "constant by chunk"}}
	case chWideData:
		return []alternative{{1, "4-byte values"}, {1, "4-byte flags"}, {1, "4-byte data"}}
	case chWideBool:
		return []alternative{{1, "4-byte bools"}}
	}
	return nil
}

func blobs(what string, n int) []alternative {
	all := []alternative{
		{2, " blocks padded"}, {1, " blocks once"}, {1, " blocks once with flag"}, {1, " blocks absent"},
		{1, " blocks of declared size"}, {1, " blocks of declared size with flag"},
		{2, " elements of declared size"}, {2, " blocks in definitions"},
	}[:n]
	out := make([]alternative, n)
	for i, a := range all {
		out[i] = alternative{a.cost, what + a.name}
	}
	return out
}

// layout is one reading of the choices. It notes which of them mattered.
type layout struct {
	value   [numChoices]uint8
	decided uint32   // bit set of the choices that the search has made
	used    uint32   // bit set of the choices that were asked for
	open    []choice // asked for but not decided, in that order
	cost    int
}

func (l *layout) get(c choice) uint8 {
	if bit := uint32(1) << c; l.used&bit == 0 {
		l.used |= bit
		if l.decided&bit == 0 {
			l.open = append(l.open, c)
		}
	}
	return l.value[c]
}

// with is l with the choices before c among the open ones kept and c made anew.
func (l *layout) with(i int, v uint8, cost int) *layout {
	n := &layout{value: l.value, decided: l.decided, cost: l.cost + cost}
	for _, c := range l.open[:i+1] {
		n.decided |= 1 << c
	}
	n.value[l.open[i]] = v
	return n
}

// name is what of the layout mattered and differs from the plain one.
func (l *layout) name(extra ...string) string {
	var parts []string
	for c := range numChoices {
		if v := l.value[c]; v != 0 && l.used&(1<<c) != 0 {
			if n := c.alternatives()[v-1].name; n != "" {
				parts = append(parts, n)
			}
		}
	}
	parts = append(parts, extra...)
	if len(parts) == 0 {
		return "plain"
	}
	return strings.Join(parts, ", ")
}

// maxAttempts bounds a search over a file that nothing fits.
const maxAttempts = 4096

// search calls try with layouts, cheap ones first, until it says stop. A layout that
// differs from a tried one only in choices that one never asked for is not tried.
func search(try func(*layout) (stop bool)) (attempts int) {
	queue := [][]*layout{{{}}} // by cost
	for cost := 0; cost < len(queue); cost++ {
		for i := 0; i < len(queue[cost]); i++ {
			l := queue[cost][i]
			queue[cost][i] = nil
			attempts++
			if try(l) || attempts == maxAttempts {
				return attempts
			}
			for j, c := range l.open {
				for v, a := range c.alternatives() {
					n := l.with(j, uint8(v+1), a.cost)
					for len(queue) <= n.cost {
						queue = append(queue, nil)
					}
					queue[n.cost] = append(queue[n.cost], n)
				}
			}
		}
	}
	return attempts
}
