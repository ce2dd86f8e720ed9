package icecache

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"iceexplorer/cache"
)

func names(f *cache.Frame) []string {
	var out []string
	for _, a := range f.Attributes {
		out = append(out, a.Name)
	}
	return out
}

// Softimage writes PointPosition, Color, ID: attributes were sorted by name, which no
// writer of the format is known to do.
func TestEncodeKeepsTheOrderOfAttributes(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 6))
	b.Float32s("Color", cache.TypeColor4, make([]float32, 8))
	b.Int32s("ID", []int32{4, 5})
	b.Float32s("Age", cache.TypeFloat, make([]float32, 2))
	b.Float32s("age", cache.TypeFloat, make([]float32, 2))
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	for _, opt := range []EncodeOptions{{}, {Storage: cache.StoragePlain, Version: 100}, {Storage: cache.StorageText}} {
		var out bytes.Buffer
		if err := Encode(t.Context(), &out, f, opt); err != nil {
			t.Fatal(err)
		}
		g, err := DecodeBytes(t.Context(), out.Bytes(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := names(g), names(f); !slices.Equal(got, want) {
			t.Errorf("%+v: %q, want %q", opt, got, want)
		}
	}
}

// The one public file that looks written by Softimage comes back byte for byte, but
// for how it is compressed.
func TestSoftimagesOwnFileComesBackAsItWas(t *testing.T) {
	t.Parallel()
	var d Decoder
	file, err := d.Open(t.Context(), filepath.Join(corpus(t), "public", "circle.0001.icecache"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := file.frame(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := names(f); !slices.Equal(got, []string{"PointPosition", "Color", "ID"}) || len(f.Warnings) > 0 || f.Dialect != "plain" {
		t.Errorf("%q, dialect %s, warnings %q", got, f.Dialect, f.Warnings)
	}
	var out bytes.Buffer
	if err := Encode(t.Context(), &out, f, EncodeOptions{Version: f.Header.Version, Storage: cache.StoragePlain}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(out.Bytes(), file.stream) {
		t.Errorf("%d bytes were written of a stream of %d, or others", out.Len(), len(file.stream))
	}
}
