package inflate

import (
	"context"
	"encoding/binary"
)

const (
	// window is how far back a distance can reach.
	window = 32 << 10
	// Of the marked output, values below firstMark are bytes; firstMark+i stands
	// for byte i of the window before the chunk.
	firstMark = 256
)

// findBlock returns the first bit from from on, and before to, at which a block
// with its own code, and not the last one, can begin; -1 if there is none. What
// it finds is seldom anything else, but may be.
func (d *decoder) findBlock(ctx context.Context, from, to int) int {
	// weights[v] is how much of the code space four code words of the lengths in
	// v (3 bits each) take, of 128.
	var weights [1 << 12]uint16
	for v := range weights {
		for i := 0; i < 12; i += 3 {
			if l := v >> i & 7; l > 0 {
				weights[v] += 128 >> l
			}
		}
	}
	last := min(to, (len(d.src)-16)*8)
	for at := from / 8; at*8 < last; at++ {
		if at%(64<<10) == 0 && ctx.Err() != nil {
			return -1
		}
		low := binary.LittleEndian.Uint64(d.src[at:])
		high := binary.LittleEndian.Uint64(d.src[at+8:])
		for shift := uint(0); shift < 8; shift++ {
			v := low >> shift
			// Not the last, own code, at most 286 and 30 lengths.
			if v&7 != 4 || v>>3&31 > 29 || v>>8&31 > 29 {
				continue
			}
			lens := v>>17 | high<<(47-shift)
			if n := 3 * (v>>13&15 + 4); n < 64 {
				lens &= 1<<n - 1
			}
			if weights[lens&0xfff]+weights[lens>>12&0xfff]+weights[lens>>24&0xfff]+
				weights[lens>>36&0xfff]+weights[lens>>48&0xfff] != 128 {
				continue
			}
			bit := at*8 + int(shift)
			if bit < from || bit >= last {
				continue
			}
			d.begin(bit)
			if d.blockHeader() == nil && d.lens[256] != 0 {
				return bit
			}
		}
	}
	return -1
}

// markedPart decodes blocks from d's position into m, behind a window of nothing
// but marks, and returns where the output ends: when the last window of it has
// no mark left (clean), at the end of the block that reaches d.stopBit, or before
// a block for which m is too short. It returns 0 at damage.
func (d *decoder) markedPart(ctx context.Context, m []uint16) (n int, clean bool) {
	for i := range window {
		m[i] = firstMark + uint16(i)
	}
	n = window
	checked := n
	begun, bit := n, d.bit()
	for {
		if n-checked >= window {
			if ctx.Err() != nil {
				return 0, false
			}
			if !hasMarks(m[n-window : n]) {
				return n, true
			}
			checked = n
		}
		if len(m)-n < 4*window {
			d.begin(bit)
			return begun, false
		}
		switch d.state {
		case atHeader:
			begun, bit = n, d.bit()
			if d.final || bit >= d.stopBit {
				return n, false
			}
			if d.blockHeader() != nil {
				return 0, false
			}
		case inStored:
			if d.stored > len(d.src)-d.in {
				return 0, false
			}
			for i, b := range d.src[d.in : d.in+d.stored] {
				m[n+i] = uint16(b)
			}
			n += d.stored
			d.in += d.stored
			d.stored = 0
			d.state = atHeader
		case inHuffman:
			var ok bool
			if n, ok = d.markedLoop(m, n, checked+window); !ok {
				return 0, false
			}
		}
	}
}

func hasMarks(m []uint16) bool {
	all := uint16(0)
	for len(m) >= 8 {
		all |= m[0] | m[1] | m[2] | m[3] | m[4] | m[5] | m[6] | m[7]
		m = m[8:]
	}
	return all >= firstMark
}
