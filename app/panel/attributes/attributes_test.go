package attributes

import "testing"

// In a window of the usual size all but three columns lay behind a horizontal scrollbar; at
// twice the scale the names were dots.
func TestColumnsFitThePanel(t *testing.T) {
	t.Parallel()
	for width, want := range map[float32]int{100: 1, 191: 2, 275: 3, 290: 3, 382: 3, 383: 4, 439: 4, 440: 5, 2000: 5} {
		got := fitting(width)
		if len(got) != want {
			t.Errorf("%g: %d columns, want %d", width, len(got), want)
		}
	}
}
