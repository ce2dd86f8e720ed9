package check

import (
	"encoding/binary"
	"math/bits"
)

// summed is an error unless the n bytes that a cursor began with are followed by their
// checksum. libhdf5 knows of wrong ones too, but does not survive those in heaps and trees.
func (c *cursor) summed(n uint64) error {
	if n > uint64(len(c.all)) || n+4 > uint64(len(c.all)) || binary.LittleEndian.Uint32(c.all[n:]) != Checksum(c.all[:n]) {
		return c.f.broken(c.at, "%s: its checksum is wrong", c.what)
	}
	return nil
}

// sum is an error unless n bytes of structure at an address are followed by their checksum.
func (f *file) sum(at, n uint64, what string) error {
	c, err := f.piece(at, n+4, what)
	if err != nil {
		return err
	}
	return c.summed(n)
}

// Checksum is that of HDF5, by Bob Jenkins (lookup3).
func Checksum(k []byte) uint32 {
	a := 0xdeadbeef + uint32(len(k))
	b, c := a, a
	for ; len(k) > 12; k = k[12:] {
		a += binary.LittleEndian.Uint32(k)
		b += binary.LittleEndian.Uint32(k[4:])
		c += binary.LittleEndian.Uint32(k[8:])
		a = a - c ^ bits.RotateLeft32(c, 4)
		c += b
		b = b - a ^ bits.RotateLeft32(a, 6)
		a += c
		c = c - b ^ bits.RotateLeft32(b, 8)
		b += a
		a = a - c ^ bits.RotateLeft32(c, 16)
		c += b
		b = b - a ^ bits.RotateLeft32(a, 19)
		a += c
		c = c - b ^ bits.RotateLeft32(b, 4)
		b += a
	}
	if len(k) == 0 {
		return c
	}
	var last [12]byte
	copy(last[:], k)
	a += binary.LittleEndian.Uint32(last[:])
	b += binary.LittleEndian.Uint32(last[4:])
	c += binary.LittleEndian.Uint32(last[8:])
	c = c ^ b - bits.RotateLeft32(b, 14)
	a = a ^ c - bits.RotateLeft32(c, 11)
	b = b ^ a - bits.RotateLeft32(a, 25)
	c = c ^ b - bits.RotateLeft32(b, 16)
	a = a ^ c - bits.RotateLeft32(c, 4)
	b = b ^ a - bits.RotateLeft32(a, 14)
	return c ^ b - bits.RotateLeft32(b, 24)
}
