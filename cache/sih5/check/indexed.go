package check

import "math/bits"

// indexed checks chunks that are found in the ways of storage version 4 (IV.A.2.i, VII).
func (d *storage) indexed(c *cursor) error {
	flags, rank, size := c.num(1), c.num(1), c.num(1)
	switch {
	case flags > 3 || size == 0 || size > 8:
		return c.broken("chunks with flags %#x", flags)
	case flags&1 != 0:
		return unsupported("%s whose chunks at its end are not compressed", d.part)
	}
	if err := d.shape(c, rank, func() uint64 { return c.num(int(size)) }); err != nil {
		return err
	}
	kind := c.num(1)
	packed := d.bytes
	switch kind {
	case 1:
		if flags&2 != 0 {
			packed = c.num(8)
			c.skip(4)
		}
	case 3:
		c.skip(1)
	case 4:
		c.skip(5)
	case 5:
		c.skip(6)
	}
	at := c.num(8)
	if err := c.end(); err != nil || at == nowhere {
		return err
	}
	all, unlimited, ok := d.count()
	if !ok || kind == 4 && unlimited != 1 || kind < 4 && unlimited > 0 {
		return c.broken("too many chunks, or %d dimensions without limit", unlimited)
	}
	switch kind {
	case 1:
		if all > 1 {
			return c.broken("one chunk of %d", all)
		}
		return d.piece(c, at, packed)
	case 2:
		if hi, n := bits.Mul64(all, d.bytes); hi != 0 || d.filtered || !d.f.holds(at, n) {
			return c.broken("chunks past the end of the file")
		}
		return nil
	case 3:
		return d.fixedArray(at, all)
	case 4:
		return d.growingArray(at, all)
	case 5:
		return d.treeOfChunks(at)
	}
	return c.broken("chunks found in way %d", kind)
}

// count is how many chunks there may be: libhdf5 numbers them so. Dimensions without limit are
// taken as they are.
func (d *storage) count() (n, unlimited uint64, ok bool) {
	n = 1
	for i, size := range d.space.most[:d.space.rank] {
		if size == nowhere {
			unlimited++
			size = d.space.dims[i]
		}
		hi, m := bits.Mul64(n, size/d.chunk[i]+min(1, size%d.chunk[i]))
		if n = m; hi != 0 || n>>40 != 0 {
			return 0, 0, false
		}
	}
	return n, unlimited, true
}

// client is what an array's or tree's elements say: where a chunk is, and, if it is packed,
// how many bytes it takes.
func (d *storage) client() uint64 {
	if d.filtered {
		return 1
	}
	return 0
}

// entrySize is how many bytes an element takes, without the place in a tree's.
func (d *storage) entrySize() uint64 {
	if !d.filtered {
		return 8
	}
	return 8 + d.sizeBytes() + 4
}

// sizeBytes is how many bytes the size of a packed chunk takes.
func (d *storage) sizeBytes() uint64 {
	return min(8, 1+uint64(bits.Len64(d.bytes)-1+8)/8)
}

// entry checks one element.
func (d *storage) entry(c *cursor) error {
	at, n := c.num(8), d.bytes
	if d.filtered {
		n = c.num(int(d.sizeBytes()))
		c.skip(4)
	}
	if at == nowhere || c.short {
		return c.end()
	}
	return d.piece(c, at, n)
}

func (d *storage) entries(c *cursor, n uint64) error {
	for range n {
		if err := d.entry(c); err != nil {
			return err
		}
	}
	return c.end()
}

// array takes the begin that all parts of arrays have, and for parts that name their
// header looks whether they do.
func (d *storage) array(at, n uint64, mark string, head uint64) (*cursor, error) {
	if n > maxPiece {
		return nil, unsupported("an HDF5 file with so many chunks")
	}
	c, err := d.f.piece(at, n, "list of chunks")
	if err != nil {
		return nil, err
	}
	if !c.is(mark) || c.num(1) != 0 || c.num(1) != d.client() || head != nowhere && c.num(8) != head {
		return nil, c.broken("there is none")
	}
	return c, nil
}

func (d *storage) fixedArray(at, all uint64) error {
	c, err := d.array(at, 28, "FAHD", nowhere)
	if err != nil {
		return err
	}
	size, pageBits := c.num(1), c.num(1)
	n, data := c.num(8), c.num(8)
	if size != d.entrySize() || pageBits == 0 || pageBits > 32 || n != all {
		return c.broken("%d entries of %d bytes for %d chunks", n, size, all)
	}
	if data == nowhere {
		return nil
	}
	const head = 14
	page := uint64(1) << pageBits
	if n <= page {
		if c, err = d.array(data, head+n*size+4, "FADB", at); err != nil {
			return err
		}
		return d.entries(c, n)
	}
	pages := (n + page - 1) / page
	begin := head + (pages+7)/8
	if c, err = d.array(data, begin+4, "FADB", at); err != nil {
		return err
	}
	return d.pages(data+begin+4, n, page, c.left())
}

// pages checks n entries that lie in pages, each with its checksum, of those that were
// written.
func (d *storage) pages(at, n, page uint64, written []byte) error {
	for i := uint64(0); n > 0; i++ {
		here := min(n, page)
		bytes := here * d.entrySize()
		if written[i/8]>>(7-i%8)&1 != 0 {
			c, err := d.f.piece(at, bytes+4, "list of chunks")
			if err != nil {
				return err
			}
			if err := d.entries(c, here); err != nil {
				return err
			}
		}
		at, n = at+bytes+4, n-here
	}
	return nil
}

// growing is an extensible array (VII.D).
type growing struct {
	d           *storage
	at          uint64
	offset      uint64 // bytes of an index in it
	minElements uint64 // of a block
	page        uint64 // elements of a page
}

func (d *storage) growingArray(at, all uint64) error {
	c, err := d.array(at, 72, "EAHD", nowhere)
	if err != nil {
		return err
	}
	size, most, direct, minElements, minPointers, pageBits := c.num(1), c.num(1), c.num(1), c.num(1), c.num(1), c.num(1)
	c.skip(32)
	set := c.num(8)
	c.skip(8)
	index := c.num(8)
	power := func(n uint64) bool { return n != 0 && n&(n-1) == 0 }
	if size != d.entrySize() || most == 0 || most > 64 || !power(minElements) || !power(minPointers) || pageBits == 0 || pageBits > 32 ||
		uint64(bits.Len64(minElements)) > most || most < 63 && max(all, set)>>most != 0 {
		return c.broken("an array of up to %d bits with blocks of %d", most, minElements)
	}
	if index == nowhere {
		return c.end()
	}
	g := growing{d: d, at: at, offset: (most + 7) / 8, minElements: minElements, page: 1 << pageBits}
	levels := 1 + most - uint64(bits.Len64(minElements)-1)
	own := min(2*uint64(bits.Len64(minPointers)-1), levels)
	blocks, above := 2*(minPointers-1), levels-own
	if c, err = d.array(index, 14+direct*size+8*(blocks+above)+4, "EAIB", at); err != nil {
		return err
	}
	if err := d.entries(c, direct); err != nil {
		return err
	}
	for level := range levels {
		var err error
		if level >= own {
			err = g.above(c.num(8), level)
			if err != nil {
				return err
			}
			continue
		}
		for range uint64(1) << (level / 2) {
			if err = g.block(c.num(8), g.elements(level), nil); err != nil {
				return err
			}
		}
	}
	return c.end()
}

// elements is how many a block of a level has.
func (g *growing) elements(level uint64) uint64 { return g.minElements << ((level + 1) / 2) }

// block checks one of elements; written says which of its pages were.
func (g *growing) block(at, n uint64, written []byte) error {
	if at == nowhere {
		return nil
	}
	head := 14 + g.offset
	if n > g.page {
		if _, err := g.d.array(at, head+4, "EADB", g.at); err != nil {
			return err
		}
		if uint64(len(written)) < (n/g.page+7)/8 {
			return g.d.f.broken(at, "a list of chunks without pages")
		}
		return g.d.pages(at+head+4, n, g.page, written)
	}
	c, err := g.d.array(at, head+n*g.d.entrySize()+4, "EADB", g.at)
	if err != nil {
		return err
	}
	c.skip(g.offset)
	return g.d.entries(c, n)
}

// above checks a block of blocks.
func (g *growing) above(at, level uint64) error {
	if at == nowhere {
		return nil
	}
	if level > 60 {
		return g.d.f.broken(at, "a list of chunks of level %d", level)
	}
	n, blocks, mask := g.elements(level), uint64(1)<<(level/2), uint64(0)
	if n > g.page {
		mask = (n/g.page + 7) / 8
	}
	if blocks > maxPiece || mask > maxPiece {
		return unsupported("an HDF5 file with so many chunks")
	}
	c, err := g.d.array(at, 14+g.offset+blocks*(mask+8)+4, "EASB", g.at)
	if err != nil {
		return err
	}
	c.skip(g.offset)
	masks := c.bytes(blocks * mask)
	for i := range blocks {
		if err := g.block(c.num(8), n, masks[i*mask:(i+1)*mask]); err != nil {
			return err
		}
	}
	return c.end()
}

// treeOfChunks checks the chunks that a tree of version 2 finds.
func (d *storage) treeOfChunks(at uint64) error {
	kind := treeChunks
	if d.filtered {
		kind = treeChunksThin
	}
	return d.f.tree(at, kind, func(r *cursor) error {
		if uint64(len(r.all)) != d.entrySize()+8*uint64(d.space.rank) {
			return r.broken("a chunk of %d bytes", len(r.all))
		}
		return d.entry(r)
	})
}
