package check

import (
	"bytes"
	"math/bits"
)

// attr is an attribute of an object.
type attr struct {
	name   []byte
	kind   []byte // its data type's message
	count  uint64 // of elements
	values []byte
}

// attribute checks a message of one (IV.A.2.m), with all its values.
func attribute(c *cursor) (a attr, err error) {
	version, flags := c.num(1), c.num(1)
	nameLen, typeLen, spaceLen := c.num(2), c.num(2), c.num(2)
	switch {
	case version < 1 || version > 3:
		return a, c.broken("an attribute of version %d", version)
	case version > 1 && flags != 0:
		return a, unsupported("a part of the file that objects share (a committed data type)")
	case version == 3:
		if set := c.num(1); set > 1 {
			return a, c.broken("an attribute's name in characters of kind %d", set)
		}
	}
	padded := func(n uint64) uint64 {
		if version == 1 {
			return (n + 7) &^ 7
		}
		return n
	}
	part := func(n uint64, what string) cursor {
		p := c.cut(n, what)
		c.skip(padded(n) - n)
		return p
	}
	name, typ, sp := part(nameLen, "an attribute's name"), part(typeLen, "an attribute's type"), part(spaceLen, "an attribute's space")
	if c.short {
		return a, c.end()
	}
	if bytes.IndexByte(name.all, 0) != len(name.all)-1 {
		return a, name.broken("it does not end where it should")
	}
	t, err := typeOf(&typ)
	if err != nil {
		return a, err
	}
	s, err := dataspace(&sp)
	if err != nil {
		return a, err
	}
	hi, n := bits.Mul64(s.n, t.size)
	if hi != 0 || n > uint64(len(c.left())) {
		return a, c.broken("an attribute's values end early")
	}
	return attr{name.all[:len(name.all)-1], typ.taken(), s.n, c.left()[:n]}, nil
}

// attributes checks those in an object's header, and those in the heap that it names
// (IV.A.2.v). The header gets the former.
func (f *file) attributes(h *header) error {
	h.attributes = f.attrs[:0]
	for i := range h.messages {
		if m := &h.messages[i]; m.kind == msgAttribute {
			a, err := attribute(&m.c)
			if err != nil {
				return err
			}
			h.attributes = append(h.attributes, a)
		}
	}
	f.attrs = h.attributes
	c := h.first(msgAttrInfo)
	if c == nil {
		return nil
	}
	version, flags := c.num(1), c.num(1)
	if version != 0 || flags > 3 {
		return c.broken("attributes of version %d with flags %#x", version, flags)
	}
	if flags&1 != 0 {
		c.skip(2)
	}
	heap, byName, byOrder := c.num(8), c.num(8), nowhere
	if flags&2 != 0 {
		byOrder = c.num(8)
	}
	if err := c.end(); err != nil || heap == nowhere {
		return err
	}
	h.dense = true
	return f.dense(heap, byName, byOrder, treeAttrNames, treeAttrOrder, func(o *cursor) error {
		o.what = "attribute"
		h.others++
		_, err := attribute(o)
		return err
	})
}

// dense checks a heap of links or attributes, and the trees that find them by name and by
// order. Each object is handed to object, by either.
func (f *file) dense(heap, byName, byOrder uint64, names, order int, object func(*cursor) error) error {
	h, err := f.heap(heap)
	if err != nil {
		return err
	}
	for _, t := range []struct {
		at   uint64
		kind int
	}{{byName, names}, {byOrder, order}} {
		if t.at == nowhere && t.kind == order {
			continue
		}
		err := f.tree(t.at, t.kind, func(r *cursor) error {
			id := recordID(r, t.kind)
			if flags := r.num(1); (t.kind == treeAttrNames || t.kind == treeAttrOrder) && flags&2 != 0 {
				return unsupported("a part of the file that objects share")
			}
			o, err := h.object(&id)
			if err != nil {
				return err
			}
			return object(o)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// recordID is the part of a tree's record that says where the object lies in the heap.
func recordID(r *cursor, kind int) cursor {
	switch kind {
	case treeLinkNames:
		r.skip(4)
		return r.cut(7, "link")
	case treeLinkOrder:
		r.skip(8)
		return r.cut(7, "link")
	}
	return r.cut(8, "attribute")
}
