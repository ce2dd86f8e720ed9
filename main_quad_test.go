package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app"
)

// swung are the panes, from 1 on, whose cameras differ.
func swung(a, b app.State) (panes []int) {
	if a.Panes == nil || b.Panes == nil {
		return nil
	}
	for i := range a.Panes.Panes {
		if a.Panes.Panes[i].Camera != b.Panes.Panes[i].Camera {
			panes = append(panes, i+1)
		}
	}
	return panes
}

func TestScriptsWorkInThePanesOfTheQuadView(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	to := t.TempDir()
	file := func(name string) string { return filepath.Join(to, name) }
	states, err := play(t, strings.Join([]string{
		"wait loaded", "goto 5", "wait idle", "print state",
		"view-quad on", "wait idle", "print state",
		"view-pane 3", "select-rect 0 0 1 1", "wait idle", "print state",
		"orbit-left", "wait idle", "print state",
		"undo", "wait idle", "print state",
		"save-picture " + file("quad.png") + " 160x90", "save-session " + file("a.iceview"), "wait idle",
		"view-quad off", "wait idle", "print state", "save-picture " + file("one.png") + " 160x90", "wait idle",
		"open-session " + file("a.iceview"), "wait loaded", "wait idle", "print state", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err != nil || len(states) != 7 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	single, four, selected, orbited, undone, off, opened := states[0], states[1], states[2], states[3], states[4], states[5], states[6]
	if single.Panes != nil || off.Panes != nil || four.Panes == nil || opened.Panes == nil {
		t.Fatalf("panes at first %v, on %v, off %v, opened %v", single.Panes, four.Panes, off.Panes, opened.Panes)
	}
	var names []string
	for _, p := range four.Panes.Panes {
		names = append(names, p.Name)
	}
	if !slices.Equal(names, []string{"Top", "Perspective", "Front", "Right"}) || four.Panes.Active != 2 || four.Camera != single.Camera {
		t.Errorf("panes %q, active %d", names, four.Panes.Active)
	}
	if s := selected; s.Selected < 1000 || s.Panes.Active != 3 || !s.Camera.Ortho {
		t.Errorf("%d points of pane %d, camera %+v", s.Selected, s.Panes.Active, s.Camera)
	}
	if got := swung(selected, orbited); !slices.Equal(got, []int{3}) {
		t.Errorf("the cameras of %v turned", got)
	}
	if got := swung(selected, undone); got != nil || off.Camera != undone.Camera {
		t.Errorf("the cameras of %v are not back; the one that fills the scene is at %+v", got, off.Camera)
	}
	if got := swung(undone, opened); opened.Panes.Active != 3 || len(got) > 0 && !alike(undone, opened) {
		t.Errorf("opened with %+v, saved %+v", opened.Panes, undone.Panes)
	}
	quad, _ := os.ReadFile(file("quad.png"))
	one, err := os.ReadFile(file("one.png"))
	if err != nil || string(quad) != string(one) {
		t.Errorf("a picture of the active pane is another one than that of its camera alone: %v", err)
	}
}

// alike reports that cameras are where they were but for what degrees round.
func alike(a, b app.State) bool {
	for i, p := range a.Panes.Panes {
		q := b.Panes.Panes[i]
		if p.Name != q.Name || round(p.Camera.Yaw) != round(q.Camera.Yaw) || round(p.Camera.Pitch) != round(q.Camera.Pitch) || round(p.Camera.Distance) != round(q.Camera.Distance) {
			return false
		}
	}
	return true
}

func TestMouseAndKeysMoveTheCameraOfThePaneUnderTheMouse(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	d := opened(t, t.TempDir(), "--no-convert", dir)
	d.do("view-quad on", "wait loaded", "wait idle")
	for pane := 1; pane <= 4; pane++ {
		at := d.within("Scene", 0.3+0.5*float64((pane-1)%2), 0.3+0.5*float64((pane-1)/2))
		for use, do := range map[string]func(){
			"a drag":   func() { d.drag(leftButton, at, spot{at.x + 40, at.y + 10}, spot{at.x + 80, at.y + 15}) },
			"a wheel":  func() { d.wheel(at, up) },
			"two keys": func() { d.moveTo(at); d.keys("ctrl+Left") },
		} {
			before := *d.state()
			do()
			d.until(use+" that moves a camera", func(s *app.State) bool { return swung(before, *s) != nil })
			d.do("wait idle")
			if after := d.state(); !slices.Equal(swung(before, *after), []int{pane}) || after.Panes.Active != pane {
				t.Errorf("%s over pane %d moves the cameras of %v; pane %d is active", use, pane, swung(before, *after), after.Panes.Active)
			}
		}
	}
}
