package icecache

import (
	"errors"
	"fmt"
	"os"

	"iceexplorer/cache"
)

// WriteFile writes f to path. The file appears whole or not at all: it is written
// under a temporary name beside it, synced and renamed. What was at path before is
// kept if that fails. A damaged frame is refused: the format has no place to say so,
// and the file would look whole.
func WriteFile(path string, f *cache.Frame, opt EncodeOptions) (err error) {
	if f.Damage != nil {
		return fmt.Errorf("write %w: %s", &cache.FormatError{Offset: -1, Field: "damaged frame", Msg: f.Damage.String() + ", which an .icecache cannot say"}, path)
	}
	// With the permissions that the user's files get.
	tmp, err := os.OpenFile(cache.TempName(path), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("write %w: %s", bare(err), path)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %w: %s", errors.Join(bare(err), ignoreClosed(tmp.Close()), os.Remove(tmp.Name())), path)
		}
	}()
	if err = Encode(tmp, f, opt); err != nil {
		return err
	}
	if err = tmp.Sync(); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	if err = os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	return nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}
