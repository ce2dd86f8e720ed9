package stats

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

func ages(t *testing.T, values []float32) *expr.Program {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Points: uint32(len(values))})
	b.Float32s("Age", cache.TypeFloat, values)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	e, err := expr.Parse("Age")
	if err != nil {
		t.Fatal(err)
	}
	p, err := e.Bind(expr.Frame{Frame: f})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Sketches of parts of the values, added up, tell the quantiles of all of them.
func TestSketchesOfFramesTellTheQuantilesOfAll(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	nan := float32(math.NaN())
	for name, c := range map[string]struct {
		value func() float32
		most  float64 // relative fault
	}{
		"normal":        {func() float32 { return float32(r.NormFloat64()) }, 1. / 32768},
		"far away":      {func() float32 { return 1000 + r.Float32() }, 1. / 32768},
		"whole numbers": {func() float32 { return float32(r.IntN(3000) - 1500) }, 0},
		"steps":         {func() float32 { return float32(r.IntN(100)) / 32 }, 0},
		"one value":     {func() float32 { return -0.1 }, 1. / 32768},
		"all bits":      {func() float32 { return math.Float32frombits(r.Uint32()) }, 1. / 256},
		"none finite":   {func() float32 { return nan }, 0},
	} {
		var all []float32
		sum := &Sketch{}
		for range 5 {
			values := make([]float32, 1+r.IntN(60_000))
			for i := range values {
				values[i] = c.value()
			}
			s, err := SketchOf(context.Background(), ages(t, values), 0, nil)
			if err != nil {
				t.Fatal(err)
			}
			sum.Add(s)
			all = append(all, values...)
		}
		parts := []float64{0, 0.001, 0.01, 0.3, 0.5, 0.99, 1}
		want, err := Quantiles(context.Background(), ages(t, all), 0, nil, parts...)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range sum.Quantiles(parts...) {
			if !(math.Abs(got-want[i]) <= c.most*max(math.Abs(want[i]), 1e-37)) && !(got != got && want[i] != want[i]) {
				t.Errorf("%s: the quantile %g is %g, want %g", name, parts[i], got, want[i])
			}
		}
	}
}
