package main

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app/sample"
)

func TestSceneIsColouredSelectedClippedAndSaved(t *testing.T) {
	needDisplay(t)
	dir, n := caches(t)
	to := t.TempDir()
	picture, pattern := filepath.Join(to, "p.png"), filepath.Join(to, "s_%02d.png")
	states, err := play(t, strings.Join([]string{
		"wait loaded", "goto 5", "color-by PointVelocity.mag", "wait idle",
		"select-rect 0 0 1 1", "wait idle", "print state",
		"goto 6", "wait idle", "print state",
		"select-rect 0 0 0.02 0.02", "wait idle", "print state",
		"select-rect 0 0 1 1", "wait idle", "frame-selection", "view-top", "wait idle", "clip-slab y -1e9 -1e8",
		"select-rect 0 0 1 1", "wait idle", "print state",
		"clip-none", "show-trails 4", "frame-all", "wait idle",
		"save-picture " + picture + " 320x180", "save-sequence " + pattern + " 160x90", "wait idle", "print state", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err != nil || len(states) != 5 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	if s := states[0]; s.ColorBy != "PointVelocity.mag" || s.Selected < 1000 || uint64(s.Selected) > s.Points {
		t.Errorf("all in view: %d of %d selected, coloured by %s", s.Selected, s.Points, s.ColorBy)
	}
	if states[1].Selected != states[0].Selected {
		t.Errorf("the selection, which is by ID, went from %d to %d points with the frame", states[0].Selected, states[1].Selected)
	}
	if states[2].Selected != 0 {
		t.Errorf("%d points in an empty corner", states[2].Selected)
	}
	if states[3].Selected != 0 {
		t.Errorf("%d points picked that are clipped away", states[3].Selected)
	}
	if states[4].Frame != 6 {
		t.Errorf("after saving the play head is at %v", states[4].Frame)
	}
	if w, h := pngSize(t, picture); w != 320 || h != 180 {
		t.Errorf("picture of %dx%d", w, h)
	}
	saved, _ := filepath.Glob(filepath.Join(to, "s_*.png"))
	if len(saved) != n {
		t.Errorf("%d pictures of %d frames", len(saved), n)
	}
	for _, f := range saved {
		if w, h := pngSize(t, f); w != 160 || h != 90 {
			t.Errorf("%dx%d: %s", w, h, f)
		}
	}
}

func TestChangesOfDisplayAndCameraCanBeTakenBack(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	to := t.TempDir()
	shot := func(name string) string { return filepath.Join(to, name+".png") }
	rest := "wait idle\n"
	states, err := play(t, "wait loaded\n"+rest+"save-picture "+shot("0")+" 160x90\n"+
		"color-by PointVelocity.mag\n"+rest+"save-picture "+shot("1")+" 160x90\n"+
		"view-top\n"+rest+"save-picture "+shot("2")+" 160x90\n"+
		"undo\n"+rest+"save-picture "+shot("1again")+" 160x90\nprint state\n"+
		"undo\n"+rest+"save-picture "+shot("0again")+" 160x90\nprint state\n"+
		"redo\nredo\n"+rest+"save-picture "+shot("2again")+" 160x90\nprint state\nquit\n", "--no-convert", dir)
	if err != nil || len(states) != 3 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	for i, want := range []string{"PointVelocity.mag", "Color", "PointVelocity.mag"} {
		if states[i].ColorBy != want {
			t.Errorf("state %d: coloured by %s, want %s", i, states[i].ColorBy, want)
		}
	}
	read := func(name string) string {
		b, err := os.ReadFile(shot(name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, name := range []string{"0", "1", "2"} {
		if read(name) != read(name+"again") {
			t.Errorf("picture %s is another one after undo and redo", name)
		}
	}
	if read("0") == read("1") || read("1") == read("2") {
		t.Error("the pictures do not differ: the test shows nothing")
	}
}

// A rectangle around everything takes the points that are seen, and through them all.
func TestAreasSelectHiddenPointsWhenAsked(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	states, err := play(t, strings.Join([]string{
		"wait loaded", "goto 5", "wait idle",
		"select-rect 0 0 1 1", "wait idle", "print state",
		"select-through on", "select-rect 0 0 1 1", "wait idle", "print state",
		"select-invert", "print state", "select-all", "print state",
		"select-through off", "select-rect 0 0 1 1", "wait idle", "print state", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err != nil || len(states) != 5 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	seen, all := states[0].Selected, int(states[0].Points)
	for i, want := range []int{seen, all, 0, all, seen} {
		if states[i].Selected != want {
			t.Errorf("state %d: %d of %d points selected, want %d", i, states[i].Selected, all, want)
		}
	}
	if seen >= all {
		t.Errorf("no point of %d is hidden: the test shows nothing", all)
	}
}

// Enter did nothing in the dialog until its field was clicked.
func TestEnterSavesThePictureAsked(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	saved := filepath.Join(filepath.Dir(dir), "picture.png") // beside what was opened last
	d := opened(t, t.TempDir(), "--no-convert", dir)
	d.do("wait loaded")
	d.keys("ctrl+p")
	d.sees("Save picture", "Save")
	d.keys("Return")
	d.wait("the picture", func() bool { _, err := os.Stat(saved); return err == nil })
}

func pngSize(t *testing.T, path string) (w, h int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := png.DecodeConfig(f)
	if err != nil {
		t.Fatalf("%v: %s", err, path)
	}
	return c.Width, c.Height
}

// Cut in half, a frame was counted as mapped, and again when its .sih5 was opened.
func TestADamagedFrameIsCountedApart(t *testing.T) {
	needDisplay(t)
	dir, n := caches(t)
	files, err := filepath.Glob(filepath.Join(dir, "*_5.icecache"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, %v", files, err)
	}
	info, err := os.Stat(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(files[0], info.Size()/2); err != nil {
		t.Fatal(err)
	}
	for _, turn := range []string{"decoded", "opened again"} {
		states, err := play(t, "wait converted\nprint state\nquit\n", dir)
		if err != nil || len(states) != 1 {
			t.Fatalf("%s: %v; %d states", turn, err, len(states))
		}
		if got := states[0].Layers[0].States; got["partial"] != 1 || got["mapped"] != n-1 {
			t.Errorf("%s: %v of %d frames", turn, got, n)
		}
	}
}

// Frames between whole ones were two sequences, in the wrong order.
func TestFramesBetweenWholeOnesPlayInOrder(t *testing.T) {
	needDisplay(t)
	from, dir, to := t.TempDir(), t.TempDir(), t.TempDir()
	numbers := []string{"101.0", "101.25", "101.5", "101.75", "102.0"}
	if err := sample.Write(t.Context(), from, sample.Options{Points: 100, Frames: len(numbers)}); err != nil {
		t.Fatal(err)
	}
	for i, n := range numbers {
		if err := os.Rename(filepath.Join(from, sample.FileName(i+1)), filepath.Join(dir, "name."+n+".icecache")); err != nil {
			t.Fatal(err)
		}
	}
	steps := []string{"wait loaded", "first", "print state"}
	for range numbers[1:] {
		steps = append(steps, "step-forward", "print state")
	}
	steps = append(steps, "goto 101.50", "print state", "save-sequence "+filepath.Join(to, "p_%04d.png")+" 64x36", "wait idle", "quit")
	states, err := play(t, strings.Join(steps, "\n")+"\n", "--no-convert", dir)
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	for _, s := range states {
		heads = append(heads, s.Frame.String())
	}
	if want := "101 101.25 101.5 101.75 102 101.5"; strings.Join(heads, " ") != want || len(states[0].Layers) != 1 {
		t.Errorf("heads %v of %d layers", heads, len(states[0].Layers))
	}
	saved, _ := filepath.Glob(filepath.Join(to, "*"))
	for i := range saved {
		saved[i] = filepath.Base(saved[i])
	}
	if want := "p_0101.00.png p_0101.25.png p_0101.50.png p_0101.75.png p_0102.00.png"; strings.Join(saved, " ") != want {
		t.Errorf("saved %v", saved)
	}
}

// Undo right after a move of the camera was refused until the camera had arrived.
func TestUndoTakesAMoveBackThatHasJustBegun(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	states, err := play(t, "wait loaded\nwait idle\nprint state\nview-top\nundo\nwait idle\nprint state\nview-top\nview-front\nundo\nundo\nwait idle\nprint state\nquit\n", "--no-convert", dir)
	if err != nil {
		t.Fatal(err)
	}
	for i, what := range []string{"one move", "two moves"} {
		if was, is := states[0].Camera, states[i+1].Camera; was != is {
			t.Errorf("%s: the camera is at %+v, was at %+v", what, is, was)
		}
	}
}
