package icecache

import (
	"errors"
	"fmt"
	"io"

	"iceexplorer/cache"
	"iceexplorer/cache/inflate"
	"iceexplorer/cache/pathname"
)

// ReadHeader reads the header and the attributes' definitions of the file at path,
// and no more of the file than that takes. The definitions say nothing of how many
// values there are: Rows, Values and the spans of the columns are 0.
func ReadHeader(path string) (cache.Header, []cache.Column, error) {
	f, err := openRegular(path)
	if err != nil {
		return cache.Header{}, nil, fmt.Errorf("read header: %w: %s", err, path)
	}
	defer f.Close()
	h, columns, err := readHeader(f)
	if err != nil {
		return h, nil, fmt.Errorf("read header: %w: %s", err, path)
	}
	return h, columns, nil
}

func readHeader(r io.Reader) (cache.Header, []cache.Column, error) {
	var src []byte
	for i, n := range prefixes {
		more, err := io.ReadAll(io.LimitReader(r, int64(n-len(src))))
		if err != nil {
			return cache.Header{}, nil, pathname.Step(err)
		}
		src = append(src, more...)
		b := src
		if inflate.IsGzip(src) {
			var cut *inflate.Error
			if b, err = inflate.Prefix(src, n); err != nil && (!errors.As(err, &cut) || len(b) == 0) {
				return cache.Header{}, nil, err
			}
		}
		var defs *definitions
		var firstErr error
		short := false
		search(func(l *layout) bool {
			d, eof, err := parseDefinitions(b, l)
			if err == nil {
				defs = d
				return true
			}
			short = short || eof
			if firstErr == nil {
				firstErr = err
			}
			return false
		})
		if defs != nil {
			columns := make([]cache.Column, len(defs.attrs))
			for i := range columns {
				columns[i] = defs.attrs[i].col
			}
			return defs.header, columns, nil
		}
		if !short || len(src) < n || i == len(prefixes)-1 {
			return cache.Header{}, nil, firstErr
		}
	}
	panic("unreachable")
}
