package icecache

import (
	"encoding/binary"

	"iceexplorer/cache"
)

// bytes walks over one string or blob that stands among an element's values.
func (w *walk) bytes(a *attr, t *tally) bool {
	how := uint8(blobPadded)
	if a.kind == kindBlob {
		how = w.blobs(a)
	} else if w.lay.get(chPadding) == 1 {
		how = blobElements
	}
	n := a.col.Locator
	if how == blobRaws {
		if n == 0 {
			return w.fail("blocks of no size", nil, w.pos)
		}
	} else {
		var ok bool
		if n, ok = w.u32(); !ok {
			return false
		}
	}
	from := w.pos
	stored := uint64(n)
	if how == blobPadded {
		stored = (stored + 3) &^ 3
	}
	if !w.skip(stored) {
		return false
	}
	t.bytes += uint64(n)
	t.out.bytes(w.b[from : from+int(n)])
	return true
}

func (w *walk) blobs(a *attr) uint8 {
	if a.col.Type == cache.TypeLocation {
		return w.lay.get(chLocation)
	}
	return w.lay.get(chCustom)
}

// oneBlob walks over a block that stands once for all elements.
func (w *walk) oneBlob(a *attr, b *block, how uint8) bool {
	if how == blobNone {
		return true
	}
	if a.elements == 0 {
		return how == blobInline || w.fail("no elements", nil, w.pos)
	}
	if how == blobFlagOnce || how == blobFlagRaw {
		if _, ok := w.flag(); !ok {
			return false
		}
	}
	n := a.col.Locator
	if how == blobOnce || how == blobFlagOnce {
		var ok bool
		if n, ok = w.u32(); !ok {
			return false
		}
	}
	var block []byte
	if how == blobInline {
		block = w.b[a.inline : a.inline+int(n)]
	} else {
		from := w.pos
		if !w.skip(uint64(n)) {
			return false
		}
		block = w.b[from:w.pos]
	}
	b.constant, b.rows = true, 1
	b.values, b.tally.bytes = 1, uint64(n)
	b.out.bytes(block)
	b.out.value(&b.tally)
	b.out.row(&b.tally)
	return true
}

// maxShape is more than any shape type's number.
const maxShape = 0xff

// shape walks over one value of a TypeShape attribute.
func (w *walk) shape(t *tally) bool {
	var r cache.ShapeRecord
	var ok bool
	if r.Trivial, ok = w.bool(); !ok {
		return false
	}
	at := w.pos
	v, ok := w.u32()
	if !ok {
		return false
	}
	if v > maxShape {
		return w.fail("unknown shape type", v, at)
	}
	r.Type = int32(v)
	size := uint64(1)
	var target, model []byte
	switch r.Type {
	case cache.ShapeReference:
		if r.ObjectID, ok = w.u32(); !ok {
			return false
		}
		if r.Branch, ok = w.bool(); !ok {
			return false
		}
		if r.Remap, ok = w.bool(); !ok {
			return false
		}
		size += 6
		if r.Remap {
			if target, ok = w.name(); !ok {
				return false
			}
			if model, ok = w.name(); !ok {
				return false
			}
			size += uint64(8 + len(target) + len(model))
		}
	case cache.ShapeInstance:
		if r.Index, ok = w.u32(); !ok {
			return false
		}
		size += 4
	}
	t.records += size
	t.extra = t.extra || r.Extra()
	t.trivial[flagIndex(r.Trivial)] = true
	if t.out != nil {
		r.Target, r.Model = string(target), string(model)
		t.out.shape(r)
	}
	return true
}

// recorded reports whether shapes need their records stored.
func (t *tally) recorded() bool { return t.extra || t.trivial[0] && t.trivial[1] }

func flagIndex(b bool) int {
	if b {
		return 1
	}
	return 0
}

// bool reads a bool within a shape.
func (w *walk) bool() (set, ok bool) {
	from := w.pos
	if !w.skip(w.boolLen) {
		return false, false
	}
	v := uint32(w.b[from])
	if w.boolLen == 4 {
		v = binary.LittleEndian.Uint32(w.b[from:])
	}
	if v > 1 {
		return false, w.fail("bool is neither 0 nor 1", v, from)
	}
	return v == 1, true
}

// name reads a padded name within a shape.
func (w *walk) name() (name []byte, ok bool) {
	n, ok := w.u32()
	if !ok {
		return nil, false
	}
	from := w.pos
	if !w.skip((uint64(n) + 3) &^ 3) {
		return nil, false
	}
	return w.b[from : from+int(n)], true
}
