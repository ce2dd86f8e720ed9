package inflate

import (
	"encoding/binary"
	"unsafe"
)

// The fast loop reads and writes without bounds checks. That is right because
// each turn starts only while
//
//	in  <= len(src) - fastIn   a turn loads at most three words of 8 bytes,
//	                           each from at most 7 bytes after the one before
//	out <= len(dst) - fastOut  a turn writes at most 3 literals, a match of at
//	                           most 258 bytes and 40 bytes past its end
//
// and because a match is copied only after its distance was compared with what
// the member has written so far. Tables are indexed with checks.
const (
	fastIn  = 32
	fastOut = 320
)

func (d *decoder) hasFastRoom() bool {
	return d.in <= len(d.src)-fastIn && d.out <= len(d.dst)-fastOut
}

func load64(p unsafe.Pointer, i int) uint64 {
	return binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(p, i))[:])
}

func store64(p unsafe.Pointer, i int, v uint64) {
	binary.LittleEndian.PutUint64((*[8]byte)(unsafe.Add(p, i))[:], v)
}

// store128 copies 16 bytes within p, which don't overlap.
func store128(p unsafe.Pointer, to, from int) {
	*(*[16]byte)(unsafe.Add(p, to)) = *(*[16]byte)(unsafe.Add(p, from))
}

func store8(p unsafe.Pointer, i int, v byte) { *(*byte)(unsafe.Add(p, i)) = v }

// fastLoop decodes symbols of a block while there is room and d.out is below
// stop. It stops in front of whatever is special: the end of the block, and
// anything damaged, which it leaves to the slow loop to report.
func (d *decoder) fastLoop(stop int) {
	if !d.hasFastRoom() {
		return
	}
	src, dst := unsafe.Pointer(unsafe.SliceData(d.src)), unsafe.Pointer(unsafe.SliceData(d.dst))
	lit, dists := &d.litTable, &d.distTable
	in, out, base := d.in, d.out, d.base
	inMax, outMax := len(d.src)-fastIn, min(len(d.dst)-fastOut, stop-1)
	// Of nbits only the low six bits count: entries are subtracted whole.
	bits, nbits := d.bits, uint64(d.nbits)

	bits |= load64(src, in) << (nbits & 63)
	in += int(^nbits>>3) & 7
	nbits |= 56
	e := lit[bits&(1<<litBits-1)]
	for in <= inMax && out <= outMax {
		// e is the entry of the next bits, of which there are at least 56.
		if int32(e) < 0 {
			bits >>= e & 63
			nbits -= uint64(e)
			store8(dst, out, byte(e>>16))
			out++
			e = lit[bits&(1<<litBits-1)]
			if int32(e) < 0 {
				bits >>= e & 63
				nbits -= uint64(e)
				store8(dst, out, byte(e>>16))
				out++
				e = lit[bits&(1<<litBits-1)]
				if int32(e) < 0 {
					bits >>= e & 63
					nbits -= uint64(e)
					store8(dst, out, byte(e>>16))
					out++
					e = lit[bits&(1<<litBits-1)]
					bits |= load64(src, in) << (nbits & 63)
					in += int(^nbits>>3) & 7
					nbits |= 56
					continue
				}
			}
			bits |= load64(src, in) << (nbits & 63)
			in += int(^nbits>>3) & 7
			nbits |= 56
		}

		// From here on up to 48 of the at least 56 bits are used. What was
		// before is kept, to go back to it if this is nothing for the loop.
		bits0, nbits0 := bits, nbits
		if e&entrySpecial != 0 {
			if e&entryKindMask != entryPointer {
				break
			}
			bits >>= litBits
			nbits -= litBits
			e = lit[e>>16&0x7fff+uint32(bits)&(1<<(e>>8&15)-1)]
			if int32(e) < 0 {
				bits >>= e & 63
				nbits -= uint64(e)
				store8(dst, out, byte(e>>16))
				out++
				e = lit[bits&(1<<litBits-1)]
				bits |= load64(src, in) << (nbits & 63)
				in += int(^nbits>>3) & 7
				nbits |= 56
				continue
			}
			if e&entrySpecial != 0 {
				bits, nbits = bits0, nbits0
				break
			}
		}
		length := int(e>>16) + int((bits&(1<<(e&63)-1))>>(e>>8&15))
		bits >>= e & 63
		nbits -= uint64(e)

		e = dists[bits&(1<<distBits-1)]
		if e&entrySpecial != 0 {
			if e&entryKindMask != entryPointer {
				bits, nbits = bits0, nbits0
				break
			}
			bits >>= distBits
			nbits -= distBits
			e = dists[e>>16&0x7fff+uint32(bits)&(1<<(e>>8&15)-1)]
			if e&entrySpecial != 0 {
				bits, nbits = bits0, nbits0
				break
			}
		}
		dist := int(e>>16) + int((bits&(1<<(e&63)-1))>>(e>>8&15))
		bits >>= e & 63
		nbits -= uint64(e)
		if dist > out-base {
			bits, nbits = bits0, nbits0
			break
		}
		bits |= load64(src, in) << (nbits & 63)
		in += int(^nbits>>3) & 7
		nbits |= 56
		e = lit[bits&(1<<litBits-1)]

		from, end := out-dist, out+length
		switch {
		case dist >= 16:
			store128(dst, out, from)
			store128(dst, out+16, from+16)
			for out, from = out+32, from+32; out < end; out, from = out+16, from+16 {
				store128(dst, out, from)
			}
		case dist >= 8:
			store64(dst, out, load64(dst, from))
			store64(dst, out+8, load64(dst, from+8))
			for out, from = out+16, from+16; out < end; out, from = out+8, from+8 {
				store64(dst, out, load64(dst, from))
			}
		case dist == 1:
			v := 0x0101010101010101 * (load64(dst, from) & 0xff)
			for ; out < end; out += 8 {
				store64(dst, out, v)
			}
		default:
			// The first dist bytes of each word are right when it is written.
			for ; out < end; out, from = out+dist, from+dist {
				store64(dst, out, load64(dst, from))
			}
		}
		out = end
	}
	nbits &= 63
	d.in, d.out = in, out
	d.bits, d.nbits = bits&(1<<nbits-1), uint(nbits)
}

// markedLoop is fastLoop for marked output: it decodes symbols of a block to m
// from index n on, which holds a window before, until the block ends or n
// reaches stop. There must be room for fastOut more. It gives up (not ok) at
// damage and close to the end of src.
func (d *decoder) markedLoop(m []uint16, n, stop int) (int, bool) {
	if len(m)-stop < fastOut || n < window {
		return n, false
	}
	src, dst := unsafe.Pointer(unsafe.SliceData(d.src)), unsafe.Pointer(unsafe.SliceData(m))
	lit, dists := &d.litTable, &d.distTable
	in, inMax := d.in, len(d.src)-fastIn
	bits, nbits := d.bits, uint64(d.nbits)
	ok := true

	if in > inMax {
		return n, false
	}
	bits |= load64(src, in) << (nbits & 63)
	in += int(^nbits>>3) & 7
	nbits |= 56
	e := lit[bits&(1<<litBits-1)]
	for n < stop {
		if in > inMax {
			ok = false
			break
		}
		if int32(e) < 0 {
			bits >>= e & 63
			nbits -= uint64(e)
			store16(dst, n, e>>16)
			n++
			e = lit[bits&(1<<litBits-1)]
			if int32(e) < 0 {
				bits >>= e & 63
				nbits -= uint64(e)
				store16(dst, n, e>>16)
				n++
				e = lit[bits&(1<<litBits-1)]
				if int32(e) < 0 {
					bits >>= e & 63
					nbits -= uint64(e)
					store16(dst, n, e>>16)
					n++
					e = lit[bits&(1<<litBits-1)]
					bits |= load64(src, in) << (nbits & 63)
					in += int(^nbits>>3) & 7
					nbits |= 56
					continue
				}
			}
			bits |= load64(src, in) << (nbits & 63)
			in += int(^nbits>>3) & 7
			nbits |= 56
		}
		if e&entrySpecial != 0 {
			if e&entryKindMask == entryPointer {
				bits >>= litBits
				nbits -= litBits
				e = lit[e>>16&0x7fff+uint32(bits)&(1<<(e>>8&15)-1)]
				if int32(e) < 0 {
					bits >>= e & 63
					nbits -= uint64(e)
					store16(dst, n, e>>16)
					n++
					e = lit[bits&(1<<litBits-1)]
					bits |= load64(src, in) << (nbits & 63)
					in += int(^nbits>>3) & 7
					nbits |= 56
					continue
				}
			}
			if e&entrySpecial != 0 {
				bits >>= e & 63
				nbits -= uint64(e)
				d.state = atHeader
				ok = e&entryKindMask == entryEnd
				break
			}
		}
		length := int(e>>16) + int((bits&(1<<(e&63)-1))>>(e>>8&15))
		bits >>= e & 63
		nbits -= uint64(e)

		e = dists[bits&(1<<distBits-1)]
		if e&entrySpecial != 0 {
			if e&entryKindMask == entryPointer {
				bits >>= distBits
				nbits -= distBits
				e = dists[e>>16&0x7fff+uint32(bits)&(1<<(e>>8&15)-1)]
			}
			if e&entrySpecial != 0 {
				ok = false
				break
			}
		}
		dist := int(e>>16) + int((bits&(1<<(e&63)-1))>>(e>>8&15))
		bits >>= e & 63
		nbits -= uint64(e)
		bits |= load64(src, in) << (nbits & 63)
		in += int(^nbits>>3) & 7
		nbits |= 56
		e = lit[bits&(1<<litBits-1)]

		from, end := 2*(n-dist), n+length
		to := 2 * n
		n = end
		switch {
		case dist >= 8:
			store128(dst, to, from)
			store128(dst, to+16, from+16)
			for to, from = to+32, from+32; to < 2*end; to, from = to+16, from+16 {
				store128(dst, to, from)
			}
		case dist >= 4:
			for ; to < 2*end; to, from = to+8, from+8 {
				store64(dst, to, load64(dst, from))
			}
		default:
			for ; to < 2*end; to, from = to+2*dist, from+2*dist {
				store64(dst, to, load64(dst, from))
			}
		}
	}
	nbits &= 63
	d.in = in
	d.bits, d.nbits = bits&(1<<nbits-1), uint(nbits)
	return n, ok
}

// store16 stores a literal's entry as element i.
func store16(p unsafe.Pointer, i int, e uint32) {
	*(*uint16)(unsafe.Add(p, 2*i)) = uint16(e & 0xff)
}
