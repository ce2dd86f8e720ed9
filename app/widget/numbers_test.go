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
