package inflate

// hugeMin is the size from which a buffer is made of huge pages.
const hugeMin = 4 << 20

// Buffer makes a buffer of n bytes that is to be decoded from or into more than
// once. Large ones are of huge pages where the system has them: reading a file into
// such a buffer takes two thirds of the time, and its first use a fraction.
func Buffer(n uint64) []byte {
	b := make([]byte, n)
	if n >= hugeMin {
		adviseHuge(b)
	}
	return b
}
