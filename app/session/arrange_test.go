package session

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// three opens three sequences of two frames each.
func three(t *testing.T) (s *Session, layers []*Layer) {
	t.Helper()
	s, p, a := open(t, Options{}, 1, 2)
	layers = append(layers, a)
	for range 2 {
		dir := t.TempDir()
		for n := range 2 {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n+1)), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		layers = append(layers, s.Open(dir)...)
	}
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	return s, layers
}

func seen(layers []*Layer) string {
	var out []string
	for _, l := range layers {
		out = append(out, fmt.Sprint(l.Visible))
	}
	return strings.Join(out, " ")
}

// Showing some alone leaves the visibility of the others as it is.
func TestLayersAreShownAloneAndOthersKeepTheirVisibility(t *testing.T) {
	t.Parallel()
	s, l := three(t)
	s.SetVisible(l[2], false)
	for i, c := range []struct {
		do   func()
		want string
	}{
		{func() {}, "true true false"},
		{func() { s.SetSolo(l[1], true) }, "false true false"},
		{func() { s.SetSolo(l[2], true) }, "false true true"}, // though it is hidden
		{func() { s.SetVisible(l[0], true) }, "false true true"},
		{func() { s.SetSolo(l[1], false) }, "false false true"},
		{func() { s.SetVisible(l[2], false) }, "true true false"}, // hiding ends being shown alone
	} {
		c.do()
		if got := seen(l); got != c.want {
			t.Errorf("step %d: %s, want %s", i, got, c.want)
		}
	}
	s.SetSolo(l[1], true)
	if s.CloseLayer(l[1]); !l[0].Visible || l[2].Visible {
		t.Error("after the one that was shown alone is closed, the others are not as they were")
	}
}

func TestLayersAreRenamedAndMoved(t *testing.T) {
	t.Parallel()
	s, l := three(t)
	name := l[0].Seq.Name
	if err := s.Rename(l[1], "  Big fire "); err != nil || l[1].Name() != "Big fire" || s.NameOf(l[1]) != "Big fire" {
		t.Errorf("%v: %q, %q", err, l[1].Name(), s.NameOf(l[1]))
	}
	if named := s.Named("Big fire"); len(named) != 1 || named[0] != l[1] {
		t.Errorf("%d go by its new name", len(named))
	}
	if named := s.Named(l[1].Seq.Frames[0].Path()); len(named) != 1 {
		t.Error("it is not known by its files any more")
	}
	for _, bad := range []string{"a\nb", strings.Repeat("x", 300), "\xff"} {
		if s.Rename(l[1], bad) == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	for _, back := range []string{"", name} {
		if err := s.Rename(l[1], back); err != nil || l[1].Title() != "" || l[1].Name() != name {
			t.Errorf("%q: %v, %q", back, err, l[1].Name())
		}
	}
	for _, c := range []struct{ of, to, at int }{{2, 0, 0}, {2, 7, 2}, {0, -3, 0}, {0, 1, 1}} {
		before := s.Layers()
		s.MoveLayer(l[c.of], c.to)
		if at := slices.Index(s.Layers(), l[c.of]); at != c.at || len(s.Layers()) != 3 {
			t.Errorf("moved to %d it is at %d of %d", c.to, at, len(s.Layers()))
		}
		if len(before) != 3 || slices.Contains(before, nil) {
			t.Error("the list that somebody ranges over has changed")
		}
	}
	if s.Active() != l[2] {
		t.Error("moving makes another layer active")
	}
}

func TestALockedLayerIsNeitherSelectedNorMovedInTime(t *testing.T) {
	t.Parallel()
	s, l := three(t)
	s.SetLocked(l[1], true)
	if err := s.SetTiming(l[1], Timing{Offset: 3, Scale: 1}); err == nil || !strings.Contains(err.Error(), "locked") || !l[1].Timing().Plain() {
		t.Errorf("%v, %+v", err, l[1].Timing())
	}
	s.SelectAll()
	for i, want := range []bool{true, false, true} {
		if rows, _ := s.Selected(l[i], s.Shown(l[i])); (rows != nil && rows.Any()) != want {
			t.Errorf("of layer %d %v is selected", i, rows)
		}
	}
	s.SetLocked(l[1], false)
	if err := s.SetTiming(l[1], Timing{Offset: 3, Scale: 1}); err != nil {
		t.Error(err)
	}
}
