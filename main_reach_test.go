package main

import (
	"fmt"
	"math"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// writeFrames writes a sequence of positions, with one size for all; 0: without.
func writeFrames(t *testing.T, size float32, frames ...[]float32) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for n, pos := range frames {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(pos) / 3)})
		b.Float32s("PointPosition", cache.TypeVector3, pos)
		if size > 0 {
			b.Float32s("Size", cache.TypeFloat, []float32{size})
		}
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("p_%d.icecache", n+1)), f, icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The camera was set to the first frame and stayed there, or never came: of most frames
// nothing was seen.
func TestPointsOfAllFramesAreInViewFromTheStart(t *testing.T) {
	needDisplay(t)
	const fm = math.MaxFloat32
	slow := make([][]float32, 6)
	for n := range slow {
		for i := range n + 1 {
			slow[n] = append(slow[n], 10+3*float32(i), 5+2*float32(i), 3-float32(i))
		}
	}
	for _, tc := range []struct {
		name   string
		size   float32
		frames [][]float32
		script string
		seen   []int // points, by frame
	}{
		{"slow emitter", 0.2, slow, "", []int{1, 2, 3, 4, 5, 6}},
		{"slow emitter without sizes", 0, slow, "", []int{1, 2, 3, 4, 5, 6}},
		{"one place far away", 0, [][]float32{{1e8, 0, 0}, {1e8, 0, 0}}, "", []int{1, 1}},
		{"strays", 0, [][]float32{{0, 0, 0, 1, 0, 0, 0, 1, 0, fm, 0, 0}, {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1e20, 0}}, "", []int{3, 3}},
		{"strays, framed", 0, [][]float32{{0, 0, 0, 1, 0, 0, 0, 1, 0, fm, 0, 0}}, "frame-all\nwait idle\n", []int{3}},
		{"tiny", 0, [][]float32{{0, 0, 0, 1e-6, 0, 0, 0, 1e-6, 0}}, "frame-all\nwait idle\n", []int{3}},
		{"large", 0, [][]float32{{0, 0, 0, 1e7, 0, 0, 0, 1e7, 0}}, "frame-all\nwait idle\n", []int{3}},
		{"huge", 0, [][]float32{{0, 0, 0, 1e30, 0, 0, 0, 1e30, 0}}, "frame-all\nwait idle\n", []int{3}},
		{"blown up later", 0, [][]float32{slow[3], slow[4], slow[5], {1e20, 0, 0, 0, 1e20, 0}}, "", []int{4, 5, 6, 2}},
	} {
		script := "wait idle\n" + tc.script
		for n := range tc.frames {
			script += fmt.Sprintf("goto %d\nwait idle\nselect-rect 0 0 1 1\nwait idle\nprint state\n", n+1)
		}
		states, err := play(t, script+"quit\n", "--no-convert", writeFrames(t, tc.size, tc.frames...))
		if err != nil || len(states) != len(tc.frames) {
			t.Fatalf("%s: %v; %d states", tc.name, err, len(states))
		}
		for n, s := range states {
			if s.Selected != tc.seen[n] {
				t.Errorf("%s: %d points of frame %d are in the picture, not %d", tc.name, s.Selected, n+1, tc.seen[n])
			}
		}
	}
}

// Until the user moves the camera it follows what is open; then it stays.
func TestCameraFollowsUntilTheUserMovesIt(t *testing.T) {
	needDisplay(t)
	dir := writeFrames(t, 0.2, []float32{10, 5, 3}, []float32{10, 5, 3, 40, 25, -30})
	one, two := filepath.Join(dir, "p_1.icecache"), filepath.Join(dir, "p_2.icecache")
	for _, move := range []string{"", "orbit-left", "view-front", "frame-all", "select-rect 0 0 1 1\nwait idle\nframe-selection"} {
		states, err := play(t, "wait idle\n"+move+"\nwait idle\nprint state\nopen "+two+"\nwait idle\nprint state\nclose-all\nopen "+two+"\nwait idle\nprint state\nquit\n", "--no-convert", one)
		if err != nil || len(states) != 3 {
			t.Fatalf("%q: %v; %d states", move, err, len(states))
		}
		if stayed := states[0].Camera == states[1].Camera; stayed != (move != "") {
			t.Errorf("after %q: %+v, then %+v", move, states[0].Camera, states[1].Camera)
		}
		if c := states[2].Camera; c.Distance < 10 || c.Target[0] != 25 {
			t.Errorf("after %q and close-all: %+v", move, c)
		}
	}
}
