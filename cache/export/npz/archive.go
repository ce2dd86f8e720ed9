package npz

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"
)

// align is where arrays begin in the file, in bytes: numpy's own files do so too, and it
// suits every type.
const align = 64

// archive is a zip file of arrays.
type archive struct {
	*zip.Writer
	out  *counter
	tail int64 // of the file before, which is not written yet
}

// counter knows how much was written.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

func newArchive(w io.Writer) *archive {
	out := &counter{w: w}
	return &archive{Writer: zip.NewWriter(out), out: out}
}

// array writes an array.
func (z *archive) array(name, dtype string, shape []uint64, data []byte) error {
	return z.entry(name, header(dtype, shape), uint64(len(data)), func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// entry writes a file with a header and a number of bytes, which begin at a multiple of align.
func (z *archive) entry(name string, head []byte, size uint64, data func(io.Writer) error) error {
	if err := z.Flush(); err != nil {
		return err
	}
	name += ".npy"
	const local, field, number = 30, 4, 0xd935 // the number that zipalign fills with
	at := z.out.n + z.tail + local + field + int64(len(name))
	extra := make([]byte, field+(align-at%align)%align)
	binary.LittleEndian.PutUint16(extra, number)
	binary.LittleEndian.PutUint16(extra[2:], uint16(len(extra)-field))
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Extra: extra})
	if err != nil {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	z.tail = 16 // checksum and sizes, which follow a file
	if uint64(len(head))+size >= math.MaxUint32 {
		z.tail = 24
	}
	return data(w)
}

// header is what an .npy file begins with: a whole number of aligned blocks.
func header(dtype string, shape []uint64) []byte {
	var dims strings.Builder
	for _, n := range shape {
		fmt.Fprintf(&dims, "%d,", n)
	}
	text := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", dtype, dims.String())
	const magic = "\x93NUMPY\x01\x00"
	size := len(magic) + 2 + len(text) + 1
	text += strings.Repeat(" ", (align-size%align)%align) + "\n"
	b := binary.LittleEndian.AppendUint16([]byte(magic), uint16(len(text)))
	return append(b, text...)
}
