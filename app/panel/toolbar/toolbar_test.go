package toolbar

import (
	"slices"
	"testing"
)

// At 800x600 and 1.66 times the buttons to save pictures and to cancel were outside of
// the window.
func TestToolbarBreaksWhereTheWindowEnds(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		widths []float32
		room   float32
		fresh  []bool
		rows   int
	}{
		{[]float32{60, 60, 200}, 340, []bool{false, false, false}, 1},
		{[]float32{60, 60, 200}, 339, []bool{false, false, true}, 2},
		{[]float32{60, 60, 200}, 129, []bool{false, true, true}, 3},
		{[]float32{60, 60, 200}, 5, []bool{false, true, true}, 3},
		{[]float32{300, 60, 60}, 200, []bool{false, true, false}, 2},
		{nil, 100, nil, 1},
	} {
		if fresh, rows := breakRows(tc.widths, 10, tc.room); !slices.Equal(fresh, tc.fresh) || rows != tc.rows {
			t.Errorf("%v in %g: %v, %d rows", tc.widths, tc.room, fresh, rows)
		}
	}
}
