package sih5

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/regular"
)

// VerifyOptions say what to verify a file against.
type VerifyOptions struct {
	MaxBytes uint64
	// Frame, if not nil, is what was written: values are compared with it too.
	Frame *cache.Frame
	// Disk has the system forget what it knows of the file, so that the disk is asked.
	Disk bool
	Step func() // called every few megabytes; may be nil
}

// Verified is what was found out of a file that is intact.
type Verified struct {
	Bytes uint64 // that were read
	// Unknown, if not "", is why there is nothing to hold the values against.
	Unknown string
	// Changed says that another program has changed the file, but none of the values.
	Changed bool
}

// Verify reads a file whole and holds it against the checksums that it was written with. The
// error of one that has changed since is a cache.FormatError that names what has. Errors end
// with the path.
func Verify(ctx context.Context, path string, opt VerifyOptions) (*Verified, error) {
	v, err := verify(ctx, path, &opt)
	var format *cache.FormatError
	switch {
	case errors.As(err, &format):
		return nil, failed("is damaged", path, err)
	case err != nil:
		return nil, failed("cannot be verified", path, err)
	}
	return v, nil
}

func verify(ctx context.Context, path string, opt *VerifyOptions) (*Verified, error) {
	f, err := open(path, Options{MaxBytes: opt.MaxBytes, Whole: true})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if opt.Frame != nil {
		if err := sameColumns(f.Index(), opt.Frame); err != nil {
			return nil, err
		}
	}
	var d dataset
	if f.raw.ours() {
		if d, err = f.findSums(); err != nil {
			return nil, err
		}
	}
	c := checking{index: f.Index(), opt: opt, size: f.size}
	known := opt.Frame == nil && d.present
	switch {
	case !f.raw.ours():
		return &Verified{Unknown: "no checksum: written by another program"}, nil
	case !d.present && opt.Frame == nil:
		return &Verified{Unknown: "no checksum"}, nil
	case !f.Mappable() && known && d.layout != contiguous:
		return &Verified{Unknown: "no checksum that can be read: another program has written the file anew"}, nil
	case !f.Mappable() && !known:
		return nil, &cache.FormatError{Offset: -1, Msg: "it was written anew by another program, which its checksums do not know of"}
	case d.present:
		if c.sums = (cache.Span{Offset: d.offset, Len: d.storage}); d.elem != elemU64 || d.rank != 1 || d.layout != contiguous ||
			d.storage != 8*d.dims[0] || d.storage != sumsLen(c.index.Columns) || d.offset > f.size || d.storage > f.size-d.offset {
			return nil, &cache.FormatError{Offset: -1, Field: sumsName, Msg: "has another shape than it was written with"}
		}
	}
	if !f.Mappable() {
		return c.copied(ctx, f)
	}
	c.rewritten = known && (f.base > 0 || f.size > c.end())
	return c.run(ctx, path)
}

// findSums describes the checksums, which may not be present.
func (f *File) findSums() (d dataset, err error) {
	if err := f.raw.left.Checksums; err != nil {
		return d, err
	}
	return d, exclusive(func() error {
		h, err := openFile(f.path)
		if err != nil {
			return err
		}
		defer h.Close()
		d, err = findSums(h)
		return err
	})
}

// sameColumns reports in what a file's columns are not those of a frame.
func sameColumns(ix *cache.Index, f *cache.Frame) error {
	if ix.Header != f.Header || len(ix.Columns) != len(f.Attributes) {
		return &cache.FormatError{Offset: -1, Msg: "its header is not that of the source"}
	}
	for i, a := range f.Attributes {
		c := &ix.Columns[i]
		if c.Name != a.Name || c.Type != a.Type || c.Structure != a.Structure || c.Context != a.Context || c.Constant != a.Constant ||
			c.Category != a.Category || !slices.Equal(c.BlobTypes, a.BlobTypes) {
			return &cache.FormatError{Offset: -1, Field: "attribute " + a.Name, Msg: "is not that of the source"}
		}
	}
	return nil
}

// checking reads a file from its first byte to its last.
type checking struct {
	index *cache.Index
	opt   *VerifyOptions
	size  uint64
	sums  cache.Span // of the checksums; empty: there are none

	file *os.File
	buf  []byte
	read uint64
	got  *sums
	bad  []string // what differs

	unlike bool // some values are not the source's

	rewritten bool // another program has changed the file, so that what describes the data may differ
	changed   bool // and it does
}

// stretch is a run of bytes that have one checksum.
type stretch struct {
	cache.Span
	part   int    // -1: the checksums themselves
	name   string // of the attribute
	source []byte // nil: nothing to compare with
}

func (c *checking) stretches() []stretch {
	list := []stretch{{Span: c.sums, part: -1}}
	for i := range c.index.Columns {
		col := &c.index.Columns[i]
		for j, s := range col.Spans() {
			if s.Len == 0 {
				continue
			}
			x := stretch{Span: *s, part: len(c.got.parts), name: "attribute " + col.Name}
			if c.opt.Frame != nil {
				x.source = c.opt.Frame.Attributes[i].Parts()[j]
			}
			list = append(list, x)
			c.got.parts = append(c.got.parts, 0)
		}
	}
	slices.SortStableFunc(list, func(a, b stretch) int { return cmp.Compare(a.Offset, b.Offset) })
	return append(list, stretch{Span: cache.Span{Offset: c.size}, part: -1})
}

func (c *checking) run(ctx context.Context, path string) (*Verified, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if c.opt.Disk {
		forgetPages(f)
	}
	c.file, c.buf, c.got = f, make([]byte, pieceBytes), new(sums)
	var kept []byte
	at := uint64(0)
	for _, s := range c.stretches() {
		if s.Len == 0 && s.Offset == 0 {
			continue // no checksums
		}
		if s.Offset < at {
			return nil, &cache.FormatError{Offset: -1, Msg: "its data overlap"}
		}
		if _, err := c.span(ctx, cache.Span{Offset: at, Len: s.Offset - at}, &c.got.rest, nil); err != nil {
			return nil, err
		}
		at = s.End()
		if s.part < 0 {
			kept = append(kept, make([]byte, s.Len)...)
			if _, err := f.ReadAt(kept[len(kept)-int(s.Len):], int64(s.Offset)); err != nil {
				return nil, cutShort(err)
			}
			continue
		}
		same, err := c.span(ctx, s.Span, &c.got.parts[s.part], s.source)
		if err != nil {
			return nil, err
		}
		if !same {
			c.differs(s.name)
			c.unlike = true
		}
	}
	return c.verified(kept)
}

// verified is what comes of the checksums of the file.
func (c *checking) verified(kept []byte) (*Verified, error) {
	v := &Verified{Bytes: c.read}
	if c.sums.Len > 0 && !c.compare(kept) && c.opt.Frame == nil {
		v.Unknown = "no checksum that this version knows: written by a newer one"
	}
	v.Changed = c.changed
	return v, c.verdict()
}

// span reads a run of bytes into a checksum, and reports whether they are those of want, if that
// is not nil.
func (c *checking) span(ctx context.Context, s cache.Span, to *sum, want []byte) (same bool, err error) {
	same = want == nil || uint64(len(want)) == s.Len
	for at := uint64(0); at < s.Len; {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		n := min(uint64(len(c.buf)), s.Len-at)
		if _, err := c.file.ReadAt(c.buf[:n], int64(s.Offset+at)); err != nil {
			return false, cutShort(err)
		}
		to.add(c.buf[:n])
		if want != nil && same {
			same = bytes.Equal(c.buf[:n], want[at:at+n])
		}
		const step = 8 << 20
		if at += n; c.opt.Step != nil && (c.read+n)/step != c.read/step {
			c.opt.Step()
		}
		c.read += n
	}
	return same, nil
}

// cutShort is what went wrong with a file that has fewer bytes than it had when it was opened.
func cutShort(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return pathname.Reason(err)
	}
	return &cache.FormatError{Offset: -1, Msg: "it was cut short while it was read"}
}

// compare holds what was read against the checksums of the file, and reports whether they are
// known.
func (c *checking) compare(kept []byte) (known bool) {
	n := len(kept) - 8
	if binary.LittleEndian.Uint64(kept[n:]) != xxh3.Hash(kept[:n]) {
		c.differs("the checksums themselves")
		return true
	}
	number := func(i int) uint64 { return binary.LittleEndian.Uint64(kept[8*i:]) }
	if number(0) != sumsVersion {
		return false
	}
	if number(1) != uint64(c.got.rest) {
		if c.changed = c.rewritten; !c.changed {
			c.differs("what describes the data")
		}
	}
	i := 0
	for k := range c.index.Columns {
		col := &c.index.Columns[k]
		for _, s := range col.Spans() {
			if s.Len == 0 {
				continue
			}
			if number(2+i) != uint64(c.got.parts[i]) {
				c.differs("attribute " + col.Name)
			}
			i++
		}
	}
	return true
}

func (c *checking) differs(what string) {
	if !slices.Contains(c.bad, what) {
		c.bad = append(c.bad, what)
	}
}

// verdict names what differs.
func (c *checking) verdict() error {
	const named = 5
	if len(c.bad) == 0 {
		return nil
	}
	what := strings.Join(c.bad[:min(len(c.bad), named)], ", ")
	if more := len(c.bad) - named; more > 0 {
		what += fmt.Sprintf(" and %d more", more)
	}
	msg := "not what was written, by the checksums"
	if c.unlike {
		msg = "not what the source holds"
	}
	return &cache.FormatError{Offset: -1, Field: what, Msg: msg}
}
