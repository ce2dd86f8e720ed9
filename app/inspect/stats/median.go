package stats

import (
	"context"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
)

// sample appends a few of a block's finite values. They are taken from places that have
// nothing to do with each other, as values may lie in waves.
func sample[T float32 | float64 | int64](to, values []T) []T {
	const each = 3
	at := uint64(len(to)) + 1
	for range each {
		at = at*0x9e3779b97f4a7c15 + 0x7f4a7c15 // Weyl's sequence
		if v := values[at>>33%uint64(len(values))]; v-v == 0 {
			to = append(to, v)
		}
	}
	return to
}

// median of n finite values, of which some are given: they say between which values it
// lies most probably, and only what is there is kept and sorted. Where it lies elsewhere,
// or they are few, all digits are counted instead.
func median[T float32 | float64 | int64](ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, n uint64, some []T) (float64, error) {
	counted := func() (float64, error) {
		q, err := quantiles[T](ctx, p, component, mask, n, []float64{0.5})
		if err != nil {
			return 0, err
		}
		return q[0], nil
	}
	if len(some) < 1000 {
		return counted()
	}
	slices.Sort(some)
	m := len(some)
	lo, hi := some[m/2-m/32], some[m/2+m/32]
	below := make([]uint64, expr.Workers())
	within := make([][]T, expr.Workers())
	err := expr.Each(ctx, p, component, mask, func(w int, values []T) {
		k, kept := uint64(0), within[w]
		for _, v := range values {
			if v < lo {
				k++
			} else if v <= hi {
				kept = append(kept, v)
			}
		}
		below[w] += k
		within[w] = kept
	})
	if err != nil {
		return 0, err
	}
	all := slices.Concat(within...)
	left := uint64(0)
	for _, k := range below {
		left += k
	}
	if a, b := (n-1)/2, n/2; a < left || b-left >= uint64(len(all)) || len(all) > int(n/4)+1000 {
		return counted() // many values are alike, or the sample was no good one
	}
	a, b := int((n-1)/2-left), int(n/2-left)
	x := nth(all, a)
	if a == b {
		return float64(x), nil
	}
	y := slices.Min(all[a+1:]) // nth leaves the greater ones behind it
	return float64(x) + (float64(y)-float64(x))/2, nil
}

// nth brings the k-th least value to its place, and the greater ones behind it (Hoare's
// selection).
func nth[T float32 | float64 | int64](values []T, k int) T {
	lo, hi := 0, len(values)-1
	for lo < hi {
		pivot := values[k]
		i, j := lo, hi
		for i <= j {
			for values[i] < pivot {
				i++
			}
			for pivot < values[j] {
				j--
			}
			if i <= j {
				values[i], values[j] = values[j], values[i]
				i, j = i+1, j-1
			}
		}
		if j < k {
			lo = i
		}
		if k < i {
			hi = j
		}
	}
	return values[k]
}
