package inflate

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/adler32"
	"io"
	"strings"
)

// ZlibError says that a stream is damaged, or of another length than it should be.
type ZlibError struct {
	Produced int // bytes decoded
	Msg      string
}

func (e *ZlibError) Error() string {
	return fmt.Sprintf("zlib: %s, after %d bytes of output", e.Msg, e.Produced)
}

// Zlib decompresses a stream of RFC 1950 that must fill dst and end there. What follows the
// stream in src is let alone. Damage is a ZlibError.
func Zlib(dst, src []byte) error {
	const head, sum = 2, 4
	if best := newBest(); best != nil {
		defer best.close()
		if len(src) > head && binary.BigEndian.Uint16(src)%31 == 0 && src[0]&0xf == 8 && src[1]&0x20 == 0 {
			consumed, produced, ok := best.decode(dst, src[head:])
			rest := src[head+min(consumed, len(src)-head):]
			if ok && produced == len(dst) && len(rest) >= sum && binary.BigEndian.Uint32(rest) == adler32.Checksum(dst) {
				return nil
			}
		}
	}
	return slowZlib(dst, src) // which knows what is wrong
}

func slowZlib(dst, src []byte) error {
	z, err := zlib.NewReader(bytes.NewReader(src))
	if err != nil {
		return &ZlibError{Msg: strings.TrimPrefix(err.Error(), "zlib: ")}
	}
	if n, err := io.ReadFull(z, dst); err != nil {
		return &ZlibError{Produced: n, Msg: "the data end early"}
	}
	var more [1]byte
	if n, err := z.Read(more[:]); n > 0 || err != io.EOF {
		return &ZlibError{Produced: len(dst), Msg: "there are more data than there should be, or others"}
	}
	return nil
}
