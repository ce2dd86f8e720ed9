package stage

import (
	"errors"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/gfx"
)

// sees reports whether the points of a cube are in view from a camera, and not far away.
func sees(c gfx.Camera, half float64) bool {
	m := c.Matrices(gfx.BoxOf([3]float32{float32(-half), float32(-half), float32(-half)}, [3]float32{float32(half), float32(half), float32(half)}), 800, 600)
	most := 0.0
	pos := corners(float32(half))
	for i := 0; i < len(pos); i += 3 {
		x, y, _, ok := m.Project(gfx.Vec3{float64(pos[i]), float64(pos[i+1]), float64(pos[i+2])})
		if !ok || x < 0 || x > 800 || y < 0 || y > 600 {
			return false
		}
		most = max(most, x-400, 400-x, y-300, 300-y)
	}
	return most > 100
}

func TestTheCameraFollowsUntilTheUserMovesIt(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1), corners(4))
	if !sees(r.Camera(), 4) || r.Steered() != 0 {
		t.Fatalf("does not see all frames: %+v", r.Camera())
	}
	for _, l := range r.session.Layers() {
		r.session.CloseLayer(l)
	}
	r.rest()
	r.open(1)
	r.rest()
	if !sees(r.Camera(), 1) {
		t.Fatalf("does not see a small sequence: %+v", r.Camera())
	}
	r.Wheel(-1, 400, 300)
	r.rest()
	mine := r.Camera()
	r.open(2)
	r.rest()
	if r.Camera() != mine {
		t.Error("the camera left the place where the user put it")
	}
	for _, l := range append([]*session.Layer(nil), r.session.Layers()...) {
		r.session.CloseLayer(l)
	}
	r.rest()
	r.open(2)
	r.rest()
	if !sees(r.Camera(), 4) {
		t.Error("does not follow in a new scene")
	}
}

func TestFrameAllAndFrameSelection(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(3))
	if err := r.FrameSelection(); err == nil {
		t.Error("framed what is not selected")
	}
	r.Orbit(30, 10)
	r.drags(ButtonMiddle, 0, [2]float64{0, 0}, [2]float64{900, 0})
	r.rest()
	if sees(r.Camera(), 3) {
		t.Fatal("still in view")
	}
	r.FrameAll()
	r.rest()
	if !sees(r.Camera(), 3) {
		t.Errorf("not all in view: %+v", r.Camera())
	}
	all := r.Camera()
	r.SelectRect(session.SelectOnly, 0, 0, 1, 1)
	r.answer(7)
	if err := r.FrameSelection(); err != nil {
		t.Fatal(err)
	}
	r.rest()
	c := r.Camera()
	if d := c.Target.Sub(gfx.Vec3{3, 3, 3}).Len(); d > 0.01 || c.Distance >= all.Distance/4 || c.Distance == 0 {
		t.Errorf("looks at %v from %g", c.Target, c.Distance)
	}
}

func TestTheSceneIsDrawnOnlyWhenItChanges(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1), corners(1))
	draws := r.r.draws
	r.frame(time.Second)
	if _, ok := r.Due(); r.r.draws != draws || ok {
		t.Error("draws or is due though nothing changes")
	}
	for what, change := range map[string]func(){
		"frame":     func() { r.session.Step(1) },
		"selection": r.session.SelectAll,
		"look":      func() { r.opt.Look.Turn(look.Grid, !r.common().Grid) },
		"redraw":    r.Redraw,
		"picture": func() {
			if _, err := r.Picture(PictureOptions{}, r.Camera()); err != nil {
				t.Error(err)
			}
		},
	} {
		draws = r.r.draws
		change()
		r.frame(time.Second)
		if r.r.draws != draws+1 {
			t.Errorf("%s: %d pictures", what, r.r.draws-draws)
		}
	}
}

func TestAFailedPictureIsToldUntilOneSucceeds(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.r.fails = errors.New("out of memory")
	r.Redraw()
	r.frame(frameTime)
	if m, _ := r.session.Latest(); m.Level != session.Error || m.Text != "out of memory" {
		t.Fatalf("said %+v", m)
	}
	told := len(r.session.Messages())
	r.r.fails = nil
	draws := r.r.draws
	r.frame(frameTime)
	if r.r.draws != draws+1 || len(r.session.Messages()) > told {
		t.Error("not tried again")
	}
	if m, ok := r.session.Latest(); ok && m.Text == "out of memory" {
		t.Error("told though it is over")
	}
}

func TestTheSceneSaysWhatItShows(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.session.SelectAll()
	r.SetTool(ToolLasso)
	r.frame(frameTime)
	text := func() string {
		var lines []string
		for _, t := range r.r.view.Texts {
			lines = append(lines, t.Lines...)
		}
		return strings.Join(lines, "\n")
	}
	if want := "Frame 1\n8 points\n8 selected\n" + toolHelp[ToolLasso]; text() != want {
		t.Errorf("%q, want %q", text(), want)
	}
	r.Press(ButtonRight, 0, 1, 1)
	r.frame(frameTime)
	if !strings.HasSuffix(text(), flyHelp) {
		t.Errorf("the help of flying is missing: %q", text())
	}
	r.Release(0)
	r.opt.Look.Turn(look.Help, false)
	r.frame(frameTime)
	if strings.Contains(text(), "Drag") || !r.r.view.Gizmo {
		t.Errorf("%q", text())
	}
	r.SetSize(Size{W: 800, H: 150, Pixels: 1, Scale: 1})
	r.Draw()
	if r.r.view.Gizmo || r.r.h != 150 {
		t.Error("the axes lie over the text of a low scene")
	}
	if empty := newRig(t); len(empty.r.view.Texts) > 0 {
		t.Error("an empty scene says something")
	}
}

func TestPicturesStandAlone(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.session.SelectAll()
	r.frame(frameTime)
	camera := r.Camera()
	camera.SetPreset(gfx.Top)
	img, err := r.Picture(PictureOptions{}, camera)
	if err != nil || img.Bounds().Dx() != 800 || img.Bounds().Dy() != 600 {
		t.Fatalf("%v, %v", img.Bounds(), err)
	}
	v := r.r.view
	if v.Camera != camera || v.UIScale != 1 || !v.Grid || len(v.Texts) == 0 || !strings.HasPrefix(v.Texts[0].Lines[0], "a") || r.r.clouds[0].Selected == nil {
		t.Errorf("as large as the scene: %+v", v.Texts)
	}
	if r.Camera() == camera {
		t.Error("a picture moved the scene's camera")
	}
	if _, err := r.Picture(PictureOptions{W: 1440, H: 1440, Plain: true, Transparent: true}, camera); err != nil {
		t.Fatal(err)
	}
	v = r.r.view
	if r.r.w != 1440 || v.UIScale != 2 || v.Grid || v.Gizmo || v.Legend || len(v.Texts) > 0 || !v.Background.Transparent || r.r.clouds[0].Selected != nil {
		t.Errorf("plain: %d wide, %+v", r.r.w, v)
	}
	if why := r.Incomplete(); why != "" || !r.Prepare() || r.Preparing() {
		t.Errorf("a frame that is there: %q", why)
	}
}

func TestZUpHoldsWhicheverCameraIsSet(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	old := r.Camera()
	r.SetZUp(true)
	r.frame(frameTime)
	if !r.r.view.Camera.ZUp {
		t.Fatal("Z is not up")
	}
	old.Yaw++
	r.SetCamera(old) // as undo does
	r.rest()
	if !r.r.view.Camera.ZUp {
		t.Error("a camera of before turned the scene over")
	}
}
