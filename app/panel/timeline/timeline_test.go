package timeline

import (
	"testing"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
)

// A damaged frame had the bar of a healthy one. No state may look like another, nor
// differ by its colour alone.
func TestEveryStateHasALookOfItsOwn(t *testing.T) {
	t.Parallel()
	states := states()
	if len(states) != len(session.States()) {
		t.Fatalf("%d looks of %d states", len(states), len(session.States()))
	}
	patterns, icons := map[widget.Pattern]string{}, map[string]string{}
	for i, st := range session.States() {
		look := states[i]
		if look.Name != st.String() || int(st) != i {
			t.Errorf("look %d is of %s, not of %v", i, look.Name, st)
		}
		if other, taken := patterns[look.Pattern]; taken {
			t.Errorf("%s has the pattern of %s", look.Name, other)
		}
		icon, _ := panel.StateLook(st)
		if other, taken := icons[icon]; taken {
			t.Errorf("%s has the icon of %s", look.Name, other)
		}
		patterns[look.Pattern], icons[icon] = look.Name, look.Name
	}
	// Where frames share a pixel, what is wrong shows.
	for _, bad := range []session.State{session.Failed, session.Partial} {
		for _, good := range []session.State{session.Absent, session.Queued, session.Loading, session.Scratch, session.Mapped} {
			if states[bad].Priority <= states[good].Priority {
				t.Errorf("%v hides behind %v", bad, good)
			}
		}
	}
}

// The ruler was gone in a small window with two sequences.
func TestBarsLeaveTheRulerItsRoom(t *testing.T) {
	t.Parallel()
	height := func(rows int) float32 { return 20 * float32(rows) }
	for _, tt := range []struct {
		bars int
		room float32
		want int
	}{{1, 200, 1}, {3, 200, 3}, {3, 80, 2}, {3, 60, 1}, {2, 59, 0}, {1, 10, 0}} {
		if got := barRows(tt.bars, tt.room, 40, height); got != tt.want {
			t.Errorf("%d bars in %g pixels: %d have room, want %d", tt.bars, tt.room, got, tt.want)
		}
	}
}
