package exporttest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"iceexplorer/cache"
)

// Frames are what every format is tried on, by name: a cloud as a simulation leaves it, and
// odd frames with every type, of as many points as are known to be trouble.
func Frames(t testing.TB) map[string]*cache.Frame {
	t.Helper()
	out := map[string]*cache.Frame{"cloud": Cloud(t, 20_000)}
	for _, n := range []int{0, 1, 3, 4000, 4001} {
		out[fmt.Sprintf("odd, %d points", n)] = odd(t, n)
	}
	return out
}

func frame(t testing.TB, b *cache.Builder) *cache.Frame {
	t.Helper()
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// Cloud is a cloud of n points as a simulation leaves it.
func Cloud(t testing.TB, n int) *cache.Frame {
	t.Helper()
	r := rand.New(rand.NewPCG(11, 13))
	floats := func(n int) []float32 {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
		return v
	}
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(i)
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n)})
	b.Float32s("PointPosition", cache.TypeVector3, floats(3*n))
	b.Float32s("PointVelocity", cache.TypeVector3, floats(3*n))
	b.Float32s("Color", cache.TypeColor4, floats(4*n))
	b.Float32s("Size", cache.TypeFloat, []float32{0.1})
	b.Int32s("ID", ids)
	return frame(t, b)
}

var fixed = []cache.DataType{cache.TypeBool, cache.TypeLong, cache.TypeFloat, cache.TypeVector2, cache.TypeVector3, cache.TypeVector4,
	cache.TypeQuaternion, cache.TypeMatrix33, cache.TypeMatrix44, cache.TypeColor4, cache.TypeRotation}

// odd is a frame of n points with every type and structure, constant and not, values that
// are no numbers and names that are no ASCII.
func odd(t testing.TB, n int) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n)})
	for _, typ := range fixed {
		b.Add(cache.Column{Name: "Single_" + typ.String(), Type: typ}, values(typ, n), nil)
		b.Add(cache.Column{Name: "Array_" + typ.String(), Type: typ, Structure: cache.Array, Category: cache.CategoryCustom}, values(typ, 2*n), offsets(n, 2*n))
		if n > 1 {
			b.Add(cache.Column{Name: "Constant_" + typ.String(), Type: typ}, values(typ, 1), nil)
		}
	}
	notNumbers := make([]float32, n)
	for i := range notNumbers {
		notNumbers[i] = []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.Copysign(0, -1)), 1e-45}[i%5]
	}
	b.Float32s("Größe 大", cache.TypeFloat, notNumbers)
	b.Add(cache.Column{Name: "PointPosition", Type: cache.TypeVector3}, values(cache.TypeVector3, n), nil)
	b.Add(cache.Column{Name: "PerObject", Type: cache.TypeFloat, Context: cache.ContextSingleton}, values(cache.TypeFloat, 1), nil)
	if n > 0 {
		rows := make([]string, n)
		for i := range rows {
			rows[i] = []string{"grün\x00\xff/", "", "a,\"b\"\n"}[i%3]
		}
		b.Strings("Strings", rows)
		b.Add(cache.Column{Name: "Blobs", Type: cache.TypeCustom, BlobTypes: []string{"a/b", ""}}, make([]byte, n), offsets(n, n))
		b.AddVariableArray(cache.Column{Name: "StringArrays", Type: cache.TypeString, Structure: cache.Array}, []byte("hello world"), offsets(n, 4), offsets(4, 11))
		b.Add(cache.Column{Name: "EmptyArrays", Type: cache.TypeLong, Structure: cache.Array}, nil, make([]uint64, n+1))
		shapes := make([]cache.ShapeRecord, n)
		for i := range shapes {
			shapes[i] = cache.ShapeRecord{Type: int32(i % 8)}
		}
		shapes[0] = cache.ShapeRecord{Type: cache.ShapeReference, ObjectID: 9, Remap: true, Target: "a.b", Model: "{1}"}
		b.Shapes("Shapes", shapes)
	}
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(i * 7)
	}
	b.Int32s("ID", ids)
	return frame(t, b)
}

// values are n values as they are stored.
func values(t cache.DataType, n int) []byte {
	b := make([]byte, uint64(n)*t.ValueSize())
	for i := range b {
		if t == cache.TypeBool {
			b[i] = byte(i) & 1
		} else if i%4 == 3 {
			b[i] = 0x40 // floats of a size that people would write
		} else {
			b[i] = byte(i * 31)
		}
	}
	return b
}

// offsets take total values apart into rows of different lengths.
func offsets(rows, total int) []uint64 {
	o := make([]uint64, rows+1)
	for i := 1; i <= rows; i++ {
		o[i] = min(o[i-1]+uint64(i%4), uint64(total))
	}
	o[rows] = uint64(total)
	return o
}
