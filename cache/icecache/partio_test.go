package icecache

import (
	"bytes"
	"fmt"
	"testing"

	"iceexplorer/cache"
)

func TestPartiosLayoutIsWrittenByteForByte(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 3999, 4000, 4001, 8000} {
		for name, attrs := range subjects(n) {
			t.Run(fmt.Sprint(n, " points, ", name), func(t *testing.T) {
				t.Parallel()
				all := append([]made{positions(n)}, attrs...)
				m := maker{version: 103, noTrailing: true, constOnce: true, barePos: true}
				src := m.file(n, all)
				f, err := DecodeBytes(t.Context(), src, Options{})
				if err != nil {
					t.Fatal(err)
				}
				compare(t, f, n, all)
				var b bytes.Buffer
				if err := Encode(t.Context(), &b, f, EncodeOptions{Storage: cache.StoragePlain, Partio: true}); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(b.Bytes(), src) {
					t.Errorf("%d bytes, want %d others", b.Len(), len(src))
				}
			})
		}
	}
}

// Without a flag nothing says that a position is all points': each has it.
func TestPartiosLayoutHasAPositionForEachPoint(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 4001})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3})
	b.Float32s("Size", cache.TypeFloat, []float32{5})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Encode(t.Context(), &out, f, EncodeOptions{Partio: true}); err != nil {
		t.Fatal(err)
	}
	g, err := DecodeBytes(t.Context(), out.Bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	place, size := g.Attribute("PointPosition"), g.Attribute("Size")
	if place.Constant || place.Rows != 4001 || place.Float32s()[3*4000+2] != 3 || !size.Constant || size.Float32s()[0] != 5 {
		t.Errorf("%+v, %+v", place.Column, size.Column)
	}
}
