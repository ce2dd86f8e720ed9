package icecache

import "iceexplorer/cache"

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
			return w.fail("blocks have no size", nil, w.pos)
		}
	} else {
		var ok bool
		if n, ok = w.u32(); !ok {
			return false
		}
	}
	t.bytes += uint64(n)
	if a.kind == kindString {
		str, ok := w.str(n, how == blobPadded)
		t.out.str(str)
		return ok
	}
	from := w.pos
	if !w.blob(n, how == blobPadded) {
		return false
	}
	if !w.text {
		t.out.blob(w, from, from+int(n))
	} else {
		t.out.blob(w, from, w.pos)
	}
	return true
}

// str reads the n bytes of a string after its length.
func (w *walk) str(n uint32, padded bool) (s []byte, ok bool) {
	if w.text {
		s, end, ok := textString(w.b, w.pos, uint64(n), !padded)
		switch {
		case !ok && end == len(w.b):
			return nil, w.end()
		case !ok:
			return nil, w.fail("length does not fit", n, w.pos)
		}
		w.pos = end
		return s, true
	}
	from := w.pos
	if !w.blob(n, padded) {
		return nil, false
	}
	return w.b[from : from+int(n)], true
}

// blob moves past the n bytes of a blob.
func (w *walk) blob(n uint32, padded bool) bool {
	stored := uint64(n)
	if padded && !w.text {
		stored = (stored + 3) &^ 3
	}
	return w.numbers(stored, 1)
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
	from := w.pos
	if how != blobInline {
		if !w.blob(n, false) {
			return false
		}
		b.out.blob(w, from, w.pos)
	} else {
		b.out.blob(w, a.inline[0], a.inline[1])
	}
	b.constant, b.rows = true, 1
	b.values, b.tally.bytes = 1, uint64(n)
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
	var v uint32
	switch {
	case w.boolLen > 1 || w.text:
		if v, ok = w.u32(); !ok {
			return false, false
		}
	default:
		if !w.skip(1) {
			return false, false
		}
		v = uint32(w.b[from])
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
	return w.str(n, true)
}
