package widget

import (
	"fmt"
	"iter"
	"math"
	"testing"

	"iceexplorer/app/player"
)

// inUnits is a ruler that tells a unit as the timeline does.
func inUnits(u player.Unit, fps float64) RulerInput {
	in := RulerInput{Text: func(n float64) string {
		number, _ := player.ParseTime(label(n), fps)
		return u.Text(number, fps)
	}}
	if u != player.Frames {
		in.Steps = u.Steps(fps)
		in.Lines = func(step, from, to float64) iter.Seq[float64] { return u.Ticks(fps, step, from, to) }
	}
	return in
}

// Zoomed in, a ruler of seconds or timecodes had no line between seconds.
func TestRulersHaveLinesForFramesWhereThereIsRoom(t *testing.T) {
	t.Parallel()
	const width, char = 1000, 8 // pixels
	for _, c := range []struct {
		unit        player.Unit
		fps         float64
		from, to    float64
		finest      float64
		step, minor float64 // frames
	}{
		{player.Frames, 24, 0.5, 240.5, 1, 20, 2},
		{player.Frames, 24, 0.5, 4.5, 1, 1, 1},
		{player.Frames, 24, 0.5, 4.5, 0.25, 0.25, 0.25},
		{player.Frames, 24, 1, 1e6, 1, 100_000, 10_000},

		{player.Timecode, 24, 0, 4, 1, 1, 1},
		{player.Timecode, 24, 0, 48, 1, 6, 1},       // eight labels of eleven characters
		{player.Timecode, 24, 0, 100, 1, 12, 1},     // 10 pixels a frame
		{player.Timecode, 24, 0, 240, 1, 48, 4},     // ten seconds: every other one, and sixths between
		{player.Timecode, 25, 0, 250, 1, 50, 5},     // fifths
		{player.Timecode, 24, 0, 2400, 1, 360, 120}, // a hundred seconds: 15 s, and 5 s between
		{player.Timecode, 24, 0, 24 * 3600, 1, 24 * 600, 24 * 60},
		{player.Timecode, 29.97, 1700, 1900, 1, 30, 1},
		{player.Timecode, 24, 0, 4, 0.25, 0.5, 0.25},

		{player.Seconds, 24, 0, 4, 1, 1, 1},
		{player.Seconds, 24, 0, 24, 1, 3, 1}, // 0.125 s
		{player.Seconds, 24, 0, 100, 1, 12, 1},
		{player.Seconds, 25, 0, 60, 1, 5, 1},
		{player.Seconds, 24, 0, 2400, 1, 240, 24},
		{player.Seconds, 23.976, 0, 100, 1, 12, 1},
	} {
		in := inUnits(c.unit, c.fps)
		a := axis{from: c.from, to: c.to, width: width}
		sp := in.spacing(a, c.finest, 1, func(text string) float32 { return char * float32(len(text)) })
		what := fmt.Sprintf("%v at %g from %g to %g", c.unit, c.fps, c.from, c.to)
		if sp.step != c.step || sp.minor != c.minor {
			t.Errorf("%s: texts every %g frames, lines every %g, want %g and %g", what, sp.step, sp.minor, c.step, c.minor)
		}
		end, lines := math.Inf(-1), map[float64]bool{}
		for at := range sp.lines(sp.minor, a.from, a.to) {
			lines[math.Round(at*1000)] = true
		}
		for at := range sp.lines(sp.step, a.from, a.to) {
			wide := float64(char * len(in.text(at)))
			if left := float64(a.at(at)) - wide/2; left < end {
				t.Errorf("%s: %s lies over the text before it", what, in.text(at))
			} else {
				end = left + wide
			}
			if !lines[math.Round(at*1000)] {
				t.Errorf("%s: %s has no line", what, in.text(at))
			}
		}
	}
}
