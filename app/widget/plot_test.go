package widget

import (
	"math"
	"strings"
	"testing"
)

func labels(ticks []tick) string {
	var out []string
	for _, t := range ticks {
		out = append(out, t.label)
	}
	return strings.Join(out, " ")
}

func TestTicksOfPlotsAreRoundAndToldApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lo, hi float64
		most   int
		whole  bool
		want   string
	}{
		{0, 10, 5, false, "0 2 4 6 8 10"}, {-1, 1, 4, false, "-1.0 -0.5 0 0.5 1.0"}, {0, 3, 10, true, "0 1 2 3"},
		{0.0012, 0.0031, 4, false, "0.0015 0.0020 0.0025 0.0030"}, {12_000, 58_000, 5, true, "20,000 30,000 40,000 50,000"},
		{1e12, 1.0004e12, 2, false, "1.0000e+12 1.0002e+12 1.0004e+12"}, {1e-9, 3e-9, 2, false, "1e-09 2e-09 3e-09"},
		{16777216, 16777216.000000004, 4, false, "16,777,216 1.68e+07"}, {5, 5, 3, false, "5 5"},
	} {
		if got := labels(ticksBetween(c.lo, c.hi, c.most, c.whole)); got != c.want {
			t.Errorf("%g to %g: %q, want %q", c.lo, c.hi, got, c.want)
		}
	}
	if got := ticksBetween(-math.MaxFloat64, math.MaxFloat64, 5, false); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

func TestCountsByMagnitudeHaveTicksAtPowersOfTen(t *testing.T) {
	t.Parallel()
	if got := labels(powers(2_500_000, 10)); got != "1 10 100 1,000 10,000 100,000 1,000,000" {
		t.Error(got)
	}
	if got := labels(powers(2_500_000, 3)); got != "1 1,000 1,000,000" {
		t.Error(got)
	}
	if got := labels(powers(0, 3)); got != "1" {
		t.Error(got)
	}
	if m := magnitude(1); m <= 0 || magnitude(0) != 0 || magnitude(10) <= m {
		t.Error("one cannot be told from none")
	}
}
