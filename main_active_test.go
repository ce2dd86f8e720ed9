package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// writeBalls writes sequences of one frame, each of points that fill the middle of the
// scene.
func writeBalls(t *testing.T, names ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, name := range names {
		const n = 3000
		rnd := rand.New(rand.NewPCG(1, 2))
		pos := make([]float32, 3*n)
		for i := range pos {
			pos[i] = rnd.Float32()
		}
		b := cache.NewBuilder(cache.Header{Version: 103, Points: n})
		b.Float32s("PointPosition", cache.TypeVector3, pos)
		b.Float32s("Size", cache.TypeFloat, []float32{0.1})
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, name+"_1.icecache"), f, icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTheActiveSequenceIsWhatActionsAreAbout(t *testing.T) {
	needDisplay(t)
	dir := writeBalls(t, "a", "b", "c")
	states, err := play(t, strings.Join([]string{
		"wait idle", "print state",
		"next-layer", "print state",
		"show-sequence state=off", "show-sequence a off", "wait idle", "print state",
		"activate c", "previous-layer", "previous-layer", "previous-layer", "print state",
		"close", "print state",
		"reload", "reload b", "wait idle", "print state",
		"close b", "close", "print state", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range states {
		got = append(got, fmt.Sprintf("%s of %d, %d points", s.Active, len(s.Layers), s.Points))
	}
	want := []string{
		"a of 3, 9000 points", "b of 3, 9000 points", "b of 3, 3000 points", "c of 3, 3000 points",
		"b of 2, 0 points", "b of 2, 0 points", " of 0, 0 points",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q, want %q", got, want)
	}
}

// A click on a sequence or on one of its points makes it the active one.
func TestAClickMakesASequenceActive(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	dir := writeBalls(t, "a", "b")
	// A slow machine loses a click now and then; twice does no harm.
	const onPoint = away + over + "sleep 0.3 click 1 sleep 0.7 click 1"
	clicks := []struct {
		name, prepare, input, want string
	}{
		{"its name in the browser", "activate b", "mousemove 120 101 sleep 0.3 click 1 sleep 0.7 click 1", "a"},
		{"the key", "activate a", "mousemove 120 101 sleep 0.2 key ctrl+Next", "b"},
		{"a point, by the tool that turns", "activate b\nshow-sequence b off\nshow-sequence a on", onPoint, "a"},
		{"a point, by the tool that selects", "activate a\nshow-sequence a off\nshow-sequence b on\ntool-select", onPoint, "b"},
		{"nothing, by the tool that selects", "activate a\nshow-sequence b off", onPoint, "a"},
		{"hidden points are not clicked", "activate b\nshow-sequence a off\ntool-orbit", onPoint, "b"},
	}
	script := "wait idle\nwait 1s\n"
	for _, c := range clicks {
		script += c.prepare + "\nwait idle\nprint state\nwait 2500ms\nwait idle\nprint state\n"
	}
	_, out := startWindow(t, script+"quit\n", "--no-convert", dir)
	next := func() (s app.State) {
		if !out.Scan() {
			t.Fatal("the window is gone")
		}
		if err := json.Unmarshal(out.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, c := range clicks {
		before := next()
		if b, err := exec.Command("xdotool", strings.Fields(c.input)...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", c.name, err, b)
		}
		if after := next(); after.Active != c.want {
			t.Errorf("%s: from %s to %s, not %s", c.name, before.Active, after.Active, c.want)
		}
	}
}
