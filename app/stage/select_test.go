package stage

import (
	"image"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/gfx"
)

// box is a drag across the middle of the scene.
var box = [][2]float64{{300, 200}, {350, 240}, {500, 400}}

func TestAreasSelectOnlyAddAndRemove(t *testing.T) {
	t.Parallel()
	for _, tool := range []Tool{ToolSelect, ToolLasso} {
		r := newRig(t, corners(1))
		r.SetTool(tool)
		for _, tc := range []struct {
			mods Mods
			hits []uint64
			want int
			says string
		}{
			{0, []uint64{0, 1, 2}, 3, "3 visible points selected"},
			{Shift, []uint64{2, 7}, 4, "2 visible points added"},
			{Ctrl, []uint64{0}, 3, "1 visible point taken out"},
			{0, []uint64{5}, 1, "1 visible point selected"},
			{0, nil, 0, "0 visible points selected"},
		} {
			r.drags(ButtonLeft, tc.mods, box...)
			q := r.r.asked[len(r.r.asked)-1]
			if tool == ToolSelect && q.Rect != image.Rect(300, 200, 501, 401) || tool == ToolLasso && (len(q.Lasso) != 3 || q.Lasso[2] != box[2]) {
				t.Errorf("tool %d asked %+v", tool, q)
			}
			if !r.Busy() {
				t.Error("waits for no answer")
			}
			r.answer(tc.hits...)
			if got := r.session.SelectionSize(); got != tc.want || r.Busy() {
				t.Errorf("tool %d, mods %d, %v: %d selected, want %d", tool, tc.mods, tc.hits, got, tc.want)
			}
			if m, _ := r.session.Latest(); !strings.HasPrefix(m.Text, tc.says) {
				t.Errorf("said %q, want %q", m.Text, tc.says)
			}
		}
	}
}

func TestTheBandFollowsTheMouse(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	for tool, want := range map[Tool]int{ToolSelect: 2, ToolLasso: 3, ToolOrbit: 0} {
		r.SetTool(tool)
		r.Press(ButtonLeft, 0, 300, 200)
		r.Drag(50, 40)
		r.Drag(0, 0)
		r.Drag(-100, 10)
		path, lasso := r.Band()
		if len(path) != want || lasso != (tool == ToolLasso) || want > 0 && (path[0] != [2]float64{300, 200} || path[want-1] != [2]float64{250, 250}) {
			t.Errorf("tool %d: %v, %v", tool, path, lasso)
		}
		r.Release(0)
		if path, _ := r.Band(); len(path) > 0 {
			t.Errorf("tool %d: a band after the button was let go", tool)
		}
	}
}

func TestAClickSelectsThePoint(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.SetTool(ToolSelect)
	r.SetThrough(true) // of areas only
	click := [][2]float64{{300, 200}, {303, 202}}
	r.drags(ButtonLeft, 0, click...)
	if q := r.r.asked[0]; q.X != 300 || q.Y != 200 || q.Radius != 5 || isArea(&q) {
		t.Errorf("asked %+v", q)
	}
	r.answer(4)
	if got := r.session.SelectionSize(); got != 1 {
		t.Errorf("%d selected", got)
	}
	r.drags(ButtonLeft, 0, click...)
	r.answer() // beside all points
	if got := r.session.SelectionSize(); got != 0 {
		t.Errorf("%d selected beside all points", got)
	}
}

func TestAClickMakesTheLayerOfThePointActive(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.drags(ButtonLeft, 0, [2]float64{300, 200}, [2]float64{301, 200})
	if len(r.r.asked) > 0 {
		t.Error("asks whose point was clicked though there is one layer only")
	}
	first, second := r.session.Layers()[0], r.open(1)
	r.rest()
	for tool, path := range map[Tool][][2]float64{
		ToolOrbit: {{300, 200}, {301, 199}}, ToolPan: {{300, 200}}, ToolZoom: {{300, 200}}, ToolSelect: {{300, 200}}, ToolLasso: {{300, 200}},
	} {
		r.session.SetActive(second)
		r.SetTool(tool)
		r.drags(ButtonLeft, 0, path...)
		r.answer(4)
		if r.session.Active() != first {
			t.Errorf("a click with tool %d makes no layer active", tool)
		}
	}
	r.session.SetActive(second)
	r.SetTool(ToolOrbit)
	asked := len(r.r.asked)
	r.drags(ButtonLeft, 0, box...)
	r.drags(ButtonLeft, 0, [2]float64{300, 200}, [2]float64{303, 200}, [2]float64{300, 200}) // there and back
	r.drags(ButtonMiddle, 0, [2]float64{300, 200})
	if len(r.r.asked) != asked {
		t.Errorf("a drag counts as a click: asked %+v", r.r.asked[asked:])
	}
	r.SetTool(ToolSelect)
	r.drags(ButtonLeft, 0, box...)
	r.answer(4)
	if r.session.Active() != second {
		t.Error("an area makes a layer active")
	}
}

func TestAreasSelectThroughWhenAsked(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.SetTool(ToolSelect)
	r.SetThrough(true)
	if !r.Through() || !strings.Contains(r.help(), "hidden ones too") {
		t.Errorf("the help is %q", r.help())
	}
	all := [][2]float64{{0, 0}, {800, 600}}
	r.drags(ButtonLeft, 0, all...)
	r.drags(ButtonLeft, Shift, all...) // a newer search replaces an older one
	if !r.Busy() || len(r.r.asked) > 0 {
		t.Fatalf("busy %v, asked %v", r.Busy(), r.r.asked)
	}
	r.rest()
	m, _ := r.session.Latest()
	if r.session.SelectionSize() != 8 || m.Text != "8 points added to the selection, hidden ones too" {
		t.Errorf("%d selected, said %q", r.session.SelectionSize(), m.Text)
	}
	r.SelectRect(session.SelectOnly, 0, 0, 0.01, 0.01)
	r.rest()
	if m, _ := r.session.Latest(); r.session.SelectionSize() != 0 || m.Text != "0 points selected, hidden ones too" {
		t.Errorf("%d selected in an empty corner, said %q", r.session.SelectionSize(), m.Text)
	}
}

func TestPartsOfTheSceneAreSelectedByFractions(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.SelectRect(session.SelectOnly, 0.25, 0.5, 1.5, 1)
	if q := r.r.asked[0]; q.Rect != image.Rect(200, 300, 800, 600) {
		t.Errorf("asked for %v", q.Rect)
	}
}

func TestADoubleClickLooksAtThePoint(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	before := r.Camera()
	r.DoubleClick(400, 300)
	r.answer(3)
	r.rest()
	if c := r.Camera(); c.Target != [3]float64{1, 2, 3} || c.Yaw != before.Yaw {
		t.Errorf("looks at %v", c.Target)
	}
	before = r.Camera()
	r.DoubleClick(1, 1)
	r.answer() // nothing there
	r.rest()
	if r.Camera() != before {
		t.Error("moved where no point is")
	}
}

func TestThePointUnderTheMouseIsToldOnceItRests(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.at(400, 300)
	r.frame(frameTime)
	if due, ok := r.Due(); !ok || due != r.clock.Add(hoverRest) {
		t.Fatalf("due in %v, %v", due.Sub(r.clock), ok)
	}
	r.frame(hoverRest - time.Millisecond)
	if len(r.r.asked) > 0 {
		t.Fatal("asked before the mouse rests")
	}
	r.frame(time.Millisecond)
	if len(r.r.asked) != 1 || r.r.asked[0].X != 400 {
		t.Fatalf("asked %+v", r.r.asked)
	}
	draws := r.r.draws
	r.answer(6)
	if f := r.Facts(); len(f) == 0 || f[0] != [2]string{"point", "6"} || r.r.view.Hover == nil || r.r.view.Hover.Index != 6 || r.r.draws != draws+1 {
		t.Fatalf("facts %v, mark %+v", r.Facts(), r.r.view.Hover)
	}
	r.frame(time.Second)
	if len(r.r.asked) != 1 || r.r.draws != draws+1 {
		t.Error("asks or draws anew while nothing changes")
	}
	r.session.SelectAll() // another picture
	r.frame(frameTime)
	if r.Facts() != nil || r.r.view.Hover != nil {
		t.Error("the point of another picture is told")
	}
	r.frame(hoverRest)
	r.answer(6)
	if len(r.r.asked) != 2 || r.Facts() == nil {
		t.Error("not looked for again in the new picture")
	}
	r.at(401, 300)
	r.frame(frameTime)
	if r.Facts() != nil || r.r.view.Hover != nil {
		t.Error("told while the mouse moves")
	}
	r.over = false
	r.frame(time.Second)
	if due, ok := r.Due(); ok || len(r.r.asked) != 2 {
		t.Errorf("looks for a point without the mouse: due in %v", due.Sub(r.clock))
	}
}

func TestADriverThatDoesNotAnswerIsToldOf(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.SelectRect(session.SelectOnly, 0, 0, 1, 1)
	r.frame(patience)
	if m, _ := r.session.Latest(); r.Busy() || m.Level != session.Warning || !strings.HasPrefix(m.Text, "nothing was selected") {
		t.Errorf("busy %v, said %+v", r.Busy(), m)
	}
	r.answer(1) // too late
	if r.session.SelectionSize() != 0 {
		t.Error("selected by an answer that was given up")
	}
}

func TestAreasAndPlacesGivenByNumbersAddAndRemove(t *testing.T) {
	t.Parallel()
	r := newRig(t, []float32{0, 0, 0, 1, 0, 0, 2, 0, 0})
	asked := func() gfx.PickQuery { return r.r.asked[len(r.r.asked)-1] }
	r.SelectLasso(session.SelectAdd, [][2]float64{{0, 0}, {0.5, 0}, {0.5, 1}})
	if q := asked(); len(q.Lasso) != 3 || q.Lasso[1] != [2]float64{400, 0} || q.Lasso[2] != [2]float64{400, 600} || r.picks.mode != session.SelectAdd {
		t.Errorf("%+v, mode %v", q, r.picks.mode)
	}
	r.SelectAt(session.SelectRemove, 0.25, 0.5)
	if q := asked(); q.X != 200 || q.Y != 300 || isArea(&q) || r.picks.mode != session.SelectRemove {
		t.Errorf("%+v, mode %v", q, r.picks.mode)
	}
}
