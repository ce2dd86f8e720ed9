package stage

import (
	"testing"
)

// moved is what a drag changed of the camera.
type moved struct{ turned, panned, zoomed bool }

func (r *rig) dragged(b Button, mods Mods) moved {
	before := r.Camera()
	r.drags(b, mods, [2]float64{400, 300}, [2]float64{440, 290}, [2]float64{500, 250})
	c := r.Camera()
	return moved{c.Yaw != before.Yaw || c.Pitch != before.Pitch, c.Target != before.Target, c.Distance != before.Distance}
}

// movedBy is what each move changes.
var movedBy = map[Move]moved{MoveOrbit: {turned: true}, MovePan: {panned: true}, MoveDolly: {zoomed: true}}

var everyTool = []Tool{ToolOrbit, ToolPan, ToolZoom, ToolSelect, ToolLasso}

func TestAltDragsMoveTheCameraInEveryToolOfEveryPreset(t *testing.T) {
	t.Parallel()
	for _, name := range Navigations() {
		n, ok := ParseNavigation(name)
		if !ok || n.String() != name || n.Label() == "" {
			t.Fatalf("%q is no preset", name)
		}
		for _, tool := range everyTool {
			r := newRig(t, corners(1))
			r.SetNavigation(n)
			r.SetTool(tool)
			for b, m := range map[Button]Move{ButtonLeft: MoveOrbit, ButtonMiddle: MovePan, ButtonRight: MoveDolly} {
				for _, mods := range []Mods{Alt, Alt | Shift, Alt | Ctrl} {
					if got := r.dragged(b, mods); got != movedBy[m] {
						t.Errorf("%s, tool %d: Alt and button %d: %+v, want %s", name, tool, b, got, m)
					}
				}
			}
			if len(r.r.asked) > 0 {
				t.Errorf("%s, tool %d: a drag with Alt selects", name, tool)
			}
		}
	}
}

func TestPresetsHaveTheDragsOfTheirPrograms(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		preset string
		key    HeldKey
		button Button
		mods   Mods
		want   Move
	}{
		{"softimage", KeyS, ButtonLeft, 0, MovePan},
		{"softimage", KeyS, ButtonMiddle, 0, MoveDolly},
		{"softimage", KeyS, ButtonRight, 0, MoveOrbit},
		{"softimage", NoKey, ButtonMiddle, 0, MovePan},
		{"houdini", KeySpace, ButtonLeft, 0, MoveOrbit},
		{"houdini", KeySpace, ButtonMiddle, 0, MovePan},
		{"houdini", KeySpace, ButtonRight, 0, MoveDolly},
		{"blender", NoKey, ButtonMiddle, 0, MoveOrbit},
		{"blender", NoKey, ButtonMiddle, Shift, MovePan},
		{"blender", NoKey, ButtonMiddle, Ctrl, MoveDolly},
		{"ice-explorer", NoKey, ButtonMiddle, 0, MovePan},
		{"ice-explorer", KeyS, ButtonRight, 0, MoveDolly},
		{"maya", NoKey, ButtonRight, 0, MoveDolly},
	} {
		for _, tool := range everyTool {
			r := newRig(t, corners(1))
			n, _ := ParseNavigation(tc.preset)
			r.SetNavigation(n)
			r.SetTool(tool)
			r.Hold(Keys{Navigate: tc.key})
			if got := r.dragged(tc.button, tc.mods); got != movedBy[tc.want] {
				t.Errorf("%s, tool %d, key %q, button %d, mods %d: %+v, want %s", tc.preset, tool, tc.key, tc.button, tc.mods, got, tc.want)
			}
		}
	}
}

// The keys that navigate are free for their actions elsewhere.
func TestAPresetHoldsItsKeyOverTheSceneAlone(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.SetNavigation(NavigateSoftimage)
	if r.HoldsKey(KeyS) {
		t.Error("holds S while the mouse is elsewhere")
	}
	r.at(400, 300)
	r.frame(frameTime)
	if !r.HoldsKey(KeyS) || r.HoldsKey(KeySpace) || r.HoldsKey(NoKey) {
		t.Error("Softimage holds S, and nothing else")
	}
	r.SetNavigation(NavigateOwn)
	if r.HoldsKey(KeyS) {
		t.Error("S is the tool's")
	}
}

// A right drag with Alt would have flown with W A S D.
func TestAltDragsDoNotFly(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.Press(ButtonRight, Alt, 400, 300)
	if r.Flies() {
		t.Error("flies")
	}
	r.Release(0)
}

func TestGesturesAreWrittenAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	g := Gesture{Key: KeyS, Button: ButtonLeft}
	if got := g.Input(); got != "S+left drag" {
		t.Error(got)
	}
	g = Gesture{Mods: Shift | Alt, Button: ButtonMiddle}
	if got := g.Input(); got != "Alt+Shift+middle drag" {
		t.Error(got)
	}
	for n, want := range map[Navigation]string{NavigateMaya: "Pan", NavigateBlender: "Orbit, in every tool"} {
		for _, use := range n.Uses() {
			if use[0] == "middle drag" && use[1] != want {
				t.Errorf("%s: middle drag: %s", n, use[1])
			}
		}
	}
	if _, ok := ParseNavigation("cinema"); ok {
		t.Error("a preset that is none was found")
	}
}
