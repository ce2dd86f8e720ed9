package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Pictures and films of a private cache could be seen by everybody.
func TestPicturesOfAPrivateCacheArePrivate(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 2), t.TempDir()
	if err := os.Chmod(filepath.Join(dir, "fountain_2.icecache"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one.png", "film.gif", "film.apng", "film.mp4"} {
		args := []string{"render", "--size", "64x48", "-o", filepath.Join(to, name), dir}
		switch filepath.Ext(name) {
		case ".png":
			args = append([]string{"render", "--frames", "2"}, args[1:]...)
		case ".mp4":
			if _, err := exec.LookPath("ffmpeg"); err != nil {
				continue
			}
		}
		must(t, args...)
		if st, err := os.Stat(filepath.Join(to, name)); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, st, err)
		}
	}
}
