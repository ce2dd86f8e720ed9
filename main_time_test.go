package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// writeNumbers writes a sequence with the given numbers, each frame of as many points as its
// number says.
func writeNumbers(t *testing.T, dir, name string, numbers ...cache.Number) {
	t.Helper()
	for _, number := range numbers {
		n := int(number)
		pos := make([]float32, 3*n)
		for i := range n {
			pos[3*i] = float32(i)
		}
		b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n)})
		b.Float32s("PointPosition", cache.TypeVector3, pos)
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("%s_%v.icecache", name, number)), f, icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

// tell is what a state says of the play head and of what is shown.
func tell(s app.State) string {
	text := fmt.Sprintf("%v:", s.Frame)
	for _, l := range s.Layers {
		switch {
		case l.Shown == nil:
			text += " none"
		case l.Held:
			text += fmt.Sprintf(" held %v", *l.Shown)
		default:
			text += fmt.Sprintf(" %v", *l.Shown)
		}
	}
	return text
}

func TestMissingFramesArePlacesInTime(t *testing.T) {
	needDisplay(t)
	dir := t.TempDir()
	writeNumbers(t, dir, "a", 3, 4, 7, 7.5, 200)
	states, err := play(t, strings.Join([]string{
		"wait idle", "print state",
		"goto 6", "wait idle", "print state",
		"gaps empty", "print state", "gaps hold", "print state",
		"next-frame", "wait idle", "print state", "next-frame", "print state", "step-forward", "print state",
		"next-frame", "wait idle", "print state", "step-back", "print state", "previous-frame", "print state", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range states {
		got = append(got, tell(s))
	}
	want := []string{"3: 3", "6: held 4", "6: none", "6: held 4", "7: 7", "7.5: 7.5", "8: held 7.5", "200: 200", "199: held 7.5", "7.5: 7.5"}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("%q, want %q", got, want)
	}
}

// The play head went to the last frame without a word.
func TestGoingOutsideOfTheFramesIsSaid(t *testing.T) {
	needDisplay(t)
	dir := t.TempDir()
	writeNumbers(t, dir, "a", 3, 4)
	if _, err := play(t, "wait idle\ngoto 999\nquit\n", "--no-convert", dir); err == nil || !strings.Contains(err.Error(), "frame 999 is outside of what is open, frames 3 to 4") {
		t.Errorf("goto 999: %v", err)
	}
}

func TestSequencesAreMovedInTimeAndBack(t *testing.T) {
	needDisplay(t)
	dir := t.TempDir()
	writeNumbers(t, dir, "a", 1, 2, 3, 4)
	writeNumbers(t, dir, "b", 1, 2, 3, 4)
	states, err := play(t, strings.Join([]string{
		"wait idle", "layer-offset 2 b", "wait idle", "goto 3", "wait idle", "print state",
		"layer-scale 0.5 a", "goto 6", "wait idle", "print state",
		"layer-hold both sequence=b", "goto 1", "wait idle", "print state",
		"undo", "undo", "undo", "wait idle", "print state",
		"redo", "wait idle", "goto 5", "wait idle", "print state", "layer-time-reset b", "goto 2", "wait idle", "print state", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range states {
		got = append(got, fmt.Sprintf("%s, %v", tell(s), s.Layers[1].Timing))
	}
	want := []string{
		"3: 3 1, {2 1 false false}", "6: 3 4, {2 1 false false}", "1: 1 1, {2 1 true true}",
		"1: 1 1, {0 1 false false}", "5: none 3, {2 1 false false}", "2: 2 2, {0 1 false false}",
	}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheTimelineTellsTimeInItsUnits(t *testing.T) {
	needDisplay(t)
	dir := t.TempDir()
	writeNumbers(t, dir, "a", 1, 1800)
	states, err := play(t, strings.Join([]string{
		"wait idle", "goto 1800", "wait idle", "fps-29.97", "units-timecode", "print state", "fps 25", "units-seconds", "print state", "units-frames", "print state",
		"speed 0.25", "print state", "speed-8", "print state", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range states {
		got = append(got, fmt.Sprintf("%s %gx", s.Time, s.Speed))
	}
	if want := "00:01:00;02 1x, 72 s 1x, 1800 1x, 1800 0.25x, 1800 8x"; strings.Join(got, ", ") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestBookmarksAreAddedGoneToAndRemoved(t *testing.T) {
	needDisplay(t)
	dir := t.TempDir()
	writeNumbers(t, dir, "a", 1, 2, 9)
	states, err := play(t, strings.Join([]string{
		"wait idle", "goto 2", "bookmark-add", "bookmark-add hit frame=7", "print state",
		"bookmark-next", "print state", "bookmark-previous", "print state", "goto 9", "bookmark-goto hit", "print state",
		"bookmark-remove hit", "print state", "bookmark-goto hit", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err == nil || !strings.Contains(err.Error(), `there is no bookmark "hit"; there are Frame 2`) {
		t.Errorf("a bookmark that was removed: %v", err)
	}
	var got []string
	for _, s := range states {
		got = append(got, fmt.Sprint(s.Frame, s.Bookmarks))
	}
	want := "2 [{Frame 2 2} {hit 7}], 7 [{Frame 2 2} {hit 7}], 2 [{Frame 2 2} {hit 7}], 7 [{Frame 2 2} {hit 7}], 7 [{Frame 2 2}]"
	if strings.Join(got, ", ") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Between frames the scene shows other places than in the frame before, or than without
// interpolation; the preference and the session keep it.
func TestTheWindowShowsWhatIsBetweenFrames(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	to := t.TempDir()
	picture := func(name string) string { return filepath.Join(to, name+".png") }
	view := filepath.Join(to, "a.iceview")
	script := "wait loaded\ngoto 2.5\nsave-picture " + picture("frame") + " 320x200 plain=on\n" +
		"interpolate on\ngoto 2.5\nwait idle\nsave-picture " + picture("between") + " 320x200 plain=on\nprint state\nsave-session " + view + "\nquit\n"
	states, err := play(t, script, "--no-convert", dir)
	if err != nil || len(states) != 1 || !states[0].Interpolate || states[0].Position != 2.5 {
		t.Fatalf("%v, %+v", err, states)
	}
	frame, err := os.ReadFile(picture("frame"))
	if err != nil {
		t.Fatal(err)
	}
	between, err := os.ReadFile(picture("between"))
	if err != nil || bytes.Equal(frame, between) {
		t.Errorf("the picture between frames is that of the frame: %v", err)
	}
	again, err := play(t, "wait loaded\nwait idle\nsave-picture "+picture("again")+" 320x200 plain=on\nprint state\nquit\n", "--no-convert", view)
	if err != nil || len(again) != 1 || !again[0].Interpolate || again[0].Position != 2.5 {
		t.Errorf("after a restart: %v, %+v", err, again)
	}
	if back, err := os.ReadFile(picture("again")); err != nil || !bytes.Equal(back, between) {
		t.Errorf("after a restart another picture: %v", err)
	}
}
