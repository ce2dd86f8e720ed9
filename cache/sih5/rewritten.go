package sih5

import (
	"context"

	"iceexplorer/cache/regular"
)

// Another program that changes a file leaves its checksums as they were. Values can still be held against
// theirs, but what describes the data cannot: that is damage only in a file that nobody has changed.

// end is where a file ends as this program writes it: with its data, or with the checksums. What
// another program adds comes after it.
func (c *checking) end() uint64 {
	end := c.sums.End()
	for i := range c.index.Columns {
		for _, s := range c.index.Columns[i].Spans() {
			if s.Len > 0 {
				end = max(end, s.End())
			}
		}
	}
	return end
}

// copied holds the values of a file against its checksums that another program has written anew, in
// such a way that they are not there as they are used.
func (c *checking) copied(ctx context.Context, f *File) (*Verified, error) {
	c.rewritten, c.got = true, new(sums)
	o, err := regular.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer o.Close()
	kept := make([]byte, c.sums.Len)
	if _, err := o.ReadAt(kept, int64(c.sums.Offset)); err != nil {
		return nil, cutShort(err)
	}
	mem := make([]byte, f.Need())
	if c.index, err = f.fill(ctx, mem); err != nil {
		return nil, err
	}
	c.read = uint64(len(mem))
	for i := range c.index.Columns {
		for _, s := range c.index.Columns[i].Spans() {
			if s.Len > 0 {
				c.got.parts = append(c.got.parts, 0)
				c.sum(ctx, mem[s.Offset:s.End()], &c.got.parts[len(c.got.parts)-1])
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return c.verified(kept)
}

// sum adds values as they were added when they were written, unless ctx ends.
func (c *checking) sum(ctx context.Context, b []byte, to *sum) {
	for len(b) > 0 && ctx.Err() == nil {
		n := min(pieceBytes, len(b))
		to.add(b[:n])
		b = b[n:]
		if c.opt.Step != nil {
			c.opt.Step()
		}
	}
}
