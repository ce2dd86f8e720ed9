package probe

import (
	"math/rand/v2"
	"slices"
	"testing"

	"iceexplorer/cache"
)

func TestPointsAreFoundWhereverTheyWere(t *testing.T) {
	t.Parallel()
	ids := make([]int32, 100_000)
	for i := range ids {
		ids[i] = int32(3 * i)
	}
	for _, row := range []int{0, 1, 4095, 4097, 50_000, 99_999} {
		for _, hint := range []int{-5, 0, row, row + 10, 99_999, 1 << 40} {
			if got, ok := Find(ids, ids[row], hint); !ok || got != row {
				t.Errorf("row %d from %d: %d, %v", row, hint, got, ok)
			}
		}
	}
	if _, ok := Find(ids, 1, 7); ok {
		t.Error("found a point that is not there")
	}
	if _, ok := Find(nil, 1, 7); ok {
		t.Error("found a point among none")
	}
}

func TestPointsAreFoundTogether(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	ids := make([]int32, 50_000)
	for i := range ids {
		ids[i] = int32(i-20_000) * 3
	}
	r.Shuffle(len(ids), func(i, k int) { ids[i], ids[k] = ids[k], ids[i] })
	known := cache.Range{Min: float64(slices.Min(ids)), Max: float64(slices.Max(ids)), Finite: uint64(len(ids))}
	for _, n := range []int{1, 2, Most} {
		var of []int32
		for len(of) < n {
			if id := int32(r.IntN(400_000) - 200_000); !slices.Contains(of, id) {
				of = append(of, id)
			}
		}
		of[0] = ids[49_999] // is there
		at, rows := make([]int, n), make([]int, n)
		for range 2 { // the second time from where they were
			findAll(ids, known, of, at, rows)
			for i, id := range of {
				if want := slices.Index(ids, id); rows[i] != want || want >= 0 && at[i] != want {
					t.Errorf("%d of %d: row %d from %d, want %d", id, n, rows[i], at[i], want)
				}
			}
		}
	}
}
