package probe

import "testing"

func TestPointsAreFoundWhereverTheyWere(t *testing.T) {
	t.Parallel()
	ids := make([]int32, 100_000)
	for i := range ids {
		ids[i] = int32(3 * i)
	}
	for _, row := range []int{0, 1, 4095, 4097, 50_000, 99_999} {
		for _, hint := range []int{-5, 0, row, row + 10, 99_999, 1 << 40} {
			if got, ok := Find(ids, ids[row], hint); !ok || got != row {
				t.Errorf("row %d from %d: %d, %v", row, hint, got, ok)
			}
		}
	}
	if _, ok := Find(ids, 1, 7); ok {
		t.Error("found a point that is not there")
	}
	if _, ok := Find(nil, 1, 7); ok {
		t.Error("found a point among none")
	}
}
