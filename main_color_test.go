package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// What points are coloured by, and the values beside them, are undone and kept like all of
// the display; pictures wait for both.
func TestPointsAreColouredByExpressions(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	file, shot := filepath.Join(t.TempDir(), "look.json"), filepath.Join(t.TempDir(), "p.png")
	states, err := play(t, "wait loaded\ncolor-by 'v.mag * 2 + P.y'\ncolor-range all\ncolor-stops '0:000000 0.5:ff8800 1:ffffff'\nwait idle\nprint state\n"+
		"color-range percent 5 95\nshow-values 'v.mag'\ncolor-outside on\nsave-display "+file+"\nsave-picture "+shot+"\nstep-forward\nwait idle\nsave-picture "+shot+"\n"+
		"color-by v\nprint state\nundo\nprint state\nreset-display\nopen-display "+file+"\nprint state\nquit\n", "--no-convert", dir)
	if err != nil || len(states) != 4 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	const expression = "v.mag * 2 + P.y"
	for i, want := range []string{expression, "PointVelocity.mag", expression, expression} {
		if states[i].ColorBy != want {
			t.Errorf("state %d: coloured by %s, want %s", i, states[i].ColorBy, want)
		}
	}
	if _, err := play(t, "wait loaded\ncolor-by 'v.mag * Aeg'\nquit\n", "--no-convert", dir); err == nil || !strings.Contains(err.Error(), "column 9: Aeg: no such attribute; did you mean Age?") {
		t.Errorf("%v", err)
	}
}
