package parquet

import (
	"bytes"
	"testing"
)

// The examples of Parquet's own description of its encodings.
func TestNumbersArePackedAsParquetSays(t *testing.T) {
	t.Parallel()
	if got := packed(nil, 8, 3, func(i uint64) byte { return byte(i) }); !bytes.Equal(got, []byte{0b11, 0b10001000, 0b11000110, 0b11111010}) {
		t.Errorf("%08b", got)
	}
	if got := repeated(nil, 100, 4); !bytes.Equal(got, []byte{0xc8, 0x01, 4}) {
		t.Errorf("%x", got)
	}
}

func TestLevelsSayWhereListsBegin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		lists      int
		width      uint64
		rows       []uint64
		repetition []byte
		definition []byte
	}{
		{"single numbers", 0, 1, []uint64{1, 1}, nil, nil},
		{"vectors", 1, 3, []uint64{1, 1}, []byte{0, 1, 1, 0, 1, 1}, []byte{1, 1, 1, 1, 1, 1}},
		{"arrays of numbers", 1, 1, []uint64{2, 0, 1}, []byte{0, 1, 0, 0}, []byte{1, 1, 0, 1}},
		{"arrays of vectors", 2, 2, []uint64{2, 0, 1}, []byte{0, 2, 1, 2, 0, 0, 2}, []byte{2, 2, 2, 2, 0, 2, 2}},
	} {
		var l levels
		for _, n := range c.rows {
			l.row(c.lists, c.width, n)
		}
		if !bytes.Equal(l.repetition, c.repetition) || !bytes.Equal(l.definition, c.definition) {
			t.Errorf("%s: %v, %v", c.name, l.repetition, l.definition)
		}
	}
}
