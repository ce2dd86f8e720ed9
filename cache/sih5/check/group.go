package check

import "bytes"

// link is a name in a group and what it leads to.
type link struct {
	name string
	hard bool
	to   uint64 // an object header, if hard

	order uint64 // in which it was made; nowhere if the group does not say
}

// links are those of a group, in whatever way it keeps them; ok is false if the object is
// no group.
func (f *file) links(h *header) (list []link, ok bool, err error) {
	symbols, info := h.first(msgSymbols), h.first(msgLinkInfo)
	if symbols != nil && info != nil {
		return nil, false, f.broken(h.at, "a group of two kinds")
	}
	if symbols != nil {
		list, err = f.symbols(symbols)
		return list, true, err
	}
	if info == nil {
		return nil, false, nil
	}
	add := func(c *cursor) error {
		l, err := linkOf(c)
		list = append(list, l)
		return err
	}
	for i := range h.messages {
		if m := &h.messages[i]; m.kind == msgLink {
			if err := add(&m.c); err != nil {
				return nil, true, err
			}
		}
	}
	return list, true, f.linkInfo(info, add)
}

// linkInfo checks where a group keeps links that are too many for its header (IV.A.2.c).
func (f *file) linkInfo(c *cursor, add func(*cursor) error) error {
	version, flags := c.num(1), c.num(1)
	if version != 0 || flags > 3 {
		return c.broken("links of version %d with flags %#x", version, flags)
	}
	if flags&1 != 0 {
		c.skip(8)
	}
	heap, byName, byOrder := c.num(8), c.num(8), nowhere
	if flags&2 != 0 {
		byOrder = c.num(8)
	}
	if err := c.end(); err != nil || heap == nowhere {
		return err
	}
	return f.dense(heap, byName, byOrder, treeLinkNames, treeLinkOrder, func(o *cursor) error {
		o.what = "link"
		return add(o)
	})
}

// linkOf takes one apart (IV.A.2.g).
func linkOf(c *cursor) (l link, err error) {
	version, flags := c.num(1), c.num(1)
	if version != 1 || flags&^0x1f != 0 {
		return l, c.broken("a link of version %d with flags %#x", version, flags)
	}
	kind := uint64(0)
	if flags&0x08 != 0 {
		kind = c.num(1)
	}
	order := nowhere
	if flags&0x04 != 0 {
		order = c.num(8)
	}
	if flags&0x10 != 0 {
		if set := c.num(1); set > 1 {
			return l, c.broken("a link's name in characters of kind %d", set)
		}
	}
	name := c.bytes(c.num(1 << (flags & 3)))
	if c.short || len(name) == 0 || bytes.IndexByte(name, 0) >= 0 {
		return l, c.broken("a link without a name")
	}
	l = link{name: string(name), hard: kind == 0, order: order}
	switch {
	case kind == 0:
		if l.to = c.num(8); !c.short && !c.f.holds(l.to, 16) {
			return l, c.broken("a link past the end of the file")
		}
	case kind == 1 || kind >= 64:
		c.skip(c.num(2))
	default:
		return l, c.broken("a link of kind %d", kind)
	}
	return l, c.end()
}

// symbols are the links of a group of the old kind: a tree of nodes of symbols, whose names
// lie in a heap (III.A.1, III.B, III.D).
func (f *file) symbols(c *cursor) ([]link, error) {
	tree, heap := c.num(8), c.num(8)
	if err := c.end(); err != nil {
		return nil, err
	}
	names, err := f.names(heap)
	if err != nil {
		return nil, err
	}
	var list []link
	w := oldTree{f: f, kind: 0, k: f.groupK, key: 8, seen: map[uint64]bool{}}
	w.leaf = func(key *cursor, at uint64) error {
		more, err := f.symbolNode(at, names)
		list = append(list, more...)
		return err
	}
	w.check = func(key *cursor) error {
		if offset := key.num(8); offset >= uint64(len(names)) {
			return key.broken("a name past the end of its heap")
		}
		return nil
	}
	return list, w.node(tree, -1)
}

// names is the data of a heap of names. libhdf5 follows the list of its gaps.
func (f *file) names(at uint64) ([]byte, error) {
	c, err := f.piece(at, 32, "heap of names")
	if err != nil {
		return nil, err
	}
	if !c.is("HEAP") || c.num(1) != 0 {
		return nil, c.broken("there is none")
	}
	c.skip(3)
	size, free, data := c.num(8), c.num(8), c.num(8)
	d, err := f.piece(data, size, "heap of names")
	if err != nil {
		return nil, err
	}
	const none = 1 // no gap
	for steps := uint64(0); free != none && free != nowhere; steps++ {
		if steps > size/16 || free%8 != 0 || free > size || size-free < 16 {
			return nil, d.broken("a gap at %d", free)
		}
		gap := cursor{f: f, all: d.all[free:], at: data + free, what: d.what}
		next, n := gap.num(8), gap.num(8)
		if n < 16 || n > size-free {
			return nil, d.broken("a gap of %d bytes", n)
		}
		free = next
	}
	return d.all, nil
}

// symbolNode takes a node of symbols.
func (f *file) symbolNode(at uint64, names []byte) ([]link, error) {
	c, err := f.piece(at, 8+80*f.leafK, "node of symbols")
	if err != nil {
		return nil, err
	}
	if !c.is("SNOD") || c.num(1) != 1 {
		return nil, c.broken("there is none")
	}
	c.skip(1)
	n := c.num(2)
	if n > 2*f.leafK {
		return nil, c.broken("%d symbols of %d", n, 2*f.leafK)
	}
	var list []link
	for range n {
		nameAt := c.num(8)
		l := link{to: c.num(8), order: nowhere}
		peek := *c
		kind := peek.num(4)
		peek.skip(4)
		soft := peek.num(4)
		if err := f.stab(c); err != nil {
			return nil, err
		}
		l.hard = kind != 2
		if l.name, err = nameIn(c, names, nameAt); err != nil {
			return nil, err
		}
		if !l.hard {
			if _, err = nameIn(c, names, soft); err != nil {
				return nil, err
			}
		} else if !f.holds(l.to, 16) {
			return nil, c.broken("a link past the end of the file")
		}
		list = append(list, l)
	}
	return list, c.end()
}

// nameIn is a name in a heap.
func nameIn(c *cursor, names []byte, at uint64) (string, error) {
	if at < uint64(len(names)) {
		names := names[:min(uint64(len(names)), at+maxName)]
		if n := bytes.IndexByte(names[at:], 0); n >= 0 {
			return string(names[at : at+uint64(n)]), nil
		}
	}
	return "", c.broken("a name past the end of its heap")
}
