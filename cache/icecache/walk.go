package icecache

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"strconv"

	"iceexplorer/cache"
)

// block is what a walk learns of one attribute's data.
type block struct {
	start    int  // byte at which its data begin
	constant bool // one row is stored
	mixed    bool // chunks are constant or not each for itself: rows are written out
	rows     uint64
	tally
}

// tally counts what elements store and, if out is set, stores it.
type tally struct {
	values  uint64
	bytes   uint64 // of variable types' values
	records uint64 // bytes of shape records
	extra   bool   // shapes: some record says more than its type
	trivial [2]bool
	out     *output
}

// walk is one pass over a stream's data under one layout.
type walk struct {
	b    []byte
	pos  int
	text bool
	lay  *layout
	sum  *checksum // nil if it is not wanted
	*work

	wide      bool // some longs take 8 bytes, see wide.go:
	wideFlags bool // flags, counts and lengths
	wideLongs bool // values of type long

	cur     *attr
	chunk   int // chunk of cur, from 1; 0 where it has none
	boolLen uint64
	width   uint64 // bytes that one value of cur takes, if it is of fixed size

	err *cache.FormatError
	eof bool // err is that the bytes ended
}

// work bounds what all walks over a stream may do together.
type work struct {
	ctx    context.Context
	left   int64 // elements, pieces of text and definitions
	unseen int   // elements since ctx was looked at
	err    error // ctx's
}

// spend reports whether n more elements may be looked at.
func (w *work) spend(n int) bool {
	w.left -= int64(n)
	if w.unseen += n; w.unseen > 1<<20 {
		w.unseen = 0
		if err := w.ctx.Err(); err != nil {
			w.err, w.left = err, -1
		}
	}
	return w.left >= 0
}

func (w *walk) fail(msg string, value any, at int) bool {
	if w.err == nil {
		field := "attribute " + w.cur.col.Name
		if w.chunk > 0 {
			field += fmt.Sprintf(": chunk %d", w.chunk)
		}
		w.err = &cache.FormatError{Offset: int64(at), Field: field, Msg: msg, Value: value}
	}
	return false
}

func (w *walk) end() bool {
	w.eof = true
	return w.fail(msgEnd, nil, len(w.b))
}

// numbers moves n numbers of width bytes on; in text a number is a number.
func (w *walk) numbers(n, width uint64) bool {
	if !w.text {
		return w.skip(n * width) // at most 2^32 x 64
	}
	end, bad, ok := skipNumbers(w.b, w.pos, n)
	if ok && !w.spend((end-w.pos)/4) {
		return w.fail("too much text to try", nil, w.pos)
	}
	if !ok {
		w.notNumber(bad, end)
	}
	w.pos = end
	return ok
}

func (w *walk) notNumber(tok []byte, end int) {
	if len(tok) == 0 {
		w.end()
		return
	}
	w.fail("not a number", strconv.Quote(string(tok[:min(len(tok), 20)])), end-len(tok))
}

// skip moves n bytes on; ok is false if there are fewer.
func (w *walk) skip(n uint64) (ok bool) {
	if n > uint64(len(w.b)-w.pos) {
		return w.end()
	}
	w.pos += int(n)
	return true
}

func (w *walk) u32() (v uint32, ok bool) {
	if w.text {
		tok, end := token(w.b, w.pos)
		if v, ok = textInt(tok); !ok {
			w.notNumber(tok, end)
			return 0, false
		}
		w.pos = end
		return v, true
	}
	if len(w.b)-w.pos < 4 {
		return 0, w.end()
	}
	v = binary.LittleEndian.Uint32(w.b[w.pos:])
	w.pos += 4
	if w.wideFlags {
		return v, w.upper()
	}
	return v, true
}

// flag reads a constant flag.
func (w *walk) flag() (set, ok bool) {
	at := w.pos
	v, ok := w.u32()
	if ok && v > 1 {
		return false, w.fail("constant flag is neither 0 nor 1", v, at)
	}
	return v == 1, ok
}

// blocks walks over the data of all attributes. It returns as many as are whole.
func (w *walk) blocks(d *definitions) []block {
	if d.header.Points == 0 && w.lay.get(chNoPoints) == 0 {
		return make([]block, len(d.attrs))
	}
	out := make([]block, 0, len(d.attrs))
	for i := range d.attrs {
		b := block{start: w.pos}
		if !w.attribute(&d.attrs[i], &b) {
			break
		}
		out = append(out, b)
	}
	return out
}

// attribute walks over one attribute's data. With b.out set, it stores them.
func (w *walk) attribute(a *attr, b *block) bool {
	w.cur, w.chunk = a, 0
	if a.kind == kindFixed && a.col.Type == cache.TypeBool || a.kind == kindShape {
		w.boolLen = w.boolWidth(a)
	}
	w.width = w.valueWidth(a)
	switch a.kind {
	case kindNone:
		if a.elements == 0 && knownContext(a.col.Context) || w.lay.get(chNoData) == 0 {
			return true
		}
		return w.chunks(a, b)
	case kindBlob:
		how := w.blobs(a)
		if how != blobElements && how != blobPadded && how != blobRaws {
			return w.oneBlob(a, b, how)
		}
	}
	if a.position {
		switch w.lay.get(chPosition) {
		case positionFlag:
			return w.unchunked(a, b, true)
		case positionBare:
			return w.unchunked(a, b, false)
		}
	}
	return w.chunks(a, b)
}

func (w *walk) boolWidth(a *attr) uint64 {
	if w.text {
		return 1
	}
	one := w.lay.get(chBool) == 1
	if a.kind == kindShape && w.lay.get(chShapeBool) == 1 {
		one = !one
	}
	switch {
	case one:
		return 1
	case w.wide && w.lay.get(chWideBool) == 0:
		return 8
	}
	return 4
}

// valueWidth is the bytes that one value of fixed size takes in the stream.
func (w *walk) valueWidth(a *attr) uint64 {
	switch {
	case a.col.Type == cache.TypeBool:
		return w.boolLen
	case w.wideLongs && a.col.Type == cache.TypeLong && !w.text:
		return 8
	}
	return a.col.Type.ValueSize()
}

// perValue is how many numbers of width's size a value of fixed size is.
func (w *walk) perValue(a *attr) uint64 {
	if w.text {
		return uint64(a.col.Type.Components())
	}
	return 1
}

func (w *walk) unchunked(a *attr, b *block, flagged bool) bool {
	if flagged {
		var ok bool
		if b.constant, ok = w.flag(); !ok {
			return false
		}
	}
	if b.constant {
		return w.constant(a, b)
	}
	b.rows = a.elements
	return w.elements(a, a.elements, &b.tally)
}

// constant walks over a constant's first value. Without elements it isn't kept.
func (w *walk) constant(a *attr, b *block) bool {
	if a.elements > 0 {
		b.rows = 1
		return w.elements(a, 1, &b.tally)
	}
	return w.elements(a, 1, &tally{})
}

func (w *walk) chunks(a *attr, b *block) bool {
	n := a.elements/chunkRows + 1
	if a.elements%chunkRows == 0 {
		switch {
		case a.elements > 0 && w.lay.get(chTrailing) == 1:
			n--
		case a.elements == 0:
			none := w.lay.get(chTrailing) == 1
			if w.lay.get(chNoRows) == 1 {
				none = !none
			}
			if none {
				return true
			}
		}
	}
	first := 0 // where a constant's value stands
	for i := range n {
		w.chunk = int(i) + 1
		at := w.pos
		set, ok := w.flag()
		if !ok {
			return false
		}
		m := min(chunkRows, a.elements-i*chunkRows)
		switch {
		case i == 0:
			b.constant, first = set, w.pos
			if a.kind == kindNone {
				break
			}
			if set {
				ok = w.constant(a, b)
			} else {
				b.rows = a.elements
				ok = w.elements(a, m, &b.tally)
			}
		case a.kind == kindNone:
		case m == 0:
			ok = !set || w.emptyConstant(a, b)
		case b.mixed:
			ok = w.mixedChunk(a, b, set, m)
		case set != b.constant:
			if w.lay.get(chMixed) == 0 {
				return w.fail("constant flag differs from the first", nil, at)
			}
			ok = w.becomeMixed(a, b, first, i*chunkRows) && w.mixedChunk(a, b, set, m)
		case set:
			ok = w.repeatedConstant(a, b, first, i*chunkRows, m)
		default:
			ok = w.elements(a, m, &b.tally)
		}
		if !ok {
			return false
		}
		if i == 0 && set && a.array() && w.lay.get(chConstArray) == arrayUnchunked {
			return true
		}
		if !w.spend(1) {
			return w.fail("too many chunks to try", nil, w.pos)
		}
	}
	return true
}

// emptyConstant walks over the value in the empty chunk after a constant's others.
func (w *walk) emptyConstant(a *attr, b *block) bool {
	if !w.hasValue(a) || w.lay.get(chEmptyConst) == 1 {
		return true
	}
	return w.elements(a, 1, &tally{})
}

// hasValue reports whether constants have a value in chunks after the first.
func (w *walk) hasValue(a *attr) bool {
	return w.lay.get(chConst) == everyChunk && (!a.array() || w.lay.get(chConstArray) == 0)
}

// repeatedConstant walks over a later chunk of m elements of a constant whose first
// value stands at first; done elements came before.
func (w *walk) repeatedConstant(a *attr, b *block, first int, done, m uint64) bool {
	if !w.hasValue(a) {
		return true
	}
	at := w.pos
	if !w.elements(a, 1, &tally{}) {
		return false
	}
	end := w.pos
	if w.sameElement(a, first, at, end) {
		w.pos = end
		return true
	}
	if w.lay.get(chMixed) == 0 {
		return w.fail("constant value differs from the first", nil, at)
	}
	w.pos = at
	return w.becomeMixed(a, b, first, done) && w.mixedChunk(a, b, true, m)
}

// sameElement reports whether the element between at and end says what that at first,
// before it, does.
func (w *walk) sameElement(a *attr, first, at, end int) bool {
	same := bytes.HasPrefix(w.b[first:at], w.b[at:end])
	if !w.text || same && isSpace(w.b[first+end-at]) {
		return same
	}
	w.pos = first
	return w.elements(a, 1, &tally{}) && sameTokens(w.b[first:w.pos], w.b[at:end])
}

// becomeMixed makes rows of the done elements that were taken for a constant.
func (w *walk) becomeMixed(a *attr, b *block, first int, done uint64) bool {
	if b.constant {
		at := w.pos
		b.tally = tally{out: b.out.restart()}
		if !w.repeat(a, b, first, done) {
			return false
		}
		w.pos = at
	}
	b.constant, b.mixed, b.rows = false, true, a.elements
	return true
}

// repeat stores the element at byte at n times.
func (w *walk) repeat(a *attr, b *block, at int, n uint64) bool {
	if a.kind == kindFixed && !a.array() {
		w.pos = at
		if !w.elements(a, 1, &b.tally) {
			return false
		}
		b.values += n - 1
		for i := uint64(1); i < n && b.out != nil; i++ {
			b.out.fixed(w, at, w.width)
		}
		return true
	}
	for range n {
		w.pos = at
		if !w.elements(a, 1, &b.tally) {
			return false
		}
	}
	return true
}

func (w *walk) mixedChunk(a *attr, b *block, set bool, m uint64) bool {
	if !set {
		return w.elements(a, m, &b.tally)
	}
	return w.repeat(a, b, w.pos, m)
}

// elements walks over n elements.
func (w *walk) elements(a *attr, n uint64, t *tally) bool {
	if a.kind == kindFixed && !a.array() {
		from, width := w.pos, w.width
		if !w.numbers(n*w.perValue(a), width) {
			return false
		}
		t.values += n
		t.out.fixed(w, from, width)
		return w.spend(1)
	}
	for range n {
		count := uint32(1)
		if a.array() {
			var ok bool
			if count, ok = w.u32(); !ok {
				return false
			}
		}
		if !w.element(a, count, t) {
			return false
		}
		t.out.row(t)
	}
	return true
}

// element walks over the count values of one element.
func (w *walk) element(a *attr, count uint32, t *tally) bool {
	if !w.spend(1) {
		return w.fail("too many elements to try", nil, w.pos)
	}
	if a.kind == kindFixed {
		from, width := w.pos, w.width
		if !w.numbers(uint64(count)*w.perValue(a), width) {
			return false
		}
		t.values += uint64(count)
		t.out.fixed(w, from, width)
		return true
	}
	for i := range count {
		if i > 0 && !w.spend(1) {
			return w.fail("too many values to try", nil, w.pos)
		}
		ok := false
		if a.kind == kindShape {
			ok = w.shape(t)
		} else {
			ok = w.bytes(a, t)
		}
		if !ok {
			return false
		}
		t.values++
		t.out.value(t)
	}
	return true
}
