package cache

import (
	"slices"
	"testing"
)

func TestDamageNamesWhatIsMissingPositionsFirst(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		damage Damage
		want   string
	}{
		{Damage{"the file ends", 232062, []string{"PointPosition"}, false}, "PointPosition is missing: the file ends at byte 232,062"},
		{Damage{"the file ends", 999, []string{"Mass", "pointposition"}, false}, "pointposition and Mass are missing: the file ends at byte 999"},
		{Damage{"the file ends", 0, []string{"A", "B", "PointPosition___"}, false}, "PointPosition, A and B are missing: the file ends at byte 0"},
		{Damage{"the file ends", 1e7, []string{"A", "B", "C", "D"}, false}, "A, B and 2 more attributes are missing: the file ends at byte 10,000,000"},
		{Damage{"the checksum is wrong", -1, nil, false}, "values may be wrong: the checksum is wrong"},
	} {
		before := slices.Clone(tc.damage.Missing)
		if got := tc.damage.String(); got != tc.want {
			t.Errorf("%q, want %q", got, tc.want)
		}
		if !slices.Equal(before, tc.damage.Missing) {
			t.Errorf("changed to %q", tc.damage.Missing)
		}
	}
}
