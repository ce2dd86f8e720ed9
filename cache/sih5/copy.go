package sih5

import (
	"context"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
	"iceexplorer/cache/measure"
)

// copyStep is about how many bytes are read between two looks at the context.
const copyStep = 16 << 20

// copyColumn reads all parts of a column to their places in dst. The lengths were
// checked against the datasets' dims when the file was opened.
func copyColumn(ctx context.Context, attribs *hdf5.Group, raw *rawColumn, c *cache.Column, dst []byte) error {
	for part, s := range c.Spans() {
		if s.Len == 0 {
			continue
		}
		err := eachPiece(ctx, attribs, raw, c, part, s.Len, func(at, n uint64) []byte {
			return dst[s.Offset+at : s.Offset+at+n]
		}, func([]byte) {})
		if err != nil {
			return err
		}
	}
	return nil
}

// eachPiece reads the size bytes of a part in pieces: the n bytes from at on into the
// memory that to returns, which done gets when they are there.
func eachPiece(ctx context.Context, attribs *hdf5.Group, raw *rawColumn, c *cache.Column, part int, size uint64,
	to func(at, n uint64) []byte, done func([]byte)) error {
	elem, comps := elemU64, uint64(1)
	switch {
	case part == partRecords:
		elem = elemU8
	case part == partData:
		comps = uint64(max(1, c.Type.Components()))
		switch c.Type.Elem() {
		case cache.ElemFloat32:
			elem = elemF32
		case cache.ElemInt32:
			elem = elemI32
		default:
			elem = elemU8
		}
	}
	d := &raw.parts[part]
	rows := d.dims[0]
	rowBytes := size / rows
	step := max(1, copyStep/rowBytes)
	if d.layout == chunked && d.chunk[0] > 0 {
		step = (step + d.chunk[0] - 1) / d.chunk[0] * d.chunk[0] // decode each chunk once
	}
	packed, err := openChunks(attribs, raw.link, part, d)
	if err != nil {
		return err
	}
	defer packed.close()
	for from := uint64(0); from < rows; from += step {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(step, rows-from)
		b := to(from*rowBytes, n*rowBytes)
		unpacked := false
		if packed.native(elem) {
			unpacked, err = packed.read(ctx, from, n, b)
		}
		if err == nil && !unpacked {
			err = packed.look(ctx, from, n)
		}
		if err != nil {
			return err
		}
		if !unpacked {
			if err := readRows(attribs, raw.link, part, elem, from, n, comps, b); err != nil {
				return d.explain(part, err)
			}
		}
		if part == partData && c.Type == cache.TypeBool {
			for i, v := range b {
				if v != 0 {
					b[i] = 1
				}
			}
		}
		done(b)
	}
	return nil
}

// measureColumn measures what is not known of a column's values, which it stores
// nowhere.
func measureColumn(ctx context.Context, attribs *hdf5.Group, raw *rawColumn, c *cache.Column) error {
	if c.Measured() || c.Data.Len == 0 {
		return nil
	}
	var buf []byte
	acc := measure.New(c.Type.Components())
	err := eachPiece(ctx, attribs, raw, c, partData, c.Data.Len, func(_, n uint64) []byte {
		if uint64(cap(buf)) < n {
			buf = make([]byte, n)
		}
		return buf[:n]
	}, func(b []byte) { measure.Copy(c.Type.Elem(), nil, b, acc) })
	if err == nil {
		c.Take(acc.Ranges(), acc.Lengths())
	}
	return err
}
