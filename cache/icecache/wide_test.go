package icecache

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// Python 2 on 64-bit Linux writes longs of 8 bytes: the first attribute had no name and
// was of "data type 0x5f5f4449".
func TestLongsOfEightBytesAreRead(t *testing.T) {
	t.Parallel()
	all := widths{header: 8, definitions: 8, flags: 8, longs: 8, bools: 8}
	for _, tt := range []struct {
		dialect string
		wide    widths
	}{
		{"8-byte longs", all},
		{"8-byte longs", widths{definitions: 8, flags: 8, longs: 8, bools: 8}},
		{"8-byte longs", widths{header: 8, definitions: 8, flags: 8, longs: 8, bools: 8, aligned: true}},
		{"4-byte values, 8-byte longs", widths{header: 8, definitions: 8, flags: 8, bools: 8}},
		{"4-byte flags, 8-byte longs", widths{header: 8, definitions: 8, longs: 8, bools: 8}},
		{"4-byte data, 4-byte bools, 8-byte longs", widths{definitions: 8}},
		{"4-byte bools, 8-byte longs", widths{header: 8, definitions: 8, flags: 8, longs: 8}},
	} {
		for _, version := range []uint32{100, 102, 103} {
			for _, n := range []int{1, 2, 3999, 4000, 4001} {
				for _, noTrailing := range []bool{false, true} {
					m := maker{wide: tt.wide, version: version, noTrailing: noTrailing}
					attrs := []made{madeOf("ID", 2, n, longOf), madeOf("On", 1, n, boolOf), positions(n), madeOf("Size", 4, n, floatsOf(1)),
						madeOf("Label", 0x20000, n, stringOf), arrayOf(madeOf("Marks", 2, n, longOf)), constantOf(madeOf("Mass", 2, 1, longOf))}
					src := m.file(n, attrs)
					f, err := DecodeBytes(t.Context(), src, Options{})
					what := fmt.Sprintf("%+v, version %d, %d points, trailing %v", tt.wide, version, n, !noTrailing)
					if err != nil {
						t.Fatalf("%s: %v", what, err)
					}
					want := tt.dialect
					if noTrailing && n%4000 == 0 {
						want = "no trailing chunk, " + want
					}
					if f.Dialect != want || len(f.Warnings) > 0 {
						t.Errorf("%s: read as %q, want %q; %q", what, f.Dialect, want, f.Warnings)
					}
					compare(t, f, n, attrs)
					if err := sameMeasured(t, src, Options{}); err != nil {
						t.Errorf("%s: %v", what, err)
					}
					if n == 2 {
						roundTrip(t, f, EncodeOptions{})
					}
				}
			}
		}
	}
}

func TestShapesWithLongsOfEightBytesAreRead(t *testing.T) {
	t.Parallel()
	m := maker{wide: widths{header: 8, definitions: 8, flags: 8, longs: 8, bools: 8}}
	attrs := []made{positions(50), madeOf("Shape", 0x8000, 50, shapeOf)}
	compare(t, decodeMade(t, m.file(50, attrs)), 50, attrs)
}

func TestLargeFilesWithLongsOfEightBytesAreRead(t *testing.T) {
	t.Parallel()
	const n = 100_000
	m := maker{wide: widths{header: 8, definitions: 8, flags: 8, longs: 8, bools: 8}}
	attrs := []made{positions(n), madeOf("ID", 2, n, longOf), madeOf("On", 1, n, boolOf)}
	src := m.file(n, attrs)
	for _, b := range [][]byte{src, pack(t, src, 1), pack(t, src, 2)} {
		compare(t, decodeMade(t, b), n, attrs)
	}
}

func TestLongsThatDoNotFitAreRefused(t *testing.T) {
	t.Parallel()
	m := maker{wide: widths{header: 8, definitions: 8, flags: 8, longs: 8, bools: 8}}
	src := m.file(3, []made{madeOf("ID", 2, 3, longOf)})
	binary.LittleEndian.PutUint64(src[len(src)-8:], 1<<40)
	_, err := DecodeBytes(t.Context(), src, Options{})
	if err == nil || !strings.Contains(err.Error(), "attribute ID: the whole number is too large (1099511627776) at byte") || !cache.Permanent(err) {
		t.Error(err)
	}
	cut := m.file(3, []made{positions(3), madeOf("ID", 2, 3, longOf)})
	f, err := DecodeBytes(t.Context(), cut[:len(cut)-4], Options{})
	if err != nil || f.Index().Damage == nil || len(f.Attributes) != 1 {
		t.Errorf("cut: %v", err)
	}
	if _, err := DecodeBytes(t.Context(), append(m.file(3, []made{positions(3)}), 1, 2, 3), Options{}); err == nil || !strings.Contains(err.Error(), "8-byte longs") {
		t.Errorf("with 3 bytes more: %v", err)
	}
}
