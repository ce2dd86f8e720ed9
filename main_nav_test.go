package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iceexplorer/app"
)

// steering is a drag with the mouse, in a preset of navigation.
type steering struct {
	preset, tool string
	input        string // of xdotool, around the drag
	button       string
	want         string // orbit, pan or dolly
}

func steerings() (all []steering) {
	for _, preset := range []string{"ice-explorer", "softimage", "maya", "houdini", "blender"} {
		all = append(all, steering{preset, "tool-select", "alt", "1", "orbit"}, steering{preset, "tool-lasso", "alt", "2", "pan"}, steering{preset, "tool-pan", "alt", "3", "dolly"})
	}
	return append(all,
		steering{"softimage", "tool-select", "s", "1", "pan"}, steering{"softimage", "tool-select", "s", "2", "dolly"}, steering{"softimage", "tool-select", "s", "3", "orbit"},
		steering{"houdini", "tool-select", "space", "1", "orbit"}, steering{"houdini", "tool-select", "space", "2", "pan"}, steering{"houdini", "tool-select", "space", "3", "dolly"},
		steering{"blender", "tool-select", "", "2", "orbit"}, steering{"blender", "tool-select", "shift", "2", "pan"}, steering{"blender", "tool-select", "ctrl", "2", "dolly"},
	)
}

// moved says how the camera moved.
func moved(a, b app.CameraState) string {
	var all []string
	if a.Yaw != b.Yaw || a.Pitch != b.Pitch {
		all = append(all, "orbit")
	}
	if a.Target != b.Target {
		all = append(all, "pan")
	}
	if a.Distance != b.Distance {
		all = append(all, "dolly")
	}
	return strings.Join(all, " ")
}

// Alt drags select nothing, whatever the tool, and a key that navigates does nothing else.
func TestDragsOfEveryPresetMoveTheCamera(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	dir, _ := caches(t)
	left := steerings()
	// Something else may take the processor meanwhile: what came too late is tried again.
	for _, span := range []time.Duration{1500 * time.Millisecond, 3 * time.Second, 6 * time.Second} {
		var failed []steering
		for i, why := range steer(t, dir, left, span) {
			if why != "" {
				t.Logf("within %v: %s", span, why)
				failed = append(failed, left[i])
			}
		}
		if left = failed; len(left) == 0 {
			return
		}
	}
	t.Errorf("%d drags do not move the camera as they should", len(left))
}

// steer drags in one window after the other, and says of each what is wrong.
func steer(t *testing.T, dir string, all []steering, span time.Duration) (wrong []string) {
	t.Helper()
	script := "wait converted\nwait idle\n"
	for _, s := range all {
		script += "navigation " + s.preset + "\n" + s.tool + "\nprint state\nwait " + span.String() + "\nwait idle\nprint state\n"
	}
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
	for _, s := range all {
		before := next()
		input := "mousemove 800 440 sleep 0.1 "
		if s.input != "" {
			input += "keydown " + s.input + " sleep 0.1 "
		}
		input += "mousedown " + s.button + " sleep 0.1 mousemove 840 450 sleep 0.1 mousemove 880 455 sleep 0.1 mouseup " + s.button
		if s.input != "" {
			input += " keyup " + s.input
		}
		if b, err := exec.Command("xdotool", strings.Fields(input)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, b)
		}
		after, why := next(), ""
		if got := moved(before.Camera, after.Camera); got != s.want || after.Selected != 0 || after.Playing {
			why = fmt.Sprintf("%s, %s, %q and button %s: %q, want %s; %d points selected, playing %v", s.preset, s.tool, s.input, s.button, got, s.want, after.Selected, after.Playing)
		}
		wrong = append(wrong, why)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	return wrong
}

func TestCamerasAreRememberedFollowedTurnedAndMeasuredByScripts(t *testing.T) {
	needDisplay(t)
	dir, n := caches(t)
	if n < 3 {
		t.Skip("too few frames")
	}
	saved := filepath.Join(t.TempDir(), "p_%d.png")
	states, err := play(t, strings.Join([]string{
		"wait loaded", "goto 1", "camera-position 10 5 20", "camera-target 0 1 0", "camera-focal 35", "wait idle", "camera-add 'front door'", "print state",
		"view-top", "wait idle", "print state", "camera-go 'front door'", "wait idle", "print state",
		"view-orthographic on", "orbit-left", "wait idle", "print state",
		"measure 1,2,3 1,5,7", "print state", "measure-clear",
		"turntable 30", "wait 300ms", "print state", "turntable 0", "print state", "wait 500ms", "print state",
		"save-sequence " + saved + " 64x48 camera=turntable", "wait idle", "print state", "quit",
	}, "\n")+"\n", "--no-convert", dir)
	if err != nil || len(states) != 9 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	here := states[0].Camera
	if here.Target != [3]float64{0, 1, 0} || math.Abs(here.Fov-37.85) > 0.01 || math.Abs(here.Distance-math.Sqrt(100+16+400)) > 1e-6 {
		t.Errorf("placed at %+v", here)
	}
	if !states[1].Camera.Ortho || states[2].Camera.Ortho || math.Abs(states[2].Camera.Yaw-here.Yaw) > 1e-9 || states[2].Camera.Target != here.Target {
		t.Errorf("remembered %+v, went to %+v", here, states[2].Camera)
	}
	if c := states[3].Camera; !c.Ortho || c.Yaw == here.Yaw {
		t.Errorf("turned without perspective: %+v", c)
	}
	if m := states[4].Measure; m == nil || m.Distance != 5 {
		t.Errorf("measured %+v", m)
	}
	turned, stopped, rests := states[5], states[6], states[7]
	if turned.Turning != 30 || turned.Camera.Yaw == states[4].Camera.Yaw || turned.Measure != nil || stopped.Turning != 0 || rests.Camera != stopped.Camera {
		t.Errorf("turned to %+v, stopped at %+v, rests at %+v", turned.Camera, stopped.Camera, rests.Camera)
	}
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(saved), "*.png")); len(files) != n || states[8].Camera != rests.Camera {
		t.Errorf("%d of %d pictures; the camera is at %+v, was at %+v", len(files), n, states[8].Camera, rests.Camera)
	}
}
