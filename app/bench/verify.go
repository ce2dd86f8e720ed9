package bench

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/zeebo/xxh3"

	"iceexplorer/cache"
	"iceexplorer/cache/sih5"
)

// sumUp makes the checksums of a frame's columns, and nothing else.
func sumUp(f *cache.Frame) (sum uint64) {
	for _, a := range f.Attributes {
		for _, part := range a.Parts() {
			sum ^= xxh3.Hash(part)
		}
	}
	return sum
}

// verify reads a .sih5 and holds it against its checksums.
func verify(ctx context.Context, path string) error {
	v, err := sih5.Verify(ctx, path, sih5.VerifyOptions{})
	if err == nil && v.Unknown != "" {
		return errors.New(v.Unknown)
	}
	return err
}

// readAll reads a file and looks at nothing of it.
func readAll(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	buf := make([]byte, 256<<10)
	for {
		if _, err := f.Read(buf); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
