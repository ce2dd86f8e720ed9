package stats

import (
	"context"
	"math"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
)

// Quantiles are the values below which parts of the finite values lie: 0.5 is the
// median. Between two values it is interpolated, as numpy's percentile does. They are NaN
// where there are no finite values. Errors are those of Of.
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

// digit is how many bits of the keys are counted at a time.
const digit = 16

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

// valueOf turns a key around.
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

func width[T float32 | float64 | int64]() int {
	var t T
	if _, ok := any(t).(float32); ok {
		return 32
	}
	return 64
}

// ranked are the finite values of the given ranks, the least having 0. It counts the
// keys by their upper digits, then those of the keys that begin as the one looked for by
// the next digits, and so on: each pass reads all values, none is kept.
func ranked[T float32 | float64 | int64](ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, ranks []uint64) ([]float64, error) {
	type target struct{ prefix, rank uint64 }
	targets := make([]target, len(ranks))
	for i, r := range ranks {
		targets[i] = target{0, r}
	}
	for done := 0; done < width[T](); done += digit {
		// The prefixes that are looked for differ in few ways.
		counts := make([]map[uint64]*[1 << digit]uint32, expr.Workers())
		for w := range counts {
			counts[w] = map[uint64]*[1 << digit]uint32{}
			for _, t := range targets {
				if counts[w][t.prefix] == nil {
					counts[w][t.prefix] = new([1 << digit]uint32)
				}
			}
		}
		shift := 64 - digit - done
		err := expr.Each(ctx, p, component, mask, func(w int, values []T) { count(counts[w], values, done, shift) })
		if err != nil {
			return nil, err
		}
		for i := range targets {
			t := &targets[i]
			for d := range uint64(1 << digit) {
				n := uint64(0)
				for _, c := range counts {
					n += uint64(c[t.prefix][d])
				}
				if t.rank < n {
					t.prefix = t.prefix<<digit | d
					break
				}
				t.rank -= n
			}
		}
	}
	out := make([]float64, len(ranks))
	for i, t := range targets {
		out[i] = valueOf[T](t.prefix << (64 - width[T]()))
	}
	return out, nil
}

// count counts the digits of the values whose key begins with one of the prefixes.
func count[T float32 | float64 | int64](of map[uint64]*[1 << digit]uint32, values []T, done, shift int) {
	for prefix, c := range of {
		switch values := any(values).(type) {
		case []float32:
			for _, v := range values {
				if k := key32(v); v-v == 0 && k>>(64-done) == prefix {
					c[k>>shift&(1<<digit-1)]++
				}
			}
		case []float64:
			for _, v := range values {
				if k := key64(v); v-v == 0 && k>>(64-done) == prefix {
					c[k>>shift&(1<<digit-1)]++
				}
			}
		case []int64:
			for _, v := range values {
				if k := keyInt(v); k>>(64-done) == prefix {
					c[k>>shift&(1<<digit-1)]++
				}
			}
		}
	}
}
