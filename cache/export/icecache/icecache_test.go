package icecache_test

import (
	"fmt"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/icecache"
	decoder "iceexplorer/cache/icecache"
)

func decode(t *testing.T, path string) *cache.Frame {
	t.Helper()
	f, err := decoder.DecodeBytes(t.Context(), exporttest.Bytes(t, path), decoder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The viewer that came before looks for names as Softimage spells them, letter by letter.
func TestNamesAreSpelledAsSoftimageDoes(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Float32s("pointposition", cache.TypeVector3, []float32{1, 2, 3})
	b.Float32s("SIZE", cache.TypeFloat, []float32{1})
	b.Float32s("size", cache.TypeFloat, []float32{2})
	b.Float32s("strandposition_", cache.TypeFloat, []float32{3})
	b.Float32s("my_own", cache.TypeFloat, []float32{4})
	b.Int32s("ID", []int32{7})
	b.Int32s("id", []int32{8})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		chosen map[string]string
		want   string
	}{
		{nil, "[pointposition SIZE size strandposition_ my_own ID id]"},
		{map[string]string{"canonical": "true"}, "[PointPosition Size size StrandPosition my_own ID id]"},
		{map[string]string{"canonical": "true", "partio": "true"}, "[PointPosition Size size StrandPosition my_own ID id]"},
	} {
		got := decode(t, exporttest.File(t, icecache.Format(), frame, c.chosen))
		var names []string
		for i, a := range got.Attributes {
			names = append(names, a.Name)
			if string(a.Bytes()) != string(frame.Attributes[i].Bytes()) {
				t.Errorf("%s has other values", a.Name)
			}
		}
		if fmt.Sprint(names) != c.want {
			t.Errorf("%v: %v, want %s", c.chosen, names, c.want)
		}
	}
}

func TestPartioHasItsLayout(t *testing.T) {
	t.Parallel()
	frame := exporttest.Cloud(t, 4000)
	for chosen, want := range map[string]string{"false": "plain", "true": "no trailing chunk, bare positions"} {
		got := decode(t, exporttest.File(t, icecache.Format(), frame, map[string]string{"partio": chosen}))
		if got.Dialect != want {
			t.Errorf("partio %s: %q, want %q", chosen, got.Dialect, want)
		}
		for i, a := range got.Attributes {
			if string(a.Bytes()) != string(frame.Attributes[i].Bytes()) {
				t.Errorf("%s has other values", a.Name)
			}
		}
	}
}
