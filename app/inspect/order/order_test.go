package order

import (
	"cmp"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

// check compares a permutation with that of a stable sort by comparing.
func check[K any](t *testing.T, name string, rows []uint32, keys []K, opt Options, compare func(a, b K) int, sort func(context.Context, []uint32, []K, Options) ([]uint32, error)) {
	t.Helper()
	got, err := sort(context.Background(), rows, keys, opt)
	if err != nil {
		t.Fatal(err)
	}
	at := make([]int, len(keys))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return compare(keys[a], keys[b]) })
	for i, k := range at {
		want := uint32(k)
		if rows != nil {
			want = rows[k]
		}
		if got[i] != want {
			t.Fatalf("%s, descending %v: row %d is %d, want %d", name, opt.Descending, i, got[i], want)
		}
	}
}

func TestSortsAreStableAndHaveNaNLast(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	special := []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), 1, -1, 1e-40, -1e-40, math.MaxFloat32, -math.MaxFloat32}
	nanLast := func(less func(a, b float64) int) func(a, b float64) int {
		return func(a, b float64) int {
			if a != a || b != b {
				return int(b2i(a != a) - b2i(b != b))
			}
			return less(a, b)
		}
	}
	for _, n := range []int{0, 1, 2, 63, 1000, 300_000} {
		f32, f64, whole, text, rows := make([]float32, n), make([]float64, n), make([]int64, n), make([]string, n), make([]uint32, n)
		for i := range n {
			f64[i] = float64(r.Int32()) / 7
			if r.IntN(5) == 0 {
				f64[i] = special[r.IntN(len(special))]
			}
			f32[i] = float32(f64[i])
			whole[i] = int64(r.Uint64()) >> r.IntN(64)
			text[i] = strconv.Itoa(r.IntN(50))
			rows[i] = uint32(n - i)
		}
		for _, desc := range []bool{false, true} {
			opt, turn := Options{Descending: desc}, 1
			if desc {
				turn = -1
			}
			by := nanLast(func(a, b float64) int { return turn * cmp.Compare(a, b) })
			check(t, "float64", nil, f64, opt, by, Float64s)
			check(t, "float64 of rows", rows, f64, opt, by, Float64s)
			by32 := func(a, b float32) int { return by(float64(a), float64(b)) }
			check(t, "float32", nil, f32, opt, by32, Float32s)
			check(t, "float32 of rows", rows, f32, opt, by32, Float32s)
			check(t, "whole", nil, whole, opt, func(a, b int64) int { return turn * cmp.Compare(a, b) }, Int64s)
			check(t, "text", rows, text, opt, func(a, b string) int { return turn * cmp.Compare(a, b) }, Strings)
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestOneKeyForAllLeavesRowsAsTheyWere(t *testing.T) {
	t.Parallel()
	got, err := Float32s(context.Background(), []uint32{5, 2, 9}, []float32{1, 1, 1}, Options{Descending: true})
	if err != nil || !slices.Equal(got, []uint32{5, 2, 9}) {
		t.Error(got, err)
	}
}

func TestACanceledSortSaysSo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	keys := make([]float32, 1_000_000)
	_, err := Float32s(ctx, nil, keys, Options{Progress: func(float64) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Strings(ctx, nil, []string{"a"}, Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func BenchmarkSort(b *testing.B) {
	const n = 10_000_000
	r := rand.New(rand.NewPCG(1, 2))
	f32, f64 := make([]float32, n), make([]float64, n)
	for i := range f32 {
		f32[i] = r.Float32()
		f64[i] = r.Float64()
	}
	b.Run("float32", func(b *testing.B) {
		for b.Loop() {
			Float32s(context.Background(), nil, f32, Options{})
		}
	})
	b.Run("float64", func(b *testing.B) {
		for b.Loop() {
			Float64s(context.Background(), nil, f64, Options{})
		}
	})
}
