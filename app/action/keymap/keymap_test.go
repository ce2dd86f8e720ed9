package keymap

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/action"
)

// rig is a map over some actions, and what it has remembered.
func rig(t *testing.T) (m *Map, kept *map[string][]string) {
	t.Helper()
	nothing := func(action.Args) error { return nil }
	r := action.NewRegistry()
	if err := r.Add(
		action.Action{ID: "open", Label: "Open folder", Menu: "File", Keys: []string{"Ctrl+O"}, Do: nothing},
		action.Action{ID: "play", Label: "Play", Keys: []string{"Space", "L"}, Do: nothing},
		action.Action{ID: "grid", Label: "Show the grid", Do: nothing},
		action.Action{ID: "goto", Label: "Go to a frame", Params: []action.Param{{Name: "frame"}}, Do: nothing},
	); err != nil {
		t.Fatal(err)
	}
	kept = new(map[string][]string)
	return New(r, func(changed map[string][]string) error { *kept = changed; return nil }), kept
}

func keys(t *testing.T, text string) (s action.Shortcut) {
	t.Helper()
	s, err := action.ParseShortcut(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestKeysAreTakenFromTheActionThatHasThem(t *testing.T) {
	t.Parallel()
	m, kept := rig(t)
	space := keys(t, "Space")
	if a := m.Owner(space, "open"); a == nil || a.ID != "play" {
		t.Fatalf("Space is of %v", a)
	}
	if m.Owner(space, "play") != nil {
		t.Error("an action is in conflict with itself")
	}
	if err := m.Put("open", keys(t, "Ctrl+O"), space); err != nil {
		t.Fatal(err)
	}
	if want := map[string][]string{"open": {"Space"}, "play": {"L"}}; !reflect.DeepEqual(*kept, want) {
		t.Errorf("%v is kept", *kept)
	}
	if err := m.Reset("play"); err != nil { // it takes Space back
		t.Fatal(err)
	}
	if want := map[string][]string{"open": {}}; !reflect.DeepEqual(*kept, want) || m.Changed("play") {
		t.Errorf("%v is kept after the reset of one", *kept)
	}
	if err := m.ResetAll(); err != nil || len(*kept) != 0 || m.AnyChanged() || !slices.Equal(m.Keys("open"), []string{"Ctrl+O"}) {
		t.Errorf("%v: %v is kept, open has %v", err, *kept, m.Keys("open"))
	}
}

func TestKeysAreAddedReplacedAndRemoved(t *testing.T) {
	t.Parallel()
	m, kept := rig(t)
	for _, step := range []struct {
		do   func() error
		want []string
	}{
		{func() error { return m.Put("play", action.Shortcut{}, keys(t, "P")) }, []string{"Space", "L", "P"}},
		{func() error { return m.Put("play", keys(t, "Space"), keys(t, "P")) }, []string{"P", "L"}},
		{func() error { return m.Put("play", keys(t, "P"), keys(t, "P")) }, []string{"P", "L"}},
		{func() error { return m.Remove("play", keys(t, "L")) }, []string{"P"}},
		{func() error { return m.Remove("play", keys(t, "P")) }, []string{}},
		{func() error { return m.Set("play", []string{"space", "l"}) }, []string{"Space", "L"}},
	} {
		if err := step.do(); err != nil || !slices.Equal(m.Keys("play"), step.want) {
			t.Errorf("%v: play has %v, want %v", err, m.Keys("play"), step.want)
		}
	}
	if len(*kept) != 0 {
		t.Errorf("the program's own keys are kept: %v", *kept)
	}
	if err := m.Put("nothing", action.Shortcut{}, keys(t, "P")); err == nil {
		t.Error("an action that is not there takes keys")
	}
}

func TestKeysThatWereSwappedAreRestored(t *testing.T) {
	t.Parallel()
	m, _ := rig(t)
	before := map[string][]string{"open": {"Space"}, "play": {"Ctrl+O"}, "gone": {"F9"}}
	faults := m.Restore(maps.Clone(before))
	if len(faults) != 1 || !strings.Contains(faults[0], "gone") {
		t.Errorf("faults: %q", faults)
	}
	if !slices.Equal(m.Keys("open"), []string{"Space"}) || !slices.Equal(m.Keys("play"), []string{"Ctrl+O"}) {
		t.Errorf("open has %v, play %v", m.Keys("open"), m.Keys("play"))
	}
	if err := m.ResetAll(); err != nil || !slices.Equal(m.Keys("play"), []string{"Space", "L"}) {
		t.Errorf("%v: play has %v", err, m.Keys("play"))
	}
}

func TestActionsAreFoundByWordsAndByKeys(t *testing.T) {
	t.Parallel()
	m, _ := rig(t)
	for query, want := range map[string][]string{"": {"open", "play", "grid"}, "FOLDER open": {"open"}, "space": {"play"}, "ctrl+": {"open"}, "zebra": nil} {
		var got []string
		for _, a := range m.Listed(query) {
			got = append(got, a.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
}
