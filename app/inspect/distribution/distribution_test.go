package distribution

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

func parse(t testing.TB, text string) *expr.Expr {
	t.Helper()
	e, err := expr.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

const points = 20_000

// frame has ages from 0 to 4 of which some are no numbers, kinds from -3 to 3, IDs far
// apart, and velocities.
func frame(t testing.TB) (f expr.Frame, age []float32, kind []int32) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 9))
	age, kind = make([]float32, points), make([]int32, points)
	id, vel := make([]int32, points), make([]float32, 3*points)
	for i := range age {
		age[i], kind[i], id[i] = r.Float32()*r.Float32()*4, r.Int32N(7)-3, r.Int32N(100_000)
		vel[3*i], vel[3*i+2] = 3*age[i], 4*age[i]
		if i%100 == 0 {
			age[i] = float32(math.NaN())
		}
	}
	b := cache.NewBuilder(cache.Header{Points: points})
	b.Float32s("Age", cache.TypeFloat, age)
	b.Int32s("Kind", kind)
	b.Int32s("ID", id)
	b.Float32s("PointVelocity", cache.TypeVector3, vel)
	made, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return expr.Frame{Frame: made}, age, kind
}

const numpy = `
import numpy as np, sys, json
d = sys.argv[1]
age, kind = np.fromfile(d + "/age", "f4"), np.fromfile(d + "/kind", "i4")
v = age[(kind > 0) & np.isfinite(age)].astype("f8")
print(json.dumps(dict(bins=[int(n) for n in np.histogram(v, 128, (v.min(), v.max()))[0]], nonFinite=int(((kind > 0) & ~np.isfinite(age)).sum()),
    percentiles=list(np.percentile(v, [1, 5, 25, 50, 75, 95, 99])), mean=v.mean())))
`

func TestCountsAreThoseOfNumpy(t *testing.T) {
	t.Parallel()
	if exec.Command("python3", "-c", "import numpy").Run() != nil {
		t.Skip("no numpy")
	}
	f, age, kind := frame(t)
	dir := t.TempDir()
	for name, data := range map[string]any{"age": age, "kind": kind} {
		file, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := binary.Write(file, binary.LittleEndian, data); err != nil {
			t.Fatal(err)
		}
		file.Close()
	}
	out, err := exec.Command("python3", "-c", numpy, dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Bins        []uint64
		NonFinite   uint64
		Percentiles []float64
		Mean        float64
	}
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	v, err := Bind(ctx, parse(t, "Age"), parse(t, "Kind > 0"), f)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := v.Sum(ctx)
	if err != nil {
		t.Fatal(err)
	}
	h, err := v.Count(ctx, inspect.Span{Lo: sum.Min, Hi: sum.Max}, 0)
	if err != nil {
		t.Fatal(err)
	}
	q, err := v.Percentiles(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(h.Bins, want.Bins) || h.NonFinite != want.NonFinite || sum.NonFinite != want.NonFinite || h.Below+h.Above != 0 {
		t.Errorf("%+v, want %+v", h, want)
	}
	for i := range q {
		if math.Abs(q[i]-want.Percentiles[i]) > 1e-12 {
			t.Errorf("percentiles %v, want %v", q, want.Percentiles)
		}
	}
	if math.Abs(sum.Mean-want.Mean) > 1e-6 {
		t.Errorf("mean %v, want %v", sum.Mean, want.Mean)
	}
}

func TestVectorsAreTakenByTheirLength(t *testing.T) {
	t.Parallel()
	f, _, _ := frame(t)
	ctx := context.Background()
	for text, title := range map[string]string{"PointVelocity": "PointVelocity.mag", "v*2": "length(v*2)", "v.x": "v.x", "Kind": "Kind"} {
		v, err := Bind(ctx, parse(t, text), nil, f)
		if err != nil || v.Title != title {
			t.Errorf("%s: %v, %v", text, v, err)
		}
	}
	v, err := Bind(ctx, parse(t, "v"), nil, f)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := v.Sum(ctx)
	x, _ := Bind(ctx, parse(t, "v.x"), nil, f)
	of, _ := x.Sum(ctx)
	if err != nil || math.Abs(sum.Max/of.Max-5./3) > 1e-6 {
		t.Errorf("longest %v, x at most %v: %v", sum.Max, of.Max, err)
	}
}

func TestFaultsSayWhereTheyAre(t *testing.T) {
	t.Parallel()
	f, _, _ := frame(t)
	for text, want := range map[string]string{"Aeg": "column 1: Aeg: no such attribute", `"a"`: "column 1: this is text, not a number"} {
		if _, err := Bind(context.Background(), parse(t, text), nil, f); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := Bind(context.Background(), parse(t, "Age"), parse(t, "Kind"), f); err == nil {
		t.Error("a filter that is a number")
	}
}

func TestBinsOfWholeNumbersHoldAsManyEach(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		span   inspect.Span
		lo, hi float64
		bins   int
	}{
		{inspect.Span{Lo: -3, Hi: 3}, -3.5, 3.5, 7}, {inspect.Span{Lo: 0, Hi: 127}, -0.5, 127.5, 128},
		{inspect.Span{Lo: 0, Hi: 128}, -0.5, 128.5, 43}, {inspect.Span{Lo: 0, Hi: 199}, -0.5, 199.5, 100}, {inspect.Span{Lo: 1, Hi: 131}, 0.5, 132.5, 33}, {inspect.Span{Lo: 5, Hi: 5}, 4.5, 5.5, 1},
		{inspect.Span{Lo: 0, Hi: 1e18}, 0, 1e18, Bins},
	} {
		if lo, hi, bins := Axis(c.span, 1, Bins); lo != c.lo || hi != c.hi || bins != c.bins {
			t.Errorf("%v: %v to %v by %d", c.span, lo, hi, bins)
		}
	}
	f, _, kind := frame(t)
	v, err := Bind(context.Background(), parse(t, "Kind"), nil, f)
	if err != nil {
		t.Fatal(err)
	}
	h, err := v.Count(context.Background(), inspect.Span{Lo: -3, Hi: 3}, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]uint64, 7)
	for _, k := range kind {
		want[k+3]++
	}
	if !slices.Equal(h.Bins, want) {
		t.Errorf("%v, want %v", h.Bins, want)
	}
	Add(&h, &h)
	if h.Bins[0] != 2*want[0] {
		t.Error(h.Bins)
	}
	if h, err := v.Count(context.Background(), inspect.NoSpan(), 1); err != nil || len(h.Bins) != 0 || h.NonFinite != 0 {
		t.Error(h, err)
	}
	none, err := Bind(context.Background(), parse(t, "Age * 0 / 0"), nil, f)
	if err != nil {
		t.Fatal(err)
	}
	if h, err := none.Count(context.Background(), inspect.NoSpan(), 0); err != nil || h.NonFinite != points {
		t.Error(h, err)
	}
}
