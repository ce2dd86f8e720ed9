package inflate

import "hash/crc32"

// crcJoin returns the CRC-32 of two stretches of data, of which the second has
// n bytes, from the CRC-32 of each: a times x^(8n), plus b, modulo the
// polynomial.
func crcJoin(a, b uint32, n int) uint32 {
	// Bits are reflected: the highest is x^0. power runs through x^(8*2^i).
	power := uint32(1) << (31 - 8)
	for ; n > 0; n >>= 1 {
		if n&1 != 0 {
			a = crcMultiply(a, power)
		}
		power = crcMultiply(power, power)
	}
	return a ^ b
}

func crcMultiply(a, b uint32) uint32 {
	product := uint32(0)
	for bit := uint32(1) << 31; bit != 0; bit >>= 1 {
		if a&bit != 0 {
			product ^= b
		}
		// b times x.
		b = b>>1 ^ crc32.IEEE&-(b&1)
	}
	return product
}
