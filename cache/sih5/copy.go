package sih5

import (
	"context"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
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
		rowBytes := s.Len / rows
		step := max(1, copyStep/rowBytes)
		if d.layout == chunked && d.chunk[0] > 0 {
			step = (step + d.chunk[0] - 1) / d.chunk[0] * d.chunk[0] // decode each chunk once
		}
		for from := uint64(0); from < rows; from += step {
			if err := ctx.Err(); err != nil {
				return err
			}
			n := min(step, rows-from)
			at := s.Offset + from*rowBytes
			if err := readRows(attribs, raw.link, part, elem, from, n, comps, dst[at:at+n*rowBytes]); err != nil {
				return err
			}
		}
	}
	if c.Type == cache.TypeBool {
		b := dst[c.Data.Offset:c.Data.End()]
		for i, v := range b {
			if v != 0 {
				b[i] = 1
			}
		}
	}
	return nil
}
