package distribution

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

// Bins that held now one step and now two, or none, looked like a comb.
func TestEvenValuesInStepsAreNoComb(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	ctx := context.Background()
	for name, c := range map[string]struct {
		value func(i int) float32
		step  float64 // 0: there is none
		bins  int
	}{
		"24ths":         {func(i int) float32 { return float32(i%100) / 24 }, 1. / 24, 100},
		"24ths of long": {func(i int) float32 { return float32(i%300) / 24 }, 1. / 24, 100},
		"added up": {func(i int) (age float32) {
			for range i % 90 {
				age += 1. / 25
			}
			return age
		}, 1. / 25, 90},
		"whole numbers":     {func(i int) float32 { return float32(i%50) - 20 }, 1, 50},
		"tens, far away":    {func(i int) float32 { return 1e5 + 10*float32(i%40) }, 10, 40},
		"many steps":        {func(i int) float32 { return float32(i % 6000) }, 0, Bins},
		"anywhere":          {func(int) float32 { return r.Float32() }, 0, Bins},
		"few, not in steps": {func(i int) float32 { return []float32{0, 1, 5.3, 17}[i%4] }, 0, Bins},
		"two values":        {func(i int) float32 { return float32(i % 2) }, 0, Bins},
	} {
		values := make([]float32, 60_000)
		for i := range values {
			values[i] = c.value(i)
		}
		b := cache.NewBuilder(cache.Header{Points: uint32(len(values))})
		b.Float32s("Age", cache.TypeFloat, values)
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		for _, filter := range []string{"", "$index % 7 < 5"} {
			var where *expr.Expr
			if filter != "" {
				where = parse(t, filter)
			}
			v, err := Bind(ctx, parse(t, "Age"), where, expr.Frame{Frame: f})
			if err != nil {
				t.Fatal(err)
			}
			sum, err := v.Sum(ctx)
			if err != nil {
				t.Fatal(err)
			}
			span := inspect.Span{Lo: sum.Min, Hi: sum.Max}
			step, err := v.Step(ctx, span)
			if err != nil || math.Abs(step-c.step) > 1e-4*c.step {
				t.Errorf("%s %s: a step of %g, want %g: %v", name, filter, step, c.step, err)
				continue
			}
			h, err := v.Count(ctx, span, step)
			if err != nil || len(h.Bins) != c.bins || h.Below+h.Above+h.NonFinite != 0 {
				t.Errorf("%s %s: %+v, %v", name, filter, h, err)
				continue
			}
			if c.step == 0 {
				continue
			}
			least, most := uint64(math.MaxUint64), uint64(0)
			for _, n := range h.Bins {
				least, most = min(least, n), max(most, n)
			}
			if least*10 < most*9 {
				t.Errorf("%s %s: bins of %d to %d", name, filter, least, most)
			}
			if lo, hi := h.Holds(0); math.Abs(lo-span.Lo) > 1e-6*step || math.Abs(hi-span.Lo-step*(math.Ceil((span.Hi-span.Lo)/step/Bins)-1)) > 1e-3*step {
				t.Errorf("%s: the first bin holds %g to %g", name, lo, hi)
			}
		}
	}
}
