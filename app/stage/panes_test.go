package stage

import (
	"image"
	"slices"
	"testing"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/gfx"
)

// newQuad is a scene of four panes.
func newQuad(t *testing.T) *rig {
	r := newRig(t, corners(1), corners(2))
	r.SetQuad(true)
	r.rest()
	return r
}

// middles are the middles of the panes of a scene of 800 by 600.
var middles = [PaneCount][2]float64{{200, 150}, {600, 150}, {200, 450}, {600, 450}}

// changed are the panes whose cameras differ.
func changed(a, b Cameras) (panes []int) {
	for i := range a {
		if a[i] != b[i] {
			panes = append(panes, i)
		}
	}
	return panes
}

func TestTheQuadViewShowsFourSides(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	before := r.Camera()
	if len(r.r.view.Panes) != 0 {
		t.Fatal("panes from the start")
	}
	r.SetQuad(true)
	r.rest()
	all := image.Rect(0, 0, 800, 600)
	covered := 0
	for i, p := range r.r.view.Panes {
		want := [...]string{"Top", "Perspective", "Front", "Right"}[i]
		if p.Name != want || p.Active != (i == perspectivePane) || p.Camera.Ortho != (i != perspectivePane) {
			t.Errorf("pane %d: %+v", i, p)
		}
		covered += p.Area.Dx() * p.Area.Dy()
		if !p.Area.In(all) || p.Area.Dx() < 390 || p.Area.Dy() < 290 {
			t.Errorf("pane %d fills %v", i, p.Area)
		}
	}
	if len(r.r.view.Panes) != PaneCount || covered < 790*590 {
		t.Errorf("%d panes fill %d pixels", len(r.r.view.Panes), covered)
	}
	if r.r.view.Panes[perspectivePane].Camera != before || r.r.view.Camera != before {
		t.Error("the camera of before is not that of the perspective")
	}
}

func TestAViewFromTheFrontBecomesThePaneOfThatName(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.SetPreset(gfx.Front)
	r.rest()
	r.SetQuad(true)
	r.rest()
	if r.ActivePane() != 2 || r.PaneName(2) != "Front" || r.PaneName(1) != "Perspective" {
		t.Errorf("pane %d is active; 1 is %s, 2 %s", r.ActivePane(), r.PaneName(1), r.PaneName(2))
	}
}

func TestTheMouseActsOnThePaneUnderIt(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(r *rig, x, y float64){
		"middle drag": func(r *rig, x, y float64) { r.drags(ButtonMiddle, 0, [2]float64{x, y}, [2]float64{x + 30, y + 20}) },
		"out of the pane": func(r *rig, x, y float64) {
			r.drags(ButtonMiddle, 0, [2]float64{x, y}, [2]float64{400, 300}, [2]float64{800 - x, 600 - y})
		},
		"left drag": func(r *rig, x, y float64) { r.drags(ButtonLeft, 0, [2]float64{x, y}, [2]float64{x + 30, y}) },
		"wheel":     func(r *rig, x, y float64) { r.Wheel(2, x, y) },
		"flying": func(r *rig, x, y float64) {
			r.Press(ButtonRight, 0, x, y)
			r.Hold(Keys{Forward: true})
			r.frame(frameTime)
			r.frame(frameTime)
			r.Hold(Keys{})
			r.Release(0)
		},
		"double click": func(r *rig, x, y float64) {
			r.DoubleClick(x, y)
			r.answer(3)
			r.rest()
		},
		"a key": func(r *rig, x, y float64) {
			r.at(x, y)
			r.frame(frameTime)
			r.Aim()
			r.Orbit(20, 0)
		},
	} {
		for i, m := range middles {
			r := newQuad(t)
			before := r.Cameras()
			do(r, m[0]+7, m[1]+3)
			if got := changed(before, r.Cameras()); !slices.Equal(got, []int{i}) || r.ActivePane() != i {
				t.Errorf("%s in pane %d: moved %v, active %d", name, i, got, r.ActivePane())
			}
		}
	}
}

func TestTheMouseOverAPaneAloneMakesNoneActive(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	r.at(200, 450) // on its way to a menu
	for range 3 {
		r.frame(time.Second)
	}
	if r.ActivePane() != perspectivePane {
		t.Errorf("pane %d is active", r.ActivePane())
	}
	if q := r.r.asked; len(q) != 1 || q[0].X != 200 || q[0].Y != 450 {
		t.Errorf("the point under the mouse is not looked for: %+v", q)
	}
}

func TestTheWheelComesCloserAtTheMouseOfItsPane(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	target := r.Cameras()[3].Target
	r.Wheel(3, middles[3][0], middles[3][1])
	if d := r.Cameras()[3].Target.Sub(target).Len(); d > 0.02 {
		t.Errorf("in the middle of its pane it moves aside by %v", d)
	}
}

func TestBandsStayInTheirPane(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	for i := range PaneCount {
		m, away := middles[i], middles[PaneCount-1-i]
		for _, tool := range []Tool{ToolSelect, ToolLasso} {
			r.SetTool(tool)
			r.r.asked = nil
			r.Press(ButtonLeft, 0, m[0], m[1])
			for _, to := range [][2]float64{{m[0] + 20, away[1]}, away, {away[0], m[1]}} {
				r.Drag(to[0]-r.drag.x, to[1]-r.drag.y)
			}
			r.Drag(away[0]-r.drag.x, away[1]-r.drag.y)
			band, _ := r.Band()
			r.Release(0)
			in := r.room(i)
			for _, p := range band {
				if x, y := in.clamp(p[0], p[1]); x != p[0] || y != p[1] {
					t.Errorf("pane %d, tool %d: a corner at %v", i, tool, p)
				}
			}
			q := r.r.asked[0]
			if tool == ToolSelect && (!q.Rect.In(r.area(i).Inset(-1)) || q.Rect.Dx() < 100) {
				t.Errorf("pane %d: selects in %v", i, q.Rect)
			}
		}
	}
}

// The corners of a cube, seen from above, are four at the right.
func TestSelectingThroughLooksWithTheCameraOfThePane(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	r.SetThrough(true)
	r.SetTool(ToolSelect)
	for i, want := range map[int]uint64{0: 0b10101010, 2: 0b10101010, 3: 0b00001111} {
		m := middles[i]
		r.drags(ButtonLeft, 0, [2]float64{m[0] + 5, m[1] - 140}, [2]float64{m[0] + 195, m[1] + 140})
		r.rest()
		rows, _ := r.session.Selected(r.session.Layers()[0], r.session.Shown(r.session.Layers()[0]))
		if rows == nil || rows.Words()[0] != want {
			t.Errorf("pane %d: %v, want %b", i, rows, want)
		}
	}
}

func TestPartsOfTheSceneAreThoseOfTheActivePane(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	r.SetPane(2)
	r.SelectAt(session.SelectOnly, 0.5, 0.5)
	if q := r.r.asked[0]; !image.Pt(q.X, q.Y).In(r.area(2).Inset(100)) {
		t.Errorf("%+v", q)
	}
	r.SelectRect(session.SelectOnly, 0, 0, 1, 1)
	if q := r.r.asked[1]; q.Rect != r.area(2) {
		t.Errorf("%v, want %v", q.Rect, r.area(2))
	}
}

func TestOnePaneFillsTheSceneAndGoesBack(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	before := r.Cameras()
	r.at(200, 450)
	r.frame(frameTime)
	r.Aim()
	r.SetQuad(false)
	r.rest()
	if len(r.r.view.Panes) != 0 || r.r.view.Camera != before[2] {
		t.Errorf("%d panes, camera %+v", len(r.r.view.Panes), r.r.view.Camera)
	}
	r.Wheel(1, 400, 300)
	r.SetQuad(true)
	r.rest()
	if got := changed(before, r.Cameras()); !slices.Equal(got, []int{2}) || len(r.r.view.Panes) != PaneCount {
		t.Errorf("cameras %v have changed", got)
	}
}

func TestCamerasMoveInTheirPanes(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	before := r.Cameras()
	r.SetPane(3)
	r.Turn(10 * time.Second)
	r.SetPane(0)
	r.frame(time.Second)
	r.Wheel(4, 200, 150) // does not stop the turn of another pane
	r.frame(time.Second)
	if got := changed(before, r.Cameras()); !slices.Equal(got, []int{0, 3}) || r.Turning() == 0 {
		t.Errorf("cameras %v have moved, turning %v", got, r.Turning())
	}
	r.Turn(0)
	r.FrameAll()
	r.rest()
	if got := r.Cameras(); got[0].Distance != before[0].Distance || got[3] == before[3] {
		t.Error("frame all is not about the active pane alone")
	}
	r.FrameAllPanes()
	r.rest()
	for i, c := range r.Cameras() {
		if d := c.Distance/before[i].Distance - 1; d > 0.5 || d < -0.5 {
			t.Errorf("pane %d does not show all: %v, at first %v", i, c.Distance, before[i].Distance)
		}
	}
	r.SetCameras(before)
	r.rest()
	if got := changed(before, r.Cameras()); len(got) > 0 {
		t.Errorf("cameras %v are not back", got)
	}
}

func TestPanesFollowWhatIsOpened(t *testing.T) {
	t.Parallel()
	r := rigOf(t, &framePool{onePool{t: t}, [][]float32{corners(50)}, nil}, session.Options{Budget: 1 << 30, Patience: time.Minute})
	r.SetQuad(true)
	r.rest()
	r.open(1)
	r.rest()
	for i, c := range r.Cameras() {
		if c.Distance < 50 {
			t.Errorf("pane %d is %v away", i, c.Distance)
		}
	}
}

func TestAPaneIsCalledAfterWhatItShows(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	r.SetPane(0)
	r.Orbit(20, -30)
	if r.PaneName(0) != "Orthographic" {
		t.Errorf("turned it is called %s", r.PaneName(0))
	}
	r.SetPreset(gfx.Back)
	if r.PaneName(0) != "Back" {
		t.Errorf("seen from behind it is called %s", r.PaneName(0))
	}
}

func TestTheGizmoOfAPaneTurnsItsCamera(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	before := r.Targets()
	r.at(56, 600-56) // the middle of that of the pane at the bottom left: +Z, towards the eye
	r.frame(frameTime)
	for i, p := range r.r.view.Panes {
		if (p.GizmoHover != 0) != (i == 2) {
			t.Errorf("pane %d has the mouse over arm %d", i, p.GizmoHover)
		}
	}
	r.Press(ButtonLeft, 0, 56+gizmoReach, 600-56) // +X
	if got := changed(before, r.Targets()); !slices.Equal(got, []int{2}) || r.PaneName(2) != "Right" {
		t.Errorf("cameras %v turn, to %s", got, r.PaneName(2))
	}
}

// gizmoReach is how long the gizmo's arms are.
const gizmoReach = 34

// The axes were seen elsewhere, and may have no room any more.
func TestAPressBeforeThePanesAreDrawnIsNoneOnTheirAxes(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.SetQuad(true)
	r.Press(ButtonLeft, 0, 56, 600-56)
	if r.drag.kind != dragOrbit {
		t.Errorf("the press begins a drag of kind %d", r.drag.kind)
	}
}

func TestPanesShareThePointsOfSoftwareWhileMoving(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	r.r.software = true
	r.drags(ButtonMiddle, 0, middles[0], [2]float64{220, 160})
	r.Wheel(1, 200, 150)
	r.frame(frameTime)
	if d := r.r.view.Detail; !d.Moving || d.MovingPoint != SoftwareMoving/PaneCount {
		t.Errorf("%+v", d)
	}
}

func TestAPictureShowsTheActivePane(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	r.SetPane(2)
	if _, err := r.Picture(PictureOptions{W: 320, H: 200}, r.Target()); err != nil {
		t.Fatal(err)
	}
	if v := r.r.view; len(v.Panes) != 0 || v.Camera != r.Cameras()[2] {
		t.Errorf("%d panes, camera %+v", len(v.Panes), v.Camera)
	}
}

func TestTheLinesBetweenPanesAreDragged(t *testing.T) {
	t.Parallel()
	r := newQuad(t)
	r.at(401, 100)
	r.frame(frameTime)
	if r.Pointer() != PointerSplitX {
		t.Errorf("pointer %d over the line", r.Pointer())
	}
	before := r.Cameras()
	r.drags(ButtonLeft, 0, [2]float64{401, 100}, [2]float64{500, 200}, [2]float64{2000, 100})
	r.frame(frameTime)
	if w := r.r.view.Panes[0].Area.Dx(); w < 715 || w > 725 || r.r.view.Panes[0].Area.Dy() > 300 {
		t.Errorf("the first pane fills %v", r.r.view.Panes[0].Area)
	}
	if got := changed(before, r.Cameras()); len(got) > 0 {
		t.Errorf("cameras %v have moved", got)
	}
	r.DoubleClick(720, 100)
	r.frame(frameTime)
	if w := r.r.view.Panes[0].Area.Dx(); w > 400 {
		t.Errorf("a double click leaves it %d wide", w)
	}
}
