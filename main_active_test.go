package main

import (
	"fmt"
	"math/rand/v2"
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
	d := opened(t, t.TempDir(), "--no-convert", writeBalls(t, "a", "b"))
	d.do("wait loaded", "wait idle")
	point := d.within("Scene", 0.5, 0.5)
	onPoint := func() { d.clickAt(point, leftButton) }
	for _, c := range []struct {
		name    string
		prepare []string
		do      func()
		want    string
	}{
		{"its name in the browser", []string{"activate b"}, func() { d.click("Browser", "a") }, "a"},
		{"the key", []string{"activate a"}, func() { d.keys("ctrl+PageDown") }, "b"},
		{"a point, by the tool that turns", []string{"activate b", "show-sequence b off", "show-sequence a on"}, onPoint, "a"},
		{"a point, by the tool that selects", []string{"activate a", "show-sequence a off", "show-sequence b on", "tool-select"}, onPoint, "b"},
	} {
		d.do(append(c.prepare, "wait idle")...)
		c.do()
		d.until(c.want+" that is active, by "+c.name, func(s *app.State) bool { return s.Active == c.want })
	}
	for _, tool := range []string{"tool-select", "tool-orbit"} {
		for _, active := range []string{"a", "b"} {
			d.do("activate "+active, "show-sequence a off", "show-sequence b off", tool, "wait idle")
			onPoint()
			d.do("wait idle")
			if now := d.state().Active; now != active {
				t.Errorf("%s: a click where all is hidden makes %s active, not %s", tool, now, active)
			}
		}
	}
}
