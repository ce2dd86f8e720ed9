package stage

import (
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/gfx"
	"iceexplorer/jobs"
)

// herdPool has the points of a herd, which die from the first one on: frame n has those with
// the IDs n to 9, each at x = 10 n + ID.
type herdPool struct{ onePool }

func (p *herdPool) Submit(r jobs.Request) jobs.ID {
	n := int32(r.Frame)
	var pos []float32
	var ids []int32
	for id := n; id < 10; id++ {
		pos, ids = append(pos, float32(10*n+id), 0, 0), append(ids, id)
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(ids))})
	b.Float32s("PointPosition", cache.TypeVector3, pos)
	b.Int32s("ID", ids)
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	for _, a := range f.Attributes {
		measure.Column(&a.Column, a.Bytes())
	}
	if r.Task == jobs.Measure {
		r.Done(jobs.Result{ID: jobs.ID(n), Request: r, Index: f.Index()})
		return jobs.ID(n)
	}
	r.Done(jobs.Result{ID: jobs.ID(n), Request: r, Frame: f, Mapped: true})
	return jobs.ID(n)
}

func herd(t *testing.T) *rig {
	r := rigOf(t, &herdPool{onePool{t: t}}, session.Options{Budget: 1 << 30, Patience: time.Minute})
	r.open(8)
	r.rest()
	return r
}

// last is the latest message.
func (r *rig) last() string {
	if m := r.session.Messages(); len(m) > 0 {
		return m[len(m)-1].Text
	}
	return ""
}

func TestTheCameraFollowsAnIDUntilItIsLost(t *testing.T) {
	t.Parallel()
	r := herd(t)
	if err := r.Chase(5); err != nil {
		t.Fatal(err)
	}
	r.rest()
	c := r.Camera()
	if c.Target != (gfx.Vec3{15, 0, 0}) || r.Chased() != "ID 5" {
		t.Fatalf("follows %q at %v", r.Chased(), c.Target)
	}
	r.session.Seek(2)
	r.rest()
	if now := r.Camera(); now.Target != (gfx.Vec3{25, 0, 0}) || now.Distance != c.Distance || now.Yaw != c.Yaw {
		t.Errorf("in frame 2 at %+v, was %+v", now, c)
	}
	r.turn(func(c *gfx.Camera) { c.Orbit(50, 0, 600) }) // as the user does
	r.session.Seek(5)
	r.rest()
	if got := r.Camera().Target; got != (gfx.Vec3{55, 0, 0}) {
		t.Errorf("in frame 5, turned, at %v", got)
	}
	r.session.Seek(6)
	r.rest()
	if got := r.Camera().Target; r.Chased() != "" || got != (gfx.Vec3{55, 0, 0}) || !strings.Contains(r.last(), "ID 5: frame 6 does not have it") {
		t.Errorf("follows %q to %v, and says %q", r.Chased(), got, r.last())
	}
	if _, due := r.Due(); due {
		t.Error("something is due though nothing moves")
	}
}

func TestTheCameraFollowsTheOneSelectedPoint(t *testing.T) {
	t.Parallel()
	r := herd(t)
	if r.ChaseSelected() == nil {
		t.Error("follows nothing")
	}
	r.session.SelectAll()
	r.rest()
	if err := r.ChaseSelected(); err == nil || !strings.Contains(err.Error(), "9 points are selected") {
		t.Errorf("of nine: %v", err)
	}
	r.session.ClearSelection()
	r.selectHits(r.shown, []gfx.Hit{{Layer: uint64(r.session.Layers()[0].ID), Index: 6}})
	r.rest()
	if err := r.ChaseSelected(); err != nil {
		t.Fatal(err)
	}
	r.rest()
	r.session.Seek(4)
	r.rest()
	if got := r.Camera().Target; got != (gfx.Vec3{47, 0, 0}) || r.Chased() != "ID 7" {
		t.Errorf("follows %q, at %v", r.Chased(), got)
	}
	r.session.CloseAll()
	r.rest()
	if r.Chased() != "" || !strings.Contains(r.last(), "closed") {
		t.Errorf("follows %q, and says %q", r.Chased(), r.last())
	}
}

func TestAnIDThatThereIsNotIsNotFollowed(t *testing.T) {
	t.Parallel()
	r := herd(t)
	before := r.Camera()
	if err := r.Chase(4711); err != nil {
		t.Fatal(err)
	}
	r.rest()
	if r.Chased() != "" || r.Camera() != before || !strings.Contains(r.last(), "4711") {
		t.Errorf("follows %q, and says %q", r.Chased(), r.last())
	}
}

func TestTheTurntableTurnsUntilTheUserDoes(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	from := r.Camera()
	r.Turn(2 * time.Second)
	r.frame(500 * time.Millisecond)
	if got := math.Mod(r.Camera().Yaw-from.Yaw+4*math.Pi, 2*math.Pi); math.Abs(got-math.Pi/2) > 1e-6 || r.Camera().Distance != from.Distance {
		t.Errorf("after a quarter at %g", got)
	}
	if due, ok := r.Due(); !ok || due.After(r.clock.Add(frameTime)) {
		t.Error("no picture is due")
	}
	r.drags(ButtonLeft, Alt, [2]float64{400, 300}, [2]float64{440, 290})
	if r.Turning() != 0 {
		t.Error("turns on against the user")
	}
	r.rest()
	if _, due := r.Due(); due {
		t.Error("something is due though nothing moves")
	}
	r.Turn(time.Second)
	r.Hide()
	if r.Turning() != 0 {
		t.Error("turns though it is hidden")
	}
}

func TestTwoClicksMeasure(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.SetTool(ToolMeasure)
	click := func(i uint64) {
		r.drags(ButtonLeft, 0, [2]float64{400, 300}, [2]float64{400, 300})
		r.answer(i)
	}
	click(0)
	if _, _, ok := r.Tape().Length(); ok || len(r.r.view.Spans) != 1 {
		t.Errorf("one point: %+v, %+v", r.Tape(), r.r.view.Spans)
	}
	click(7)
	if got := r.Tape().Text(); got != "3.4641 units (x 2, y 2, z 2)" || r.r.view.Spans[0].Text != got {
		t.Errorf("measured %q, shown %+v", got, r.r.view.Spans)
	}
	click(1)
	if len(r.Tape().Places) != 1 {
		t.Errorf("a third point: %+v", r.Tape())
	}
	r.drags(ButtonLeft, 0, [2]float64{400, 300}, [2]float64{400, 300})
	r.answer()
	if len(r.Tape().Places) != 1 || r.last() == "" {
		t.Error("nothing was clicked, and nothing said")
	}
	before := r.Camera()
	r.drags(ButtonLeft, 0, [2]float64{400, 300}, [2]float64{440, 290})
	if r.Camera().Yaw == before.Yaw {
		t.Error("a drag does not orbit")
	}
	r.Lay()
	r.frame(frameTime)
	if len(r.r.view.Spans) != 0 {
		t.Error("still shown")
	}
}

func TestPlacesAreReadAsScriptsWriteThem(t *testing.T) {
	t.Parallel()
	r := herd(t)
	r.session.Seek(2)
	r.rest()
	for text, want := range map[string]gfx.Vec3{"1,2.5,-3": {1, 2.5, -3}, " 1, 2, 3": {1, 2, 3}, "0": {22, 0, 0}, "id:9": {29, 0, 0}} {
		if got, err := r.Place(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{"": "is no place", "1,2": "is no place", "1,2,x": "is no place", "-1": "is no place", "1,nan,2": "is no place",
		"8": "no point 8", "id:1": "no point with the ID 1", "99999999999": "is no place"} {
		if _, err := r.Place(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	r.session.CloseAll()
	if _, err := r.Place("0"); err == nil {
		t.Error("a point of nothing has a place")
	}
}

func TestViewpointsBringTheCameraBack(t *testing.T) {
	t.Parallel()
	c := gfx.DefaultCamera()
	c.Target, c.Yaw = gfx.Vec3{1, 2, 3}, 2
	c.SetOrtho(true)
	v := Viewpoint("side", c)
	if err := v.Check(); err != nil {
		t.Fatal(err)
	}
	got := CameraAt(v)
	a, b := got.Eye(), c.Eye()
	if a.Sub(b).Len() > 1e-9 || got.Target != c.Target || !got.Ortho || math.Abs(got.FovY-c.FovY) > 1e-9 {
		t.Errorf("%+v came back as %+v", c, got)
	}
	if got := CameraAt(look.Viewpoint{}); got != got.Normalized() {
		t.Error("an empty viewpoint makes an impossible camera")
	}
}

func TestSavedPicturesGoRoundAndFollow(t *testing.T) {
	t.Parallel()
	r := herd(t)
	if err := r.Chase(8); err != nil {
		t.Fatal(err)
	}
	r.rest()
	from := r.Camera()
	v := NewSaver(r.Stage)
	var yaws, places []float64
	done := false
	opt := SaveOptions{PictureOptions: PictureOptions{W: 8, H: 8}, Path: filepath.Join(t.TempDir(), "p_%d.png"), Sequence: true, Course: Course{Degrees: FullTurn}, First: 1, Last: 4}
	if err := v.Save(opt, func(err error) {
		if done = true; err != nil {
			t.Error(err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	for n, seen := 0, 0; !done; n++ {
		if n > 100_000 {
			t.Fatal("never ends")
		}
		r.frame(frameTime)
		w, h := r.r.w, r.r.h
		v.Step()
		if r.r.w == 8 && (w != 8 || h != 8) {
			seen++
			yaws, places = append(yaws, r.r.view.Camera.Yaw-from.Yaw), append(places, r.r.view.Camera.Target[0])
			r.r.w = 0
		}
		r.Redraw()
		select { // the pictures are written beside the loop
		case f := <-r.posted:
			f()
		case <-time.After(time.Millisecond):
		}
	}
	for i, want := range []float64{18, 28, 38, 48} {
		if i >= len(places) || places[i] != want || math.Abs(math.Remainder(yaws[i]-float64(i)*math.Pi/2, 2*math.Pi)) > 1e-9 {
			t.Fatalf("turned by %v, looking at x %v", yaws, places)
		}
	}
}
