package main

import (
	"strings"
	"testing"

	"iceexplorer/app/sample"
)

// BenchmarkUI measures what building all panels takes, with 1,000 frames open and
// nothing new to draw in the scene. The goal is less than 1 ms a frame.
func BenchmarkUI(b *testing.B) {
	needDisplay(b)
	dir := b.TempDir()
	if err := sample.Write(b.Context(), dir, sample.Options{Points: 100, Frames: 1000}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		states, err := play(b, "wait loaded\n"+strings.Repeat("wait 10ms\n", 200)+"print state\nquit\n", "--no-convert", dir)
		if err != nil || len(states) != 1 || states[0].Layers[0].Frames != 1000 {
			b.Fatalf("%v: %+v", err, states)
		}
		b.ReportMetric(states[0].Build, "ms/frame")
	}
}
