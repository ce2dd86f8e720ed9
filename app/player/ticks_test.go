package player

import (
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
)

func TestRulersCountFramesFromTheBeginningOfASecond(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		unit      Unit
		fps, step float64
		from, to  float64
		want      string
	}{
		{Timecode, 24, 12, 0, 48, "00:00:00:00 00:00:00:12 00:00:01:00 00:00:01:12 00:00:02:00"},
		{Timecode, 24, 8, 5, 30, "00:00:00:08 00:00:00:16 00:00:01:00"},
		{Timecode, 24, 48, -60, 60, "-00:00:02:00 00:00:00:00 00:00:02:00"},
		{Timecode, 24, 0.5, 23, 24, "00:00:00:23 00:00:00:23.5 00:00:01:00"},
		{Timecode, 23.976, 24 * 60, 0, 3000, "00:00:00:00 00:01:00:00 00:02:00:00"},
		// The numbers 00 and 01 of a minute are not there: the line stands at 02.
		{Timecode, 29.97, 30, 1770, 1840, "00:00:59;00 00:01:00;02 00:01:01;00"},
		{Timecode, 29.97, 15, 1785, 1830, "00:00:59;15 00:01:00;02 00:01:00;15 00:01:01;00"},
		{Timecode, 29.97, 1, 1798, 1802, "00:00:59;28 00:00:59;29 00:01:00;02 00:01:00;03 00:01:00;04"},
		{Timecode, 29.97, 1800, 1, 19000, "00:01:00;02 00:02:00;02 00:03:00;02 00:04:00;02 00:05:00;02 00:06:00;02 00:07:00;02 00:08:00;02 00:09:00;02 00:10:00;00"},
		{Timecode, 29.97, 1800, -2000, -1, "-00:01:00;02"},
		{Seconds, 24, 6, 0, 24, "0 s 0.25 s 0.5 s 0.75 s 1 s"},
		{Seconds, 24, 24, -30, 30, "-1 s 0 s 1 s"},
		{Seconds, 25, 125, 0, 300, "0 s 5 s 10 s"},
		// A second has no whole number of frames: between seconds lines stand at frames.
		{Seconds, 23.976, 23.976, 0, 50, "0 s 1 s 2 s"},
		{Seconds, 23.976, 12, 23, 48, "1.001 s 1.502 s 2.002 s"},
	} {
		var got []string
		for at := range c.unit.Ticks(c.fps, c.step, c.from, c.to) {
			got = append(got, c.unit.Text(cache.Number(at), c.fps))
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%v at %g, every %g frames from %g to %g: %s, want %s", c.unit, c.fps, c.step, c.from, c.to, text, c.want)
		}
	}
}

// Each frame has a line of its own where all have one, at any rate.
func TestRulersCountEachFrameOnce(t *testing.T) {
	t.Parallel()
	for _, fps := range []float64{0.5, 1, 12.5, 23.976, 24, 25, 29.97, 30, 48, 50, 59.94, 60, 1000} {
		for _, u := range []Unit{Seconds, Timecode} {
			steps := u.Steps(fps)
			if !slices.IsSorted(steps) || !slices.Contains(steps, 1) {
				t.Errorf("%v at %g: steps %v", u, fps, steps)
			}
			const from, to = -40_000, 40_000
			next := float64(from)
			for at := range u.Ticks(fps, 1, from, to) {
				if at != next {
					t.Fatalf("%v at %g: %g comes after %g", u, fps, at, next-1)
				}
				next++
			}
			if next != to+1 {
				t.Errorf("%v at %g: the last is %g", u, fps, next-1)
			}
		}
	}
}
