package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/app/sample"
	"iceexplorer/cache"
	"iceexplorer/cache/sih5"
)

const largePoints = 10_000_000

// writeLarge writes two equal frames of largePoints points, converted ones without sources.
func writeLarge(t *testing.T, dir string) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 8))
	id, age, pos := make([]int32, largePoints), make([]float32, largePoints), make([]float32, 3*largePoints)
	for i := range id {
		id[i], age[i] = int32(i), 2*r.Float32()
		pos[3*i], pos[3*i+1], pos[3*i+2] = r.Float32(), r.Float32(), r.Float32()
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: largePoints})
	b.Float32s("PointPosition", cache.TypeVector3, pos)
	b.Int32s("ID", id)
	b.Float32s("Age", cache.TypeFloat, age)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	first := filepath.Join(dir, "large_1.sih5")
	if _, err := sih5.Write(t.Context(), first, f, cache.Stamp{}, sih5.WriteOptions{NoSync: true}); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(first, filepath.Join(dir, "large_2.sih5")); err != nil {
		t.Fatal(err)
	}
}

// turned has the window draw for a moment.
var turned = strings.Repeat("orbit-left\nwait 50ms\n", 8) + "wait idle\n"

// largeSteps are what is asked of the points. An action goes on beside the loop, and the
// script when it has ended; then the window draws what came of it.
var largeSteps = []loopStep{
	{"filter", "filter Age > 1 and P.y < 0.5\n" + turned, func(s app.State) bool { return share(s.Sheet.Rows, 0.25) }},
	{"sort", "sort P.mag down\n" + turned, func(s app.State) bool { return s.Sheet.Sort == "P.mag" && share(s.Sheet.Rows, 0.25) }},
	{"select what the filter shows", "select-rows\nsheet-scope selected\n" + turned, func(s app.State) bool { return share(s.Sheet.Rows, 0.25) }},
	{"sort all", "sheet-scope all\nsort Age up\n" + turned, func(s app.State) bool { return s.Sheet.Rows == largePoints && s.Sheet.Sort == "Age" }},
	{"select all", "filter-clear\nselect-rows\nsheet-scope selected\n" + turned, func(s app.State) bool { return s.Sheet.Rows == largePoints }},
	{"scroll", "sheet-scope all\nselect-rows 9999990 9999999\ngoto-point 5000000 id\n" + turned, func(s app.State) bool { return s.Sheet.Point == 5_000_000 }},
	{"show only some", "filter ID < 100000\nsheet-scope filtered\nshow-only-rows on\n" + turned, func(s app.State) bool { return s.Sheet.Rows == 100_000 && s.Sheet.Only }},
	{"show all again", "show-only-rows off\nfilter-clear\nsheet-scope all\n" + turned, func(s app.State) bool { return s.Sheet.Rows == largePoints && !s.Sheet.Only }},
	{"histogram", "histogram P.x * Age\n" + turned, func(s app.State) bool { return s.Histogram.Count == largePoints }},
	{"histogram of the selection", "select-rows 0 4999999\nhistogram-of selection\n" + turned, func(s app.State) bool { return s.Histogram.Count == largePoints/2 }},
	{"histogram of the sequence", "histogram-of frame\nhistogram-sequence\n" + turned, func(s app.State) bool { return s.Histogram.Frames == 2 }},
	{"probe", "probe-points 1234,9999999\n" + turned, func(s app.State) bool { return s.Probe != nil && s.Probe.Open == 0 && len(s.Probe.Points) == 2 }},
	{"play with all of that", "play\nwait 5s\nstop\n" + turned, func(s app.State) bool { return s.Sheet.Rows == largePoints && s.Sheet.Sort == "Age" }},
}

// share reports whether rows are a part of all points, within a hundredth.
func share(rows int, part float64) bool {
	d := float64(rows)/largePoints - part
	return -0.01 < d && d < 0.01
}

// The points are hidden: drawing ten million takes the software renderer seconds. What is
// asked of them is the same.
func TestNothingAskedOfTenMillionPointsHoldsTheLoop(t *testing.T) {
	needDisplay(t)
	if os.Getenv("ICEEXPLORER_LARGE") == "" {
		t.Skip("it takes minutes: make test-large")
	}
	base := t.TempDir()
	small, large := filepath.Join(base, "small"), filepath.Join(base, "large")
	if err := sample.Write(t.Context(), small, sample.Options{Points: 300, Frames: 2}); err != nil {
		t.Fatal(err)
	}
	writeLarge(t, large)
	open := loopStep{"open", "open " + large + "\nshow-sequence large off\nactivate large\nwait loaded\npanel-spreadsheet on\npanel-histogram on\n" + turned, func(s app.State) bool { return s.Sheet.Of == largePoints }}
	script := "timeout 120s\nopen " + small + "\nwait converted\npanel-spreadsheet on\npanel-histogram on\nhistogram Age\nfilter Age > 0\n" + turned + "print state\nplay\nwait 4s\nstop\n" + turned + "print state\n"
	holdNothing(t, 0, func(args ...string) *exec.Cmd { return smallProgram(t, args...) }, script, append([]loopStep{open}, largeSteps...))
}
