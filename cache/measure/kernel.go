package measure

import (
	"encoding/binary"
	"math"
)

// blockBytes is how much is copied before it is summed up, while it is still in
// the first-level cache.
const blockBytes = 16 << 10

// kernelGo copies src to dst, if there is one, and adds it to acc. Builds with
// cgo use it in tests only.
func kernelGo(k kind, dst, src []byte, acc *Acc) {
	value := k.size() * acc.comps
	block := blockBytes / value * value
	for len(src) > 0 {
		part := src[:min(len(src), block)]
		if dst != nil {
			copy(dst, part)
			dst = dst[len(part):]
		}
		for c := range acc.comps {
			acc.add(k, part[c*k.size():], value, c)
		}
		if k == kindFloat32 && acc.comps > 1 {
			acc.addLengths(part)
		}
		src = src[len(part):]
	}
}

// add sums up the component at the start of p and at every stride bytes after.
func (a *Acc) add(k kind, p []byte, stride, c int) {
	var lo, hi, sum float64
	n, bad := uint64(0), uint64(0)
	switch k {
	case kindFloat32:
		lo, hi, sum, n = addFloats(p, stride)
		if math.IsNaN(sum) || math.IsInf(sum, 0) {
			lo, hi, sum, n, bad = addFloatsCarefully(p, stride)
		}
	case kindInt32:
		lo, hi, sum, n = addInts(p, stride)
	case kindUint8:
		lo, hi, sum, n = addBytes(p, stride)
	}
	t := &a.t
	t.min[c], t.max[c] = min(t.min[c], lo), max(t.max[c], hi)
	t.sum[c] += sum
	t.finite[c] += n
	t.bad[c] += bad
}

// addLengths takes in the lengths of whole values. The squares of floats are exact in
// a float64, and their sums can't overflow it.
func (a *Acc) addLengths(p []byte) {
	t := &a.t
	for i := 0; i < len(p); i += 4 * a.comps {
		square := 0.0
		for c := range a.comps {
			x := float64(float32At(p, i+4*c))
			square += x * x
		}
		if square-square != 0 {
			t.badLengths++
			continue
		}
		t.leastSquare, t.mostSquare = min(t.leastSquare, square), max(t.mostSquare, square)
		t.finiteLengths++
	}
}

func float32At(p []byte, i int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(p[i:]))
}

// addFloats doesn't look for NaN and infinities: the sum isn't finite if there
// are any, as it can't overflow otherwise, and the rest is void then.
func addFloats(p []byte, stride int) (lo, hi, sum float64, n uint64) {
	least, most := float32(math.Inf(1)), float32(math.Inf(-1))
	var even, odd float64
	i := 0
	for ; i+stride+4 <= len(p); i += 2 * stride {
		x, y := float32At(p, i), float32At(p, i+stride)
		if x < least {
			least = x
		}
		if x > most {
			most = x
		}
		if y < least {
			least = y
		}
		if y > most {
			most = y
		}
		even += float64(x)
		odd += float64(y)
		n += 2
	}
	if i+4 <= len(p) {
		x := float32At(p, i)
		least, most = min(least, x), max(most, x)
		even += float64(x)
		n++
	}
	return float64(least), float64(most), even + odd, n
}

func addFloatsCarefully(p []byte, stride int) (lo, hi, sum float64, n, bad uint64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for i := 0; i+4 <= len(p); i += stride {
		x := float64(float32At(p, i))
		if x-x != 0 {
			bad++
			continue
		}
		lo, hi = min(lo, x), max(hi, x)
		sum += x
		n++
	}
	return lo, hi, sum, n, bad
}

func addInts(p []byte, stride int) (lo, hi, sum float64, n uint64) {
	least, most, total := int32(math.MaxInt32), int32(math.MinInt32), int64(0)
	for i := 0; i+4 <= len(p); i += stride {
		x := int32(binary.LittleEndian.Uint32(p[i:]))
		least, most = min(least, x), max(most, x)
		total += int64(x)
		n++
	}
	return float64(least), float64(most), float64(total), n
}

func addBytes(p []byte, stride int) (lo, hi, sum float64, n uint64) {
	least, most, total := uint8(math.MaxUint8), uint8(0), uint64(0)
	for i := 0; i < len(p); i += stride {
		least, most = min(least, p[i]), max(most, p[i])
		total += uint64(p[i])
		n++
	}
	return float64(least), float64(most), float64(total), n
}
