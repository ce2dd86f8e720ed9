package check

import (
	"cmp"
	"errors"
	"math/bits"
	"strconv"

	"iceexplorer/cache"
)

// dataset checks one that is read; part is its name.
func (f *file) dataset(at uint64, part string) error {
	return f.once(at, "dataset", func() error { return f.values(at, part) })
}

func (f *file) values(at uint64, part string) error {
	h, err := f.object(at)
	if err != nil {
		return err
	}
	sp, typ, layout := h.first(msgSpace), h.first(msgType), h.first(msgLayout)
	switch {
	case h.first(msgExternal) != nil:
		return unsupported("%s in another file", part)
	case sp == nil && typ == nil && layout == nil:
		return nil // a group, which libhdf5 will say
	case sp == nil || typ == nil || layout == nil || h.first(msgSymbols) != nil || h.first(msgLinkInfo) != nil:
		return f.broken(at, "half a dataset")
	}
	d := storage{f: f, part: part, fixed: true}
	if d.space, err = dataspace(sp); err != nil {
		return err
	}
	if d.elem, err = typeOf(typ); err != nil {
		return err
	}
	if c := h.first(msgFill); c != nil {
		d.filled, err = fill(c, d.elem.size)
	}
	if c := h.first(msgOldFill); c != nil && err == nil {
		err = fillBytes(c, d.elem.size)
	}
	if c := h.first(msgPipeline); c != nil && err == nil {
		err = d.filters(c)
	}
	if err != nil {
		return err
	}
	err = d.layout(layout)
	if err == nil {
		f.sawDataset(at, h, &d, typ)
	}
	var format *cache.FormatError
	if errors.As(err, &format) {
		format.Msg = part + ": " + format.Msg
	}
	return err
}

// storage is how the values of a dataset lie in the file.
type storage struct {
	f     *file
	part  string
	space space
	elem  datatype

	filtered bool
	filled   bool // there is a fill value
	fixed    bool // no filter changes how many bytes a chunk takes
	whole    bool // it is stored as one piece, as the next two say
	at, size uint64
	chunk    []uint64 // elements in each dimension
	bytes    uint64   // of a chunk's values
}

// maxChunk bounds the bytes of one chunk, which libhdf5 has in memory as a whole.
const maxChunk = 256 << 20

// layout checks a message of one (IV.A.2.i).
func (d *storage) layout(c *cursor) error {
	version := c.num(1)
	switch version {
	case 1, 2:
		return d.oldLayout(c)
	case 3, 4:
	default:
		return c.broken("storage of version %d", version)
	}
	switch class := c.num(1); class {
	case 0:
		return d.compact(c, c.num(2))
	case 1:
		d.whole, d.at, d.size = true, c.num(8), c.num(8)
		return d.contiguous(c, d.at)
	case 2:
		if version == 4 {
			return d.indexed(c)
		}
		rank := c.num(1)
		tree := c.num(8)
		return d.chunks(c, rank, tree, func() uint64 { return c.num(4) })
	case 3:
		return unsupported("%s put together from other files or datasets (virtual)", d.part)
	default:
		return c.broken("storage of class %d", class)
	}
}

func (d *storage) oldLayout(c *cursor) error {
	rank, class := c.num(1), c.num(1)
	c.skip(5)
	at := nowhere
	if class != 0 {
		at = c.num(8)
	}
	if class == 2 {
		return d.chunks(c, rank, at, func() uint64 { return c.num(4) })
	}
	if rank > maxRank {
		return c.broken("%d dimensions", rank)
	}
	n := d.elem.size
	for range rank {
		hi, m := bits.Mul64(n, c.num(4))
		if n = m; hi != 0 {
			return c.broken("values that are too many")
		}
	}
	switch class {
	case 0:
		return d.compact(c, c.num(4))
	case 1:
		return d.contiguous(c, at)
	}
	return c.broken("storage of class %d", class)
}

// values is how many bytes all values take.
func (d *storage) values() (uint64, bool) {
	hi, n := bits.Mul64(d.space.n, d.elem.size)
	return n, hi == 0 && n>>62 == 0
}

func (d *storage) compact(c *cursor, n uint64) error {
	c.skip(n)
	if err := c.end(); err != nil {
		return err
	}
	if all, ok := d.values(); !ok || n != all {
		return c.broken("%d bytes for values of %d", n, all)
	}
	return nil
}

func (d *storage) contiguous(c *cursor, at uint64) error {
	if err := c.end(); err != nil || at == nowhere {
		return err
	}
	if d.filtered {
		return c.broken("filters of what has no chunks")
	}
	return nil // whether they lie in the file is checked where they are read
}

// shape takes the dimensions of a chunk; the last, of rank, is the size of an element.
func (d *storage) shape(c *cursor, rank uint64, next func() uint64) error {
	if d.space.rank < 1 || rank != uint64(d.space.rank)+1 {
		return c.broken("chunks of %d dimensions", rank)
	}
	d.bytes = 1
	for i := range rank {
		n := next()
		hi, all := bits.Mul64(d.bytes, n)
		if c.short {
			return c.end()
		}
		if n == 0 || hi != 0 || i == rank-1 && n != d.elem.size {
			return c.broken("chunks of a wrong size")
		}
		if all > maxChunk {
			return unsupported("a chunk of %s of more than %d bytes", d.part, maxChunk)
		}
		if d.bytes = all; i < rank-1 {
			d.chunk = append(d.chunk, n)
		}
	}
	return nil
}

// chunks checks those that a tree of version 1 finds.
func (d *storage) chunks(c *cursor, rank, tree uint64, next func() uint64) error {
	if err := d.shape(c, rank, next); err != nil {
		return err
	}
	if err := c.end(); err != nil || tree == nowhere {
		return err
	}
	w := oldTree{f: d.f, kind: 1, k: d.f.chunkK, key: 8 + 8*rank, seen: map[uint64]bool{}}
	w.check = func(*cursor) error { return nil }
	w.leaf = func(key *cursor, at uint64) error {
		n := key.num(4)
		key.skip(4)
		for i := range d.space.rank {
			if from := key.num(8); from%d.chunk[i] != 0 {
				return key.broken("a chunk that begins at %d", from)
			}
		}
		return d.piece(key, at, n)
	}
	return w.node(tree, -1)
}

// piece checks where a chunk lies.
func (d *storage) piece(c *cursor, at, n uint64) error {
	switch {
	case !d.f.holds(at, n):
		return c.broken("a chunk past the end of the file")
	case n == 0, d.fixed && n != d.bytes, n > 2*d.bytes+1<<16:
		return c.broken("a chunk of %d bytes for values of %d", n, d.bytes)
	}
	return nil
}

// Filters (VI.A) that libhdf5 has; others are only numbers to it, as no plugins are loaded.
const (
	filterDeflate  = 1
	filterShuffle  = 2
	filterChecksum = 3
)

// filterNames are those of filters that libhdf5 has too, and that no known writer uses.
var filterNames = map[uint64]string{4: "szip", 5: "nbit", 6: "scale-offset"}

// filters checks the list of what chunks are packed by (IV.A.2.l).
func (d *storage) filters(c *cursor) error {
	version, n := c.num(1), c.num(1)
	if version == 1 {
		c.skip(6)
	}
	if version < 1 || version > 2 || n > 32 {
		return c.broken("%d filters of version %d", n, version)
	}
	if n > 8 {
		return unsupported("%s compressed in %d ways", d.part, n)
	}
	deflates := 0
	d.filtered = n > 0
	for range n {
		id, name := c.num(2), uint64(0)
		if version == 1 || id >= 256 {
			name = c.num(2)
		}
		c.skip(2)
		values := c.num(2)
		if version == 1 {
			name = (name + 7) &^ 7
		}
		c.skip(name)
		first := c.num(int(4 * min(values, 1)))
		c.skip(4 * (max(values, 1) - 1))
		if version == 1 && values%2 != 0 {
			c.skip(4)
		}
		switch {
		case c.short:
			return c.end()
		case id == filterDeflate && (values != 1 || first > 9), id == filterShuffle && (values != 1 || first != d.elem.size), id == filterChecksum && values != 0:
			return c.broken("filter %d with %d values", id, values)
		case id == 0 || id > filterChecksum && id < 32:
			return unsupported("%s is compressed with %s, which", d.part, cmp.Or(filterNames[id], "filter "+strconv.FormatUint(id, 10)))
		}
		if id == filterDeflate {
			deflates++
		}
		if deflates > 1 {
			return unsupported("%s compressed twice", d.part)
		}
		d.fixed = d.fixed && id == filterShuffle
	}
	return c.end()
}
