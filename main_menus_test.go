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

// deed is something done with the mouse, and what comes of it.
type deed struct {
	name, input string
	done        func(s *app.State) bool
}

const (
	click = " sleep 0.4 click 1"
	menu  = " sleep 0.4 click 3 sleep 1"
)

// byMouse does one thing after the other in a window of 1400 by 900 that shows two sequences.
// The window may not have been drawn in time: what does nothing is tried again.
func byMouse(t *testing.T, deeds ...deed) {
	t.Helper()
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
	for _, d := range deeds {
		done := false
		for try := 0; try < 3 && !done; try++ {
			if b, err := exec.Command("xdotool", strings.Fields(d.input)...).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, b)
			}
			for end := time.Now().Add(4 * time.Second); time.Now().Before(end) && !done; {
				s := state()
				done = d.done(&s)
			}
			if !done {
				_ = exec.Command("xdotool", "key", "Escape").Run()
			}
		}
		if !done {
			t.Errorf("%s: nothing comes of it", d.name)
		}
	}
}

// Right clicks open menus, whose items do what they say: one item of each.
func TestRightClicksOpenMenus(t *testing.T) {
	byMouse(t,
		deed{"scene", "mousemove 430 310" + menu + " mousemove 467 352" + click, func(s *app.State) bool { return s.Selected > 0 }},
		deed{"sequence", "mousemove 100 129" + menu + " mousemove 143 211" + click, func(s *app.State) bool { return s.Layers[1].Solo }},
		deed{"ruler", "mousemove 600 798" + menu + " mousemove 653 681" + click, func(s *app.State) bool { return s.Frame > 1 }},
		deed{"bar of a sequence", "mousemove 600 855" + menu + " mousemove 700 815" + click, func(s *app.State) bool { return s.Layers[0].Timing.After || s.Layers[1].Timing.After }},
		deed{"attribute", "mousemove 137 71" + click + " sleep 1 mousemove 100 188" + menu + " mousemove 160 203" + click, func(s *app.State) bool { return strings.HasPrefix(s.ColorBy, "PointVelocity") }},
	)
}

// What Display changes of a sequence with a look of its own is that one's alone.
func TestOneSequenceIsGivenALookByTheMouse(t *testing.T) {
	byMouse(t,
		deed{"own look", "mousemove 1207 129" + click, func(s *app.State) bool { return s.Layers[0].OwnLook && !s.Layers[1].OwnLook }},
		deed{"colour by", "mousemove 1287 211" + click + " sleep 1 mousemove 1257 364" + click, func(s *app.State) bool {
			return s.Layers[0].ColorBy == "PointVelocity.mag" && s.Layers[1].ColorBy == "Color"
		}},
		deed{"no own look", "mousemove 1207 129" + click, func(s *app.State) bool { return !s.Layers[0].OwnLook && s.Layers[0].ColorBy == "Color" }},
		deed{"colour of all", "mousemove 1287 211" + click + " sleep 1 mousemove 1257 364" + click, func(s *app.State) bool {
			return s.Layers[0].ColorBy == "PointVelocity.mag" && s.Layers[1].ColorBy == "PointVelocity.mag"
		}},
	)
}

// A timecode that is typed in the field of the frame is a place on the timeline.
func TestATimecodeIsTypedIntoTheTimeline(t *testing.T) {
	byMouse(t,
		deed{"timecode", "mousemove 340 772" + click + " sleep 0.5 key 0 key colon key 5 sleep 0.3 key Return", func(s *app.State) bool { return s.Frame == 5 }},
		deed{"seconds", "mousemove 340 772" + click + " sleep 0.5 key 0 key period key 1 key 2 key 5 key s sleep 0.3 key Return", func(s *app.State) bool { return s.Frame == 3 }},
	)
}
