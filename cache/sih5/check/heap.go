package check

import (
	"encoding/binary"
	"math/bits"
)

// heap is a fractal heap (III.G): objects lie in blocks, which a table finds whose rows hold
// blocks of twice the size of those of the row before.
type heap struct {
	f         *file
	at        uint64
	idLen     uint64
	width     uint64 // blocks of a row
	start     uint64 // bytes of a block of the first rows
	most      uint64 // bytes of the largest direct block
	offset    int    // bytes of an offset in the heap
	length    int    // bytes of an object's length
	bits      uint64 // of the heap's size
	headBytes uint64 // at the begin of a direct block
	summed    bool   // direct blocks have checksums
	blocks    []block
	huge      map[uint64]span // by their numbers
	seen      map[uint64]bool
}

// block is a direct one.
type block struct{ from, n, at uint64 }

func (f *file) heap(at uint64) (*heap, error) {
	c, err := f.piece(at, 146, "heap")
	if err != nil {
		return nil, err
	}
	if !c.is("FRHP") || c.num(1) != 0 {
		return nil, c.broken("there is none")
	}
	h := &heap{f: f, at: at, idLen: c.num(2), huge: map[uint64]span{}, seen: map[uint64]bool{}}
	filters := c.num(2)
	flags := c.num(1)
	mostManaged := c.num(4)
	c.skip(8)
	hugeTree := c.num(8)
	c.skip(16) // free space
	c.skip(8 * 4)
	c.skip(8) // bytes of huge objects
	hugeCount := c.num(8)
	c.skip(16)
	h.width, h.start, h.most, h.bits = c.num(2), c.num(8), c.num(8), c.num(2)
	c.skip(2)
	root, rows := c.num(8), c.num(2)
	if err := c.summed(142); err != nil {
		return nil, err
	}
	power := func(n uint64) bool { return n&(n-1) == 0 && n != 0 }
	switch {
	case filters != 0:
		return nil, unsupported("a compressed heap of names")
	case !power(h.width) || h.width > 1<<10 || !power(h.start) || !power(h.most) || h.start < 64 || h.start > h.most || h.most > maxPiece:
		return nil, c.broken("blocks of %d to %d bytes, %d in a row", h.start, h.most, h.width)
	case h.bits == 0 || h.bits > 64 || uint64(bits.Len64(h.most)) > h.bits, mostManaged == 0 || mostManaged > h.most:
		return nil, c.broken("a size of %d bits, objects of %d bytes", h.bits, mostManaged)
	case h.idLen < 7 || h.idLen > 8 || flags > 3:
		return nil, c.broken("numbers of %d bytes, flags %#x", h.idLen, flags)
	}
	h.offset = int(h.bits+7) / 8
	h.length = min((bits.Len64(h.most)-1+7)/8, bytesFor(mostManaged))
	h.headBytes = 13 + uint64(h.offset)
	if h.summed = flags&2 != 0; h.summed {
		h.headBytes += 4
	}
	if hugeCount > 0 {
		if err := h.large(hugeTree); err != nil {
			return nil, err
		}
	}
	switch {
	case root == nowhere:
		return h, nil
	case rows == 0:
		return h, h.direct(root, h.start, 0)
	}
	return h, h.indirect(root, 0, rows, 0)
}

// rowSize is how large the blocks of a row are.
func (h *heap) rowSize(row uint64) uint64 {
	if row == 0 {
		return h.start
	}
	return h.start << (row - 1)
}

func (h *heap) once(at uint64) error {
	if h.seen[at] {
		return h.f.broken(at, "a heap that leads back to itself")
	}
	h.seen[at] = true
	return nil
}

// direct notes a block of n bytes that begins at an offset of the heap.
func (h *heap) direct(at, n, offset uint64) error {
	if err := h.once(at); err != nil {
		return err
	}
	if !h.f.holds(at, n) {
		return h.f.broken(at, "block of a heap ends past the end of the file")
	}
	c, err := h.f.piece(at, n, "block of a heap")
	if err != nil {
		return err
	}
	if !c.is("FHDB") || c.num(1) != 0 || c.num(8) != h.at || c.num(h.offset) != offset {
		return c.broken("there is none")
	}
	if h.summed { // with zeros in the place of its checksum
		b := append([]byte(nil), c.all...)
		place := b[h.headBytes-4 : h.headBytes]
		sum := binary.LittleEndian.Uint32(place)
		clear(place)
		if sum != Checksum(b) {
			return c.broken("its checksum is wrong")
		}
	}
	h.blocks = append(h.blocks, block{offset, n, at})
	return nil
}

// indirect walks a part of the table, of a number of rows, that begins at an offset.
func (h *heap) indirect(at, offset, rows uint64, depth int) error {
	f := h.f
	if err := h.once(at); err != nil {
		return err
	}
	directRows := uint64(bits.Len64(h.most)-bits.Len64(h.start)) + 2
	if rows > h.bits || depth > maxDepth {
		return f.broken(at, "a heap of %d rows", rows)
	}
	c, err := f.piece(at, 13+uint64(h.offset)+8*rows*h.width+4, "table of a heap")
	if err != nil {
		return err
	}
	if !c.is("FHIB") || c.num(1) != 0 || c.num(8) != h.at || c.num(h.offset) != offset {
		return c.broken("there is none")
	}
	for row := range rows {
		size := h.rowSize(row)
		for range h.width {
			child := c.num(8)
			if child != nowhere {
				if row < directRows {
					err = h.direct(child, size, offset)
				} else {
					err = h.indirect(child, offset, uint64(bits.Len64(size)-bits.Len64(h.start*h.width))+1, depth+1)
				}
				if err != nil {
					return err
				}
			}
			if offset += size; offset>>1 >= 1<<(h.bits-1) {
				return c.broken("larger than it may be")
			}
		}
	}
	return c.summed(13 + uint64(h.offset) + 8*rows*h.width)
}

// large notes the objects that lie outside of the heap.
func (h *heap) large(tree uint64) error {
	return h.f.tree(tree, treeHuge, func(r *cursor) error {
		s := span{r.num(8), r.num(8)}
		if !h.f.holds(s.at, s.n) || s.n > maxPiece {
			return r.broken("an object past the end of the file")
		}
		h.huge[r.num(8)] = s
		return nil
	})
}

// object is what a number of the heap stands for.
func (h *heap) object(id *cursor) (*cursor, error) {
	if uint64(len(id.all)) != h.idLen {
		return nil, id.broken("a number of %d bytes for one of %d", len(id.all), h.idLen)
	}
	first := id.num(1)
	if first>>6 != 0 {
		return nil, id.broken("a number of version %d", first>>6)
	}
	switch first >> 4 & 3 {
	case 0:
		return h.managed(id)
	case 1:
		s, ok := h.huge[id.num(len(id.left()))]
		if !ok {
			return nil, id.broken("an object that is not there")
		}
		return h.f.piece(s.at, s.n, "object")
	case 2:
		n := first&0xf + 1
		o := id.cut(n, "object")
		return &o, id.end()
	}
	return nil, id.broken("an object of kind 3")
}

func (h *heap) managed(id *cursor) (*cursor, error) {
	offset, n := id.num(h.offset), id.num(h.length)
	if err := id.end(); err != nil {
		return nil, err
	}
	lo, hi := 0, len(h.blocks)
	for lo < hi { // blocks come in the order of their offsets
		if mid := (lo + hi) / 2; h.blocks[mid].from+h.blocks[mid].n <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(h.blocks) || offset < h.blocks[lo].from+h.headBytes || n == 0 || n > h.blocks[lo].from+h.blocks[lo].n-offset {
		return nil, id.broken("an object outside of the blocks of its heap")
	}
	b := h.blocks[lo]
	return h.f.piece(b.at+offset-b.from, n, "object")
}
