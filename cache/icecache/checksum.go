package icecache

import (
	"hash/crc32"

	"iceexplorer/cache/inflate"
)

// checksum takes the CRC-32 of a stream while its columns are read, piece by piece,
// so that the bytes come from memory once for both. Its methods do nothing on nil.
type checksum struct {
	stream []byte
	at     int // bytes taken
	crc    uint32
	want   *inflate.Sum
}

func newChecksum(stream []byte, want *inflate.Sum) *checksum {
	if want == nil {
		return nil
	}
	return &checksum{stream: stream, want: want}
}

// upTo takes what was not taken yet of the bytes before end.
func (c *checksum) upTo(end int) {
	if c != nil && end > c.at {
		c.crc = crc32.Update(c.crc, crc32.IEEETable, c.stream[c.at:end])
		c.at = end
	}
}

// damage takes the rest and returns what is wrong with the stream, or nil.
func (c *checksum) damage() *damage {
	if c == nil {
		return nil
	}
	c.upTo(len(c.stream))
	if err := c.want.Compare(c.crc, len(c.stream)); err != nil {
		return &damage{cut: err}
	}
	return nil
}
