package style

import (
	"strings"
	"testing"
)

func TestStopsAreColormaps(t *testing.T) {
	t.Parallel()
	const text = "0:000000 0.5:ff8800 0.5:0000ff 1:ffffff"
	stops, err := ParseStops(text)
	if err != nil || len(stops) != 4 || FormatStops(stops) != text {
		t.Fatalf("%v, %v", stops, err)
	}
	c, err := ColormapColors(text)
	if err != nil || len(c) != 256 {
		t.Fatalf("%d colours, %v", len(c), err)
	}
	near := func(a, b [3]float32) bool {
		for i := range a {
			if d := a[i] - b[i]; d > 0.02 || d < -0.02 {
				return false
			}
		}
		return true
	}
	for i, want := range map[int][3]float32{0: {0, 0, 0}, 127: {1, 0.533, 0}, 128: {0, 0, 1}, 255: {1, 1, 1}, 64: {0.5, 0.267, 0}} {
		if !near(c[i], want) {
			t.Errorf("colour %d is %v, want %v", i, c[i], want)
		}
	}
	if c, err := ColormapColors("0.25:102030 0.75:405060"); err != nil || !near(c[0], [3]float32{16. / 255, 32. / 255, 48. / 255}) || !near(c[255], [3]float32{64. / 255, 80. / 255, 96. / 255}) {
		t.Errorf("beyond the stops: %v, %v", c[0], err)
	}
	own, err := StopsOf("grey", 3)
	if err != nil || FormatStops(own) != "0:000000 0.5:7f7f7f 1:ffffff" {
		t.Errorf("%q, %v", FormatStops(own), err)
	}
}

func TestStopsThatAreNoneSayWhy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0:000000":                      "at least two stops",
		"0:000000 1":                    `"1" is not a stop`,
		"0:000000 1:fff":                "not a stop",
		"0:000000 2:ffffff":             "between 0 and 1",
		"1:000000 0:ffffff":             "ascending order",
		":":                             "not a stop",
		"nan:000000 1:ffffff":           "between 0 and 1",
		strings.Repeat("0:000000 ", 33): "at most 32",
	} {
		if err := CheckColormap(text); text != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}
