package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// prune removes converted frames whose sources are gone. It looks at each once more: a
// file that is not in a folder of converted frames stays, and so does one with a source.
func prune(env Env, like string, gone []string) error {
	type kept struct{ dir, why string }
	var failed []kept
	more := map[kept]int{} // than the first
	for _, path := range gone {
		err := lacksSource(path)
		if err == nil {
			err = os.Remove(path)
		}
		if err == nil {
			continue
		}
		k := kept{filepath.Dir(path), pathname.Reason(err).Error()}
		if slices.Contains(failed, k) {
			more[k]++
		} else {
			env.say("not removed: %s: %s", k.why, shown(like, path))
		}
		failed = append(failed, k)
	}
	for _, k := range slices.Compact(slices.Clone(failed)) {
		if more[k] > 0 {
			env.say("%s not removed for the same reason: %s", unit.Plural(more[k], "more file"), shown(like, k.dir))
			delete(more, k)
		}
	}
	if n := len(gone) - len(failed); n > 0 {
		if err := env.print("%s removed, as the sources are gone\n", unit.Plural(n, "converted frame")); err != nil {
			return err
		}
	}
	if len(failed) > 0 {
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
