package icecache

import "unsafe"

// alignedBytes are n bytes at an address that is a multiple of 8. Numbers may be
// looked at as bytes, whatever their alignment and order.
func alignedBytes(n uint64) []byte {
	if n == 0 {
		return nil
	}
	u := make([]uint64, (n+7)/8)
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(u))), n)
}

// viewString is b as a string, without a copy. It is only for calls that keep no part
// of the string, while b is not written to; strconv's parsers copy what they put into
// errors.
func viewString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
