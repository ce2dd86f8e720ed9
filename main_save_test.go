package main

import (
	"bytes"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mrjoshuak/go-openexr/exr"

	"iceexplorer/app/sample"
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

// Pictures for compositing know their points, one by one and as a sequence.
func TestAScriptSavesOpenEXR(t *testing.T) {
	needDisplay(t)
	dir, n := caches(t)
	to := t.TempDir()
	one := filepath.Join(to, "one.exr")
	script := "wait loaded\nsave-picture " + one + " 320x200 plain=on\nsave-sequence " + filepath.Join(to, "p_%d.exr") + " 64x36\nquit\n"
	if _, err := play(t, script, "--no-convert", dir); err != nil {
		t.Fatal(err)
	}
	saved, _ := filepath.Glob(filepath.Join(to, "p_*.exr"))
	if len(saved) != n {
		t.Errorf("%d of %d pictures saved", len(saved), n)
	}
	for path, w := range map[string]int{one: 320, saved[0]: 64} {
		f, err := exr.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		h := f.Header(0)
		fb, of := exr.AllocateChannels(h.Channels(), h.DataWindow())
		r, err := exr.NewScanlineReader(f)
		if err != nil {
			t.Fatal(err)
		}
		r.SetFrameBuffer(fb)
		if err := r.ReadPixels(0, h.Height()-1); err != nil {
			t.Fatal(err)
		}
		seen := 0
		for i, layer := range of["id.layer"] { // 1 in the lowest of four bytes
			if seen += int(layer); layer != 0 && string(of["Z"][i:i+4]) == "\x00\x00\x00\x00" {
				t.Fatalf("pixel %d: a point at no distance", i/4)
			}
		}
		if h.Width() != w || seen < 20 || h.Get("layer1ID") == nil || h.Get("layer1ID").Value != "ID" {
			t.Errorf("%s: %d wide, %d pixels of points", filepath.Base(path), h.Width(), seen)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
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

// Of frames 1 to 6 the files of 3 and 4 are gone. A sequence that passes at half its speed
// had pictures of every second number.
func TestSavedSequencesGiveWhatIsAskedForWhereFramesAreMissing(t *testing.T) {
	needDisplay(t)
	dir, to := t.TempDir(), t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 300, Frames: 6}); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{3, 4} {
		if err := os.Remove(filepath.Join(dir, sample.FileName(n))); err != nil {
			t.Fatal(err)
		}
	}
	script := "wait loaded\nwait idle\ngaps empty\n"
	for _, how := range []string{"skip", "hold", "empty"} {
		if err := os.Mkdir(filepath.Join(to, how), 0o700); err != nil {
			t.Fatal(err)
		}
		script += "save-sequence " + filepath.Join(to, how, "%d.png") + " 64x48 plain=on missing=" + how + "\n"
	}
	if err := os.Mkdir(filepath.Join(to, "slow"), 0o700); err != nil {
		t.Fatal(err)
	}
	script += "print state\nlayer-scale 0.5\nsave-sequence " + filepath.Join(to, "slow", "%d.png") + " 64x48 plain=on\nquit\n"
	states, err := play(t, script, "--no-convert", dir)
	if err != nil || len(states) != 1 || states[0].Gaps != "empty" {
		t.Fatalf("%v; %d states", err, len(states))
	}
	const all = "1.png 2.png 3.png 4.png 5.png 6.png"
	for how, want := range map[string]string{"skip": "1.png 2.png 5.png 6.png", "hold": all, "empty": all, "slow": "1.png 10.png 11.png 2.png 3.png 4.png 9.png"} {
		var names []string
		found, _ := filepath.Glob(filepath.Join(to, how, "*"))
		for _, f := range found {
			names = append(names, filepath.Base(f))
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s, want %s", how, got, want)
		}
	}
	same := func(a, b string) bool {
		x, errX := os.ReadFile(filepath.Join(to, a))
		y, errY := os.ReadFile(filepath.Join(to, b))
		return errX == nil && errY == nil && bytes.Equal(x, y)
	}
	for _, c := range []struct {
		a, b string
		same bool
	}{{"hold/2", "hold/4", true}, {"hold/4", "hold/5", false}, {"empty/2", "empty/3", false}, {"empty/3", "empty/4", true}, {"skip/5", "empty/5", true}} {
		if same(c.a+".png", c.b+".png") != c.same {
			t.Errorf("%s and %s are the same: want %v", c.a, c.b, c.same)
		}
	}
}

// Enter saved nothing once somebody had clicked on something else than the name of the file.
func TestEnterSavesFromAnywhereInTheDialog(t *testing.T) {
	needDisplay(t)
	top := t.TempDir()
	dir := filepath.Join(top, "fountain")
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 100, Frames: 2}); err != nil {
		t.Fatal(err)
	}
	d := opened(t, t.TempDir(), "--no-convert", dir)
	d.do("wait loaded")
	d.keys("ctrl+p")
	d.click("Save picture", "Particles alone")
	d.wait("a field that has lost the keyboard", func() bool { return !d.look().Typing })
	d.keys("Return")
	d.wait("the picture", func() bool {
		_, err := os.Stat(filepath.Join(top, "picture.png"))
		return err == nil
	})
	d.gone("Save picture", "Particles alone")
}
