package icecache

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/inflate"
	"iceexplorer/cache/unit"
)

// File is a file whose data have been walked over: it is known where each column
// lies and how much memory the columns need. It uses the Decoder's buffers and is
// valid until the Decoder opens another.
type File struct {
	stream   []byte
	sum      *inflate.Sum // that the stream should have, where it was not compared yet
	defs     *definitions
	lay      *layout
	text     bool
	index    cache.Index
	from     []int // attribute and block of each column
	blocks   []block
	need     uint64
	noRanges bool
	path     string // "" if it is not known
}

// Index describes the columns where Fill would put them, without ranges. Fill and
// Measure may find more damage: that the checksum is wrong.
func (f *File) Index() cache.Index { return f.index }

// Need is the bytes of memory that Fill needs.
func (f *File) Need() uint64 { return f.need }

// walked is a walk and its outcome.
type walked struct {
	walk
	defs   *definitions
	blocks []block // of the attributes that are whole
	left   bool    // bytes are left over
}

// dialect names the reading, as Index.Dialect does.
func (k *walked) dialect() string {
	var extra []string
	if k.defs.wide {
		extra = append(extra, "8-byte longs")
	}
	if k.defs.paddedLens {
		extra = append(extra, "padded name lengths")
	}
	if len(k.defs.several) > 0 {
		extra = append(extra, k.defs.severalText())
	}
	return k.lay.name(extra...)
}

// stored reports whether any whole attribute has values.
func (k *walked) stored() bool {
	for i := range k.blocks {
		if k.blocks[i].values > 0 && k.defs.attrs[i].unknown == "" {
			return true
		}
	}
	return false
}

// missing are the names of the attributes that would have values, had the data not ended.
func (k *walked) missing() []string {
	var names []string
	for _, a := range k.defs.attrs[len(k.blocks):] {
		if a.kind != kindNone {
			names = append(names, a.col.Name)
		}
	}
	return names
}

// further reports whether k got further than o, which was tried before.
func (k *walked) further(o *walked) bool {
	if x, y := k.trusted(), o.trusted(); x != y {
		return x > y
	}
	return !k.left && k.walk.err.Offset > o.walk.err.Offset
}

// trusted is how many attributes speak for the reading: the last one does not if more
// follows.
func (k *walked) trusted() int {
	if k.left {
		return len(k.blocks) - 1
	}
	return len(k.blocks)
}

// file places the columns of the whole attributes.
func (k *walked) file(opt Options) (*File, error) {
	f := &File{stream: k.b, defs: k.defs, lay: k.lay, text: k.text, blocks: k.blocks, noRanges: opt.NoRanges}
	f.index.Header = k.defs.header
	f.index.Dialect = k.dialect()
	for i := range k.blocks {
		a := &k.defs.attrs[i]
		if a.unknown != "" {
			f.index.Warnings = append(f.index.Warnings,
				fmt.Sprintf("Attribute %s was left out: %s is not known.", a.col.Name, a.unknown))
			continue
		}
		f.index.Columns = append(f.index.Columns, k.blocks[i].column(a))
		f.from = append(f.from, i)
	}
	var ok bool
	if f.need, ok = f.index.Layout(); !ok || f.need > opt.MaxBytes {
		return nil, tooLarge(f.need, opt.MaxBytes)
	}
	if err := f.index.Check(f.need); err != nil {
		return nil, err
	}
	return f, nil
}

func tooLarge(need, limit uint64) error {
	return &cache.UnsupportedError{Limit: true, Msg: fmt.Sprintf("a frame of %s is more than the limit of %s (--max-bytes)", unit.Bytes(need), unit.Bytes(limit))}
}

// column is the attribute's column with the lengths of its spans.
func (b *block) column(a *attr) cache.Column {
	c := a.col
	c.Rows, c.Values = b.rows, b.values
	c.Constant = b.constant && b.rows == 1
	if c.Rows == 0 || a.kind == kindNone {
		c.Rows, c.Values, c.Constant = 0, 0, false
		return c
	}
	c.Data.Len = b.values * c.Type.ValueSize()
	variable := c.Type.Variable()
	if variable {
		c.Data.Len = b.bytes
	}
	if variable || a.array() {
		c.Offsets.Len = (c.Rows + 1) * 8
	}
	if variable && a.array() {
		c.ValueOffsets.Len = (c.Values + 1) * 8
	}
	if a.kind == kindShape {
		if b.recorded() {
			c.Records.Len, c.RecordOffs.Len = b.records, (c.Values+1)*8
		} else {
			c.NonTrivial = b.trivial[0]
		}
	}
	return c
}

// Fill writes the columns to dst, each value once, and returns their index. dst must
// have Need bytes; it may hold anything before. Of text it may find what no number is:
// a *cache.FormatError.
func (f *File) Fill(ctx context.Context, dst []byte) (*cache.Index, error) {
	ix, err := f.fill(ctx, dst)
	if err != nil {
		return nil, decodeError(err, f.path)
	}
	return ix, nil
}

func decodeError(err error, path string) error {
	if path == "" {
		return fmt.Errorf("cannot be read: %w", err)
	}
	return fmt.Errorf("cannot be read: %w: %s", err, path)
}

// Measure is Fill for those who want only the index and its ranges: it needs no memory, and
// finds the same faults.
func (f *File) Measure(ctx context.Context) (*cache.Index, error) {
	window := make([]byte, windowValues*maxValueSize)
	ix, err := f.pass(ctx, func(c *cache.Column) *output { return newMeasurer(c, window) })
	if err != nil {
		return nil, decodeError(err, f.path)
	}
	return ix, nil
}

func (f *File) fill(ctx context.Context, dst []byte) (*cache.Index, error) {
	if uint64(len(dst)) < f.need {
		return nil, fmt.Errorf("frame of %d bytes into %d", f.need, len(dst))
	}
	ix, err := f.pass(ctx, func(c *cache.Column) *output {
		o := newOutput(c, dst, !f.noRanges)
		o.past = f.need >= pastCaches
		return o
	})
	if err != nil {
		return nil, err
	}
	if err := ix.Check(uint64(len(dst))); err != nil {
		return nil, err
	}
	return ix, nil
}

// pass walks over the columns again and gives each to an output.
func (f *File) pass(ctx context.Context, to func(*cache.Column) *output) (*cache.Index, error) {
	ix := f.index
	ix.Columns = slices.Clone(f.index.Columns)
	sum := newChecksum(f.stream, f.sum)
	w := newWalk(f.stream, f.defs, f.lay, &work{ctx: ctx, left: math.MaxInt64})
	w.sum = sum
	for i := range ix.Columns {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := &ix.Columns[i]
		if !c.HasData() {
			continue
		}
		a := &f.defs.attrs[f.from[i]]
		w.pos = f.blocks[f.from[i]].start
		o := to(c)
		ok := w.attribute(a, &block{tally: tally{out: o}})
		switch {
		case o.err != nil:
			o.err.Field = "attribute " + c.Name
			return nil, o.err
		case w.work.err != nil:
			return nil, w.work.err
		case !ok || !o.full():
			return nil, errors.New("attribute " + c.Name + ": changed while it was read")
		}
		c.Ranges, c.Lengths = o.measured()
	}
	if d := sum.damage(); d != nil {
		ix.Warnings = slices.Clone(ix.Warnings)
		d.mark(&ix)
	}
	return &ix, nil
}
