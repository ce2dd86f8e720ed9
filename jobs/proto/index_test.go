package proto

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// wide is an index of n attributes as it is before anything is measured.
func wide(n int, name string) *cache.Index {
	ix := &cache.Index{Header: cache.Header{Version: 103, Points: 5}, Storage: cache.StorageGzip, Dialect: "plain"}
	types := []cache.DataType{cache.TypeMatrix44, cache.TypeFloat, cache.TypeString, cache.TypeVector3}
	for i := range n {
		ix.Columns = append(ix.Columns, cache.Column{Name: name, Type: types[i%len(types)], Structure: cache.Single,
			Context: cache.Context0D, Rows: 5, Values: 5})
	}
	return ix
}

// fill gives an index the longest numbers that it can have.
func fill(ix *cache.Index) {
	ix.Warnings = append(ix.Warnings, "The file is damaged (gzip: checksum is wrong at byte 9223372036854775807): values may be wrong.")
	for i := range ix.Columns {
		c := &ix.Columns[i]
		for _, s := range c.Spans() {
			*s = cache.Span{Offset: math.MaxUint64 - 1, Len: math.MaxUint64 - 2}
		}
		for range c.Type.Components() {
			x := -2.2250738585072014e-308
			c.Ranges = append(c.Ranges, cache.Range{Min: x, Max: x, Mean: x, Finite: math.MaxUint64, NonFinite: math.MaxUint64})
		}
		if c.Type.Components() > 1 {
			c.Lengths = cache.Lengths{Min: c.Ranges[0].Min, Max: c.Ranges[0].Min, Finite: math.MaxUint64, NonFinite: math.MaxUint64}
		}
	}
}

func TestRoomForAnIndexHoldsWhateverBecomesOfIt(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 20, 127, 128, 400, 1000, 4095} {
		for _, name := range []string{"", "PointPosition", strings.Repeat("\x01", 80), strings.Repeat("é", 300)} {
			ix := wide(n, name)
			room, err := IndexRoom(ix)
			if err != nil {
				t.Fatal(err)
			}
			fill(ix)
			b, inline, err := Inline(ix)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case room == 0 && b != nil && len(b) > maxInline+1024:
				t.Errorf("%d attributes: no room for an index of %d bytes", n, len(b))
			case room > 0 && uint64(len(b)) > room:
				t.Errorf("%d attributes: room of %d bytes for %d", n, room, len(b))
			case inline && b == nil:
				if b, _ = json.Marshal(ix); len(b) > maxInline {
					t.Errorf("%d attributes: %d bytes were taken for few", n, len(b))
				}
			case inline != (len(b) <= maxInline):
				t.Errorf("%d attributes: %d bytes inline: %v", n, len(b), inline)
			}
		}
	}
	if _, err := IndexRoom(wide(4095, strings.Repeat("\x01", 4000))); !cache.Permanent(err) {
		t.Errorf("an index over the limit: %v", err)
	}
	if _, _, err := Inline(wide(4095, strings.Repeat("\x01", 4000))); !cache.Permanent(err) {
		t.Errorf("an index over the limit: %v", err)
	}
}

func TestIndexComesBackFromScratchMemory(t *testing.T) {
	t.Parallel()
	ix := wide(2000, "Attribute")
	fill(ix)
	b, inline, err := Inline(ix)
	if err != nil || inline {
		t.Fatal(inline, err)
	}
	mem := append([]byte("columns"), b...)
	at := cache.Span{Offset: 7, Len: uint64(len(b))}
	got, err := ReadIndex(mem, at)
	if err != nil || !reflect.DeepEqual(got, ix) {
		t.Errorf("differs, error %v", err)
	}
	for name, bad := range map[string]cache.Span{
		"past the end": {Offset: 8, Len: at.Len}, "overflow": {Offset: math.MaxUint64 - 3, Len: 8}, "too long": {Len: MaxIndex + 1},
		"no JSON": {Len: at.Len}, "cut": {Offset: 7, Len: at.Len - 1}, "empty": {},
	} {
		var breach *Error
		if _, err := ReadIndex(mem, bad); !errors.As(err, &breach) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
