package stats

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

func frameOf(t testing.TB, age []float32, id []int32) expr.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Points: uint32(len(age))})
	b.Float32s("Age", cache.TypeFloat, age)
	b.Int32s("ID", id)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return expr.Frame{Frame: f}
}

func bind(t testing.TB, f expr.Frame, text string) *expr.Program {
	t.Helper()
	e, err := expr.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	p, err := e.Bind(f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const script = `
import numpy as np, sys, json
d = sys.argv[1]
age, id, mask = np.fromfile(d + "/age", "f4"), np.fromfile(d + "/id", "i4").astype(np.int64), np.fromfile(d + "/mask", "u1") != 0
out = []
for v in (age, age.astype("f8") * 3, id):
    for m in (np.ones(len(v), bool), mask):
        x = v[m]
        y = x[np.isfinite(x)].astype("f8")
        h = np.histogram(y, 16, (y.min(), y.max()))[0]
        out.append(dict(count=len(x), nonFinite=len(x) - len(y), min=y.min(), max=y.max(), mean=y.mean(), std=y.std(), median=np.median(y),
                        distinct=len(np.unique(x)), quantiles=list(np.percentile(y, [0, 1, 10, 50, 99.5, 100])), bins=[int(c) for c in h]))
print(json.dumps(out))
`

func TestSummaryAgreesWithNumpy(t *testing.T) {
	t.Parallel()
	const python = "/usr/bin/python3" // Debian's
	if err := exec.Command(python, "-c", "import numpy").Run(); err != nil {
		t.Skip("numpy is not installed")
	}
	r := rand.New(rand.NewPCG(rand.Uint64(), 1))
	const n = 70_001
	age, id, mask, set := make([]float32, n), make([]int32, n), make([]byte, n), bitset.New(n)
	for i := range n {
		age[i], id[i] = float32(r.NormFloat64()*5+100), int32(r.IntN(3000)-1000)
		switch r.IntN(50) {
		case 0:
			age[i] = float32(math.NaN())
		case 1:
			age[i] = float32(math.Inf(1))
		case 2:
			age[i] = float32(math.Copysign(0, -1))
		}
		if r.IntN(3) == 0 {
			mask[i] = 1
			set.Set(uint(i))
		}
	}
	dir := t.TempDir()
	for name, data := range map[string]any{"age": age, "id": id, "mask": mask} {
		b, err := binary.Append(nil, binary.LittleEndian, data)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	text, err := exec.Command(python, "-c", script, dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Count, NonFinite, Distinct  uint64
		Min, Max, Mean, Std, Median float64
		Quantiles                   []float64
		Bins                        []uint64
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	for i, want := range all {
		p := bind(t, frameOf(t, age, id), []string{"Age", "Age * 1 / 1 + 0 * $time + (Age - Age) * 0", "ID"}[i/2])
		if i/2 == 1 {
			p = bind(t, frameOf(t, age, id), "Age * ($time + 3)") // float64, by a variable; time is 0
		}
		m := set
		if i%2 == 0 {
			m = nil
		}
		got, err := Of(ctx, p, 0, m)
		if err != nil {
			t.Fatal(err)
		}
		near := func(what string, a, b float64) {
			if math.Abs(a-b) > 1e-9*math.Abs(b) {
				t.Errorf("%d: %s is %v, want %v", i, what, a, b)
			}
		}
		if got.Count != want.Count || got.NonFinite != want.NonFinite || i/2 == 2 && got.Distinct != want.Distinct {
			t.Errorf("%d: %+v, want %+v", i, got, want)
		}
		near("min", got.Min, want.Min)
		near("max", got.Max, want.Max)
		near("mean", got.Mean, want.Mean)
		near("deviation", got.Deviation, want.Std)
		near("median", got.Median, want.Median)
		q, err := Quantiles(ctx, p, 0, m, 0, 0.01, 0.1, 0.5, 0.995, 1)
		if err != nil {
			t.Fatal(err)
		}
		for k := range q {
			near(fmt.Sprint("quantile ", k), q[k], want.Quantiles[k])
		}
		h, err := Count(ctx, p, 0, m, got.Min, got.Max, 16)
		if err != nil {
			t.Fatal(err)
		}
		moved := 0 // values at the very edge of a bin, by rounding
		for k := range h.Bins {
			moved += int(math.Abs(float64(h.Bins[k]) - float64(want.Bins[k])))
		}
		if moved > 4 || h.Below+h.Above != 0 || h.NonFinite != want.NonFinite {
			t.Errorf("%d: bins %v, want %v", i, h, want.Bins)
		}
	}
}

func TestSummaryOfNothingAndOfNothingFinite(t *testing.T) {
	t.Parallel()
	nan := float32(math.NaN())
	for _, age := range [][]float32{{}, {nan, nan}} {
		f := frameOf(t, age, make([]int32, len(age)))
		s, err := Of(context.Background(), bind(t, f, "Age"), 0, nil)
		if err != nil || s.Count != uint64(len(age)) || s.NonFinite != s.Count || s.Mean == s.Mean || s.Median == s.Median {
			t.Error(s, err)
		}
		if q, err := Quantiles(context.Background(), bind(t, f, "Age"), 0, nil, 0.5); err != nil || q[0] == q[0] {
			t.Error(q, err)
		}
	}
}

func TestWholeNumbersFarApartAreToldApart(t *testing.T) {
	t.Parallel()
	id := []int32{math.MinInt32, math.MaxInt32, 5, 5, 0}
	s, err := Of(context.Background(), bind(t, frameOf(t, make([]float32, 5), id), "ID"), 0, nil)
	if err != nil || s.Distinct != 4 || s.Median != 5 {
		t.Error(s, err)
	}
}

func TestMediansOfMillionsOfValues(t *testing.T) {
	t.Parallel()
	const n = 2_500_001
	same, age, id := make([]float32, n), make([]float32, n), make([]int32, n)
	for i := range n {
		same[i], age[i], id[i] = -7.5, 1+float32(i%1000)/4096, int32(i%3) // alike in their upper bits
	}
	for text, want := range map[string]float64{"Age": 1 + 499./4096, "ID": 1, "Age * ($time + 2)": 2 + 998./4096} {
		q, err := Quantiles(context.Background(), bind(t, frameOf(t, age, id), text), 0, nil, 0.5, 0.5001)
		if err != nil || q[0] != want {
			t.Error(text, q, want, err)
		}
	}
	q, err := Quantiles(context.Background(), bind(t, frameOf(t, same, id), "Age"), 0, nil, 0, 0.3, 1)
	if err != nil || q[0] != -7.5 || q[1] != -7.5 || q[2] != -7.5 {
		t.Error(q, err)
	}
}

func TestNthIsThatOfASort(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(rand.Uint64(), 2))
	for range 300 {
		v := make([]int64, 1+r.IntN(50))
		for i := range v {
			v[i] = int64(r.IntN(20))
		}
		want := slices.Sorted(slices.Values(v))
		k := r.IntN(len(v))
		if got := nth(v, k); got != want[k] || k+1 < len(v) && slices.Min(v[k+1:]) != want[k+1] {
			t.Fatal(got, want, k, v)
		}
	}
}

func TestMediansOfAnyOrderAndShape(t *testing.T) {
	t.Parallel()
	const n = 800_000
	r := rand.New(rand.NewPCG(rand.Uint64(), 3))
	for name, of := range map[string]func(i int) float32{
		"rising":     func(i int) float32 { return float32(i) },
		"waves":      func(i int) float32 { return float32(i % 2048) },
		"mostly one": func(i int) float32 { return float32(min(i%10, 1)) },
		"halves":     func(i int) float32 { return float32(i / (n / 2)) },
		"random":     func(int) float32 { return float32(r.NormFloat64()) },
		"with NaN":   func(i int) float32 { return float32(math.Sqrt(float64(i%100 - 30))) },
	} {
		age := make([]float32, n)
		var finite []float64
		for i := range age {
			if age[i] = of(i); age[i] == age[i] {
				finite = append(finite, float64(age[i]))
			}
		}
		slices.Sort(finite)
		m := len(finite)
		want := (finite[(m-1)/2] + finite[m/2]) / 2
		s, err := Of(context.Background(), bind(t, frameOf(t, age, make([]int32, n)), "Age"), 0, nil)
		if err != nil || s.Median != want {
			t.Errorf("%s: %v, want %v (%v)", name, s.Median, want, err)
		}
	}
}

func TestHistogramOfOneValueHasItInTheMiddle(t *testing.T) {
	t.Parallel()
	h, err := Count(context.Background(), bind(t, frameOf(t, []float32{7, 7, 7}, make([]int32, 3)), "Age"), 0, nil, 7, 7, 5)
	if err != nil || h.Bins[2] != 3 || h.Lo >= 7 || h.Hi <= 7 {
		t.Error(h, err)
	}
	if lo, hi := h.Ends(2); lo > 7 || hi < 7 {
		t.Error(lo, hi)
	}
}

func BenchmarkStats(b *testing.B) {
	const n = 10_000_000
	r := rand.New(rand.NewPCG(1, 2))
	age, id := make([]float32, n), make([]int32, n)
	for i := range age {
		age[i], id[i] = r.Float32(), int32(i)
	}
	f := frameOf(b, age, id)
	p, ctx := bind(b, f, "Age"), context.Background()
	b.Run("summary", func(b *testing.B) {
		for b.Loop() {
			Of(ctx, p, 0, nil)
		}
	})
	b.Run("histogram", func(b *testing.B) {
		for b.Loop() {
			Count(ctx, p, 0, nil, 0, 1, 256)
		}
	})
}
