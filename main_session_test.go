package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/app/sample"
	"iceexplorer/app/session"
)

// project is a folder of two sequences, in folders of their own.
func project(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"fire", "smoke"} {
		if err := sample.Write(t.Context(), filepath.Join(dir, "caches", name), sample.Options{Points: 400, Frames: 6}); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// arranged opens a project, and changes all that a session keeps.
func arranged(dir string) string {
	return "open " + filepath.Join(dir, "caches", "fire") + "\nopen " + filepath.Join(dir, "caches", "smoke") + "\nwait loaded\n" +
		"activate " + filepath.Join(dir, "caches", "fire", "fountain") + "\nshow-sequence " + filepath.Join(dir, "caches", "smoke", "fountain") + " off\nlayer-offset 3 " + filepath.Join(dir, "caches", "smoke", "fountain") + "\n" +
		"layer-rename Smoke " + filepath.Join(dir, "caches", "smoke", "fountain") + "\nlayer-lock on Smoke\nactivate Smoke\nlayer-own-look on\npoint-scale 3\ncolor-by constant\nactivate fountain\nlayer-solo on\nlayer-move bottom\nbookmark-add hit 3\ncolor-by PointVelocity.mag\ncolormap magma\nshow-grid off\n" +
		"camera-position 3 4 5\ncamera-target 0.5 1 0\ncamera-fov 33\nwait idle\ncolumns ID, v.mag\nfilter ID > 5\nsort v.mag down\n" +
		"goto 2\nset-in\ngoto 5\nset-out\ngoto 4\nfps 30\n"
}

// same reports what of two states a session should have kept and has not.
func same(t *testing.T, was, is app.State) {
	t.Helper()
	type kept struct {
		Layers                    []string
		Timing                    []session.Timing
		Bookmarks                 []session.Bookmark
		Active, ColorBy           string
		Frame, FPS                float64
		Filter, Sort, Columns     string
		Points                    uint64
		Yaw, Pitch, Distance, Fov float64
	}
	of := func(s app.State) string {
		var timing []session.Timing
		var layers []string
		for _, l := range s.Layers {
			timing = append(timing, l.Timing)
			layers = append(layers, fmt.Sprintf("%s: hidden %v, alone %v, locked %v, own look %v, by %s", l.Name, l.Hidden, l.Solo, l.Locked, l.OwnLook, l.ColorBy))
		}
		b, err := json.Marshal(kept{
			layers, timing, s.Bookmarks, filepath.Base(filepath.Dir(s.Active)), s.ColorBy, float64(s.Frame), s.FPS, s.Sheet.Filter, s.Sheet.Sort, strings.Join(s.Sheet.Columns, ","), s.Points,
			round(s.Camera.Yaw), round(s.Camera.Pitch), round(s.Camera.Distance), round(s.Camera.Fov),
		})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if of(was) != of(is) {
		t.Errorf("saved  %s\nopened %s", of(was), of(is))
	}
}

func round(v float64) float64 { return float64(int(v*1e6+0.5)) / 1e6 }

func TestASessionThatMovedWithItsFolderOpensAsItWasSaved(t *testing.T) {
	needDisplay(t)
	dir := project(t)
	file := filepath.Join(dir, "shots", "day one.iceview")
	if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	saved, err := play(t, arranged(dir)+"save-session '"+file+"'\nprint state\nquit\n", "--no-convert")
	if err != nil || len(saved) != 1 {
		t.Fatalf("%v; %d states", err, len(saved))
	}
	moved := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Rename(dir, moved); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(moved, "shots", "day one.iceview")
	opened, err := play(t, "wait loaded\nwait idle\nprint state\nplay\nwait 400ms\nstop\nlast\nprint state\nquit\n", "--no-convert", file)
	if err != nil || len(opened) != 2 {
		t.Fatalf("%v; %d states", err, len(opened))
	}
	same(t, saved[0], opened[0])
	if opened[1].Frame != 5 {
		t.Errorf("the out point is at %v", opened[1].Frame)
	}

	// A session alone, without what it is about.
	alone := filepath.Join(t.TempDir(), "alone.iceview")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(alone, text, 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := play(t, "open-session "+alone+"\nprint state\nrelink "+moved+"\nwait loaded\nwait idle\nprint state\nquit\n", "--no-convert")
	if err != nil || len(found) != 2 {
		t.Fatalf("%v; %d states", err, len(found))
	}
	if len(found[0].Layers) != 0 {
		t.Errorf("%d sequences that are not there", len(found[0].Layers))
	}
	same(t, saved[0], found[1])
	if _, err := play(t, "open-session "+alone+"\nrelink "+t.TempDir()+"\nquit\n", "--no-convert"); err == nil || !strings.Contains(err.Error(), "none of the 2 missing sequences is in the folder or below") {
		t.Errorf("a folder without them: %v", err)
	}
}

func TestABrokenSessionLeavesOpenWhatIsOpen(t *testing.T) {
	needDisplay(t)
	dir := project(t)
	for text, want := range map[string]string{
		`{"version": 1, "sequences": [`:                  "the JSON is not valid or not complete",
		`{"version": 99, "sequences": []}`:               "a newer ICE Explorer has saved this session (version 99",
		`{"version": 1, "sequences": [{"name": "a"}]}`:   "sequence 1 has no file or no folder",
		`{"colorMode": "scalar", "colormap": "viridis"}`: "this is no session of ICE Explorer",
	} {
		file := filepath.Join(t.TempDir(), "broken.iceview")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		states, err := play(t, "open "+filepath.Join(dir, "caches", "fire")+"\nwait loaded\nprint state\nopen-session "+file+"\nquit\n", "--no-convert")
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), file) || len(states) != 1 {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestTheSessionOfAProgramThatWasKilledIsOffered(t *testing.T) {
	needDisplay(t)
	dir, config := project(t), t.TempDir()
	start := func(script string) *exec.Cmd {
		file := filepath.Join(t.TempDir(), "script.txt")
		if err := os.WriteFile(file, []byte("timeout 60s\n"+script), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := program(t, "--no-convert", "--run", file)
		cmd.Env = append(cmd.Env, "ICEEXPLORER_CONFIG_DIR="+config)
		return cmd
	}
	kept := func() []string {
		all, _ := filepath.Glob(filepath.Join(config, "running-*.iceview"))
		return all
	}
	cmd := start(arranged(dir) + "print state\nwait 50s\n")
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "the session is kept", func() bool {
		for _, f := range kept() {
			if b, err := os.ReadFile(f); err == nil && bytes.Contains(b, []byte("v.mag")) && bytes.Contains(b, []byte(`"fps": 30`)) {
				return true
			}
		}
		return false
	})
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	var was, is app.State
	if err := json.Unmarshal(out.Bytes(), &was); err != nil {
		t.Fatalf("%v: %s", err, &out)
	}
	text, err := start("restore-session\nwait loaded\nwait idle\nprint state\nquit\n").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &is); err != nil {
		t.Fatal(err)
	}
	same(t, was, is)
	if left := kept(); len(left) > 0 {
		t.Errorf("after an end in order there is %v", left)
	}
	if b, err := start("restore-session\nquit\n").CombinedOutput(); err == nil || !strings.Contains(string(b), "the program was closed the last time") {
		t.Errorf("%v: %s", err, b)
	}
}

// What was opened lately is opened by its place in the list, sessions in place of what is open.
func TestWhatWasOpenedLatelyOpensByItsNumber(t *testing.T) {
	needDisplay(t)
	dir := project(t)
	file := filepath.Join(dir, "a.iceview")
	fire, smoke := filepath.Join(dir, "caches", "fire"), filepath.Join(dir, "caches", "smoke")
	states, err := play(t, "open "+fire+"\nsave-session "+file+"\nclose-all\nopen "+smoke+"\nopen-recent 3\nprint state\nopen-recent 3\nprint state\nquit\n", "--no-convert")
	if err != nil || len(states) != 2 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	if n := len(states[0].Layers); n != 2 {
		t.Errorf("%d sequences after the folder was opened again", n)
	}
	if n := len(states[1].Layers); n != 1 {
		t.Errorf("%d sequences after the session was opened", n)
	}
	if _, err := play(t, "open "+fire+"\nopen-recent 2\nquit\n", "--no-convert"); err == nil || !strings.Contains(err.Error(), "only 1 was opened lately") {
		t.Errorf("a number that there is not: %v", err)
	}
}

// A session differs from its file once something in it is changed; where the camera stands and
// which frame is shown does not count. A script that quits is not asked about it.
func TestASessionKnowsWhetherItIsSaved(t *testing.T) {
	needDisplay(t)
	dir := project(t)
	file := filepath.Join(dir, "day.iceview")
	states, err := play(t, "open "+filepath.Join(dir, "caches", "fire")+"\nwait loaded\nwait idle\nprint state\nsave-session "+file+"\nwait idle\nprint state\n"+
		"goto 3\ncamera-position 3 4 5\nwait idle\nprint state\ncolormap magma\nprint state\nsave-session\nwait idle\nprint state\nquit\n", "--no-convert")
	if err != nil || len(states) != 5 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	opened, err := play(t, "wait loaded\nwait idle\nprint state\nfps 31\nprint state\nquit\n", "--no-convert", file)
	if err != nil || len(opened) != 2 {
		t.Fatalf("%v; %d states", err, len(opened))
	}
	for i, want := range []bool{false, false, false, true, false, false, true} {
		s := append(states, opened...)[i]
		if s.Changed != want || (s.Session == file) != (i > 0) {
			t.Errorf("state %d: %q, changed %v", i, s.Session, s.Changed)
		}
	}
}

// A session that is rendered is the picture that the window saves, but for what two ways to
// OpenGL may differ in.
func TestARenderedSessionIsThePictureThatTheWindowSaves(t *testing.T) {
	needDisplay(t)
	dir := project(t)
	file := filepath.Join(dir, "shot.iceview")
	saved, rendered := filepath.Join(dir, "window.png"), filepath.Join(dir, "render.png")
	script := arranged(dir) + "layer-solo off fountain\nshow-sequence Smoke on\nfilter ID > 300\nshow-only-rows on\nshow-trails 3\ngoto 4\nwait idle\nsave-session '" + file + "'\nsave-picture " + saved + " 640x400\nquit\n"
	if _, err := play(t, script, "--no-convert"); err != nil {
		t.Fatal(err)
	}
	if out, err := program(t, "render", "-o", rendered, "--frames", "4", "--size", "640x400", file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	a, b := decoded(t, saved), decoded(t, rendered)
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%v and %v", a.Bounds(), b.Bounds())
	}
	far := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r0, g0, b0, _ := a.At(x, y).RGBA()
			r1, g1, b1, _ := b.At(x, y).RGBA()
			if max(r0, r1)-min(r0, r1) > 6<<8 || max(g0, g1)-min(g0, g1) > 6<<8 || max(b0, b1)-min(b0, b1) > 6<<8 {
				far++
			}
		}
	}
	if of := a.Bounds().Dx() * a.Bounds().Dy(); far > of/500 {
		t.Errorf("%d of %d pixels differ", far, of)
	}
}

func decoded(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}
