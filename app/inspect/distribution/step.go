package distribution

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
)

// Values often stand in steps: whole numbers, or ages in twenty-fourths of a second. Bins that
// hold now one step and now two look like a comb, so bins are made as wide as whole steps.

const (
	sampled = 1 << 14 // values that are looked at
	fewest  = 32      // values that tell anything
	// mostSteps is how many steps there may be: bins of more hold so many that one more or less
	// is not seen.
	mostSteps = 32 * Bins
)

// Step is how far apart values stand at least that lie from lo to hi, all by multiples of it;
// 0 if they do not. Some values of a program's component are looked at, of the points in mask;
// nil: of all.
func Step(ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, span inspect.Span) (float64, error) {
	least := 0.0
	if t := p.Type(); t == expr.Int || t == expr.Bool {
		least = 1
	}
	rows := sample(uint(p.Rows()), mask)
	if span.Empty() || span.Lo == span.Hi || len(rows) < fewest {
		return least, nil
	}
	values := make([]float64, len(rows))
	if err := p.Float64s(ctx, component, rows, values); err != nil {
		return 0, err
	}
	values = slices.DeleteFunc(values, func(v float64) bool { return !(v >= span.Lo && v <= span.Hi) })
	if len(values) < fewest {
		return least, nil
	}
	step := stepOf(levels(values, span))
	if steps := (span.Hi - span.Lo) / step; step == 0 || !(steps <= mostSteps) {
		return least, nil
	}
	if least > 0 {
		step = max(math.Round(step), least)
	}
	return step, nil
}

// sample are some rows, rising, spread over all by chance: neighbours were often born one
// after the other, so that every other one would tell of twice the step. It is the same
// chance each time.
func sample(n uint, mask *bitset.BitSet) []uint32 {
	of := n
	if mask != nil {
		of = mask.Count()
	}
	every := max(of/sampled, 1)
	rows := make([]uint32, 0, of/every+1)
	chance := rand.New(rand.NewPCG(1, 2))
	if mask == nil {
		for from := uint(0); from < n; from += every {
			rows = append(rows, uint32(min(from+chance.UintN(every), n-1)))
		}
		return rows
	}
	k, next := uint(0), chance.UintN(every)
	for i := range mask.EachSet() {
		if k == next {
			rows = append(rows, uint32(i))
			next = k - k%every + every + chance.UintN(every)
		}
		k++
	}
	return rows
}

// levels are the values that differ by more than rounding, rising; nil if they are too many.
func levels(values []float64, span inspect.Span) []float64 {
	slices.Sort(values)
	same := max((span.Hi-span.Lo)/mostSteps/100, 8*math.Max(math.Abs(span.Lo), math.Abs(span.Hi))/(1<<24))
	out := []float64{values[0]}
	for _, v := range values {
		if v-out[len(out)-1] > same {
			if out = append(out, v); len(out) > mostSteps {
				return nil
			}
		}
	}
	return out
}

// stepOf is the step of levels that all lie on multiples of one, measured from the first; else 0.
func stepOf(levels []float64) float64 {
	const fewestLevels, off = 3, 0.05 // of a step
	if len(levels) < fewestLevels {
		return 0
	}
	step := math.Inf(1)
	for i := 1; i < len(levels); i++ {
		step = min(step, levels[i]-levels[i-1])
	}
	for _, v := range levels[1:] { // each is farther away, and measures the step better
		k := math.Round((v - levels[0]) / step)
		if math.Abs(v-levels[0]-k*step) > off*step {
			return 0
		}
		step = (v - levels[0]) / k
	}
	return step
}
