package check

import "math/bits"

// space is a dataspace (IV.A.2.b).
type space struct {
	rank int // 0 for one value, -1 for none
	dims [maxRank]uint64
	most [maxRank]uint64 // what they may grow to; nowhere: without limit
	n    uint64          // of elements
}

const maxRank = 32

func dataspace(c *cursor) (s space, err error) {
	version, rank, flags := c.num(1), c.num(1), c.num(1)
	switch version {
	case 1:
		c.skip(5)
	case 2:
		if kind := c.num(1); kind == 2 {
			return space{rank: -1}, c.end()
		} else if kind > 2 || (kind == 0) != (rank == 0) {
			return s, c.broken("a dataspace of kind %d and %d dimensions", kind, rank)
		}
	default:
		return s, c.broken("a dataspace of version %d", version)
	}
	if rank > maxRank || flags > 1 {
		return s, c.broken("a dataspace of %d dimensions with flags %#x", rank, flags)
	}
	s = space{rank: int(rank), n: 1}
	for i := range rank {
		d := c.num(8)
		hi, n := bits.Mul64(s.n, d)
		if hi != 0 || n>>62 != 0 {
			return s, c.broken("a dataspace that is too large")
		}
		s.n = n
		s.dims[i], s.most[i] = d, d
	}
	if flags&1 != 0 {
		for i := range rank {
			if s.most[i] = c.num(8); s.most[i] < s.dims[i] && !c.short {
				return s, c.broken("a dataspace larger than its limit")
			}
		}
	}
	return s, c.end()
}

// fill checks a fill value of a version (IV.A.2.f) against the size of the elements, if there is one.
func fill(c *cursor, elem uint64) (defined bool, err error) {
	version := c.num(1)
	switch version {
	case 1, 2:
		c.skip(2)
		defined = c.num(1) != 0 || version == 1
	case 3:
		flags := c.num(1)
		if flags&0xc0 != 0 || flags&0x30 == 0x30 {
			return true, c.broken("a fill value with flags %#x", flags)
		}
		defined = flags&0x20 != 0
	default:
		return true, c.broken("a fill value of version %d", version)
	}
	if !defined {
		return false, c.end()
	}
	return true, fillBytes(c, elem)
}

// fillBytes checks the bytes of a fill value, which libhdf5 copies without a look at how
// many there should be.
func fillBytes(c *cursor, elem uint64) error {
	n := c.num(4)
	if n == 0 || n == 1<<32-1 {
		return c.end()
	}
	c.skip(n)
	if c.end() == nil && n != elem {
		return c.broken("a fill value of %d bytes for elements of %d", n, elem)
	}
	return c.end()
}
