package stage

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/gfx"
	"iceexplorer/gfx/offscreen"
	"iceexplorer/gfx/still"
)

// offscreenRig is a rig that draws. Tests of it are not parallel: OpenGL's functions are
// looked up for the whole process.
func offscreenRig(t *testing.T, frames ...[]float32) *rig {
	t.Helper()
	s, err := still.Open(gfx.Options{Debug: true})
	if errors.Is(err, offscreen.ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	r := newRig(t, frames...)
	r.Attach(s.Renderer())
	r.opt.Look.Set(look.Diameter, 9)
	r.Redraw()
	r.frame(frameTime)
	return r
}

// wait takes turns until the renderer has answered.
func (r *rig) wait() {
	r.t.Helper()
	for end := time.Now().Add(time.Minute); r.picks.waiting(); runtime.Gosched() {
		if time.Now().After(end) {
			r.t.Fatal("no answer")
		}
		r.frame(0)
	}
}

// seen is where a point is in the picture.
func (r *rig) seen(p gfx.Vec3) (x, y float64) {
	r.t.Helper()
	c := r.Camera()
	m := c.Matrices(r.Bounds(), 800, 600)
	x, y, _, ok := m.Project(p)
	if !ok {
		r.t.Fatalf("%v is not in view", p)
	}
	return x, y
}

func TestWhatIsSeenIsHoveredFocusedAndSelected(t *testing.T) {
	r := offscreenRig(t, corners(1))
	x, y := r.seen(gfx.Vec3{1, 1, 1})
	r.at(x, y)
	r.frame(frameTime)
	r.frame(hoverRest)
	r.wait()
	if f := r.Facts(); len(f) < 2 || f[0] != [2]string{"point", "7"} || f[1] != [2]string{"PointPosition", "1  1  1"} {
		t.Errorf("under the mouse: %v", f)
	}

	r.SetTool(ToolSelect)
	r.drags(ButtonLeft, 0, [2]float64{x, y}, [2]float64{x, y})
	r.wait()
	if got := r.session.SelectionSize(); got != 1 {
		t.Errorf("%d selected by a click", got)
	}
	r.drags(ButtonLeft, Ctrl, [2]float64{x - 20, y - 20}, [2]float64{x + 20, y + 20})
	r.wait()
	if r.session.SelectionSize() != 0 {
		t.Errorf("%d left", r.session.SelectionSize())
	}
	r.SetTool(ToolLasso)
	r.drags(ButtonLeft, 0, [2]float64{0, 0}, [2]float64{799, 0}, [2]float64{799, 599}, [2]float64{0, 599})
	r.wait()
	if n := r.session.SelectionSize(); n < 7 || n > 8 { // the farthest may hide behind the nearest
		t.Errorf("%d selected by a lasso around all", n)
	}

	r.DoubleClick(x, y)
	r.wait()
	r.rest()
	if d := r.Camera().Target.Sub(gfx.Vec3{1, 1, 1}).Len(); d > 0.1 {
		t.Errorf("a double click looks %g beside the point", d)
	}
}

func TestHiddenPointsAreSelectedThroughOnly(t *testing.T) {
	// Behind a point near the camera lie two others.
	r := offscreenRig(t, []float32{0, 0, 1, 0, 0, 0, 0, 0, -1})
	r.SetPreset(gfx.Front)
	r.rest()
	for through, want := range map[bool]int{false: 1, true: 3} {
		r.SetThrough(through)
		r.SelectRect(session.SelectOnly, 0, 0, 1, 1)
		r.wait()
		r.rest()
		if got := r.session.SelectionSize(); got != want {
			t.Errorf("through %v: %d selected, want %d", through, got, want)
		}
	}
}

func TestPicturesLeaveTheSceneAsItWas(t *testing.T) {
	r := offscreenRig(t, corners(1))
	a, err := r.Picture(PictureOptions{W: 64, H: 48, Plain: true}, r.Camera())
	if err != nil || a.Bounds().Dx() != 64 || a.Bounds().Dy() != 48 {
		t.Fatalf("%v, %v", a, err)
	}
	r.frame(frameTime)
	x, y := r.seen(gfx.Vec3{1, 1, 1})
	r.SetTool(ToolSelect)
	r.drags(ButtonLeft, 0, [2]float64{x, y}, [2]float64{x, y})
	r.wait()
	if r.session.SelectionSize() != 1 {
		t.Error("after a picture a click finds no point")
	}
}
