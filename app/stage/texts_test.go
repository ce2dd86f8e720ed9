package stage

import (
	"slices"
	"testing"

	"iceexplorer/app/session"
	"iceexplorer/gfx"
)

// A held picture stood under "0 points", and 10,000 points over an empty scene.
func TestTheSceneCountsThePointsOfItsOwnFrame(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		drawn  int
		held   bool
		points uint64
		want   []string
	}{
		{10_000, false, 10_000, []string{"10,000 points"}},
		{0, false, 10_000, []string{"0 of 10,000 points can be drawn"}},
		{10_000, true, 0, nil},
		{0, false, 0, []string{"0 points"}},
	} {
		sc := scene{Scenery: Scenery{Clouds: []gfx.Cloud{{N: tc.drawn}}}, shown: []shownFrame{{nil, session.Shown{Held: tc.held}}}}
		if got := sc.pointsText(tc.points); !slices.Equal(got, tc.want) {
			t.Errorf("%+v: %q", tc, got)
		}
	}
}
