package stats

import (
	"context"
	"math"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
)

// Quantiles are the values below which the given fractions of the finite values lie: 0.5 is
// the median. They are interpolated between two values, as in numpy's percentile, and NaN
// if no value is finite. Errors are those of Of.
func Quantiles(ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, parts ...float64) ([]float64, error) {
	switch p.Type() {
	case expr.Float32:
		return countedQuantiles[float32](ctx, p, component, mask, parts)
	case expr.Float64:
		return countedQuantiles[float64](ctx, p, component, mask, parts)
	}
	return countedQuantiles[int64](ctx, p, component, mask, parts)
}

func countedQuantiles[T float32 | float64 | int64](ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, parts []float64) ([]float64, error) {
	counts := make([]uint64, expr.Workers())
	err := expr.Each(ctx, p, component, mask, func(w int, values []T) {
		for _, v := range values {
			if f := float64(v); f-f == 0 {
				counts[w]++
			}
		}
	})
	if err != nil {
		return nil, err
	}
	n := uint64(0)
	for _, c := range counts {
		n += c
	}
	return quantiles[T](ctx, p, component, mask, n, parts)
}

// quantiles of n finite values.
func quantiles[T float32 | float64 | int64](ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, n uint64, parts []float64) ([]float64, error) {
	out := make([]float64, len(parts))
	if n == 0 {
		for i := range out {
			out[i] = math.NaN()
		}
		return out, nil
	}
	var ranks []uint64
	for _, part := range parts {
		at := min(max(part, 0), 1) * float64(n-1)
		ranks = append(ranks, uint64(math.Floor(at)), uint64(math.Ceil(at)))
	}
	values, err := ranked[T](ctx, p, component, mask, ranks)
	if err != nil {
		return nil, err
	}
	for i, part := range parts {
		at := min(max(part, 0), 1) * float64(n-1)
		lo, hi := values[2*i], values[2*i+1]
		if out[i] = lo; hi != lo {
			out[i] = lo + (hi-lo)*(at-math.Floor(at))
		}
	}
	return out, nil
}

// The keys of finite values are whole numbers of the same order, in the upper bits.

func key32(v float32) uint64 {
	u := math.Float32bits(v + 0)
	return uint64(u^(uint32(int32(u)>>31)|1<<31)) << 32
}

func key64(v float64) uint64 {
	u := math.Float64bits(v + 0)
	return u ^ (uint64(int64(u)>>63) | 1<<63)
}

func keyInt(v int64) uint64 { return uint64(v) ^ 1<<63 }

// valueOf is the value that a key was made of.
func valueOf[T float32 | float64 | int64](k uint64) float64 {
	var t T
	switch any(t).(type) {
	case float32:
		u := uint32(k >> 32)
		return float64(math.Float32frombits(u ^ (^uint32(int32(u)>>31) | 1<<31)))
	case float64:
		return math.Float64frombits(k ^ (^uint64(int64(k)>>63) | 1<<63))
	}
	return float64(int64(k ^ 1<<63))
}

// width is how many bits keys have.
func width[T float32 | float64 | int64]() int {
	var t T
	if _, ok := any(t).(float32); ok {
		return 32
	}
	return 64
}

// digit is how many bits of the keys are counted at a time: the counters stay in the
// processor's first cache.
const digit = 12

// few is how many keys that begin alike are kept and sorted, rather than counted by their
// next digit.
const few = 1 << 20

// target is a rank among the keys that begin with a prefix.
type target struct{ prefix, rank uint64 }

// ranked are the finite values of the given ranks, the least having 0. The keys are
// counted by their upper digit, then those that begin as the one looked for by the next
// one, and so on until few are left, which are sorted: values are read in two or three
// passes, and hardly any is kept.
func ranked[T float32 | float64 | int64](ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, ranks []uint64) ([]float64, error) {
	targets := make([]target, len(ranks))
	for i, r := range ranks {
		targets[i].rank = r
	}
	done := 0
	for left := uint64(math.MaxUint64); left > few && done+digit <= 64; done += digit {
		var err error
		if left, err = narrow[T](ctx, p, component, mask, targets, done); err != nil {
			return nil, err
		}
	}
	if out := make([]float64, len(ranks)); done >= width[T]() { // all bits are known
		for i, t := range targets {
			out[i] = valueOf[T](t.prefix << (64 - done))
		}
		return out, nil
	}
	kept := make([]map[uint64][]uint64, expr.Workers())
	err := expr.Each(ctx, p, component, mask, func(w int, values []T) {
		if kept[w] == nil {
			kept[w] = map[uint64][]uint64{}
			for _, t := range targets {
				kept[w][t.prefix] = nil
			}
		}
		for prefix, keys := range kept[w] {
			kept[w][prefix] = begin(keys, values, prefix, done)
		}
	})
	if err != nil {
		return nil, err
	}
	all := map[uint64][]uint64{}
	for _, k := range kept {
		for prefix, keys := range k {
			all[prefix] = append(all[prefix], keys...)
		}
	}
	for _, keys := range all {
		slices.Sort(keys)
	}
	out := make([]float64, len(ranks))
	for i, t := range targets {
		out[i] = valueOf[T](all[t.prefix][t.rank])
	}
	return out, nil
}

// narrow lengthens the targets' prefixes by a digit, and reports how many keys begin with
// one of them.
func narrow[T float32 | float64 | int64](ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, targets []target, done int) (left uint64, err error) {
	counts := make([]map[uint64]*[1 << digit]uint32, expr.Workers())
	for w := range counts {
		counts[w] = map[uint64]*[1 << digit]uint32{}
		for _, t := range targets { // their prefixes differ in few ways
			if counts[w][t.prefix] == nil {
				counts[w][t.prefix] = new([1 << digit]uint32)
			}
		}
	}
	err = expr.Each(ctx, p, component, mask, func(w int, values []T) {
		for prefix, c := range counts[w] {
			count(c, values, prefix, done)
		}
	})
	if err != nil {
		return 0, err
	}
	met := map[uint64]bool{}
	for i := range targets {
		t := &targets[i]
		for d := range uint64(1 << digit) {
			n := uint64(0)
			for _, c := range counts {
				n += uint64(c[t.prefix][d])
			}
			if t.rank < n {
				if t.prefix = t.prefix<<digit | d; !met[t.prefix] {
					left += n
				}
				met[t.prefix] = true
				break
			}
			t.rank -= n
		}
	}
	return left, nil
}

// count counts the next digit of the values whose key begins with a prefix of done bits.
func count[T float32 | float64 | int64](c *[1 << digit]uint32, values []T, prefix uint64, done int) {
	shift := 64 - digit - done
	switch values := any(values).(type) {
	case []float32:
		for _, v := range values {
			if k := key32(v); v-v == 0 && k>>(64-done) == prefix {
				c[k>>shift%(1<<digit)]++
			}
		}
	case []float64:
		for _, v := range values {
			if k := key64(v); v-v == 0 && k>>(64-done) == prefix {
				c[k>>shift%(1<<digit)]++
			}
		}
	case []int64:
		for _, v := range values {
			if k := keyInt(v); k>>(64-done) == prefix {
				c[k>>shift%(1<<digit)]++
			}
		}
	}
}

// begin appends the keys that begin with a prefix of done bits.
func begin[T float32 | float64 | int64](keys []uint64, values []T, prefix uint64, done int) []uint64 {
	switch values := any(values).(type) {
	case []float32:
		for _, v := range values {
			if k := key32(v); k>>(64-done) == prefix && v-v == 0 {
				keys = append(keys, k)
			}
		}
	case []float64:
		for _, v := range values {
			if k := key64(v); k>>(64-done) == prefix && v-v == 0 {
				keys = append(keys, k)
			}
		}
	case []int64:
		for _, v := range values {
			if k := keyInt(v); k>>(64-done) == prefix {
				keys = append(keys, k)
			}
		}
	}
	return keys
}
