package icecache

import (
	"context"
	"fmt"
	"io"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
)

// WriteFile writes f to path. The file appears whole or not at all: it is written
// under a temporary name beside it, synced and renamed. What was at path before is
// kept if that fails or ctx ends. A damaged frame is refused: the format has no place to
// say so, and the file would look whole.
func WriteFile(ctx context.Context, path string, f *cache.Frame, opt EncodeOptions) error {
	if f.Damage != nil {
		return fmt.Errorf("cannot be written: %w: %s", &cache.FormatError{Offset: -1, Field: "damaged frame", Msg: f.Damage.String() + ", which an .icecache file has no way to say"}, path)
	}
	err := atomicfile.Write(path, atomicfile.Options{}, func(w io.Writer) error { return Encode(ctx, w, f, opt) })
	if err != nil {
		return fmt.Errorf("cannot be written: %w: %s", pathname.Step(err), path)
	}
	return nil
}
