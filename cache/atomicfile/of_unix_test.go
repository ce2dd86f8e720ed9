//go:build unix

package atomicfile

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// A picture of a private cache could be seen by everybody.
func TestAPictureIsAsPrivateAsWhatItShows(t *testing.T) {
	t.Parallel()
	usual := 0o666 &^ ownMask()
	for name, tc := range map[string]struct {
		sources []fs.FileMode
		want    fs.FileMode
	}{
		"everybody's":             {[]fs.FileMode{0o644, 0o664}, usual},
		"private":                 {[]fs.FileMode{0o600}, usual & 0o600},
		"the group's":             {[]fs.FileMode{0o640}, usual & 0o660},
		"everybody's and private": {[]fs.FileMode{0o644, 0o600}, usual & 0o600},
	} {
		dir := t.TempDir()
		var paths []string
		for i, mode := range tc.sources {
			paths = append(paths, file(t, filepath.Join(dir, string(rune('a'+i))), mode, -1, -1))
		}
		of := From(paths)
		written, reserved := filepath.Join(dir, "written.png"), filepath.Join(dir, "reserved.mp4")
		if err := Write(written, Options{Of: of}, func(io.Writer) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if err := Reserve(reserved+".new", reserved, of); err != nil {
			t.Fatal(err)
		}
		if err := Take(reserved+".new", reserved); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{written, reserved} {
			if st, err := os.Stat(path); err != nil || st.Mode().Perm() != tc.want {
				t.Errorf("%s, %s: %v, want %v", name, filepath.Base(path), st.Mode(), tc.want)
			}
		}
		mine := file(t, filepath.Join(dir, "mine.png"), 0o604, -1, -1) // I have chosen so
		if err := Write(mine, Options{Of: of}, func(io.Writer) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if st, err := os.Stat(mine); err != nil || st.Mode().Perm() != 0o604 {
			t.Errorf("%s: a file that was replaced: %v", name, st.Mode())
		}
	}
	if st := From([]string{filepath.Join(t.TempDir(), "gone")}).granted(0, true); st != 0o600 {
		t.Errorf("of a file that is gone: %v", st)
	}
}
