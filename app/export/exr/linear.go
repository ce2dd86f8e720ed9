package exr

import (
	"math"
	"sync"

	"github.com/mrjoshuak/go-openexr/half"
)

// Linear is the light of a value on the curve of sRGB, which is 1 at 1 and goes on above.
func Linear(v float64) float64 {
	switch {
	case !(v > 0):
		return 0
	case v <= 0.04045:
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

const (
	one     = 0x3c00 // half a float's 1
	largest = 65504  // of half floats
)

// table has Linear of every half float.
var table = sync.OnceValue(func() *[1 << 16]uint16 {
	t := new([1 << 16]uint16)
	for i := range t {
		t[i] = toHalf(Linear(half.FromBits(uint16(i)).Float64()))
	}
	return t
})

func toHalf(v float64) uint16 { return half.FromFloat64(math.Min(v, largest)).Bits() }

// linear takes premultiplied colours off the curve of sRGB, in place: what is seen through is
// what was on the curve before it was premultiplied.
func linear(pixels []uint16) {
	t := table()
	for i := 0; i+3 < len(pixels); i += 4 {
		p := pixels[i : i+4 : i+4]
		if p[3] == one {
			p[0], p[1], p[2] = t[p[0]], t[p[1]], t[p[2]]
			continue
		}
		a := half.FromBits(p[3]).Float64()
		if !(a > 0) {
			p[0], p[1], p[2], p[3] = 0, 0, 0, 0
			continue
		}
		for c := range 3 {
			p[c] = toHalf(Linear(half.FromBits(p[c]).Float64()/a) * a)
		}
	}
}
