// Package check walks the structure of an HDF5 file that this program is about to read with
// libhdf5, which trusts most of what a file says: 3 in 100 files with a damaged byte made it
// crash, and others kept it busy for minutes. It follows the way from the superblock to
// /HEADER, /ATTRIBS and the datasets of the groups there, and refuses what contradicts
// itself or leads elsewhere, and what no known writer of such files writes. It reads no
// values, and never more than it knows to lie in the file.
//
// The format is that of the HDF5 File Format Specification 3.0; numbers of sections in
// comments are its.
package check

import (
	"bytes"
	"cmp"
	"fmt"
	"io"

	"iceexplorer/cache"
)

// nowhere is the undefined address, in files with addresses of 8 bytes.
const nowhere = ^uint64(0)

// Bounds of what is believed.
const (
	maxPiece   = 64 << 20 // bytes of one piece of structure
	maxPieces  = 1 << 20  // of one file
	maxName    = 64 << 10 // bytes
	maxDepth   = 16       // of trees
	pageSize   = 16 << 10
	maxPages   = 4096 // kept at a time
	maxObjects = 4 * cache.MaxAttributes
	maxFacts   = 1024 // of an attribute: libhdf5 looks through all of them for each link to it
)

// file is what is being checked. Addresses count from base.
type file struct {
	r       io.ReaderAt
	base    uint64
	end     uint64 // of the file, as an address
	pages   map[uint64][]byte
	pieces  int
	left    uint64        // bytes of structure that may be read: a file has each of them once
	checked map[use]error // objects that were checked
	spent   bool          // there is more structure than there may be
	leafK   uint64        // half the most symbols of a node of names
	groupK  uint64        // half the most entries of a node of groups
	chunkK  uint64        // half the most entries of a node of chunks
	objects int

	messages []message // of the latest header
	attrs    []attr

	seen   *Seen              // nil once something cannot be told
	facts  map[uint64]Dataset // by address, of datasets as this program writes them
	groups map[uint64]*Group  // of attributes' groups
}

// File walks a file of size bytes whose superblock, found by its signature, is at base. Its
// errors are cache.FormatError and cache.UnsupportedError, or those of reading. What is wrong with an
// attribute alone is in what is left out. What was seen is nil if it is not all that there is to see.
func File(r io.ReaderAt, base, size uint64) (*Left, *Seen, error) {
	if base > size {
		return nil, nil, fmt.Errorf("a superblock at byte %d of %d", base, size)
	}
	f := &file{r: r, base: base, end: size - base, left: 4*size + 16<<20, pages: map[uint64][]byte{}, checked: map[use]error{}, leafK: 4, groupK: 16, chunkK: 32,
		seen: &Seen{}, facts: map[uint64]Dataset{}, groups: map[uint64]*Group{}}
	root, err := f.superblock()
	if err != nil {
		return nil, nil, err
	}
	left, err := f.walk(root)
	return left, f.seen, err
}

// broken is an error at an address.
func (f *file) broken(at uint64, format string, args ...any) error {
	return &cache.FormatError{Offset: int64(f.base + at), Msg: "the HDF5 structure is damaged (" + fmt.Sprintf(format, args...) + ")"}
}

func unsupported(format string, args ...any) error {
	return &cache.UnsupportedError{Msg: fmt.Sprintf(format, args...)}
}

// holds reports whether n bytes at an address lie in the file.
func (f *file) holds(at, n uint64) bool { return at <= f.end && n <= f.end-at }

// piece reads n bytes of structure; what is what they are.
func (f *file) piece(at, n uint64, what string) (*cursor, error) {
	if !f.holds(at, n) {
		return nil, f.broken(at, "%s ends past the end of the file", what)
	}
	if f.pieces++; n > f.left || f.pieces > maxPieces {
		f.spent = true
	}
	if n > maxPiece || f.spent {
		return nil, unsupported("an HDF5 file with so much structure")
	}
	f.left -= n
	b, err := f.bytes(at, n)
	if err != nil {
		return nil, err
	}
	return &cursor{f: f, all: b, at: at, what: what}, nil
}

// bytes reads what lies in the file.
func (f *file) bytes(at, n uint64) ([]byte, error) {
	page, from := at/pageSize, at%pageSize
	switch {
	case n == 0:
		return nil, nil
	case n > pageSize:
		b := make([]byte, n)
		if _, err := f.r.ReadAt(b, int64(f.base+at)); err != nil {
			return nil, fmt.Errorf("read: %w", err)
		}
		return b, nil
	}
	b, err := f.page(page)
	if err != nil {
		return nil, err
	}
	if from+n <= pageSize {
		return b[from : from+n], nil
	}
	next, err := f.page(page + 1)
	if err != nil {
		return nil, err
	}
	return append(append(make([]byte, 0, n), b[from:]...), next[:n-uint64(len(b))+from]...), nil
}

func (f *file) page(i uint64) ([]byte, error) {
	if b, ok := f.pages[i]; ok {
		return b, nil
	}
	if len(f.pages) >= maxPages {
		clear(f.pages)
	}
	b := make([]byte, min(pageSize, f.end-i*pageSize))
	if _, err := f.r.ReadAt(b, int64(f.base+i*pageSize)); err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	f.pages[i] = b
	return b, nil
}

// cursor takes numbers from a piece. What is taken past its end is 0; end tells of it.
type cursor struct {
	f     *file
	all   []byte
	i     int    // of all is taken
	at    uint64 // of all
	what  string // "" for a message
	short bool
}

// left is what has not been taken yet.
func (c *cursor) left() []byte { return c.all[c.i:] }

// taken is what has been.
func (c *cursor) taken() []byte { return c.all[:c.i] }

// pos is the address of that.
func (c *cursor) pos() uint64 { return c.at + uint64(c.i) }

// bytes takes n bytes, nil if there are fewer.
func (c *cursor) bytes(n uint64) []byte {
	i := c.i
	if n > uint64(len(c.all)-i) {
		c.short, c.i = true, len(c.all)
		return nil
	}
	c.i += int(n)
	return c.all[i:c.i:c.i]
}

func (c *cursor) skip(n uint64) { c.bytes(n) }

// num takes a number of n bytes, at most 8.
func (c *cursor) num(n int) (v uint64) {
	for i, x := range c.bytes(uint64(n)) {
		v |= uint64(x) << (8 * i)
	}
	return v
}

// cut takes n bytes as a cursor of their own.
func (c *cursor) cut(n uint64, what string) cursor {
	at := c.pos()
	return cursor{f: c.f, all: c.bytes(n), at: at, what: what}
}

// text takes what ends in a zero.
func (c *cursor) text() string {
	n := bytes.IndexByte(c.left(), 0)
	if n < 0 {
		c.short = true
		return ""
	}
	return string(c.bytes(uint64(n) + 1)[:n])
}

// is takes bytes that have to be there.
func (c *cursor) is(want string) bool { return string(c.bytes(uint64(len(want)))) == want }

// end is an error if more was taken than there was.
func (c *cursor) end() error {
	if c.short {
		return c.f.broken(c.pos(), "%s ends early", cmp.Or(c.what, "a message"))
	}
	return nil
}

func (c *cursor) broken(format string, args ...any) error {
	if c.what != "" {
		format = c.what + ": " + format
	}
	return c.f.broken(c.pos(), format, args...)
}
