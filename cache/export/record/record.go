// Package record writes values as bytes, for formats that have a record for each point or
// a column for each attribute: a piece at a time, little-endian as they lie in memory.
package record

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"math/bits"
	"sync"

	"iceexplorer/cache"
	"iceexplorer/cache/export/names"
)

// pieceBytes is about how much is made at a time.
const pieceBytes = 64 << 10

// Field is a part of each record.
type Field struct {
	Size int // in bytes
	// Fill makes the fields of n records from a row on: dst begins with the first of them, and
	// they are stride bytes apart.
	Fill func(dst []byte, stride int, row, n uint64)
}

// Write writes records of fields that lie one after the other, made by so many threads.
func Write(w io.Writer, threads int, rows uint64, fields []Field) error {
	return write(w, threads, rows, fields, func([]byte) {})
}

// WriteBigEndian is Write with the bytes of every value turned around, which has four.
func WriteBigEndian(w io.Writer, threads int, rows uint64, fields []Field) error {
	return write(w, threads, rows, fields, turn)
}

// turn turns around the bytes of each value of four.
func turn(b []byte) {
	for ; len(b) >= 32; b = b[32:] {
		p := (*[32]byte)(b)
		for i := 0; i < 32; i += 8 { // two at once
			v := bits.ReverseBytes64(binary.LittleEndian.Uint64(p[i:]))
			binary.LittleEndian.PutUint64(p[i:], bits.RotateLeft64(v, 32))
		}
	}
	for ; len(b) >= 4; b = b[4:] {
		binary.BigEndian.PutUint32(b, binary.LittleEndian.Uint32(b))
	}
}

func write(w io.Writer, threads int, rows uint64, fields []Field, turn func(piece []byte)) error {
	stride := 0
	for _, f := range fields {
		stride += f.Size
	}
	if stride == 0 {
		return nil
	}
	most := uint64(max(pieceBytes/stride, 1))
	pieces := make([][]byte, min(uint64(max(threads, 1)), (rows+most-1)/most))
	for i := range pieces {
		pieces[i] = make([]byte, uint64(stride)*min(most, rows))
	}
	fill := func(piece []byte, row uint64) []byte {
		n := min(most, rows-row)
		at := 0
		for _, f := range fields {
			f.Fill(piece[at:], stride, row, n)
			at += f.Size
		}
		piece = piece[:uint64(stride)*n]
		turn(piece)
		return piece
	}
	for row := uint64(0); row < rows; row += most * uint64(len(pieces)) {
		var wait sync.WaitGroup
		for i := range pieces[1:] {
			if at := row + most*uint64(i+1); at < rows {
				wait.Go(func() { pieces[i+1] = fill(pieces[i+1], at) })
			}
		}
		pieces[0] = fill(pieces[0], row)
		wait.Wait()
		for i, piece := range pieces {
			if row+most*uint64(i) >= rows {
				break
			}
			if _, err := w.Write(piece); err != nil {
				return err
			}
		}
	}
	return nil
}

// Values are the values of an attribute of single values as they are stored, one for each
// row.
func Values(a *cache.Attribute) Field { return part(a, 0, int(a.Type.ValueSize())) }

// part are some bytes of each value of an attribute of single values.
func part(a *cache.Attribute, at, size int) Field {
	data, step := a.Bytes(), int(a.Type.ValueSize())
	if names.Repeated(&a.Column) {
		step = 0
	}
	return Field{size, func(dst []byte, stride int, row, n uint64) {
		if n > 0 {
			spread(dst, stride, data[int(row)*step+at:], step, size, int(n))
		}
	}}
}

// spread copies n times size bytes, which are step bytes apart, to where they are stride bytes apart. The most common
// sizes go without a call for each.
func spread(dst []byte, stride int, from []byte, step, size, n int) {
	switch size {
	case 1:
		for i := range n {
			dst[i*stride] = from[i*step]
		}
	case 4:
		for i := range n {
			binary.LittleEndian.PutUint32(dst[i*stride:], binary.LittleEndian.Uint32(from[i*step:]))
		}
	case 12:
		for i := range n {
			d, s := (*[12]byte)(dst[i*stride:]), (*[12]byte)(from[i*step:])
			binary.LittleEndian.PutUint64(d[:], binary.LittleEndian.Uint64(s[:]))
			binary.LittleEndian.PutUint32(d[8:], binary.LittleEndian.Uint32(s[8:]))
		}
	case 16:
		for i := range n {
			*(*[16]byte)(dst[i*stride:]) = *(*[16]byte)(from[i*step:])
		}
	default:
		for i := range n {
			copy(dst[i*stride:][:size], from[i*step:])
		}
	}
}

// Floats are the components of an attribute of single numbers as float32s. Whole numbers
// beyond 16,777,216 lose their last digits.
func Floats(a *cache.Attribute) Field {
	if a.Type.Elem() == cache.ElemFloat32 {
		return Values(a)
	}
	ints, bytes, same := a.Int32s(), a.Bytes(), names.Repeated(&a.Column)
	return Field{4, func(dst []byte, stride int, row, n uint64) {
		for i := range n {
			at := row + i
			if same {
				at = 0
			}
			var v float32
			if ints != nil {
				v = float32(ints[at])
			} else {
				v = float32(bytes[at])
			}
			binary.LittleEndian.PutUint32(dst[i*uint64(stride):], math.Float32bits(v))
		}
	}}
}

// Bytes are the components of an attribute of floats from 0 to 1 as bytes from 0 to 255.
// What is less is 0 and what is more is 255; what is no number is 0.
func Bytes(a *cache.Attribute) Field {
	floats, size, same := a.Float32s(), a.Type.Components(), names.Repeated(&a.Column)
	return Field{size, func(dst []byte, stride int, row, n uint64) {
		for i := range int(n) {
			v := floats
			if !same {
				v = floats[(int(row)+i)*size:]
			}
			for c, f := range v[:size] {
				b := byte(0)
				if f >= 1 {
					b = 255
				} else if f > 0 {
					b = byte(f*255 + 0.5)
				}
				dst[i*stride+c] = b
			}
		}
	}}
}

// Column writes the values of an attribute of single values as they are stored, one for
// each row.
func Column(w io.Writer, a *cache.Attribute, rows uint64) error {
	if !names.Repeated(&a.Column) {
		_, err := w.Write(a.Bytes())
		return err
	}
	if rows == 0 {
		return nil
	}
	value := a.Bytes()
	most := min(uint64(max(pieceBytes/len(value), 1)), rows)
	piece := bytes.Repeat(value, int(most))
	for ; rows > 0; rows -= min(most, rows) {
		if _, err := w.Write(piece[:uint64(len(value))*min(most, rows)]); err != nil {
			return err
		}
	}
	return nil
}

// Ints are an attribute of single bools as int32s.
func Ints(a *cache.Attribute) Field {
	bools, same := a.Bytes(), names.Repeated(&a.Column)
	return Field{4, func(dst []byte, stride int, row, n uint64) {
		for i := range n {
			at := row + i
			if same {
				at = 0
			}
			binary.LittleEndian.PutUint32(dst[i*uint64(stride):], uint32(bools[at]))
		}
	}}
}

// Picked are components of an attribute of single values of four bytes each, in an order.
func Picked(a *cache.Attribute, components ...int) Field {
	if adjacent(components) {
		return part(a, 4*components[0], 4*len(components))
	}
	data, size, same := a.Bytes(), int(a.Type.ValueSize()), names.Repeated(&a.Column)
	return Field{4 * len(components), func(dst []byte, stride int, row, n uint64) {
		for i := range int(n) {
			from, to := data, dst[i*stride:]
			if !same {
				from = data[(int(row)+i)*size:]
			}
			for k, c := range components {
				binary.LittleEndian.PutUint32(to[4*k:], binary.LittleEndian.Uint32(from[4*c:]))
			}
		}
	}}
}

func adjacent(components []int) bool {
	for i, c := range components {
		if c != components[0]+i {
			return false
		}
	}
	return len(components) > 0
}

// Same are bytes that every record has.
func Same(b []byte) Field {
	return Field{len(b), func(dst []byte, stride int, _, n uint64) {
		for i := range int(n) {
			copy(dst[i*stride:], b)
		}
	}}
}
