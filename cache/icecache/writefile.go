package icecache

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"iceexplorer/cache"
)

// WriteFile writes f to path. The file appears whole or not at all: it is written
// under a temporary name beside it, synced and renamed. What was at path before is
// kept if that fails.
func WriteFile(path string, f *cache.Frame, opt EncodeOptions) (err error) {
	dir, base := filepath.Split(path)
	tmp, err := createTemp(dir, base)
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

// createTemp makes a file that no program takes for a cache, with the permissions
// that the user's files get.
func createTemp(dir, base string) (*os.File, error) {
	for i := 0; ; i++ {
		name := filepath.Join(dir, fmt.Sprintf(".%s.%d-%d.tmp", base, os.Getpid(), i))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, os.ErrExist) || i == 10000 {
			return f, err
		}
	}
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}
