package parquet

import (
	"io"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
)

// newFile is a file whose pages are compressed in one of the ways of the option.
func newFile(w io.Writer, how string) (*file, error) {
	f := &file{w: w}
	switch how {
	case "snappy":
		f.codec = format.Snappy
		f.squash = func(dst, src []byte) []byte { return s2.EncodeSnappy(dst[:cap(dst)], src) }
	case "zstd":
		// One core: others have frames of their own.
		e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(pageBytes))
		if err != nil {
			return nil, err
		}
		f.codec = format.Zstd
		f.squash = func(dst, src []byte) []byte { return e.EncodeAll(src, dst[:0]) }
	}
	return f, nil
}
