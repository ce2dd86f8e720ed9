package expr

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Comparisons by vector instructions set the bits that Go's own would, whatever is compared
// and wherever the columns end.
func TestLanesCompareAsGoDoes(t *testing.T) {
	t.Parallel()
	if lanes("<") == nil {
		t.Skip("this processor has none")
	}
	r := rand.New(rand.NewPCG(9, 1))
	special := []float32{0, float32(math.Copysign(0, -1)), float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), 1, -1, 1e-40, -1e-40, math.MaxFloat32}
	for _, step := range []int{1, 2, 3, 4} {
		for _, n := range []int{0, 1, 63, 64, 65, 127, 128, 1000, 2048} {
			column := make([]float32, n*step)
			for i := range column {
				if column[i] = r.Float32() - 0.5; r.IntN(3) == 0 {
					column[i] = special[r.IntN(len(special))]
				}
			}
			for component := range min(step, n*step) {
				a := column[component:]
				for op, kernel := range map[string]func([]uint64, []float32, int, int, float32){"<": below[float32], ">": above[float32], "==": equals[float32]} {
					for _, c := range append(special, 0.25) {
						want, got := make([]uint64, (n+63)/64), make([]uint64, (n+63)/64)
						kernel(want, a, step, n, c)
						words := lanes(op)(got, a, step, n, c)
						if words < n/64-1 && (step == 1 || step == 3) || !slices.Equal(got[:words], want[:words]) {
							t.Fatalf("%d rows, every %d from %d, %s %v: %d words %x, want %x", n, step, component, op, c, words, got, want)
						}
					}
				}
			}
		}
	}
}
