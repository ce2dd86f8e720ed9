package main

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app"
)

// steering is a drag with the mouse, in a preset of navigation.
type steering struct {
	preset, tool string
	held         string // key
	button       byte
	want         string // orbit, pan or dolly
}

func steerings() (all []steering) {
	for _, preset := range []string{"ice-explorer", "softimage", "maya", "houdini", "blender"} {
		all = append(all, steering{preset, "tool-select", "alt", leftButton, "orbit"}, steering{preset, "tool-lasso", "alt", middleButton, "pan"}, steering{preset, "tool-pan", "alt", rightButton, "dolly"})
	}
	return append(all,
		steering{"softimage", "tool-select", "s", leftButton, "pan"}, steering{"softimage", "tool-select", "s", middleButton, "dolly"}, steering{"softimage", "tool-select", "s", rightButton, "orbit"},
		steering{"houdini", "tool-select", "space", leftButton, "orbit"}, steering{"houdini", "tool-select", "space", middleButton, "pan"}, steering{"houdini", "tool-select", "space", rightButton, "dolly"},
		steering{"blender", "tool-select", "", middleButton, "orbit"}, steering{"blender", "tool-select", "shift", middleButton, "pan"}, steering{"blender", "tool-select", "ctrl", middleButton, "dolly"},
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
	dir, _ := caches(t)
	d := opened(t, t.TempDir(), "--no-convert", dir)
	d.do("wait loaded", "wait idle")
	from := d.within("Scene", 0.5, 0.5)
	for _, s := range steerings() {
		d.do("navigation "+s.preset, s.tool, "wait idle")
		before := *d.state()
		d.moveTo(from)
		if s.held != "" {
			d.input(keyDown, byte(d.key(s.held).code), 0, 0)
		}
		d.drag(s.button, from, spot{from.x + 40, from.y + 10}, spot{from.x + 80, from.y + 15})
		if s.held != "" {
			d.input(keyUp, byte(d.key(s.held).code), 0, 0)
		}
		what := fmt.Sprintf("%s, %s, %q and button %d", s.preset, s.tool, s.held, s.button)
		d.until("a camera that moves: "+what, func(s *app.State) bool { return moved(before.Camera, s.Camera) != "" })
		d.do("wait idle")
		after := d.state()
		if got := moved(before.Camera, after.Camera); got != s.want || after.Selected != 0 || after.Playing {
			t.Errorf("%s: %q, want %s; %d points selected, playing %v", what, got, s.want, after.Selected, after.Playing)
		}
	}
}

// Where the pointer is hidden, as over the scene by the tool that selects, or shown again, the window
// lost where the mouse had gone meanwhile, until it moved once more.
func TestNoMotionIsLostWhereThePointerChanges(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	d := opened(t, t.TempDir(), "--no-convert", dir)
	d.do("wait loaded", "tool-select", "wait idle")
	at := d.within("Scene", 0.5, 0.5)
	for range 6 {
		d.moveTo(at)
		d.hold(middleButton)
		d.moveTo(spot{at.x, at.y + 1})
		d.moveTo(spot{at.x + 20, at.y + 10})
		d.release(middleButton)
	}
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
		"turntable 30", settled, "print state", "turntable 0", "print state", "wait 500ms", "print state",
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
