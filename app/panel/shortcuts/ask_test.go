package shortcuts

import (
	"slices"
	"testing"

	"iceexplorer/app/action"
	"iceexplorer/app/action/keymap"
	"iceexplorer/app/panel"
)

func TestPressedKeysBecomeThoseOfTheAction(t *testing.T) {
	t.Parallel()
	nothing := func(action.Args) error { return nil }
	r := action.NewRegistry()
	if err := r.Add(
		action.Action{ID: "open", Label: "Open folder", Keys: []string{"Ctrl+O"}, Do: nothing},
		action.Action{ID: "play", Label: "Play", Keys: []string{"Space"}, Do: nothing},
	); err != nil {
		t.Fatal(err)
	}
	m := keymap.New(r, func(map[string][]string) error { return nil })
	pressed := ""
	w := New(&panel.Host{Actions: r}, Options{Keys: m, Pressed: func() (action.Shortcut, bool) {
		s, err := action.ParseShortcut(pressed)
		return s, err == nil
	}})
	press := func(keys string) { pressed = keys; w.listen() }

	w.Change(r.Find("open"))
	press("") // a frame without keys
	if !w.Waits() {
		t.Fatal("it does not wait")
	}
	press("Esc")
	if w.Waits() || !slices.Equal(m.Keys("open"), []string{"Ctrl+O"}) {
		t.Errorf("Esc leaves open with %v", m.Keys("open"))
	}
	w.Change(r.Find("open"))
	press("F9")
	if w.Waits() || !slices.Equal(m.Keys("open"), []string{"F9"}) {
		t.Errorf("F9: open has %v", m.Keys("open"))
	}
	w.Change(r.Find("open"))
	press("Space")
	if w.asked.owner != r.Find("play") || !slices.Equal(m.Keys("play"), []string{"Space"}) {
		t.Errorf("Space was taken from %+v unasked", w.asked.owner)
	}
	press("F8") // other keys, which are free
	if w.Waits() || !slices.Equal(m.Keys("open"), []string{"F8"}) {
		t.Errorf("F8: open has %v", m.Keys("open"))
	}
	w.ask(r.Find("open"), action.Shortcut{})
	press("Space")
	w.put(w.asked.wanted)
	if !slices.Equal(m.Keys("open"), []string{"F8", "Space"}) || len(m.Keys("play")) != 0 {
		t.Errorf("open has %v, play %v", m.Keys("open"), m.Keys("play"))
	}
}
