package toolbar

import (
	"slices"
	"testing"
)

// At 800x600 and 2.5 times three rows of buttons took a third of the window.
func TestToolbarBreaksWithinGroupsWhereThatTakesFewerRows(t *testing.T) {
	t.Parallel()
	count := 0
	for _, group := range tools {
		count += len(group)
	}
	for _, tc := range []struct {
		room float32
		rows int
	}{{2000, 1}, {900, 2}, {800, 2}, {500, 3}, {1, 6}} {
		fresh, rows := wrap(66, 20, 52, tc.room)
		breaks := 0
		for _, b := range fresh {
			if b {
				breaks++
			}
		}
		if rows != tc.rows || len(fresh) != count || breaks != rows-1 {
			t.Errorf("in %g: %d rows, %d breaks, %d of %d buttons", tc.room, rows, breaks, len(fresh), count)
		}
	}
}

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
		var all []thing
		for _, w := range tc.widths {
			all = append(all, thing{w, 10})
		}
		if fresh, rows := breakRows(all, tc.room); !slices.Equal(fresh, tc.fresh) || rows != tc.rows {
			t.Errorf("%v in %g: %v, %d rows", tc.widths, tc.room, fresh, rows)
		}
	}
}
