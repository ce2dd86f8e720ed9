package check

// datatype is what is used of one (IV.A.2.d).
type datatype struct {
	class uint64
	size  uint64
}

// Classes.
const (
	classInteger = iota
	classFloat
	classTime
	classString
	classBits
	classOpaque
	classCompound
	classReference
	classEnum
	classList
	classArray
)

// Bounds of types: libhdf5 takes them apart at every look, and compares them in a time that
// grows with the square of their members.
const (
	maxTypeDepth = 4
	maxMembers   = 256
	maxTypeSize  = 64 << 10 // of all but strings
)

// types checks one; it counts the members of all that are nested.
type types struct {
	c       *cursor
	members int
}

func typeOf(c *cursor) (datatype, error) {
	t := types{c: c}
	return t.next(0)
}

func (t *types) next(depth int) (d datatype, err error) {
	c := t.c
	start := c.num(1)
	flags, size := c.num(3), c.num(4)
	version := start >> 4
	d = datatype{class: start & 0xf, size: size}
	if c.short {
		return d, c.end()
	}
	if depth >= maxTypeDepth || size > maxTypeSize && d.class != classString || size > maxPiece {
		return d, unsupported("a data type of %d bytes, nested %d times,", size, depth+1)
	}
	if version < 1 || version > 3 || size == 0 {
		return d, c.broken("a data type of version %d and %d bytes", version, size)
	}
	switch d.class {
	case classInteger, classBits:
		if flags>>4 != 0 {
			return d, c.broken("a number with flags %#x", flags)
		}
		err = t.bits(size)
	case classFloat:
		err = t.float(flags, size)
	case classTime:
		c.skip(2)
	case classString:
		if flags&0xf > 2 || flags>>4&0xf > 1 {
			err = c.broken("a string of kind %#x", flags)
		}
	case classOpaque:
		c.skip(flags & 0xff)
	case classCompound:
		err = t.compound(version, flags&0xffff, size, depth)
	case classReference:
		if flags&0xf > 1 {
			err = c.broken("a reference of kind %#x", flags)
		}
	case classEnum:
		err = t.enum(version, flags&0xffff, size, depth)
	case classList:
		if flags&0xf > 1 {
			return d, c.broken("a list of kind %#x", flags)
		}
		var base datatype
		if base, err = t.next(depth + 1); err == nil && base.class == classList {
			err = unsupported("a data type of lists of lists")
		}
	case classArray:
		err = t.array(version, size, depth)
	default:
		err = c.broken("a data type of class %d", d.class)
	}
	if err == nil {
		err = c.end()
	}
	return d, err
}

// bits checks that the bits of a number lie within its bytes.
func (t *types) bits(size uint64) error {
	c := t.c
	offset, precision := c.num(2), c.num(2)
	if precision == 0 || offset+precision > 8*size {
		return c.broken("a number of %d bits in %d bytes", precision, size)
	}
	return nil
}

func (t *types) float(flags, size uint64) error {
	if err := t.bits(size); err != nil {
		return err
	}
	c := t.c
	exponent, exponentBits, mantissa, mantissaBits := c.num(1), c.num(1), c.num(1), c.num(1)
	c.skip(4)
	if flags>>16 != 0 || flags&0x80 != 0 || flags&0x41 == 0x40 || flags>>4&3 == 3 {
		return c.broken("a float with flags %#x", flags)
	}
	sign := flags >> 8 & 0xff
	most := 8 * size
	if exponentBits == 0 || mantissaBits == 0 || exponentBits > 63 || exponent+exponentBits > most || mantissa+mantissaBits > most ||
		sign >= most || size > 16 || exponent < mantissa+mantissaBits && mantissa < exponent+exponentBits {
		return c.broken("a float of %d and %d bits in %d bytes", exponentBits, mantissaBits, size)
	}
	return nil
}

// count adds members.
func (t *types) count(n uint64) error {
	t.members += int(n)
	if t.members > maxMembers {
		return unsupported("a data type of more than %d members", maxMembers)
	}
	if n == 0 {
		return t.c.broken("a data type without members")
	}
	return nil
}

// name takes a member's name, which old versions fill up to a multiple of 8 bytes.
func (t *types) name(version uint64) error {
	name := t.c.text()
	if version < 3 {
		if rest := (len(name) + 1) % 8; rest != 0 {
			t.c.skip(uint64(8 - rest))
		}
	}
	if name == "" {
		return t.c.broken("a member without a name")
	}
	return t.c.end()
}

func (t *types) compound(version, n, size uint64, depth int) error {
	if err := t.count(n); err != nil {
		return err
	}
	offsetBytes := 4
	if version == 3 {
		for offsetBytes = 1; size>>(8*offsetBytes) != 0; offsetBytes++ {
		}
	}
	for range n {
		if err := t.name(version); err != nil {
			return err
		}
		offset := t.c.num(offsetBytes)
		if version == 1 {
			if rank := t.c.num(1); rank > 0 {
				return unsupported("a data type with arrays in the manner of HDF5 1.2")
			}
			t.c.skip(3 + 4 + 4 + 16)
		}
		member, err := t.next(depth + 1)
		if err != nil {
			return err
		}
		if offset+member.size > size {
			return t.c.broken("a member past the end of its data type")
		}
	}
	return nil
}

func (t *types) enum(version, n, size uint64, depth int) error {
	if err := t.count(n); err != nil {
		return err
	}
	base, err := t.next(depth + 1)
	if err != nil {
		return err
	}
	if base.class != classInteger || base.size != size || size > 8 {
		return t.c.broken("an enumeration of %d bytes over %d", size, base.size)
	}
	for range n {
		if err := t.name(version); err != nil {
			return err
		}
	}
	t.c.skip(n * size)
	return nil
}

func (t *types) array(version, size uint64, depth int) error {
	c := t.c
	rank := c.num(1)
	if version < 2 || rank == 0 || rank > maxRank {
		return c.broken("an array of %d dimensions", rank)
	}
	if version == 2 {
		c.skip(3)
	}
	n := uint64(1)
	for range rank {
		if n *= c.num(4); n == 0 || n > maxTypeSize {
			return c.broken("an array of a wrong size")
		}
	}
	if version == 2 {
		c.skip(4 * rank)
	}
	base, err := t.next(depth + 1)
	if err == nil && n*base.size != size {
		err = c.broken("an array of %d bytes with %d elements of %d", size, n, base.size)
	}
	return err
}
