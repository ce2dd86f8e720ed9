package parquet

import (
	"bytes"
	"encoding/binary"
)

// levels say where lists begin. Each value has two: the repetition is how many of the lists
// that it is in go on with it, the definition how many there are, which is less than all
// where a list is empty. Both are written before the values of a page, unless there are no
// lists.
type levels struct {
	repetition, definition []byte
	out                    []byte

	made [4]uint64 // what out is, if same has made it
}

func (l *levels) begin() {
	l.repetition, l.definition = l.repetition[:0], l.definition[:0]
}

// row adds a row of some values of some components each.
func (l *levels) row(lists int, width, values uint64) {
	if lists == 0 {
		return
	}
	if values == 0 {
		l.repetition, l.definition = append(l.repetition, 0), append(l.definition, 0)
		return
	}
	inner, outer := byte(lists), byte(lists)
	if width > 1 {
		outer--
	}
	for v := range values {
		for i := range width {
			level := inner
			if i == 0 {
				level = outer
			}
			if i == 0 && v == 0 {
				level = 0
			}
			l.repetition, l.definition = append(l.repetition, level), append(l.definition, byte(lists))
		}
	}
}

// done are the levels as they are written.
func (l *levels) done(lists int) []byte {
	l.out, l.made = l.out[:0], [4]uint64{}
	if lists == 0 {
		return nil
	}
	for _, of := range [][]byte{l.repetition, l.definition} {
		at := len(l.out)
		l.out = append(l.out, 0, 0, 0, 0)
		if n := len(of); n > 0 && bytes.Count(of, of[:1]) == n {
			l.out = repeated(l.out, uint64(n), of[0])
		} else {
			l.out = packed(l.out, uint64(n), lists, func(i uint64) byte { return of[i] })
		}
		binary.LittleEndian.PutUint32(l.out[at:], uint32(len(l.out)-at-4))
	}
	return l.out
}

// same are the levels of n rows that are alike.
func (l *levels) same(lists int, width, values, n uint64) []byte {
	if made := [4]uint64{uint64(lists), width, values, n}; made != l.made {
		l.begin()
		for range n {
			l.row(lists, width, values)
		}
		l.done(lists)
		l.made = made
	}
	return l.out
}

// repeated appends a run of n times the same number.
func repeated(dst []byte, n uint64, v byte) []byte {
	return append(binary.AppendUvarint(dst, n<<1), v)
}

// packed appends a run of numbers of some bits, at most 8, each.
func packed(dst []byte, n uint64, width int, of func(uint64) byte) []byte {
	groups := (n + 7) / 8
	dst = binary.AppendUvarint(dst, groups<<1|1)
	for g := range groups {
		word := uint64(0)
		for i := g * 8; i < min(g*8+8, n); i++ {
			word |= uint64(of(i)) << (int(i%8) * width)
		}
		for b := range width {
			dst = append(dst, byte(word>>(8*b)))
		}
	}
	return dst
}
