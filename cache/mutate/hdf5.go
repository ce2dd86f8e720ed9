package mutate

import (
	"bytes"
	"encoding/binary"

	"iceexplorer/cache/sih5/check"
)

// marks begin the parts of HDF5 files that end in a checksum.
var marks = []string{"\x89HDF\r\n\x1a\n\x02", "\x89HDF\r\n\x1a\n\x03", "OHDR", "OCHK", "FRHP", "FHDB", "FHIB", "BTHD", "BTIN", "BTLF", "FAHD", "FADB",
	"EAHD", "EAIB", "EASB", "EADB"}

// longest is how long a part is looked for.
const longest = 4 << 10

// part is one of a whole file. Its checksum is that of all of it with zeros at sum, or, with
// sum at its end, of what is before.
type part struct{ at, n, sum int }

func (p part) checksum(data []byte) uint32 {
	b := data[p.at : p.at+p.n]
	if p.sum < p.n {
		b = append([]byte(nil), b...)
		clear(b[p.sum : p.sum+4])
	}
	return check.Checksum(b)
}

func (p part) isTrue(data []byte) bool {
	return p.at+max(p.n, p.sum+4) <= len(data) && p.checksum(data) == binary.LittleEndian.Uint32(data[p.at+p.sum:])
}

// MendHDF5 makes the checksums of a damaged file true, wherever its parts are as long as
// they were in its seed.
func MendHDF5(seeds []Seed) func(seed int, damaged []byte) []byte {
	all := make([][]part, len(seeds))
	for i, s := range seeds {
		for at := range s.Data {
			for _, m := range marks {
				if bytes.HasPrefix(s.Data[at:], []byte(m)) {
					if p, ok := summed(s.Data, at, m); ok {
						all[i] = append(all[i], p)
					}
				}
			}
		}
	}
	return func(seed int, damaged []byte) []byte {
		for _, p := range all[seed] {
			binary.LittleEndian.PutUint32(damaged[p.at+p.sum:], p.checksum(damaged))
		}
		return damaged
	}
}

// summed finds the part with a checksum that begins at a mark.
func summed(data []byte, at int, mark string) (part, bool) {
	switch mark {
	case "OHDR":
		if n := headerSize(data[at:]); n > 0 {
			p := part{at, n, n}
			return p, p.isTrue(data)
		}
		return part{}, false
	case "FHDB": // its checksum lies behind an offset of 4 or 5 bytes
		for n := 512; n <= 1<<16; n *= 2 {
			for _, sum := range []int{17, 18} {
				if p := (part{at, n, sum}); p.isTrue(data) {
					return p, true
				}
			}
		}
		return part{}, false
	}
	for n := 8; n < longest; n++ {
		if p := (part{at, n, n}); p.isTrue(data) {
			return p, true
		}
	}
	return part{}, false
}

// headerSize is how long an object header is, without its checksum.
func headerSize(b []byte) int {
	if len(b) < 6 {
		return 0
	}
	n, flags := 6, b[5]
	if flags&0x20 != 0 {
		n += 16
	}
	if flags&0x10 != 0 {
		n += 4
	}
	width := 1 << (flags & 3)
	if len(b) < n+width {
		return 0
	}
	var size [8]byte
	copy(size[:], b[n:n+width])
	return n + width + int(binary.LittleEndian.Uint32(size[:]))
}
