package widget

import (
	"math"
	"slices"
	"testing"
)

// Leaving a field that shows fewer digits than its number has would have rounded it.
func TestNumbersThatWereNotChangedKeepTheirDigits(t *testing.T) {
	t.Parallel()
	var got []float64
	f := Numbers{Values: []float64{1.23456789, 2}, Format: "%.4g", Change: func(v []float64) { got = v }}
	for _, same := range []float64{1.235, math.NaN(), math.Inf(1)} {
		f.draft = same
		if f.take(0); got != nil {
			t.Errorf("%g became %v", same, got)
		}
	}
	f.draft = 5
	if f.take(1); !slices.Equal(got, []float64{1.23456789, 5}) || f.Values[1] != 2 {
		t.Errorf("%v, and the values are %v", got, f.Values)
	}
}

func TestSlidersAreFilledUpToTheirValue(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		s    Slider
		want float32
	}{
		{Slider{Value: 0.25, Max: 1}, 0.25},
		{Slider{Value: -1, Max: 1}, 0},
		{Slider{Value: 7, Max: 1}, 1},
		{Slider{Value: 1, Min: 0.01, Max: 100, Log: true}, 0.5},
		{Slider{Value: 0, Min: 0.01, Max: 100, Log: true}, 0},
		{Slider{Value: 3, Min: 2, Max: 2}, 0},
	} {
		if got := tt.s.fraction(); got < tt.want-1e-6 || got > tt.want+1e-6 {
			t.Errorf("%+v: filled %g, want %g", tt.s, got, tt.want)
		}
	}
}

// In a panel of the least width a camera's place was cut within its numbers.
func TestNumbersShowFewerDigitsWhereThereIsNoRoom(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		format string
		value  float64
		room   int
		want   string
	}{
		{"%.5g", 0.108012, 9, "%.5g"}, {"%.5g", 0.108012, 6, "%.4g"}, {"%.5g", 4.64643, 4, "%.3g"}, {"%.5g", 123456, 2, "%.5g"},
		{"%.4g mm", 32.975, 7, "%.3g mm"}, {"%d", 1, 0, "%d"}, {"%.", 1, 0, "%."},
	} {
		if got := fewer(tc.format, tc.value, func(text string) bool { return len(text) <= tc.room }); got != tc.want {
			t.Errorf("%s of %v in %d characters: %s, want %s", tc.format, tc.value, tc.room, got, tc.want)
		}
	}
}
