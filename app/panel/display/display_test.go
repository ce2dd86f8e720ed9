package display

import (
	"math"
	"testing"
)

// Of a slab far from the origin both ends were called 1e+07.
func TestCoordinatesHaveTheDigitsOfTheirSpan(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		x, span float64
		want    string
	}{{1.23456, 10, "1.235"}, {0, 10, "0"}, {1e7 + 3, 10, "10000003"}, {-512345.6, 40, "-512345.6"}, {1e30, 1e30, "1e+30"}, {3e-7, 1e-6, "3e-07"}, {0, 0, "0"}, {5, 0, "5"}, {5, math.Inf(1), "5"}} {
		if got := placeText(tc.x, tc.span); got != tc.want {
			t.Errorf("%v in a span of %v: %s, not %s", tc.x, tc.span, got, tc.want)
		}
	}
}
