package stats

import (
	"context"
	"math"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
)

// Histogram counts values in bins of equal width from Lo to Hi. As in numpy, a bin includes
// its lower end but not its upper one, except for the last, which includes both.
type Histogram struct {
	Lo, Hi       float64
	Bins         []uint64
	Below, Above uint64 // finite values outside Lo to Hi
	NonFinite    uint64
	Step         float64 // values stand this far apart, the first half of it above Lo; 0: anywhere
}

// Ends are where bin i begins and ends.
func (h *Histogram) Ends(i int) (lo, hi float64) {
	w := (h.Hi - h.Lo) / float64(len(h.Bins))
	return h.Lo + w*float64(i), h.Lo + w*float64(i+1)
}

// Holds is from which value to which one a bin holds: its ends, or of values in steps the
// first and the last.
func (h *Histogram) Holds(i int) (lo, hi float64) {
	lo, hi = h.Ends(i)
	return lo + h.Step/2, hi - h.Step/2
}

// Count counts the values of a component in bins; lo and hi must be finite. If all values
// are the same, their range has no width and is widened to hold them in the middle. Errors
// are those of Of.
func Count(ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, lo, hi float64, bins int) (Histogram, error) {
	if !(lo < hi) {
		lo, hi = widened(lo)
	}
	h := Histogram{Lo: lo, Hi: hi, Bins: make([]uint64, bins)}
	var err error
	switch p.Type() {
	case expr.Float32:
		err = countBins[float32](ctx, p, component, mask, &h)
	case expr.Float64:
		err = countBins[float64](ctx, p, component, mask, &h)
	default:
		err = countBins[int64](ctx, p, component, mask, &h)
	}
	return h, err
}

// widened is a range around one value.
func widened(v float64) (lo, hi float64) {
	d := max(0.5, math.Abs(v)*1e-6)
	return v - d, v + d
}

// tally is one goroutine's counts: of the bins, followed by those of values in no bin.
type tally struct {
	bins         []uint64
	below, above uint64
	nonFinite    uint64
}

func countBins[T float32 | float64 | int64](ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, h *Histogram) error {
	n := len(h.Bins)
	parts := make([]tally, expr.Workers())
	for w := range parts {
		parts[w].bins = make([]uint64, n)
	}
	scale := float64(n) / (h.Hi - h.Lo)
	if math.IsInf(h.Hi-h.Lo, 0) || scale == 0 { // of -1e308 to 1e308
		scale = 0
	}
	lo, hi, last := h.Lo, h.Hi, n-1
	err := expr.Each(ctx, p, component, mask, func(w int, values []T) {
		t := &parts[w]
		bins := t.bins
		for _, v := range values {
			f := float64(v)
			switch {
			case f >= lo && f <= hi:
				i := int((f - lo) * scale)
				if i > last {
					i = last
				}
				bins[i]++
			case f < lo && f-f == 0:
				t.below++
			case f > hi && f-f == 0:
				t.above++
			default:
				t.nonFinite++
			}
		}
	})
	for _, t := range parts {
		h.Below, h.Above, h.NonFinite = h.Below+t.below, h.Above+t.above, h.NonFinite+t.nonFinite
		for i, c := range t.bins {
			h.Bins[i] += c
		}
	}
	return err
}
