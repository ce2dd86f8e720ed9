package stage

import (
	"math"
	"testing"
	"time"

	"iceexplorer/gfx"
)

func TestDragsMoveTheCameraAsTheToolSays(t *testing.T) {
	t.Parallel()
	orbits, pans, zooms := moved{turned: true}, moved{panned: true}, moved{zoomed: true}
	for name, tc := range map[string]struct {
		tool   Tool
		button Button
		mods   Mods
		want   moved
	}{
		"orbit":             {ToolOrbit, ButtonLeft, 0, orbits},
		"pan":               {ToolPan, ButtonLeft, 0, pans},
		"zoom":              {ToolZoom, ButtonLeft, 0, zooms},
		"shift pans":        {ToolOrbit, ButtonLeft, Shift, pans},
		"middle pans":       {ToolOrbit, ButtonMiddle, 0, pans},
		"right zooms":       {ToolPan, ButtonRight, 0, zooms},
		"right of select":   {ToolSelect, ButtonRight, 0, zooms},
		"middle of lasso":   {ToolLasso, ButtonMiddle, 0, pans},
		"select moves none": {ToolSelect, ButtonLeft, 0, moved{}},
		"lasso moves none":  {ToolLasso, ButtonLeft, Shift, moved{}},
	} {
		r := newRig(t, corners(1))
		r.SetTool(tc.tool)
		before, steered := r.Camera(), r.Steered()
		r.drags(tc.button, tc.mods, [2]float64{400, 300}, [2]float64{440, 290}, [2]float64{500, 280})
		c := r.Camera()
		got := moved{c.Yaw != before.Yaw || c.Pitch != before.Pitch, c.Target != before.Target, c.Distance != before.Distance}
		if got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
		if (r.Steered() > steered) != (tc.want != moved{}) {
			t.Errorf("%s: the user moved the camera %d times", name, r.Steered()-steered)
		}
		if r.Dragging() || !r.Resting() {
			t.Errorf("%s: still drags after the button was let go", name)
		}
	}
}

func TestAGlideArrives(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	from := r.Camera()
	r.SetPreset(gfx.Top)
	to := r.Target()
	if r.Camera() != from || to == from || !r.Busy() || r.Resting() {
		t.Fatal("the camera jumped, or did not set out")
	}
	if due, ok := r.Due(); !ok || due.After(r.clock.Add(frameTime)) {
		t.Errorf("due %v, %v", due, ok)
	}
	r.frame(glideTime / 2)
	if mid := r.Camera(); mid == from || mid == to || r.Target() != to {
		t.Errorf("half way at %+v", mid)
	}
	r.SetCamera(to) // it is on its way there
	r.frame(glideTime / 2)
	if r.Camera() != to || r.Busy() || !r.Resting() {
		t.Errorf("arrived at %+v, want %+v", r.Camera(), to)
	}
}

func TestKeysFlyWhileTheRightButtonIsHeld(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	eye := func() gfx.Vec3 {
		c := r.Camera()
		return c.Eye()
	}
	fly := func(k Keys) float64 {
		from := eye()
		r.Hold(k)
		r.frame(frameTime)
		r.frame(frameTime)
		return eye().Sub(from).Len()
	}
	if fly(Keys{Forward: true}) != 0 || r.Flies() {
		t.Fatal("flies without the button")
	}
	r.Press(ButtonRight, 0, 400, 300)
	if !r.Flies() || fly(Keys{}) != 0 {
		t.Fatal("flies without a key")
	}
	c := r.Camera()
	_, _, back := c.Axes()
	from := eye()
	slow := fly(Keys{Forward: true})
	if way := eye().Sub(from); slow == 0 || way.Dot(back) > -0.99*way.Len() {
		t.Errorf("W leads %v, back is %v", way, back)
	}
	if due, ok := r.Due(); !ok || due.After(r.clock.Add(frameTime)) {
		t.Error("no frame is due while the camera flies")
	}
	if fast := fly(Keys{Forward: true, Fast: true}); fast < 3*slow {
		t.Errorf("Shift flies %g, without it %g", fast, slow)
	}
	if fly(Keys{Left: true, Right: true}) != 0 {
		t.Error("opposite keys lead somewhere")
	}
	distance := r.Camera().Distance
	r.Drag(30, 0)
	if r.Camera().Distance != distance || r.Camera().Yaw == c.Yaw {
		t.Error("the mouse does not look around while one flies")
	}
	r.Release(0)
	if fly(Keys{Forward: true}) != 0 || r.Flies() {
		t.Error("flies on without the button")
	}
}

func TestTheWheelKeepsFewerPointsUntilItRests(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.r.software = true
	before := r.Camera().Distance
	r.Wheel(2, 400, 300)
	r.frame(0)
	if r.Camera().Distance >= before || !r.r.view.Detail.Moving || r.r.view.Samples != 1 || r.r.view.Detail.MovingPoint != SoftwareMoving {
		t.Errorf("%g from %g, %+v", r.Camera().Distance, before, r.r.view.Detail)
	}
	due, ok := r.Due()
	if !ok || due != r.clock.Add(restTime) {
		t.Fatalf("due %v, %v", due.Sub(r.clock), ok)
	}
	r.frame(restTime + time.Millisecond)
	if _, ok := r.Due(); ok || r.r.view.Detail.Moving {
		t.Error("not all points are drawn once the wheel rests")
	}
}

// find looks for a place of the scene.
func find(t *testing.T, is func(x, y float64) bool) (x, y float64) {
	t.Helper()
	for y = 0; y < 600; y += 3 {
		for x = 0; x < 800; x += 3 {
			if is(x, y) {
				return x, y
			}
		}
	}
	t.Fatal("nowhere")
	return 0, 0
}

func TestAClickOnAnArmOfTheAxesLooksFromThere(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.at(find(t, func(x, y float64) bool { return r.gizmoAt(x, y) == 2 })) // +Y
	r.frame(frameTime)
	if r.r.view.GizmoHover != 2 || r.Pointer() != PointerHand {
		t.Errorf("under the mouse is arm %d, the pointer %d", r.r.view.GizmoHover, r.Pointer())
	}
	r.DoubleClick(r.mouse[0], r.mouse[1])
	r.drags(ButtonLeft, 0, r.mouse, [2]float64{400, 300})
	r.rest()
	want := r.Camera()
	want.SetPreset(gfx.Top)
	if c := r.Camera(); c != want || len(r.r.asked) > 0 {
		t.Errorf("looks as %+v, want %+v; asked %v", c, want, r.r.asked)
	}
	r.drags(ButtonLeft, 0, r.mouse, r.mouse)
}

func TestFacesOfTheClipBoxAreDragged(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	if err := r.opt.Look.ClipTo([3]float64{-0.5, -0.5, -0.5}, [3]float64{0.5, 0.5, 0.5}); err != nil {
		t.Fatal(err)
	}
	r.frame(frameTime)
	r.at(find(t, func(x, y float64) bool {
		k, ok := r.handleAt(x, y)
		return ok && k.Axis == 1 && k.Max
	}))
	r.frame(frameTime)
	if r.Pointer() != PointerHand {
		t.Errorf("the pointer over a handle is %d", r.Pointer())
	}
	camera := r.Camera()
	r.drags(ButtonLeft, 0, r.mouse, [2]float64{r.mouse[0], r.mouse[1] - 20})
	if l := r.common(); l.ClipMax[1] <= 0.5 || l.ClipMax[0] != 0.5 || l.ClipMin != [3]float64{-0.5, -0.5, -0.5} || r.Camera() != camera {
		t.Errorf("clipped from %v to %v", l.ClipMin, l.ClipMax)
	}
}

func TestThePointerIsThatOfTheTool(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	for tool, want := range map[Tool]Pointer{
		ToolOrbit: PointerArrow, ToolPan: PointerMove, ToolZoom: PointerZoom, ToolSelect: PointerCross, ToolLasso: PointerLasso,
	} {
		r.SetTool(tool)
		r.over = false
		r.frame(frameTime)
		if got := r.Pointer(); got != PointerArrow {
			t.Errorf("tool %d beside the scene: %d", tool, got)
		}
		r.at(400, 300)
		r.frame(frameTime)
		if got := r.Pointer(); got != want {
			t.Errorf("tool %d: %d, want %d", tool, got, want)
		}
		r.Press(ButtonRight, 0, 400, 300)
		if got := r.Pointer(); got != PointerZoom {
			t.Errorf("tool %d with the right button: %d", tool, got)
		}
		r.Release(0)
	}
	empty := newRig(t)
	empty.SetTool(ToolSelect)
	empty.at(400, 300)
	empty.frame(frameTime)
	if empty.Pointer() != PointerArrow {
		t.Error("an empty scene has the pointer of the tool")
	}
}

func TestAHiddenSceneComesToRestAtOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.SetPreset(gfx.Front)
	to := r.Target()
	r.SetTool(ToolSelect)
	r.Press(ButtonLeft, 0, 10, 10)
	r.Drag(50, 50)
	r.Hide()
	r.Release(0)
	if path, _ := r.Band(); len(path) > 0 || len(r.r.asked) > 0 || r.Camera() != to || !r.Resting() {
		t.Errorf("a band of %v, asked %v, camera %+v", path, r.r.asked, r.Camera())
	}
	if due, ok := r.Due(); ok {
		t.Errorf("due in %v", due.Sub(r.clock))
	}
}

func TestOrbitTurnsByDegrees(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	yaw := r.Camera().Yaw
	r.SetPreset(gfx.Front) // what is on its way counts
	r.Orbit(90, 0)
	front := r.Camera()
	front.SetPreset(gfx.Front)
	if d := math.Abs(math.Remainder(r.Camera().Yaw-front.Yaw, 2*math.Pi)); math.Abs(d-math.Pi/2) > 1e-6 || r.glide.on {
		t.Errorf("turned by %g from %g, was %g", d, front.Yaw, yaw)
	}
}
