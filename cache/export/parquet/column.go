package parquet

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"

	"github.com/parquet-go/parquet-go/format"

	"iceexplorer/cache"
	"iceexplorer/cache/export/cell"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/value"
)

// column is an attribute, or a component of one, as it is written.
type column struct {
	name  string
	a     *cache.Attribute
	typ   format.Type
	text  bool // of UTF-8
	width uint64
	only  int // the component that is written; -1: all

	same bool   // all rows have the value of the first
	of   uint64 // values in the dictionary, if there is one

	levels  levels
	scratch []byte
}

func newColumn(name string, a *cache.Attribute) *column {
	c := &column{name: name, a: a, width: uint64(max(a.Type.Components(), 1)), only: -1, same: names.Repeated(&a.Column)}
	c.typ, c.text = typeOf(a)
	return c
}

func newComponent(name string, a *cache.Attribute, i int) *column {
	c := newColumn(name, a)
	c.width, c.only = 1, i
	return c
}

// pageRows are the most rows of a page, a whole number of which are a row group, and
// pageBytes is about how much is the most that one holds of lists and text.
const (
	pageRows  = groupRows / 6
	pageBytes = 1 << 20
)

var errWide = errors.New("a point has more values than a page can hold")

// page is some rows of a column: levels, and the values after them. It is used up when the
// next one is made.
type page struct {
	rows, values uint64 // an empty list counts as a value
	parts        [2][]byte
}

// page makes the page of the rows from one on, to end at most.
func (c *column) page(from, end uint64, encoding format.Encoding) (page, error) {
	if encoding == format.RLEDictionary {
		return c.indices(min(end-from, pageRows)), nil
	}
	if c.plain() {
		size := c.a.Type.ValueSize()
		n := min(end-from, pageRows)
		return page{n, n * c.width, [2][]byte{c.levels.same(c.lists(), c.width, 1, n), c.a.Bytes()[from*size : (from+n)*size]}}, nil
	}
	return c.gathered(from, end)
}

// plain reports that values lie in the frame as they do in a page.
func (c *column) plain() bool {
	return !c.same && c.only < 0 && c.a.Structure != cache.Array && (c.typ == format.Float || c.typ == format.Int32)
}

// gathered makes a page of what lies otherwise in memory than in the file.
func (c *column) gathered(from, end uint64) (page, error) {
	p, stored := page{}, uint64(0)
	c.scratch = c.scratch[:0]
	c.levels.begin()
	for ; from+p.rows < end && p.rows < pageRows && len(c.scratch) < pageBytes; p.rows++ {
		row := from + p.rows
		if c.same {
			row = 0
		}
		first, last := c.a.Row(row)
		for v := first; v < last; v++ {
			c.scratch = c.append(c.scratch, v, stored)
			stored++
		}
		p.values += max((last-first)*c.width, 1)
		c.levels.row(c.lists(), c.width, last-first)
	}
	if p.values > math.MaxInt32 || len(c.scratch) > math.MaxInt32/2 {
		return page{}, errWide
	}
	p.parts = [2][]byte{c.levels.done(c.lists()), c.scratch}
	return p, nil
}

// append appends a value as a page has it, before which there are n.
func (c *column) append(dst []byte, v, n uint64) []byte {
	switch {
	case c.a.Type == cache.TypeShape:
		return counted(dst, func(dst []byte) []byte { return append(dst, value.Text(value.Of(c.a, v))...) })
	case c.text:
		return counted(dst, func(dst []byte) []byte { return cell.AppendText(dst, c.a.Value(v)) })
	case c.typ == format.ByteArray:
		return counted(dst, func(dst []byte) []byte { return append(dst, c.a.Value(v)...) })
	case c.typ == format.Boolean: // eight of them are a byte
		if n%8 == 0 {
			dst = append(dst, 0)
		}
		if c.a.Bytes()[v] != 0 {
			dst[len(dst)-1] |= 1 << (n % 8)
		}
		return dst
	case c.only >= 0:
		return append(dst, c.a.Value(v)[4*c.only:][:4]...)
	}
	return append(dst, c.a.Value(v)...)
}

// counted appends bytes after their number.
func counted(dst []byte, more func([]byte) []byte) []byte {
	at := len(dst)
	dst = more(append(dst, 0, 0, 0, 0))
	binary.LittleEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
	return dst
}

// dictionaryValues is the longest list that is written once where all points have it.
const dictionaryValues = 64

// dictionary is what all rows have, and how many values that is; nil where they have not
// the same, or much of it, or nothing.
func (c *column) dictionary() ([]byte, uint64) {
	first, last := c.a.Row(0)
	if n := (last - first) * c.width; c.same && c.typ != format.Boolean && n > 0 && n <= dictionaryValues {
		c.of = n
		var out []byte
		for v := first; v < last; v++ {
			out = c.append(out, v, v-first)
		}
		return out, n
	}
	return nil, 0
}

// indices are a page of n rows that have the values of the dictionary.
func (c *column) indices(n uint64) page {
	width := max(bits.Len64(c.of-1), 1)
	c.scratch = append(c.scratch[:0], byte(width))
	if c.of == 1 {
		c.scratch = repeated(c.scratch, n, 0)
	} else {
		c.scratch = packed(c.scratch, n*c.of, width, func(i uint64) byte { return byte(i % c.of) })
	}
	return page{n, n * c.of, [2][]byte{c.levels.same(c.lists(), c.width, c.of/c.width, n), c.scratch}}
}
