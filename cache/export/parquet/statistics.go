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
		v := c.a.Int32s()[from : from+n]
		least, most := v[0], v[0]
		for _, x := range v {
			least, most = min(least, x), max(most, x)
		}
		s.MinValue, s.MaxValue = number(uint32(least)), number(uint32(most))
	case format.Float:
		v := c.a.Float32s()[from : from+n]
		least, most := v[0], v[0]
		for _, x := range v {
			least, most = min(least, x), max(most, x) // NaN if one is
		}
		if least != least {
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

func number(bits uint32) []byte { return binary.LittleEndian.AppendUint32(nil, bits) }
