package check

import (
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// superblock (II.A) is checked and gives the address of the root's object header.
func (f *file) superblock() (root uint64, err error) {
	if f.end < 48 {
		return 0, f.broken(0, "superblock ends early")
	}
	c, err := f.piece(0, min(96, f.end), "superblock")
	if err != nil {
		return 0, err
	}
	if !c.is("\x89HDF\r\n\x1a\n") {
		return 0, f.broken(0, "there is no superblock")
	}
	switch version := c.num(1); version {
	case 0, 1:
		root, err = f.oldSuperblock(c, version)
	case 2, 3:
		root, err = f.newSuperblock(c)
	default:
		return 0, unsupported("version %d of HDF5 files", version)
	}
	if err == nil {
		err = c.end()
	}
	return root, err
}

func (f *file) oldSuperblock(c *cursor, version uint64) (root uint64, err error) {
	freeSpace, symbols, _, messages := c.num(1), c.num(1), c.num(1), c.num(1)
	if freeSpace != 0 || symbols != 0 || messages != 0 {
		return 0, c.broken("unknown versions inside")
	}
	if err := sizes(c); err != nil {
		return 0, err
	}
	c.skip(1)
	f.leafK, f.groupK = c.num(2), c.num(2)
	f.notOurs(c.num(4) != 0) // flags
	if version == 1 {
		f.chunkK = c.num(2)
		c.skip(2)
	}
	if f.leafK == 0 || f.groupK == 0 || f.chunkK == 0 {
		return 0, c.broken("nodes without entries")
	}
	base := c.num(8)
	c.skip(8) // free space
	end, driver := c.num(8), c.num(8)
	if err := f.cut(c, base, end); err != nil {
		return 0, err
	}
	if driver != nowhere {
		return 0, unsupported("an HDF5 file in several parts (file driver)")
	}
	c.skip(8)
	root = c.num(8)
	return root, f.stab(c)
}

// stab checks the tree and heap that a symbol repeats of the group it leads to (III.C).
func (f *file) stab(c *cursor) error {
	kind := c.num(4)
	c.skip(4)
	tree, heap := c.num(8), c.num(8)
	switch {
	case kind > 2:
		return c.broken("a symbol of kind %d", kind)
	case kind == 1 && (!f.holds(tree, 24) || !f.holds(heap, 32)):
		return c.broken("a group past the end of the file")
	}
	return nil
}

func (f *file) newSuperblock(c *cursor) (root uint64, err error) {
	if err := sizes(c); err != nil {
		return 0, err
	}
	f.notOurs(c.num(1) != 0) // flags: somebody writes it
	base, extension, end := c.num(8), c.num(8), c.num(8)
	root = c.num(8)
	if err := c.summed(44); err != nil {
		return 0, err
	}
	if err := f.cut(c, base, end); err != nil {
		return 0, err
	}
	if extension == nowhere {
		return root, nil
	}
	h, err := f.header(extension)
	if err != nil {
		return 0, err
	}
	for _, m := range h.messages {
		switch m.kind {
		case msgBTreeK:
			m.c.skip(1)
			f.chunkK, f.groupK, f.leafK = m.c.num(2), m.c.num(2), m.c.num(2)
			if f.leafK == 0 || f.groupK == 0 || f.chunkK == 0 || m.c.short {
				return 0, m.c.broken("nodes without entries")
			}
		case msgNil, msgContinuation, msgFileSpace:
		default:
			return 0, unknown(m.kind)
		}
	}
	return root, nil
}

// unknown is the error of a file that is described in a way that is not known here.
func unknown(kind uint64) error {
	switch kind {
	case msgShared:
		return &cache.UnsupportedError{Limit: true, Msg: "objects of the HDF5 file share parts of their descriptions, which is not supported: write it anew without shared messages (h5repack shares only if --ssize is given)"}
	case msgDriver:
		return unsupported("an HDF5 file in several parts (file driver)")
	case msgCacheImage:
		return unsupported("an HDF5 file that was closed with an image of its cache")
	}
	return unsupported("an HDF5 file with a superblock extension of kind %#x", kind)
}

// sizes takes those of addresses and lengths.
func sizes(c *cursor) error {
	if a, l := c.num(1), c.num(1); a != 8 || l != 8 {
		return unsupported("an HDF5 file with addresses of %d and lengths of %d bytes", a, l)
	}
	return nil
}

// cut compares the end that the file should have with the one that it has. base is where the superblock
// was when that was written: programs that put a block of their own before a file leave it as it
// was, and libhdf5 goes by where it finds the superblock.
func (f *file) cut(c *cursor, base, end uint64) error {
	if end < base || end-base < uint64(len(c.left())) {
		return c.broken("the end of the file is before its begin")
	}
	if end-base > f.end {
		return &cache.FormatError{Offset: -1, Msg: "the file is cut short: it should have " + unit.Plural(f.base+(end-base), "byte") + ", and has " + unit.Plural(f.base+f.end, "byte")}
	}
	f.end = end - base // libhdf5 reads nothing behind it
	return nil
}
