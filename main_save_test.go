package main

import (
	"image/gif"
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

// A film is one file of all frames, of the kind that its ending says or that was asked for.
func TestAScriptSavesFilms(t *testing.T) {
	needDisplay(t)
	dir, n := caches(t)
	to := t.TempDir()
	script := "wait loaded\nsave-sequence " + filepath.Join(to, "a.gif") + " 64x36\n" +
		"save-sequence " + filepath.Join(to, "b.png") + " 63x35 film=apng camera=turntable:90\nquit\n"
	if _, err := play(t, script, "--no-convert", dir); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(to, "a.gif"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g, err := gif.DecodeAll(f)
	if err != nil || len(g.Image) != n || g.Config.Width != 64 {
		t.Errorf("%v: %d pictures of %d pixels, want %d", err, len(g.Image), g.Config.Width, n)
	}
	b, err := os.ReadFile(filepath.Join(to, "b.png"))
	if err != nil || strings.Count(string(b), "fcTL") != n {
		t.Errorf("%d pictures in the animated PNG, %v", strings.Count(string(b), "fcTL"), err)
	}
	_, err = play(t, "wait loaded\nsave-sequence "+filepath.Join(to, "c.gif")+" camera=bookmarks\nquit\n", "--no-convert", dir)
	if err == nil || !strings.Contains(err.Error(), "no camera is remembered") {
		t.Errorf("through no cameras: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(to, "*")); len(left) != 2 {
		t.Errorf("%q are left", left)
	}
}
