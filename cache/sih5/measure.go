package sih5

import (
	"encoding/binary"
	"math"

	"iceexplorer/cache"
)

// measure sums up the components of data, the stored values of type t; nil for
// types without components and without values.
func measure(t cache.DataType, data []byte) []cache.Range {
	n := t.Components()
	if n == 0 || t.Variable() || len(data) == 0 {
		return nil
	}
	out := make([]cache.Range, n)
	size := int(t.Elem().Size())
	for c := range out {
		r := cache.Range{Min: math.Inf(1), Max: math.Inf(-1)}
		sum := 0.0
		for i := c * size; i+size <= len(data); i += n * size {
			var x float64
			switch t.Elem() {
			case cache.ElemFloat32:
				x = float64(math.Float32frombits(binary.LittleEndian.Uint32(data[i:])))
			case cache.ElemInt32:
				x = float64(int32(binary.LittleEndian.Uint32(data[i:])))
			default:
				x = float64(data[i])
			}
			if x-x != 0 {
				r.NonFinite++
				continue
			}
			r.Finite++
			sum += x
			r.Min, r.Max = min(r.Min, x), max(r.Max, x)
		}
		if r.Finite == 0 {
			r.Min, r.Max = 0, 0
		} else {
			r.Mean = sum / float64(r.Finite)
		}
		out[c] = r
	}
	return out
}
