package icecache

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// partio declares attributes of four floats as float: such files had flags that are
// neither 0 nor 1.
func TestFourFloatsDeclaredFloatAreRead(t *testing.T) {
	t.Parallel()
	four := func(name string, n int) made { return madeOf(name, 4, n, floatsOf(4)) }
	for _, m := range []maker{{}, {barePos: true, noTrailing: true}, {barePos: true, noTrailing: true, constOnce: true}, {text: true}} {
		for _, n := range []int{1, 2, 3999, 4000, 4001, 9000} {
			attrs := []made{positions(n), four("Color", n), madeOf("Size", 4, n, floatsOf(1)), four("Orientation", n), madeOf("ID", 2, n, longOf),
				four("myColour2", n)}
			src := m.file(n, attrs)
			f, err := DecodeBytes(t.Context(), src, Options{})
			if err != nil {
				t.Fatalf("%+v, %d points: %v", m, n, err)
			}
			if !strings.HasSuffix(f.Dialect, "four floats in Color and Orientation and myColour2") || len(f.Warnings) > 0 {
				t.Errorf("read as %q, warnings %q", f.Dialect, f.Warnings)
			}
			for i, typ := range []cache.DataType{cache.TypeVector3, cache.TypeColor4, cache.TypeFloat, cache.TypeRotation, cache.TypeLong, cache.TypeColor4} {
				attrs[i].code = uint32(typ)
			}
			compare(t, f, n, attrs)
			if n == 2 {
				roundTrip(t, f, EncodeOptions{})
			}
			if err := sameMeasured(t, src, Options{}); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestTwoAndThreeFloatsDeclaredFloatAreRead(t *testing.T) {
	t.Parallel()
	const n = 50
	for floats, want := range map[int]string{2: "two floats in UV and Heat", 3: "three floats in UV and Heat"} {
		attrs := []made{positions(n), madeOf("UV", 4, n, floatsOf(floats)), madeOf("Size", 4, n, floatsOf(1)), madeOf("Heat", 4, n, floatsOf(floats))}
		f := decodeMade(t, new(maker).file(n, attrs))
		if f.Dialect != want {
			t.Errorf("read as %q, want %q", f.Dialect, want)
		}
		attrs[1].code = map[int]uint32{2: 8, 3: 16}[floats]
		attrs[3].code = attrs[1].code
		compare(t, f, n, attrs)
	}
}

func TestLargeFilesOfFourFloatsAreRead(t *testing.T) {
	t.Parallel()
	const n = 300_000 // more than a file may have without a look at its definitions
	m := maker{barePos: true, noTrailing: true}
	src := m.file(n, []made{positions(n), madeOf("Color", 4, n, floatsOf(4))})
	for _, b := range [][]byte{src, pack(t, src, 1)} {
		if f := decodeMade(t, b); f.Attributes[1].Type != cache.TypeColor4 || f.Attributes[1].Values != n {
			t.Errorf("%+v", f.Attributes[1].Column)
		}
	}
}

// zeroOf makes values all bits of which are also flags.
func zeroOf(comps int) func(*rand.Rand, int) any {
	return func(*rand.Rand, int) any { return make([]float32, comps) }
}

// Where two readings fit, a guess would show garbage as values.
func TestFourFloatsThatMayBeOthersAreNotGuessed(t *testing.T) {
	t.Parallel()
	const n = 6
	for _, tt := range []struct {
		name     string
		a, b     string // a is of four floats
		err      string
		warning  string
		fourType cache.DataType
	}{
		{"by name", "Color", "Size", "", "it may be: four floats in Color, or four floats in Size. The first was taken, by its name.", cache.TypeColor4},
		{"no name", "Heat", "Size", "nothing tells which: four floats in Heat, or four floats in Size", "", 0},
		{"two names", "Color", "Orientation", "nothing tells which: four floats in Color, or four floats in Orientation", "", 0},
	} {
		m := maker{}
		src := m.file(n, []made{positions(n), madeOf(tt.a, 4, n, zeroOf(4)), madeOf(tt.b, 4, n, zeroOf(1))})
		f, err := DecodeBytes(t.Context(), src, Options{})
		switch {
		case tt.err != "":
			if err == nil || !strings.Contains(err.Error(), tt.err) || !cache.Permanent(err) {
				t.Errorf("%s: %v", tt.name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case len(f.Warnings) != 1 || !strings.Contains(f.Warnings[0], tt.warning) || f.Attributes[1].Type != tt.fourType:
			t.Errorf("%s: warnings %q, type %v", tt.name, f.Warnings, f.Attributes[1].Type)
		}
	}
}

func TestDamagedFilesAreNotTakenForFourFloats(t *testing.T) {
	t.Parallel()
	const n = 40
	m := maker{}
	attrs := []made{positions(n), madeOf("Color", 4, n, floatsOf(1)), madeOf("ID", 2, n, longOf)}
	whole := m.file(n, attrs)
	for _, src := range [][]byte{
		append(bytes.Clone(whole), 0, 0, 0, 0), append(bytes.Clone(whole), make([]byte, 12*n-4)...), whole[:len(whole)-8], pack(t, whole, 1)[:400],
	} {
		f, err := DecodeBytes(t.Context(), src, Options{})
		if err == nil && strings.Contains(f.Dialect, "four floats") {
			t.Errorf("%d bytes: read as %q", len(src), f.Dialect)
		}
	}
	// Many floats are not tried in all ways, those with known names are.
	var many []made
	for i := range 30 {
		many = append(many, madeOf(string(rune('A'+i)), 4, n, floatsOf(1)))
	}
	many = append(many, madeOf("color", 4, n, floatsOf(4)))
	f := decodeMade(t, m.file(n, many))
	if f.Attributes[30].Type != cache.TypeColor4 {
		t.Errorf("read as %q", f.Dialect)
	}
}
