// Package mutate damages files, for tests of what reads them: always in the same ways for the
// same number, and in a process of its own, so that crashes and endless loops can be counted.
package mutate

import (
	"encoding/binary"
	"math/rand/v2"
)

// Seed is a whole file.
type Seed struct {
	Name string
	Data []byte
}

// Mutant is the i-th damaged file of some seeds, and the name of its seed. Of every second one
// of a seed mend makes the checksums true, as an attacker would.
func Mutant(seeds []Seed, i int, mend func(seed int, damaged []byte) []byte) (name string, data []byte) {
	s := seeds[i%len(seeds)]
	rng := rand.New(rand.NewPCG(20261127, uint64(i)))
	data = append([]byte(nil), s.Data...)
	for range 1 + rng.IntN(3) {
		damage(rng, data)
	}
	switch {
	case i/len(seeds)%2 == 0:
		data = mend(i%len(seeds), data)
	case rng.IntN(10) == 0:
		data = data[:rng.IntN(len(data)+1)]
	}
	return s.Name, data
}

// odd are numbers that break sums, products and loops.
var odd = []uint64{0, 1, 2, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff,
	1 << 32, 1 << 40, 1<<63 - 1, 1 << 63, ^uint64(0) - 7, ^uint64(0)}

// damage changes data in one place. Structure is dense, and values are long: a place is more
// often one that is not zero, near others that are not.
func damage(rng *rand.Rand, data []byte) {
	if len(data) == 0 {
		return
	}
	at := rng.IntN(len(data))
	for range 8 {
		if data[at] != 0 {
			break
		}
		at = rng.IntN(len(data))
	}
	size := min(1<<rng.IntN(4), len(data)-at)
	put := func(v uint64) {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], v)
		copy(data[at:at+size], b[:])
	}
	switch rng.IntN(8) {
	case 0, 1:
		data[at] ^= 1 << rng.IntN(8)
	case 2:
		data[at] = byte(rng.Uint32())
	case 3:
		put(odd[rng.IntN(len(odd))])
	case 4:
		put(uint64(rng.IntN(2 * len(data))))
	case 5: // one more or less
		var b [8]byte
		copy(b[:], data[at:at+size])
		put(binary.LittleEndian.Uint64(b[:]) + uint64(rng.IntN(9)) - 4)
	case 6: // what lies elsewhere
		from := rng.IntN(len(data))
		n := min(1+rng.IntN(64), len(data)-at, len(data)-from)
		copy(data[at:at+n], data[from:from+n])
	case 7:
		clear(data[at:min(len(data), at+1+rng.IntN(32))])
	}
}
