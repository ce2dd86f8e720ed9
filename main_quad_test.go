package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

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
		"orbit-left", "wait idle", "wait 1s", "print state",
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

// swing is what is done with the mouse over a pane, in fractions of the scene, and which pane's
// camera is to move.
type swing struct {
	pane  int
	input string // of xdotool, once the mouse is there
}

func TestMouseAndKeysMoveTheCameraOfThePaneUnderTheMouse(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	dir, _ := caches(t)
	var left []swing
	for pane := 1; pane <= 4; pane++ {
		left = append(left,
			swing{pane, "mousedown 1 sleep 0.1 mousemove_relative -- 40 10 sleep 0.1 mousemove_relative -- 40 5 sleep 0.1 mouseup 1"},
			swing{pane, "click 4"}, swing{pane, "key ctrl+Left"})
	}
	// Something else may take the processor meanwhile: what came too late is tried again.
	for _, span := range []time.Duration{1500 * time.Millisecond, 3 * time.Second, 6 * time.Second} {
		if left = handle(t, dir, left, span); len(left) == 0 {
			return
		}
	}
	t.Errorf("%d uses of mouse and keys do not move the camera of their pane", len(left))
}

// handle uses the mouse over one pane after the other, and returns what did not work.
func handle(t *testing.T, dir string, all []swing, span time.Duration) (failed []swing) {
	t.Helper()
	script := "view-quad on\nwait converted\nwait idle\n" + strings.Repeat("print state\nwait "+span.String()+"\nwait idle\nprint state\n", len(all))
	cmd, out := startWindow(t, script+"quit\n", dir)
	next := func() (s app.State) {
		if !out.Scan() {
			t.Fatal("the window is gone")
		}
		if err := json.Unmarshal(out.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, h := range all {
		before := next()
		x, y := 580+(h.pane-1)%2*480, 265+(h.pane-1)/2*360 // well within the pane
		input := "mousemove " + strconv.Itoa(x) + " " + strconv.Itoa(y) + " sleep 0.2 " + h.input
		if b, err := exec.Command("xdotool", strings.Fields(input)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, b)
		}
		after := next()
		if got := swung(before, after); !slices.Equal(got, []int{h.pane}) || after.Panes.Active != h.pane {
			t.Logf("within %v: %q over pane %d: cameras %v", span, h.input, h.pane, got)
			failed = append(failed, h)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	return failed
}
