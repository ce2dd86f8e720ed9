package measure

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"iceexplorer/cache"
)

// kernels are asked the same questions.
var kernels = map[string]func(k kind, dst, src []byte, acc *Acc){
	"chosen":      func(k kind, dst, src []byte, acc *Acc) { kernel(k, dst, src, false, acc) },
	"past caches": func(k kind, dst, src []byte, acc *Acc) { kernel(k, dst, src, true, acc) },
	"go":          kernelGo,
}

// expectation is what the naive reference finds for one component.
type expectation struct {
	cache.Range
	absolute float64 // mean of absolute values, the scale of rounding
}

// value decodes one component.
func value(k kind, p []byte) float64 {
	switch k {
	case kindFloat32:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(p)))
	case kindInt32:
		return float64(int32(binary.LittleEndian.Uint32(p)))
	}
	return float64(p[0])
}

func naive(k kind, src []byte, comps int) []expectation {
	out := make([]expectation, comps)
	for c := range out {
		e := &out[c]
		// Sums with compensation (Kahan), so that the reference isn't the
		// least accurate of all.
		sum, lost := 0.0, 0.0
		for i := c * k.size(); i < len(src); i += comps * k.size() {
			x := value(k, src[i:])
			if math.IsNaN(x) || math.IsInf(x, 0) {
				e.NonFinite++
				continue
			}
			if e.Finite == 0 || x < e.Min {
				e.Min = x
			}
			if e.Finite == 0 || x > e.Max {
				e.Max = x
			}
			e.Finite++
			e.absolute += math.Abs(x)
			y := x - lost
			next := sum + y
			lost = next - sum - y
			sum = next
		}
		if e.Finite > 0 {
			e.Mean = sum / float64(e.Finite)
			e.absolute /= float64(e.Finite)
		}
	}
	return out
}

func check(t *testing.T, what string, acc *Acc, want []expectation) {
	t.Helper()
	for c, r := range acc.Ranges() {
		w := want[c]
		if r.Min != w.Min || r.Max != w.Max || r.Finite != w.Finite || r.NonFinite != w.NonFinite ||
			!(math.Abs(r.Mean-w.Mean) <= 1e-12*w.absolute) {
			t.Fatalf("%s, component %d: %+v, want %+v", what, c, r, w.Range)
		}
	}
}

// naiveLengths takes lengths as big.Float has them: the reference must not share how
// squares are added up.
func naiveLengths(src []byte, comps int) cache.Lengths {
	var l cache.Lengths
	for i := 0; i < len(src); i += 4 * comps {
		square, finite := new(big.Float).SetPrec(400), true
		for c := range comps {
			x := value(kindFloat32, src[i+4*c:])
			if finite = finite && !math.IsNaN(x) && !math.IsInf(x, 0); finite {
				f := new(big.Float).SetPrec(400).SetFloat64(x)
				square.Add(square, f.Mul(f, f))
			}
		}
		if !finite {
			l.NonFinite++
			continue
		}
		length, _ := square.Sqrt(square).Float64()
		if l.Finite == 0 || length < l.Min {
			l.Min = length
		}
		if l.Finite == 0 || length > l.Max {
			l.Max = length
		}
		l.Finite++
	}
	return l
}

func checkLengths(t *testing.T, what string, got, want cache.Lengths) {
	t.Helper()
	near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-15*math.Abs(b) }
	if got.Finite != want.Finite || got.NonFinite != want.NonFinite || !near(got.Min, want.Min) || !near(got.Max, want.Max) {
		t.Fatalf("%s: lengths %+v, want %+v", what, got, want)
	}
}

func TestLengthsOfVectorsAreMeasuredWithTheirComponents(t *testing.T) {
	t.Parallel()
	for which, kernel := range kernels {
		for _, comps := range []int{2, 3, 4, 9, 16} {
			for _, n := range []int{2, 7, 8, 9, 17, 128, 1000, 4001} {
				for _, special := range []float64{0, 0.0005, 0.2} {
					what := fmt.Sprintf("%s, %d x %d, special %g", which, n, comps, special)
					src := column(kindFloat32, n, comps, special)
					want := naiveLengths(src, comps)
					acc := New(comps)
					kernel(kindFloat32, make([]byte, len(src)), shifted(src, n%4), acc)
					checkLengths(t, what, acc.Lengths(), want)
					half := n / 2 * 4 * comps
					left, right := New(comps), New(comps)
					kernel(kindFloat32, nil, src[:half], left)
					kernel(kindFloat32, nil, src[half:], right)
					left.Merge(right)
					checkLengths(t, what+", merged", left.Lengths(), want)
				}
			}
		}
		one := New(1)
		kernel(kindFloat32, nil, column(kindFloat32, 100, 1, 0), one)
		if one.Lengths() != (cache.Lengths{}) {
			t.Errorf("%s: values of one component have lengths: %+v", which, one.Lengths())
		}
	}
}

func TestColumnMeasuresWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	data := column(kindFloat32, 100, 3, 0)
	whole := cache.Column{Name: "V", Type: cache.TypeVector3, Rows: 100, Values: 100}
	Column(&whole, data)
	if len(whole.Ranges) != 3 || whole.Lengths.Finite != 100 || !whole.Measured() {
		t.Errorf("nothing was known: %+v", whole)
	}
	said := []cache.Range{{Max: 7, Finite: 100}, {Max: 8, Finite: 100}, {Max: 9, Finite: 100}}
	part := cache.Column{Name: "V", Type: cache.TypeVector3, Rows: 100, Values: 100, Ranges: said}
	if Column(&part, data); part.Ranges[0].Max != 7 || part.Lengths != whole.Lengths {
		t.Errorf("ranges were known: %+v", part)
	}
	for _, c := range []cache.Column{{Type: cache.TypeString, Rows: 3, Values: 3}, {Type: cache.TypeVector3}, {Type: cache.TypeLong, Rows: 1, Values: 1, Ranges: said[:1]}} {
		before := fmt.Sprintf("%+v", c)
		if Column(&c, []byte{1, 2, 3, 4}); fmt.Sprintf("%+v", c) != before {
			t.Errorf("there was nothing to measure: %+v", c)
		}
	}
}

func TestAContextEndsAMeasurement(t *testing.T) {
	t.Parallel()
	data := make([]byte, 3*contextStep)
	want := cache.Column{Type: cache.TypeFloat, Rows: uint64(len(data) / 4), Values: uint64(len(data) / 4)}
	got := want
	ctx, cancel := context.WithCancel(t.Context())
	if err := ColumnContext(ctx, &got, data); err != nil || !got.Measured() || got.Ranges[0].Finite != want.Values {
		t.Errorf("%v, %+v", err, got)
	}
	cancel()
	if err := ColumnContext(ctx, &want, data); !errors.Is(err, context.Canceled) || want.Measured() {
		t.Errorf("%v, %+v", err, want)
	}
}

// column makes n values of comps components. special is the chance of each
// component to be something odd.
func column(k kind, n, comps int, special float64) []byte {
	rnd := rand.New(rand.NewPCG(uint64(n), uint64(comps)))
	odd := []float32{
		float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), 0, float32(math.Copysign(0, -1)),
		math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32, math.MaxFloat32, -math.MaxFloat32,
	}
	var out []byte
	for range n * comps {
		switch k {
		case kindFloat32:
			x := float32(rnd.NormFloat64()*10 + 3)
			if rnd.Float64() < special {
				x = odd[rnd.IntN(len(odd))]
			}
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
		case kindInt32:
			x := rnd.Int32N(1000) - 300
			if rnd.Float64() < special {
				x = []int32{math.MaxInt32, math.MinInt32, 0}[rnd.IntN(3)]
			}
			out = binary.LittleEndian.AppendUint32(out, uint32(x))
		case kindUint8:
			out = append(out, byte(rnd.IntN(2)))
			if rnd.Float64() < special {
				out[len(out)-1] = byte(rnd.IntN(256))
			}
		}
	}
	return out
}

// shifted returns a copy of p that starts off bytes after an aligned address,
// with room for guard bytes after it.
func shifted(p []byte, off int) []byte {
	b := make([]byte, off+len(p)+64)
	copy(b[off:], p)
	return b[off:][:len(p)]
}

func TestMatchesTheNaiveReference(t *testing.T) {
	t.Parallel()
	for which, kernel := range kernels {
		for _, k := range []kind{kindFloat32, kindInt32, kindUint8} {
			for comps := 1; comps <= MaxComponents; comps++ {
				for _, n := range []int{1, 2, 3, 7, 8, 31, 32, 33, 127, 128, 129, 1000, 4000, 9001} {
					for _, special := range []float64{0, 0.0002, 0.3} {
						src := column(k, n, comps, special)
						want := naive(k, src, comps)
						what := fmt.Sprintf("%s, kind %d, %d x %d, special %g", which, k, n, comps, special)

						off := (n + comps) % 5
						src = shifted(src, off)
						dst := bytes.Repeat([]byte{0xa5}, len(src)+64)[off/2:]
						acc := New(comps)
						kernel(k, dst, src, acc)
						check(t, what, acc, want)
						if !bytes.Equal(dst[:len(src)], src) {
							t.Fatalf("%s: copy differs", what)
						}
						for _, b := range dst[len(src):] {
							if b != 0xa5 {
								t.Fatalf("%s: wrote past the end", what)
							}
						}

						acc.Reset(comps)
						kernel(k, nil, src, acc)
						check(t, what+", measured only", acc, want)
					}
				}
			}
		}
	}
}

func TestRunsAndMergesAddUp(t *testing.T) {
	t.Parallel()
	for which, kernel := range kernels {
		for _, comps := range []int{1, 3, 4, 9} {
			src := column(kindFloat32, 30_011, comps, 0.001)
			want := naive(kindFloat32, src, comps)
			size := 4 * comps
			runs, left, right := New(comps), New(comps), New(comps)
			for i := 0; i < len(src); i += 4000 * size {
				kernel(kindFloat32, nil, src[i:min(i+4000*size, len(src))], runs)
			}
			check(t, which+" in runs", runs, want)
			kernel(kindFloat32, nil, src[:1234*size], left)
			kernel(kindFloat32, nil, src[1234*size:], right)
			left.Merge(right)
			left.Merge(New(comps))
			check(t, which+" merged", left, want)
		}
	}
}

func TestMeanOfManyValuesStaysAccurate(t *testing.T) {
	t.Parallel()
	// A float32 sum would lose the fraction long before the end.
	const n = 1 << 20
	src := make([]byte, 0, 4*n)
	for i := range n {
		src = binary.LittleEndian.AppendUint32(src, math.Float32bits(4096+float32(i%2)/2))
	}
	for which, kernel := range kernels {
		acc := New(1)
		kernel(kindFloat32, nil, src, acc)
		if r := acc.Range(0); r.Mean != 4096.25 {
			t.Errorf("%s: mean %v", which, r.Mean)
		}
	}
}

func TestColumnsWithoutFiniteValuesAreZero(t *testing.T) {
	t.Parallel()
	src := bytes.Repeat([]byte{0, 0, 0xc0, 0x7f, 0, 0, 0x80, 0xff}, 3000) // NaN, -Inf
	for which, kernel := range kernels {
		acc := New(2)
		kernel(kindFloat32, nil, src, acc)
		for c, r := range acc.Ranges() {
			if r != (cache.Range{NonFinite: 3000}) {
				t.Errorf("%s, component %d: %+v", which, c, r)
			}
		}
	}
	if r := New(1).Range(0); r != (cache.Range{}) {
		t.Errorf("nothing measured: %+v", r)
	}
}

func TestZerosLoseTheirSign(t *testing.T) {
	t.Parallel()
	src := bytes.Repeat([]byte{0, 0, 0, 0x80}, 500)
	for which, kernel := range kernels {
		acc, dst := New(1), make([]byte, len(src))
		kernel(kindFloat32, dst, src, acc)
		r := acc.Range(0)
		if math.Signbit(r.Min) || math.Signbit(r.Max) || math.Signbit(r.Mean) || r.Min != 0 || r.Finite != 500 {
			t.Errorf("%s: %+v", which, r)
		}
		if !bytes.Equal(dst, src) {
			t.Errorf("%s: the copy lost signs", which)
		}
	}
}

func TestCopyKeepsSignallingNaNs(t *testing.T) {
	t.Parallel()
	src := bytes.Repeat([]byte{1, 0, 0x80, 0x7f, 2, 0, 0x80, 0xff}, 700)
	for which, kernel := range kernels {
		dst := make([]byte, len(src))
		kernel(kindFloat32, dst, src, New(1))
		if !bytes.Equal(dst, src) {
			t.Errorf("%s: bits changed", which)
		}
	}
}

func TestInPlaceOnlyMeasures(t *testing.T) {
	t.Parallel()
	src := column(kindFloat32, 5000, 3, 0.01)
	before := bytes.Clone(src)
	acc := New(3)
	CopyFloat32(src, src, acc)
	check(t, "in place", acc, naive(kindFloat32, before, 3))
	if !bytes.Equal(src, before) {
		t.Error("values changed")
	}
}

func TestExportedFunctionsChooseTheirKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		k       kind
		elem    cache.Elem
		copy    func(dst, src []byte, acc *Acc)
		measure func(src []byte, acc *Acc)
	}{
		{kindFloat32, cache.ElemFloat32, CopyFloat32, Float32},
		{kindInt32, cache.ElemInt32, CopyInt32, Int32},
		{kindUint8, cache.ElemUint8, CopyUint8, Uint8},
	} {
		src := column(c.k, 4000, 2, 0.01)
		want := naive(c.k, src, 2)
		acc, dst := New(2), make([]byte, len(src))
		c.copy(dst, src, acc)
		check(t, c.elem.String()+" copied", acc, want)
		if !bytes.Equal(dst, src) {
			t.Errorf("%v: copy differs", c.elem)
		}
		acc.Reset(2)
		c.measure(src, acc)
		check(t, c.elem.String()+" measured", acc, want)
		acc.Reset(2)
		clear(dst)
		Copy(c.elem, dst, src, acc)
		check(t, c.elem.String()+" by elem", acc, want)
		acc.Reset(2)
		clear(dst)
		Stream(c.elem, dst, src, acc)
		check(t, c.elem.String()+" streamed", acc, want)
		if !bytes.Equal(dst, src) {
			t.Errorf("%v streamed: copy differs", c.elem)
		}
		if !bytes.Equal(dst, src) {
			t.Errorf("%v by elem: copy differs", c.elem)
		}
	}
}

func TestWrongLengthsPanic(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func(){
		"part of a value":    func() { Float32(make([]byte, 16), New(3)) },
		"short destination":  func() { CopyFloat32(make([]byte, 8, 100), make([]byte, 12), New(3)) },
		"empty destination":  func() { CopyUint8([]byte{}, make([]byte, 12), New(1)) },
		"no components":      func() { New(0) },
		"too many":           func() { New(17) },
		"merge of others":    func() { New(2).Merge(New(3)) },
		"component past end": func() { New(2).Range(2) },
		"unknown elements":   func() { Copy(cache.ElemNone, nil, nil, New(1)) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
	acc := New(3)
	CopyFloat32(nil, nil, acc)
	if acc.Range(1) != (cache.Range{}) {
		t.Error("nothing isn't empty")
	}
}
