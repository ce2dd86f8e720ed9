package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Pictures are written beside the window's loop: a script waits for each all the same, and
// one that cannot be written fails it.
func TestAScriptWaitsForThePictureItSaves(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	to := t.TempDir()
	path := filepath.Join(to, "p.png")
	if _, err := play(t, "wait loaded\nsave-picture "+path+" 1600x900\nquit\n", "--no-convert", dir); err != nil {
		t.Fatal(err)
	}
	if w, h := pngSize(t, path); w != 1600 || h != 900 {
		t.Errorf("picture of %dx%d", w, h)
	}
	missing := filepath.Join(to, "missing")
	_, err := play(t, "wait loaded\nsave-picture "+filepath.Join(missing, "p.png")+"\nprint state\nquit\n", "--no-convert", dir)
	if err == nil || !strings.Contains(err.Error(), "there is no such folder: "+missing) {
		t.Errorf("into a folder that is missing: %v", err)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("the folder was made")
	}
}

// A script went on, and ended well, while the pictures of a sequence were still to be saved,
// or could not be.
func TestAScriptWaitsForTheSequenceItSaves(t *testing.T) {
	needDisplay(t)
	dir, n := caches(t)
	to := t.TempDir()
	pattern := filepath.Join(to, "p_%04d.png")
	if _, err := play(t, "wait loaded\nsave-sequence "+pattern+" 64x36\nquit\n", "--no-convert", dir); err != nil {
		t.Fatal(err)
	}
	if saved, _ := filepath.Glob(filepath.Join(to, "*")); len(saved) != n {
		t.Errorf("%d of %d pictures saved", len(saved), n)
	}
	missing := filepath.Join(to, "missing")
	_, err := play(t, "wait loaded\nsave-sequence "+filepath.Join(missing, "p_%d.png")+"\nquit\n", "--no-convert", dir)
	if err == nil || !strings.Contains(err.Error(), ":3: ") || !strings.Contains(err.Error(), missing) {
		t.Errorf("into a folder that is missing: %v", err)
	}
}
