// Package cell writes the values of attributes as text, for formats that have a row for
// each point. It appends to a buffer, and makes nothing else of a value.
package cell

import (
	"encoding/hex"
	"math"
	"strconv"

	"iceexplorer/cache"
	"iceexplorer/cache/value"
)

// Style is how values are written.
type Style struct {
	Open, Between, Close string // of the components of a value
	NaN, Inf, NegInf     string
	False, True          string
	Text                 func(dst, text []byte) []byte // bytes that may be no UTF-8
}

// Append appends the text of something that is known by its number.
type Append func(dst []byte, i uint64) []byte

// JSON is the style of JSON, which has no numbers that are not finite.
var JSON = Style{"[", ",", "]", "null", "null", "null", "false", "true", appendQuoted}

// Values appends stored values of an attribute, by the numbers of Attribute.Row. Bytes are
// written in hexadecimal digits, shapes by their names.
func (s *Style) Values(a *cache.Attribute) Append {
	switch {
	case a.Type == cache.TypeShape:
		return func(dst []byte, i uint64) []byte { return s.Text(dst, []byte(value.Text(value.Of(a, i)))) }
	case a.Type == cache.TypeString:
		return func(dst []byte, i uint64) []byte { return s.Text(dst, a.Value(i)) }
	case a.Type.Variable():
		var digits []byte
		return func(dst []byte, i uint64) []byte {
			digits = hex.AppendEncode(digits[:0], a.Value(i))
			return s.Text(dst, digits)
		}
	case a.Type.Elem() == cache.ElemInt32:
		v := a.Int32s()
		return func(dst []byte, i uint64) []byte { return strconv.AppendInt(dst, int64(v[i]), 10) }
	case a.Type.Elem() == cache.ElemUint8:
		v := a.Bytes()
		return func(dst []byte, i uint64) []byte {
			if v[i] == 0 {
				return append(dst, s.False...)
			}
			return append(dst, s.True...)
		}
	}
	return s.floats(a.Float32s(), uint64(a.Type.Components()))
}

func (s *Style) floats(v []float32, n uint64) Append {
	if n == 1 {
		return func(dst []byte, i uint64) []byte { return s.float(dst, v[i]) }
	}
	return func(dst []byte, i uint64) []byte {
		dst = append(dst, s.Open...)
		for c, f := range v[i*n : (i+1)*n] {
			if c > 0 {
				dst = append(dst, s.Between...)
			}
			dst = s.float(dst, f)
		}
		return append(dst, s.Close...)
	}
}

// float appends the shortest text that reads back as the same number.
func (s *Style) float(dst []byte, f float32) []byte {
	switch {
	case f == 0 && math.Signbit(float64(f)):
		return append(dst, "-0.0"...) // -0 is a whole number to readers of JSON
	case f-f == 0:
		return strconv.AppendFloat(dst, float64(f), 'g', -1, 32)
	case f > 0:
		return append(dst, s.Inf...)
	case f < 0:
		return append(dst, s.NegInf...)
	}
	return append(dst, s.NaN...)
}

// Rows appends the values of rows: one, or those of an array in brackets with commas.
func (s *Style) Rows(a *cache.Attribute) Append {
	of := s.Values(a)
	if a.Structure != cache.Array {
		return of
	}
	return func(dst []byte, row uint64) []byte {
		dst = append(dst, '[')
		from, to := a.Row(row)
		for i := from; i < to; i++ {
			if i > from {
				dst = append(dst, ',')
			}
			dst = of(dst, i)
		}
		return append(dst, ']')
	}
}
