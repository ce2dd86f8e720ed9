package main

import (
	"fmt"
	"strings"
	"testing"

	"iceexplorer/app"
)

// layersOf is what a state says of its layers, and how many points are shown.
func layersOf(s app.State) string {
	var out []string
	for _, l := range s.Layers {
		text := l.Name
		for _, c := range []struct {
			is   bool
			word string
		}{{!l.Visible, "unseen"}, {l.Hidden, "hidden"}, {l.Solo, "alone"}, {l.Locked, "locked"}, {l.OwnLook, "by " + l.ColorBy}} {
			if c.is {
				text += " " + c.word
			}
		}
		out = append(out, text)
	}
	return fmt.Sprintf("%s; %d points, %d selected", strings.Join(out, ", "), s.Points, s.Selected)
}

func TestLayersAreArranged(t *testing.T) {
	needDisplay(t)
	dir := writeBalls(t, "a", "b", "c")
	states, err := play(t, strings.Join([]string{
		"wait loaded", "print state",
		"layer-solo on b", "print state", "layer-solo on c", "show-sequence a off", "print state", "layer-solo off b", "layer-solo off c", "print state", "show-sequence a on",
		"layer-move bottom a", "layer-rename 'Big fire' b", "activate 'Big fire'", "print state",
		"layer-lock on", "select-all", "wait idle", "print state", "layer-lock off",
		"layer-own-look on", "color-by constant", "print state", "activate c", "color-by PointPosition.y", "print state",
		"undo", "undo", "print state", "undo", "print state", "redo", "print state", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"a, b, c; 9000 points, 0 selected",
		"a unseen, b alone, c unseen; 3000 points, 0 selected",
		"a unseen hidden, b alone, c alone; 6000 points, 0 selected",
		"a unseen hidden, b, c; 6000 points, 0 selected",
		"Big fire, c, a; 9000 points, 0 selected",
		"Big fire locked, c, a; 9000 points, 6000 selected",
		"Big fire by constant, c, a; 9000 points, 6000 selected",
		"Big fire by constant, c, a; 9000 points, 6000 selected",
		"Big fire by Color, c, a; 9000 points, 6000 selected",
		"Big fire, c, a; 9000 points, 6000 selected",
		"Big fire by Color, c, a; 9000 points, 6000 selected",
	}
	var got []string
	for _, s := range states {
		got = append(got, layersOf(s))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if by := states[7].ColorBy; by != "PointPosition.y" {
		t.Errorf("the active sequence is coloured by %s", by)
	}
}

// Timing of a locked sequence is refused in words.
func TestALockedSequenceStaysInTime(t *testing.T) {
	needDisplay(t)
	dir := writeBalls(t, "a", "b")
	_, err := play(t, "wait loaded\nlayer-lock on b\nlayer-offset 3 b\nquit\n", "--no-convert", dir)
	if err == nil || !strings.Contains(err.Error(), "b is locked") {
		t.Errorf("%v", err)
	}
}
