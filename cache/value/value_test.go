package value

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"iceexplorer/cache"
)

func frame(t *testing.T) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Float32s("P", cache.TypeVector3, []float32{3, 4, 0, float32(math.NaN()), 1, 0.1})
	b.Float32s("Age", cache.TypeFloat, []float32{0.1, -0})
	b.Int32s("ID", []int32{-7, math.MaxInt32})
	b.Bools("Alive", []byte{1, 0})
	b.Strings("Name", []string{"caf\xe9", `a "b"`})
	b.Shapes("Shape", []cache.ShapeRecord{{Type: cache.ShapeInstance, Index: 3}, {Type: cache.ShapeReference, ObjectID: 9, Branch: true, Remap: true, Target: "t", Model: "m"}})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestCellsHaveTheirTypeAndText(t *testing.T) {
	t.Parallel()
	f := frame(t)
	for _, c := range []struct {
		name string
		row  uint64
		want any
		text string
		nums []float64
	}{
		{"P", 0, []float32{3, 4, 0}, "(3, 4, 0)", []float64{3, 4, 0}},
		{"Age", 0, float32(0.1), "0.1", []float64{float64(float32(0.1))}},
		{"ID", 0, int32(-7), "-7", []float64{-7}},
		{"ID", 1, int32(math.MaxInt32), "2147483647", []float64{math.MaxInt32}},
		{"Alive", 0, true, "true", []float64{1}},
		{"Name", 0, "caf\uFFFD", `"caf` + "\uFFFD" + `"`, nil},
		{"Name", 1, `a "b"`, `"a \"b\""`, nil},
		{"Shape", 0, cache.ShapeRecord{Type: cache.ShapeInstance, Index: 3}, "instance 3", []float64{128}},
	} {
		a := f.Attribute(c.name)
		got := OfRow(nil, a, c.row)
		if len(got) != 1 || !reflect.DeepEqual(got[0], c.want) || Text(got[0]) != c.text {
			t.Errorf("%s %d: %#v, %s; want %#v, %s", c.name, c.row, got, Text(got[0]), c.want, c.text)
		}
		if n := Numbers(a, c.row); !slices.Equal(n, c.nums) {
			t.Errorf("%s %d: numbers %v, want %v", c.name, c.row, n, c.nums)
		}
	}
	if got := Text(Of(f.Attribute("P"), 1)); got != "(NaN, 1, 0.1)" {
		t.Error(got)
	}
	if got := Text(Of(f.Attribute("Shape"), 1)); got != `reference to object 9 with its branch, "t" of "m"` {
		t.Error(got)
	}
}

func TestTextOfListsBlobsAndShortNumbers(t *testing.T) {
	t.Parallel()
	if got := List([]any{float32(1), float32(2.5)}); got != "[1, 2.5]" {
		t.Error(got)
	}
	if got := Text([]byte{1, 255}); got != "2 bytes 01ff" {
		t.Error(got)
	}
	if got := Text(make([]byte, 40)); got != "40 bytes "+"0000000000000000000000000000000000000000000000000000000000000000"+"..." {
		t.Error(got)
	}
	for v, want := range map[float64]string{0: "0", math.Copysign(0, -1): "0", 12: "12", 1.234567: "1.2346", 1e12: "1e+12", math.Inf(1): "+Inf", -0.5: "-0.5"} {
		if got := Short(v); got != want {
			t.Errorf("%g: %s, want %s", v, got, want)
		}
	}
	if Length([]float64{3, 4}) != 5 {
		t.Error("3, 4 is not 5 long")
	}
}
