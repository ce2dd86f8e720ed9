package sih5

import (
	"context"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/edsrzf/mmap-go"

	"iceexplorer/cache"
)

// repeated is n values of type t, each component a different number.
func repeated(t cache.DataType, n int) []byte {
	var b []byte
	for i := range n * max(t.Components(), 1) {
		switch t.Elem() {
		case cache.ElemFloat32:
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(i)*0.37-5))
		case cache.ElemInt32:
			b = binary.LittleEndian.AppendUint32(b, uint32(i*7919-100))
		default:
			if b = append(b, byte(i)); t == cache.TypeBool {
				b[i] &= 1
			}
		}
	}
	return b
}

// offsetsOf spreads total over rows, every third row empty.
func offsetsOf(rows, total int) []uint64 {
	o := []uint64{0}
	for i := range rows {
		last := o[len(o)-1]
		switch {
		case i == rows-1:
			last = uint64(total)
		case i%3 != 1:
			last = min(last+uint64(i%4), uint64(total))
		}
		o = append(o, last)
	}
	return o
}

var fixedTypes = []cache.DataType{cache.TypeBool, cache.TypeLong, cache.TypeFloat, cache.TypeVector2, cache.TypeVector3,
	cache.TypeVector4, cache.TypeQuaternion, cache.TypeMatrix33, cache.TypeMatrix44, cache.TypeColor4, cache.TypeRotation}

// everything is a frame of n points with every type and structure, constant and not.
func everything(t testing.TB, n int) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Object: cache.ObjectPolygonMesh, Points: uint32(n), Edges: 5, Polygons: 2,
		Samples: 8, Substeps: 3})
	for _, typ := range fixedTypes {
		b.Add(cache.Column{Name: "Single_" + typ.String(), Type: typ, DatabaseID: 4e9}, repeated(typ, n), nil)
		b.Add(cache.Column{Name: "Array_" + typ.String(), Type: typ, Structure: cache.Array, Category: cache.CategoryCustom},
			repeated(typ, 2*n), offsetsOf(n, 2*n))
		if n > 1 {
			b.Add(cache.Column{Name: "Constant_" + typ.String(), Type: typ}, repeated(typ, 1), nil)
			b.Add(cache.Column{Name: "ConstantArray_" + typ.String(), Type: typ, Structure: cache.Array, Constant: true},
				repeated(typ, 3), []uint64{0, 3})
		}
	}
	b.Add(cache.Column{Name: "PerObject", Type: cache.TypeFloat, Context: cache.ContextSingleton}, repeated(cache.TypeFloat, 1), nil)
	b.Add(cache.Column{Name: "PerEdge", Type: cache.TypeLong, Context: cache.Context1D}, repeated(cache.TypeLong, 5), nil)
	b.Add(cache.Column{Name: "PerPolygon", Type: cache.TypeBool, Context: cache.Context2D}, repeated(cache.TypeBool, 2), nil)
	b.Add(cache.Column{Name: "PerSample", Type: cache.TypeVector2, Context: cache.Context0D2D}, repeated(cache.TypeVector2, 8), nil)
	if n > 0 {
		rows := make([]string, n)
		rows[0] = "grün\x00\xff/"
		b.Strings("Strings", rows)
		b.Strings("EmptyStrings", make([]string, n))
		b.Add(cache.Column{Name: "Blobs", Type: cache.TypeCustom, BlobTypes: []string{"a/b", "", "\x00\xfe", "grün"}},
			repeated(cache.TypeCustom, 9), offsetsOf(n, 9))
		b.Add(cache.Column{Name: "Locations", Type: cache.TypeLocation, Locator: 77}, repeated(cache.TypeLocation, 5), offsetsOf(n, 5))
		b.AddVariableArray(cache.Column{Name: "StringArrays", Type: cache.TypeString, Structure: cache.Array},
			repeated(cache.TypeString, 11), offsetsOf(n, 4), offsetsOf(4, 11))
		b.Add(cache.Column{Name: "EmptyArrays", Type: cache.TypeLong, Structure: cache.Array}, nil, make([]uint64, n+1))
		shapes := make([]cache.ShapeRecord, n)
		for i := range shapes {
			shapes[i] = cache.ShapeRecord{Type: int32(i % 10)}
		}
		b.Shapes("PlainShapes", shapes)
		shapes[0] = cache.ShapeRecord{Type: cache.ShapeReference, ObjectID: 9, Remap: true, Target: "a.b", Model: "{1}"}
		b.Shapes("Shapes", shapes)
	}
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	f.Storage, f.Dialect, f.Warnings = cache.StorageGzip, "plain", []string{"one", "line\nbreak"}
	return f
}

func mustWrite(t testing.TB, f *cache.Frame, src cache.Stamp) (path string, ix *cache.Index) {
	t.Helper()
	path = filepath.Join(t.TempDir(), ".sih5", "a.icecache.sih5")
	ix, err := Write(context.Background(), path, f, src, WriteOptions{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	return path, ix
}

// mapped opens path as the window's process does: a frame over a mapping.
func mapped(t testing.TB, path string, ix *cache.Index) *cache.Frame {
	t.Helper()
	o, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	m, err := mmap.Map(o, mmap.RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f, err := cache.NewFrame(ix, m, m.Unmap)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// sameFrames compares all but where the columns lie and how they are stored.
func sameFrames(t *testing.T, got, want *cache.Frame) {
	t.Helper()
	if got.Header != want.Header {
		t.Errorf("header %+v, want %+v", got.Header, want.Header)
	}
	if len(got.Attributes) != len(want.Attributes) {
		t.Fatalf("%d attributes, want %d", len(got.Attributes), len(want.Attributes))
	}
	for i, w := range want.Attributes {
		g := got.Attributes[i]
		if a, b := described(g), described(w); a != b {
			t.Errorf("attribute %d:\ngot  %s\nwant %s", i, a, b)
			continue
		}
		gp, wp := g.Parts(), w.Parts()
		for j := range wp {
			if w.HasData() && string(gp[j]) != string(wp[j]) {
				t.Errorf("attribute %s: %s differs", w.Name, partNames[j])
			}
		}
	}
}
