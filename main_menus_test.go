package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iceexplorer/app"
)

// Right clicks open menus, whose items do what they say: one item of each, by the mouse.
func TestRightClicksOpenMenus(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	config := t.TempDir()
	if err := os.WriteFile(filepath.Join(config, "settings.json"), []byte(`{"window": {"width": 1400, "height": 900}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	_, out := windowWith(t, config, "preference-ui-scale 1\nwait loaded\nwait idle\n"+strings.Repeat("print state\nwait 150ms\n", 2000)+"quit\n", "--no-convert", filepath.Join(project(t), "caches"))
	state := func() (s app.State) {
		if !out.Scan() {
			t.Fatal("the window is gone")
		}
		if err := json.Unmarshal(out.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	state()
	const click, menu = " sleep 0.4 click 1", " sleep 0.4 click 3 sleep 1"
	for _, c := range []struct {
		name, input string
		done        func(s *app.State) bool
	}{
		{"scene", "mousemove 430 310" + menu + " mousemove 467 352" + click, func(s *app.State) bool { return s.Selected > 0 }},
		{"sequence", "mousemove 100 129" + menu + " mousemove 143 211" + click, func(s *app.State) bool { return s.Layers[1].Solo }},
		{"ruler", "mousemove 600 798" + menu + " mousemove 653 681" + click, func(s *app.State) bool { return s.Frame > 1 }},
		{"bar of a sequence", "mousemove 600 855" + menu + " mousemove 700 815" + click, func(s *app.State) bool { return s.Layers[0].Timing.After || s.Layers[1].Timing.After }},
		{"attribute", "mousemove 137 71" + click + " sleep 1 mousemove 100 188" + menu + " mousemove 160 203" + click, func(s *app.State) bool { return strings.HasPrefix(s.ColorBy, "PointVelocity") }},
	} {
		done := false
		for try := 0; try < 3 && !done; try++ { // the window may not have been drawn in time
			if b, err := exec.Command("xdotool", strings.Fields(c.input)...).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, b)
			}
			for end := time.Now().Add(4 * time.Second); time.Now().Before(end) && !done; {
				s := state()
				done = c.done(&s)
			}
			if !done {
				_ = exec.Command("xdotool", "key", "Escape").Run()
			}
		}
		if !done {
			t.Errorf("the menu of the %s does nothing", c.name)
		}
	}
}
