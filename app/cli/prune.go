package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/printable"
	"iceexplorer/cache/unit"
)

// prune removes converted frames whose sources are gone. It looks at each once more: a
// file that is not in a folder of converted frames stays, and so does one with a source.
func prune(env Env, like string, gone []string) error {
	removed, failed := 0, false
	for _, path := range gone {
		err := lacksSource(path)
		if err == nil {
			err = os.Remove(path)
		}
		if err != nil {
			failed = true
			fmt.Fprintf(env.Stderr, "iceexplorer: not removed: %v: %s\n", pathname.Reason(err), printable.Line(shown(like, path)))
			continue
		}
		removed++
	}
	if len(gone) == 0 {
		return nil
	}
	if err := env.print("%s removed, as the sources are gone\n", unit.Plural(removed, "converted frame")); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

// lacksSource returns why a file is not a converted frame without its source.
func lacksSource(path string) error {
	dir := filepath.Dir(path)
	if filepath.Base(dir) != cache.ConvertedDir {
		return errors.New("it is not in a folder of converted frames")
	}
	for _, p := range []string{dir, path} {
		st, err := os.Lstat(p)
		if err != nil {
			return err
		}
		if mode := st.Mode(); p == dir && !mode.IsDir() || p == path && !mode.IsRegular() {
			return errors.New("it is a link, or its folder is one")
		}
	}
	source := strings.TrimSuffix(filepath.Join(filepath.Dir(dir), filepath.Base(path)), filepath.Ext(path))
	if _, err := os.Lstat(source); !errors.Is(err, fs.ErrNotExist) {
		return errors.New("its source exists")
	}
	return nil
}
