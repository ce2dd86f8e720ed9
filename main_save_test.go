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
	if err == nil || !strings.Contains(err.Error(), "write to the folder: no such file or directory: "+missing) {
		t.Errorf("into a folder that is missing: %v", err)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("the folder was made")
	}
}
