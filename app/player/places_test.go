package player

import (
	"slices"
	"testing"

	"iceexplorer/cache"
)

func TestPlacesAreFramesAndWhatIsMissingBetweenThem(t *testing.T) {
	t.Parallel()
	p := NewTrack([]cache.Number{5, 1, 2, 6.5, 8, 2}, false)
	for _, c := range []struct {
		first, last cache.Number
		want        []cache.Number
		missing     int
	}{
		{1, 8, []cache.Number{1, 2, 3, 4, 5, 6.5, 7, 8}, 3},
		{2.5, 4, []cache.Number{3, 4}, 2},
		{-5, 1, []cache.Number{1}, 0},
		{7, 100, []cache.Number{7, 8}, 1},
		{9, 20, nil, 0},
		{4, 2, nil, 0},
	} {
		if got := slices.Collect(p.Places(c.first, c.last)); !slices.Equal(got, c.want) {
			t.Errorf("%v to %v: %v", c.first, c.last, got)
		}
		if got := p.Missing(c.first, c.last); got != c.missing {
			t.Errorf("%v to %v lacks %d", c.first, c.last, got)
		}
	}
	if got := NewTrack(nil, false); got.Missing(1, 5) != 0 || len(slices.Collect(got.Places(1, 5))) != 0 {
		t.Error("nothing has places")
	}
}
