package pathname

import (
	"slices"
	"testing"
)

func TestNamesAreOrderedNaturally(t *testing.T) {
	t.Parallel()
	want := []string{"", "A2", "a10", "a10b", "b", "f_-1", "f_9", "f_010", "f_11", "f_100000000000000000000", "f_200000000000000000000", "ä"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Compare)
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if Compare("a1", "A1") == 0 || Compare("f01", "f1") == 0 || Compare("x", "x") != 0 {
		t.Error("different names are equal, or equal ones differ")
	}
}
