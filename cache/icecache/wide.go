package icecache

import (
	"encoding/binary"
	"math"

	"iceexplorer/cache"
)

// Python 2 on 64-bit Linux writes 8 bytes for a long of its module struct. Scripts made
// for Windows leave such files there, in the definitions at least; which other numbers
// were longs to them is found by trying.

// wideHeader reports whether the header's numbers take 8 bytes: every other word is 0.
// Of a usual file with attributes one of these is the length of a name, or a type.
func wideHeader(b []byte) bool {
	const numbers = 7 // of the shortest header
	if isText(b) || len(b) < len(magic)+8*numbers {
		return false
	}
	for i := range numbers {
		if binary.LittleEndian.Uint32(b[len(magic)+8*i+4:]) != 0 {
			return false
		}
	}
	return true
}

// wideName reports whether the length of the name at the start of b takes 8 bytes: no
// name begins with zeros.
func wideName(b []byte) bool {
	if len(b) < 12 {
		return false
	}
	n := binary.LittleEndian.Uint64(b)
	return n > 0 && n <= cache.MaxNameLen && b[8] != 0
}

// high reads the upper half of a number of 8 bytes, whose lower half is v.
func (c *cursor) high(field string, v uint32) {
	if len(c.b)-c.pos < 4 {
		c.end(field)
		return
	}
	if h := binary.LittleEndian.Uint32(c.b[c.pos:]); h != 0 && (h != math.MaxUint32 || v < 1<<31) {
		c.fail(field, "too large", binary.LittleEndian.Uint64(c.b[c.pos-4:]), c.pos-4)
	}
	c.pos += 4
}

// align skips the zeros by which struct aligns a number of 8 bytes after a name of n: no
// number after a name is 0.
func (c *cursor) align(n uint32) {
	if (n+3)&^3%8 != 0 && len(c.b)-c.pos >= 4 && binary.LittleEndian.Uint32(c.b[c.pos:]) == 0 {
		c.pos += 4
	}
}

// newWalk is a walk over the data after d.
func newWalk(b []byte, d *definitions, lay *layout, w *work) walk {
	k := walk{b: b, pos: d.end, text: isText(b), lay: lay, work: w}
	if d.wide {
		k.wide = true
		how := lay.get(chWideData)
		k.wideFlags = how == wideAll || how == wideFlags
		k.wideLongs = how == wideAll || how == wideValues
	}
	return k
}

// upper reads the upper half of a number of the data, which is 0.
func (w *walk) upper() bool {
	if len(w.b)-w.pos < 4 {
		return w.end()
	}
	if v := binary.LittleEndian.Uint32(w.b[w.pos:]); v != 0 {
		return w.fail("number is too large", binary.LittleEndian.Uint64(w.b[w.pos-4:]), w.pos-4)
	}
	w.pos += 4
	return true
}

// longs stores the longs of 8 bytes in src, which starts at byte at of the stream.
func (o *output) longs(src []byte, at int) {
	s := &o.spans[spData]
	for ; len(src) >= 8; src, at = src[8:], at+8 {
		v := int64(binary.LittleEndian.Uint64(src))
		if v < math.MinInt32 || v > math.MaxUint32 {
			o.err = &cache.FormatError{Offset: int64(at), Msg: "the whole number is too large", Value: v}
			return
		}
		if o.room(4); len(s.b)-s.n < 4 {
			return // more than there was: full says so
		}
		binary.LittleEndian.PutUint32(s.b[s.n:], uint32(v))
		s.n += 4
	}
	o.sum(sumBytes)
}
