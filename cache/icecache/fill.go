package icecache

import (
	"encoding/binary"

	"iceexplorer/cache"
	"iceexplorer/cache/measure"
)

// output stores one column's values in its spans of a mapping, or only measures them.
// Its methods do nothing on a nil output.
type output struct {
	elem    cache.Elem
	bools   bool // values are 0 or 1
	inBytes bool // offsets count bytes, not values
	passing bool // nothing is stored: values go through a window in spans[0]
	past    bool // values are stored past the processor's caches
	spans   [5]span
	acc     *measure.Acc // nil if ranges are not wanted
	summed  int          // bytes of spans[0] that acc has seen
	rec     []byte
	err     *cache.FormatError // text that is no number
}

// span is a span of the mapping, filled up to n.
type span struct {
	b []byte
	n int
}

// The spans of a column, in the order of Column.Spans.
const (
	spData = iota
	spOffsets
	spValueOffsets
	spRecords
	spRecordOffs
)

func newOutput(c *cache.Column, dst []byte, ranges bool) *output {
	o := &output{
		elem:    c.Type.Elem(),
		bools:   c.Type == cache.TypeBool,
		inBytes: c.Type.Variable() && c.Structure == cache.Single,
	}
	for i, s := range c.Spans() {
		if s.Len > 0 {
			o.spans[i].b = dst[s.Offset:s.End():s.End()]
		}
	}
	if n := c.Type.Components(); n > 0 && ranges {
		o.acc = measure.New(n)
	}
	return o.restart()
}

// newMeasurer is an output that stores nothing. window is memory for windowValues
// values of any type.
func newMeasurer(c *cache.Column, window []byte) *output {
	o := &output{elem: c.Type.Elem(), bools: c.Type == cache.TypeBool, passing: true}
	o.spans[spData].b = window
	if n := c.Type.Components(); n > 0 {
		o.acc = measure.New(n)
		o.spans[spData].b = window[:windowValues*c.Type.ValueSize()]
	}
	return o.restart()
}

// windowValues and maxValueSize are what a measurer's window has to hold: whole values,
// the largest of which are matrices.
const (
	windowValues = 4096
	maxValueSize = 64
)

// room makes room in the window for n bytes more, if that is what there is: what is
// there has been measured then.
func (o *output) room(n int) {
	if s := &o.spans[spData]; o.passing && len(s.b)-s.n < n {
		o.sum(1)
		s.n, o.summed = 0, 0
	}
}

// restart throws away what was stored. Lists of offsets begin with 0.
func (o *output) restart() *output {
	if o == nil {
		return nil
	}
	for i := range o.spans {
		o.spans[i].n = 0
	}
	o.offset(spOffsets, 0)
	o.offset(spValueOffsets, 0)
	o.offset(spRecordOffs, 0)
	o.summed = 0
	if o.acc != nil {
		o.acc.Reset(o.acc.Components())
	}
	return o
}

// full reports whether all spans are filled to their ends.
func (o *output) full() bool {
	if o.passing {
		return true
	}
	for _, s := range o.spans {
		if s.n != len(s.b) {
			return false
		}
	}
	return true
}

func (s *span) add(b []byte) { s.n += copy(s.b[s.n:], b) }

// offset adds an entry to a list of offsets, if the column has it.
func (o *output) offset(list int, v uint64) {
	if s := &o.spans[list]; len(s.b)-s.n >= 8 {
		binary.LittleEndian.PutUint64(s.b[s.n:], v)
		s.n += 8
	}
}

// fixed stores the values that stand in the stream between from and the walk's place,
// of width bytes each. Only bools have a width there that is not that of the column.
func (o *output) fixed(w *walk, from int, width uint64) {
	if o == nil {
		return
	}
	src := w.b[from:w.pos]
	if w.text {
		o.storeText(src, from)
		return
	}
	switch {
	case o.bools:
	case o.elem == cache.ElemInt32 && width == 8:
		w.sum.upTo(w.pos)
		o.longs(src, from)
		return
	default:
		for n := pieceBytes / int(width) * int(width); len(src) > 0; src = src[min(n, len(src)):] {
			part := src[:min(n, len(src))]
			from += len(part)
			w.sum.upTo(from)
			o.copy(part)
		}
		return
	}
	w.sum.upTo(w.pos)
	s := &o.spans[spData]
	for n := len(src) / int(width); n > 0; {
		o.room(1)
		part := min(n, len(s.b)-s.n)
		if part == 0 {
			return // more than there was: full says so
		}
		narrow(s.b[s.n:s.n+part], src[:part*int(width)])
		src, n, s.n = src[part*int(width):], n-part, s.n+part
		o.sum(sumBytes)
	}
}

// narrow makes bools of one byte, 0 or 1, of those in src, of one byte, four or eight.
func narrow(dst, src []byte) {
	if len(src) == len(dst) {
		for i, v := range src {
			dst[i] = (v | -v) >> 7
		}
		return
	}
	if len(src) == 8*len(dst) {
		for i := range dst {
			v := binary.LittleEndian.Uint64(src[8*i:])
			dst[i] = byte((v | -v) >> 63)
		}
		return
	}
	for i := range dst {
		v := binary.LittleEndian.Uint32(src[4*i:])
		dst[i] = byte((v | -v) >> 31)
	}
}

const (
	// Runs of at least fusedBytes are measured while they are copied; shorter
	// ones once there are sumBytes of them, still in the cache.
	fusedBytes = 4 << 10
	sumBytes   = 32 << 10
	// pieceBytes is how much of a run is summed and then copied: it stays in the
	// cache in between.
	pieceBytes = 64 << 10
	// pastCaches is how large a frame's columns are if none of them would still be
	// in the processor's caches when they are read.
	pastCaches = 32 << 20
)

func (o *output) copy(src []byte) {
	s := &o.spans[spData]
	if o.passing {
		if o.acc != nil {
			measure.Copy(o.elem, nil, src, o.acc)
		}
		return
	}
	if o.acc == nil || len(src) < fusedBytes {
		s.add(src)
		o.sum(sumBytes)
		return
	}
	o.sum(1)
	if o.past {
		measure.Stream(o.elem, s.b[s.n:], src, o.acc)
	} else {
		measure.Copy(o.elem, s.b[s.n:], src, o.acc)
	}
	s.n += len(src)
	o.summed = s.n
}

// sum measures what was stored since it was called last, if that is enough bytes.
func (o *output) sum(enough int) {
	s := &o.spans[spData]
	if o.acc != nil && s.n-o.summed >= enough {
		measure.Copy(o.elem, nil, s.b[o.summed:s.n], o.acc)
		o.summed = s.n
	}
}

// measured is what is known of all values stored.
func (o *output) measured() ([]cache.Range, cache.Lengths) {
	if o.acc == nil {
		return nil, cache.Lengths{}
	}
	o.sum(1)
	return o.acc.Ranges(), o.acc.Lengths()
}

// str stores a string.
func (o *output) str(src []byte) {
	if o != nil && !o.passing {
		o.spans[spData].add(src)
	}
}

// blob stores the blob that stands in the stream between from and to.
func (o *output) blob(w *walk, from, to int) {
	switch {
	case o == nil:
	case w.text:
		o.storeText(w.b[from:to], from)
	case !o.passing:
		o.spans[spData].add(w.b[from:to])
	}
}

func (o *output) shape(r cache.ShapeRecord) {
	var num [4]byte
	binary.LittleEndian.PutUint32(num[:], uint32(r.Type))
	o.copy(num[:])
	if len(o.spans[spRecords].b) > 0 && !o.passing {
		o.rec = r.Append(o.rec[:0])
		o.spans[spRecords].add(o.rec)
	}
}

// value notes the end of a value of variable length.
func (o *output) value(t *tally) {
	if o != nil {
		o.offset(spValueOffsets, t.bytes)
		o.offset(spRecordOffs, t.records)
	}
}

// row notes the end of an element.
func (o *output) row(t *tally) {
	switch {
	case o == nil:
	case o.inBytes:
		o.offset(spOffsets, t.bytes)
	default:
		o.offset(spOffsets, t.values)
	}
}
