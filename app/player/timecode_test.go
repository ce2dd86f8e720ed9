package player

import (
	"testing"

	"iceexplorer/cache"
)

func TestFramesInSecondsAndTimecode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		unit   Unit
		number cache.Number
		fps    float64
		want   string
	}{
		{Frames, 101.5, 24, "101.5"},
		{Seconds, 36, 24, "1.5 s"}, {Seconds, -12, 24, "-0.5 s"}, {Seconds, 1, 30, "0.033 s"},
		{Timecode, 0, 24, "00:00:00:00"}, {Timecode, 23, 24, "00:00:00:23"}, {Timecode, 24, 24, "00:00:01:00"},
		{Timecode, 24*3600 - 1, 24, "00:59:59:23"}, {Timecode, 24.25, 24, "00:00:01:00.25"}, {Timecode, -25, 25, "-00:00:01:00"},
		{Timecode, -1.25, 24, "-00:00:00:01.25"}, {Timecode, 23.9999, 24, "00:00:01:00"}, {Timecode, 1799.5, 29.97, "00:00:59;29.5"}, {Timecode, 0.126, 24, "00:00:00:00.126"},
		{Timecode, 24, 23.976, "00:00:01:00"}, // counts frames: not SMPTE's to drop
		{Timecode, 1000, 120, "00:00:08:040"},
		// The numbers 00 and 01 of each minute are dropped, but for every tenth minute.
		{Timecode, 1799, 29.97, "00:00:59;29"}, {Timecode, 1800, 29.97, "00:01:00;02"}, {Timecode, 3597, 29.97, "00:01:59;29"}, {Timecode, 3598, 29.97, "00:02:00;02"},
		{Timecode, 17981, 29.97, "00:09:59;29"}, {Timecode, 17982, 29.97, "00:10:00;00"}, {Timecode, 19782, 29.97, "00:11:00;02"}, {Timecode, 107892, 30000.0 / 1001, "01:00:00;00"},
		{Timecode, 3600, 59.94, "00:01:00;04"}, {Timecode, 35964, 59.94, "00:10:00;00"},
		{Timecode, 1800, 30, "00:01:00:00"},
	} {
		if got := c.unit.Text(c.number, c.fps); got != c.want {
			t.Errorf("%v of frame %v at %v fps: %s, want %s", c.unit, c.number, c.fps, got, c.want)
		}
	}
}

func TestTimesAreTypedInSeveralWays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		fps  float64
		want cache.Number
		bad  bool
	}{
		{text: "12", fps: 24, want: 12}, {text: " 12.25 ", fps: 24, want: 12.25}, {text: "-3", fps: 24, want: -3},
		{text: "1.5s", fps: 24, want: 36}, {text: "2 s", fps: 25, want: 50}, {text: "-0.5 s", fps: 24, want: -12},
		{text: "1:00", fps: 24, want: 24}, {text: "1:02:03", fps: 24, want: 62*24 + 3}, {text: "00:00:01:00.25", fps: 24, want: 24.25}, {text: "-00:00:01:00", fps: 25, want: -25},
		{text: "00:01:00;02", fps: 29.97, want: 1800}, {text: "00:10:00;00", fps: 29.97, want: 17982}, {text: "01:00:00;00", fps: 29.97, want: 107892},
		{text: "", fps: 24, bad: true}, {text: "x", fps: 24, bad: true}, {text: "1:24", fps: 24, bad: true}, {text: "1::2", fps: 24, bad: true}, {text: "1:2:3:4:5", fps: 24, bad: true}, {text: "1:-2", fps: 24, bad: true}, {text: "s", fps: 24, bad: true},
	} {
		if got, ok := ParseTime(c.text, c.fps); got != c.want || ok == c.bad {
			t.Errorf("%q at %v fps: %v, %v", c.text, c.fps, got, ok)
		}
	}
	for _, fps := range []float64{23.976, 24, 29.97, 30, 59.94} {
		for n := cache.Number(-50); n < 40_000; n += 37.25 {
			if got, ok := ParseTime(Timecode.Text(n, fps), fps); got != n || !ok {
				t.Fatalf("frame %v at %v fps is %s, which is read as %v, %v", n, fps, Timecode.Text(n, fps), got, ok)
			}
		}
	}
}

// Two frames must not have one timecode, nor may it run ahead of the clock.
func TestDropFrameTimecodesAreDifferentAndRise(t *testing.T) {
	t.Parallel()
	last := ""
	for n := range 40_000 {
		text := Timecode.Text(cache.Number(n), 29.97)
		if text <= last {
			t.Fatalf("frame %v is %s, the one before %s", n, text, last)
		}
		last = text
	}
}

func TestUnitsParseTheirNames(t *testing.T) {
	t.Parallel()
	for u := range Unit(len(unitNames)) {
		if got, ok := ParseUnit(u.String()); got != u || !ok {
			t.Errorf("%v: %v, %v", u, got, ok)
		}
	}
	if _, ok := ParseUnit("feet"); ok {
		t.Error("an unknown unit parses")
	}
}
