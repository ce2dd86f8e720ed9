package icecache

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"iceexplorer/cache"
)

func decodeMade(t *testing.T, src []byte) *cache.Frame {
	t.Helper()
	f, err := DecodeBytes(t.Context(), src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestRareLayoutsAreFound has a file for each choice that the known dialects don't
// make, and the name that the reading gets.
func TestRareLayoutsAreFound(t *testing.T) {
	t.Parallel()
	const n = 8000
	one := func(name string, code uint32) made { return madeOf(name, code, 1, blobOf) }
	constants := []made{constantOf(madeOf("Mass", 4, 1, floatsOf(1))), constantOf(madeOf("Title", 0x20000, 1, stringOf))}
	arrays := []made{constantOf(arrayOf(madeOf("Same", 2, 1, longOf))), madeOf("Size", 4, n, floatsOf(1))}
	arrays[0].elems = [][]any{{int32(4), int32(5)}}
	location := func(m made) made { m.size = uint32(len(m.elems[0][0].(blob))); return m }
	single := func(m made) made { m.context = 1; return m }
	fixed := madeOf("Where", 2048, n, func(_ *rand.Rand, i int) any { return blob("0123456") })
	for _, c := range []struct {
		want  string
		make  maker
		attrs []made
	}{
		{"positions in chunks", maker{chunkedPos: true}, []made{madeOf("Size", 4, n, floatsOf(1))}},
		{"no value in empty chunks", maker{flagOnly: true}, constants},
		{"constant arrays once", maker{constArray1: true}, append(arrays, constants...)},
		{"constant arrays not in chunks", maker{unchunkedCA: true}, arrays},
		{"other bools in shapes", maker{shapeBool: 1}, []made{madeOf("Shape", 0x8000, n, shapeOf), madeOf("On", 1, n, boolOf)}},
		{"1-byte bools, other bools in shapes", maker{bool1: true, shapeBool: 4}, []made{madeOf("Shape", 0x8000, n, shapeOf), madeOf("On", 1, n, boolOf)}},
		{"strings not padded", maker{unpadded: true}, []made{madeOf("Text", 0x20000, n, stringOf)}},
		{"flags without data", maker{noDataFlags: true}, []made{{name: "Geo", code: 0x400, noData: true}, madeOf("Size", 4, n, floatsOf(1)), {name: "Ref", code: 0x2000, noData: true}}},
		{"plain", maker{}, []made{{name: "Geo", code: 0x400, noData: true}, {name: "Odd", code: 4, context: 3, noData: true}, madeOf("Size", 4, n, floatsOf(1))}},
		{"plain", maker{version: 101, like: 100}, nil},
		{"header of 102", maker{version: 101, like: 102}, nil},
		{"header of 103", maker{version: 101, like: 103}, nil},
		{"plain", maker{userData: "names"}, nil},
		{"user data without names", maker{userData: "none"}, nil},
		{"user data with content", maker{userData: "blobs", version: 102}, nil},
		{"plain", maker{}, []made{madeOf("Blob", 65536, n, blobOf), arrayOf(madeOf("Blobs", 65536, n, blobOf)), madeOf("Where", 2048, n, blobOf)}},
		{"location blocks padded, custom blocks padded", maker{blocks: "padded"}, []made{madeOf("Blob", 65536, n, blobOf), madeOf("Where", 2048, n, blobOf)}},
		{"location blocks once, custom blocks once", maker{blocks: "once"}, []made{constantOf(one("Blob", 65536)), constantOf(one("Where", 2048))}},
		{"location blocks once with flag", maker{blocks: "flagonce"}, []made{constantOf(one("Where", 2048)), madeOf("Size", 4, n, floatsOf(1))}},
		{"location blocks of declared size", maker{blocks: "raw"}, []made{constantOf(location(one("Where", 2048))), madeOf("Size", 4, n, floatsOf(1))}},
		{"location blocks of declared size with flag", maker{blocks: "flagraw"}, []made{constantOf(location(one("Where", 2048)))}},
		{"location elements of declared size", maker{blocks: "raws"}, []made{location(fixed)}},
		{"location blocks in definitions", maker{blocks: "inline"}, []made{constantOf(location(one("Where", 2048)))}},
		{"plain", maker{}, []made{single(madeOf("Where", 2048, 1, blobOf)), single(madeOf("Scale", 4, 1, floatsOf(1)))}},
		{"plain", maker{}, []made{
			{name: "Edge", code: 2, context: 4, elems: madeOf("", 2, 6, longOf).elems},
			{name: "Poly", code: 2, context: 8, elems: madeOf("", 2, 4, longOf).elems},
			{name: "UVs", code: 8, context: 16, elems: madeOf("", 8, 8001, floatsOf(2)).elems},
		}},
	} {
		t.Run(c.want, func(t *testing.T) {
			all := append([]made{positions(n)}, c.attrs...)
			src := c.make.file(n, all)
			f := decodeMade(t, src)
			if f.Dialect != c.want {
				t.Errorf("read as %q", f.Dialect)
			}
			compare(t, f, n, all)
			roundTrip(t, f, EncodeOptions{Storage: cache.StoragePlain}, EncodeOptions{Storage: cache.StorageText})
		})
	}
}

func TestBlocksMayBeAbsent(t *testing.T) {
	t.Parallel()
	all := []made{positions(10), madeOf("Where", 2048, 10, blobOf), madeOf("Blob", 65536, 10, blobOf)}
	m := maker{blocks: "none"}
	f := decodeMade(t, m.file(10, all))
	if f.Dialect != "location blocks absent, custom blocks absent" || f.Attributes[1].Rows != 0 || f.Attributes[2].Rows != 0 {
		t.Errorf("read as %q, %d and %d rows", f.Dialect, f.Attributes[1].Rows, f.Attributes[2].Rows)
	}
	roundTrip(t, f, EncodeOptions{}, EncodeOptions{Storage: cache.StorageText})
}

// TestChunksThatAreConstantForThemselvesBecomeRows is for writers that say constant of
// a chunk, not of an attribute.
func TestChunksThatAreConstantForThemselvesBecomeRows(t *testing.T) {
	t.Parallel()
	const n = 8005
	for name, flags := range map[string][]bool{
		"flags differ, constant first":   {true, false, true},
		"flags differ, constant last":    {false, true, false},
		"values of constant ones differ": {true, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			var attrs []made
			for _, a := range []made{
				madeOf("Size", 4, n, floatsOf(1)), arrayOf(madeOf("Marks", 1, n, boolOf)),
				madeOf("Text", 0x20000, n, stringOf), madeOf("Shape", 0x8000, n, shapeOf),
			} {
				a.flags = flags
				for i, f := range flags {
					for j := i * 4000; f && j < min(n, (i+1)*4000); j++ {
						a.elems[j] = a.elems[i*4000]
					}
				}
				attrs = append(attrs, a)
			}
			// Make sure that no two constant chunks are the same.
			attrs[1].elems[4000] = append(attrs[1].elems[4000], true)
			for j := 4001; flags[1] && j < 8000; j++ {
				attrs[1].elems[j] = attrs[1].elems[4000]
			}
			all := append([]made{positions(n)}, attrs...)
			var m maker
			f := decodeMade(t, m.file(n, all))
			if f.Dialect != "constant by chunk" {
				t.Errorf("read as %q", f.Dialect)
			}
			compare(t, f, n, all)
		})
	}
}

func TestContextsWithoutElementsMayHaveFlags(t *testing.T) {
	t.Parallel()
	all := []made{positions(0), madeOf("Size", 4, 0, floatsOf(1))}
	one := madeOf("Scale", 4, 1, floatsOf(1))
	one.context = 1
	for _, m := range []maker{{}, {zeroFlags: true}, {zeroFlags: true, barePos: true}, {zeroFlags: true, noTrailing: true}} {
		compare(t, decodeMade(t, m.file(0, all)), 0, all)
	}
	m := maker{zeroFlags: true}
	f := decodeMade(t, m.file(0, append(all, one)))
	if a := f.Attribute("Scale"); a == nil || !bytes.Equal(a.Value(0), stored(one.elems[0][0])) {
		t.Error("the object's attribute is lost where there are no points")
	}
	roundTrip(t, f, EncodeOptions{}, EncodeOptions{Storage: cache.StorageText})
}

func TestAttributesOfUnknownTypeAreLeftOut(t *testing.T) {
	t.Parallel()
	var m maker
	f := decodeMade(t, m.file(5, []made{positions(5), {name: "New", code: 0x80000, noData: true}, madeOf("Size", 4, 5, floatsOf(1))}))
	if len(f.Attributes) != 2 || f.Attribute("Size") == nil {
		t.Errorf("%d attributes", len(f.Attributes))
	}
	if len(f.Warnings) != 1 || !strings.Contains(f.Warnings[0], "New") || !strings.Contains(f.Warnings[0], "0x80000") {
		t.Errorf("warnings %q", f.Warnings)
	}
}

func TestNamesAreFoundWithoutCaseAndPadding(t *testing.T) {
	t.Parallel()
	for lens, name := range map[bool]string{false: "PoInTpOsItIoN", true: "pointposition"} {
		m := maker{paddedLens: lens}
		p := positions(4001)
		p.name = name
		f := decodeMade(t, m.file(4001, []made{p, madeOf("Size", 4, 4001, floatsOf(1))}))
		if f.Attribute("PointPosition") == nil || f.Attributes[0].Name != name {
			t.Errorf("%s is %s", name, f.Attributes[0].Name)
		}
	}
}

func TestUnderscoresOfANameStay(t *testing.T) {
	t.Parallel()
	var m maker
	a := madeOf("Age_", 4, 3, floatsOf(1))
	f := decodeMade(t, m.file(3, []made{positions(3), a}))
	if f.Attributes[1].Name != "Age_" {
		t.Errorf("Age_ is %s", f.Attributes[1].Name)
	}
}

func TestNamesThatAreNotUTF8AreLatin1(t *testing.T) {
	t.Parallel()
	var m maker
	f := decodeMade(t, m.file(1, []made{positions(1), madeOf("Gr\xf6\xdfe", 4, 1, floatsOf(1))}))
	if f.Attributes[1].Name != "Größe" {
		t.Errorf("name is %q", f.Attributes[1].Name)
	}
}

func TestTextIsReadInAllItsForms(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 2, 4000, 4001} {
		for name, attrs := range subjects(n) {
			for _, m := range []maker{
				{}, {sep: "\n"}, {sep: "\r\n"}, {sep: "\t"}, {bareText: true, sep: "\n"}, {noTrailing: true, constOnce: true, barePos: true},
				{paddedLens: true}, {version: 102}, {version: 100}, {version: 101, like: 102},
			} {
				m.text = true
				all := append([]made{positions(n)}, attrs...)
				f := decodeMade(t, m.file(n, all))
				if f.Storage != cache.StorageText {
					t.Fatalf("storage %s", f.Storage)
				}
				compare(t, f, n, all)
				if !t.Failed() {
					continue
				}
				t.Fatalf("%d points, %s, %+v", n, name, m)
			}
		}
	}
}

func TestTextNumbersOfAllLibrariesAreRead(t *testing.T) {
	t.Parallel()
	src := "ICECACHE 103 0 9 0 0 0 1 0 2  1 A___ 4 1 2 0 2  2 ID__ 2 1 2 0 2\n0 1 -1.5e0 nan -1.#IND 1.#QNAN000 1.#INF -1.#INF00 Infinity -nan(ind)" +
		"\n 0 1 -1 4294967295 2147483647 -2147483648 3.0 +7 0 true \n\n"
	f := decodeMade(t, []byte(src))
	got := f.Attributes[0].Float32s()
	want := []float32{1, -1.5, 0, 0, 0, 1, -1, 1, 0}
	for i, v := range got {
		switch {
		case i < 2 && v != want[i], (i == 2 || i == 3 || i == 4 || i == 8) && v == v,
			i >= 5 && i <= 7 && (v-v == 0 || v*want[i] < 0):
			t.Errorf("number %d is %v", i, v)
		}
	}
	ints := f.Attributes[1].Int32s()
	for i, w := range []int32{1, -1, -1, 2147483647, -2147483648, 3, 7, 0, 1} {
		if ints[i] != w {
			t.Errorf("integer %d is %d, want %d", i, ints[i], w)
		}
	}
}
