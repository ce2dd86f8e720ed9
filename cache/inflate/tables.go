package inflate

import "math/bits"

// A decode table is indexed by the next bits of input, first come lowest. Its
// entries are
//
//	bits  0-5   how many bits to consume: code word and extra bits together;
//	            for a pointer the bits that the main table looks at
//	bits  8-11  length of the code word alone (within its table)
//	bits 16-30  literal, base of a length or distance, or start of a subtable
//	bit  31     it is a literal
//	bit  15     it is special: a pointer to a subtable, the end of the block, or
//	            no code at all, as the two bits below it say
//
// and for a pointer bits 8-11 are the bits that index the subtable. Code words
// longer than the main table's index lie in subtables, which follow it.
const (
	entryLiteral  = 1 << 31
	entrySpecial  = 1 << 15
	entryPointer  = entrySpecial | 1<<14
	entryEnd      = entrySpecial | 1<<13
	entryInvalid  = entrySpecial
	entryKindMask = 7 << 13

	maxCodeLen = 15
	numLitLen  = 288
	numDist    = 32
	numPrecode = 19

	litBits     = 11
	distBits    = 8
	precodeBits = 7

	// The most entries that main table and subtables can need (computed by
	// zlib's enough.c for 288 and 32 symbols of at most 15 bits).
	litTableSize  = 2342
	distTableSize = 402
)

// symbolEntries returns the entries, without the code word's length, of all
// literal/length and distance symbols.
func symbolEntries() (lit [numLitLen]uint32, dist [numDist]uint32) {
	for i := range 256 {
		lit[i] = entryLiteral | uint32(i)<<16
	}
	lit[256] = entryEnd
	base := uint32(3)
	for i := 257; i < 285; i++ {
		extra := uint32(0)
		if i >= 265 {
			extra = uint32(i-261) / 4
		}
		lit[i] = base<<16 | extra
		base += 1 << extra
	}
	lit[285] = 258 << 16
	lit[286], lit[287] = entryInvalid, entryInvalid

	base = 1
	for i := range 30 {
		extra := uint32(0)
		if i >= 4 {
			extra = uint32(i-2) / 2
		}
		dist[i] = base<<16 | extra
		base += 1 << extra
	}
	dist[30], dist[31] = entryInvalid, entryInvalid
	return lit, dist
}

// buildTable fills table for the canonical Huffman code with the given lengths
// (one per symbol, 0: unused), where symbols[i] is the entry of symbol i
// without lengths. It is false if the lengths are no complete code; as in zlib,
// a single code word of one bit and no code word at all pass.
func buildTable(table []uint32, tableBits uint, lens []uint8, symbols []uint32) bool {
	var count, next [maxCodeLen + 2]uint16
	for _, l := range lens {
		count[l&15]++
	}
	used := len(lens) - int(count[0])
	count[0] = 0
	left := 1
	for l := 1; l <= maxCodeLen; l++ {
		left = left<<1 - int(count[l])
		if left < 0 {
			return false
		}
		next[l+1] = next[l] + count[l]
	}
	if left > 0 {
		if used > 1 || used == 1 && count[1] != 1 {
			return false
		}
		for i := range table[:1<<tableBits] {
			table[i] = entryInvalid
		}
		for i, l := range lens {
			if l == 1 {
				for j := 0; j < 1<<tableBits; j += 2 {
					table[j] = symbols[i] + (1<<8 | 1)
				}
			}
		}
		return true
	}

	var sorted [numLitLen]uint16
	for i, l := range lens {
		if l != 0 {
			sorted[next[l&15]] = uint16(i)
			next[l&15]++
		}
	}

	// code is the code word with its first bit lowest. The main table is filled
	// for short code words and doubled with each further bit.
	order := sorted[:used]
	code := uint(0)
	for l := uint(1); l <= tableBits; l++ {
		add := uint32(l<<8 | l)
		for range count[l] {
			table[code] = symbols[order[0]] + add
			order = order[1:]
			code = nextCode(code, l)
		}
		if l < tableBits {
			copy(table[1<<l:2<<l], table[:1<<l])
		}
	}

	mask := uint(1)<<tableBits - 1
	prefix, start, subBits := ^uint(0), uint(0), uint(0)
	end := uint(1) << tableBits
	for l := tableBits + 1; l <= maxCodeLen; l++ {
		for n := uint(count[l]); n > 0; n-- {
			if code&mask != prefix {
				prefix, start = code&mask, end
				// The subtable is as wide as the longest code word in it: see how
				// many of the words to come fill it.
				subBits = l - tableBits
				for space := n; space < 1<<subBits; {
					subBits++
					space = space<<1 + uint(count[tableBits+subBits])
				}
				end += 1 << subBits
				table[prefix] = uint32(entryPointer | start<<16 | subBits<<8 | tableBits)
			}
			e := symbols[order[0]] + uint32((l-tableBits)<<8|(l-tableBits))
			order = order[1:]
			for i := start + code>>tableBits; i < end; i += 1 << (l - tableBits) {
				table[i] = e
			}
			code = nextCode(code, l)
		}
	}
	return true
}

// nextCode adds one to a code word of l bits that is written first bit lowest.
func nextCode(code, l uint) uint {
	free := code ^ (1<<l - 1)
	if free == 0 {
		return 0
	}
	bit := uint(1) << (bits.Len(free) - 1)
	return code&(bit-1) | bit
}
