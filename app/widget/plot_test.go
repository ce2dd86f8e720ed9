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

func TestAYAxisHasNumbersAtBothEnds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lo, hi float64
		room   int
		whole  bool
		want   string
	}{
		{0, 10, 5, false, "0 5 10"}, {0.9, 2.1, 2, false, "0 2 4"}, {0.9, 2.1, 4, false, "0.5 1.0 1.5 2.0 2.5"}, {0.0012, 0.0031, 2, false, "0 0.002 0.004"},
		{0, 7, 40, true, "0 2 4 6 8"}, {0, 1, 4, true, "0 1"}, {-3.2, 8.9, 3, false, "-5 0 5 10"}, {1.0000001, 1.0000003, 3, false, "1.0000001 1.0000002 1.0000003"},
		{-3e38, 3e38, 3, false, "-5e+38 0 5e+38"}, {0, 1e-30, 1, false, "0 1e-30"},
	} {
		low, top, ticks := levels(c.lo, c.hi, c.room, c.whole)
		if got := labels(ticks); got != c.want || low > c.lo || top < c.hi || len(ticks) > mostLevels+1 {
			t.Errorf("%g to %g: %q from %g to %g, want %q", c.lo, c.hi, got, low, top, c.want)
		}
	}
}

func TestACurveThatIsConstantHasItsValueOnTheAxis(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of    float64
		room  int
		whole bool
		want  string
	}{
		{24, 3, false, "19 24 29"}, {0, 3, false, "-0.5 0 0.5"}, {0.33333334, 3, false, "0.28 0.3333333 0.38"}, {1234, 5, true, "1034 1234 1434"},
		{7, 1, true, "7"}, {-1e12, 3, false, "-1.1e+12 -1e+12 -9e+11"}, {math.NaN(), 2, false, "0 0.5 1.0"},
	} {
		low, top, ticks := levels(c.of, c.of, c.room, c.whole)
		if got := labels(ticks); got != c.want || low >= top {
			t.Errorf("%g: %q from %g to %g, want %q", c.of, got, low, top, c.want)
		}
	}
}

func TestFramesHaveWholeNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to float64
		want     string
	}{{1, 3, "1 2 3"}, {1, 2, "1 2"}, {0.5, 1.5, "1"}, {101, 101.75, "101"}, {1, 24, "5 10 15 20"}} {
		if got := labels(ticksBetween(c.from, c.to, 8, true)); got != c.want {
			t.Errorf("%g to %g: %q, want %q", c.from, c.to, got, c.want)
		}
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
