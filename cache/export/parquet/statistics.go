package parquet

import (
	"encoding/binary"
	"math"

	"github.com/parquet-go/parquet-go/format"

	"iceexplorer/cache"
)

// statistics are the least and the greatest of rows of single numbers, by which readers
// leave out row groups. Where a float is no number nothing is said: databases sort that
// after all others, or before.
func (c *column) statistics(from, n uint64) (s format.Statistics) {
	if c.a.Structure == cache.Array || c.a.Type.Components() != 1 || n == 0 {
		return s
	}
	if c.same {
		from, n = 0, 1
	}
	switch c.typ {
	case format.Int32:
		least, most, _ := bounds(c.a.Int32s()[from : from+n])
		s.MinValue, s.MaxValue = number(uint32(least)), number(uint32(most))
	case format.Float:
		least, most, all := bounds(c.a.Float32s()[from : from+n])
		if !all {
			return s
		}
		if least == 0 { // there may be zeros of either sign
			least = float32(math.Copysign(0, -1))
		}
		if most == 0 {
			most = 0
		}
		s.MinValue, s.MaxValue = number(math.Float32bits(least)), number(math.Float32bits(most))
	}
	return s
}

// bounds are the least and the greatest of some values; all: each of them is a number.
func bounds[T int32 | float32](v []T) (least, most T, all bool) {
	least, most = v[0], v[0]
	low, high := least, most // of every other value, so that two are compared at once
	numbers := true
	for ; len(v) > 1; v = v[2:] {
		x, y := v[0], v[1]
		if x < least {
			least = x
		}
		if y < low {
			low = y
		}
		if x > most {
			most = x
		}
		if y > high {
			high = y
		}
		numbers = numbers && x == x && y == y
	}
	for _, x := range v {
		least, most = min(least, x), max(most, x)
		numbers = numbers && x == x
	}
	return min(least, low), max(most, high), numbers
}

func number(bits uint32) []byte { return binary.LittleEndian.AppendUint32(nil, bits) }
