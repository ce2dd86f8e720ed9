package stage

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/jobs"
)

// orbitPool answers with frames of points that go round the origin, each at its own rate, at 24
// frames a second; by turns in another order.
type orbitPool struct {
	onePool
	velocity bool
}

const orbiting = 8

// orbitAt is where a point is at a frame's number, and how fast it moves.
func orbitAt(id int, number float64) (p, v [3]float64) {
	w, r, s := 2+0.7*float64(id), 1+0.3*float64(id), number/24
	return [3]float64{r * math.Cos(w*s), 5*s - 4.905*s*s, r * math.Sin(w*s)}, [3]float64{-r * w * math.Sin(w*s), 5 - 9.81*s, r * w * math.Cos(w*s)}
}

func (p *orbitPool) Submit(r jobs.Request) jobs.ID {
	var pos, vel, size []float32
	var ids []int32
	for i := range orbiting {
		id := i
		if int(r.Frame)%2 == 0 {
			id = orbiting - 1 - i
		}
		at, v := orbitAt(id, float64(r.Frame))
		for c := range 3 {
			pos, vel = append(pos, float32(at[c])), append(vel, float32(v[c]))
		}
		ids, size = append(ids, int32(id)), append(size, float32(r.Frame))
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: orbiting})
	b.Float32s("PointPosition", cache.TypeVector3, pos)
	if p.velocity {
		b.Float32s("PointVelocity", cache.TypeVector3, vel)
	}
	b.Int32s("ID", ids)
	b.Float32s("Size", cache.TypeFloat, size)
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	for _, a := range f.Attributes {
		measure.Column(&a.Column, a.Bytes())
	}
	id := jobs.ID(r.Frame)
	if r.Task == jobs.Measure {
		r.Done(jobs.Result{ID: id, Request: r, Index: f.Index()})
		return id
	}
	r.Done(jobs.Result{ID: id, Request: r, Frame: f, Mapped: true})
	return id
}

// orbits is a scene of them.
func orbits(t *testing.T, velocity bool, frames int) *rig {
	t.Helper()
	r := rigOf(t, &orbitPool{onePool{t: t}, velocity}, session.Options{Budget: 1 << 30, Patience: time.Minute})
	r.open(frames)
	r.rest()
	return r
}

// off is how far the drawn points are from where they truly are at a number, at most.
func (r *rig) off(number float64) (far float64) {
	l := r.session.Layers()[0]
	ids := r.session.Shown(l).Frame.Attribute("ID").Int32s()
	pos := r.r.clouds[0].Position
	for i, id := range ids {
		p, _ := orbitAt(int(id), number)
		far = max(far, math.Hypot(math.Hypot(float64(pos[3*i])-p[0], float64(pos[3*i+1])-p[1]), float64(pos[3*i+2])-p[2]))
	}
	return far
}

// The measure of retiming in the window: what the scene draws at quarter frames, against the true
// places.
func TestTheSceneShowsWhatIsBetweenFrames(t *testing.T) {
	t.Parallel()
	worst := map[bool]float64{}
	for _, velocity := range []bool{true, false} {
		r := orbits(t, velocity, 12)
		r.session.SetInterpolate(true)
		for n := 1.0; n <= 11.5; n += 0.25 {
			r.session.Seek(cache.Number(n))
			r.frame(frameTime)
			worst[velocity] = max(worst[velocity], r.off(n))
			said := strings.Join(r.r.view.Texts[0].Lines, "; ")
			if want := "between"; strings.Contains(said, want) != (n != math.Floor(n)) {
				t.Errorf("at %v the scene says %q", n, said)
			}
		}
		if size := r.r.clouds[0].Size.F; size[0] != 11.5 {
			t.Errorf("sizes %v", size)
		}
		r.rest()
		if h, _ := r.session.Number(); h != 11 || r.Busy() || !slices.Equal(r.r.view.Texts[0].Lines[:1], []string{"Frame 11.50, between 11 and 12"}) {
			t.Errorf("the head is on %v, busy %v, %q", h, r.Busy(), r.r.view.Texts[0].Lines)
		}
	}
	t.Logf("farthest from the true place at quarter frames: Hermite %.3g, linear %.3g units, %.0f times", worst[true], worst[false], worst[false]/worst[true])
	if !(worst[true]*5 < worst[false]) {
		t.Errorf("Hermite is off by %g, linear by %g", worst[true], worst[false])
	}
}

// Frame 26.00 was said to be between 30 and 35, which are the numbers of a sequence that was moved in time.
func TestTheSceneSaysOfWhichSequenceTheNumbersAreThatItIsBetween(t *testing.T) {
	t.Parallel()
	r := orbits(t, true, 4)
	r.session.SetInterpolate(true)
	l := r.session.Layers()[0]
	if err := r.session.SetTiming(l, session.Timing{Offset: 10, Scale: 0.5}); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[cache.Number]string{12: "Frame 12, orbit between 1 and 2", 11.5: "Frame 11.50, orbit between 1 and 2"} {
		r.session.Seek(at)
		r.frame(frameTime)
		r.rest()
		if got := r.r.view.Texts[0].Lines[0]; got != strings.ReplaceAll(want, "orbit", l.Name()) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWithoutInterpolationTheSceneShowsFrames(t *testing.T) {
	t.Parallel()
	r := orbits(t, true, 4)
	r.session.Seek(2.25)
	r.frame(frameTime)
	if far := r.off(2); far > 1e-5 {
		t.Errorf("%g from frame 2", far)
	}
	r.session.SetInterpolate(true)
	r.session.Seek(2.25)
	r.frame(frameTime)
	if far := r.off(2.25); far > 1e-3 {
		t.Errorf("%g from the true place", far)
	}
	r.session.SetInterpolate(false)
	r.frame(frameTime)
	if far := r.off(2); far > 1e-5 || len(r.tweens.layers) > 0 {
		t.Errorf("%g from frame 2 when that is off; %d are kept", far, len(r.tweens.layers))
	}
}

// Playing at a tenth of the rate every picture shows another moment, and asks for the next;
// stopped there, nothing is due any more.
func TestSlowPlayIsSmooth(t *testing.T) {
	t.Parallel()
	r := orbits(t, true, 12)
	r.session.SetInterpolate(true)
	r.session.SetSpeed(0.1)
	r.session.Play()
	seen := map[float32]bool{}
	for i := range 90 { // 1.5 s are 3.6 frames
		r.clock = r.clock.Add(frameTime)
		r.session.Advance(r.clock)
		r.frame(0)
		at, _ := r.session.Position()
		if far := r.off(float64(at)); far > 2e-3 {
			t.Fatalf("picture %d, at %v: %g from the true place", i, at, far)
		}
		seen[r.r.clouds[0].Position[0]] = true
		if due, ok := r.Due(); !ok || due.After(r.clock.Add(frameTime)) {
			t.Fatalf("picture %d: the next is due at %v, %v", i, due.Sub(r.clock), ok)
		}
	}
	if len(seen) < 85 {
		t.Errorf("%d different pictures of 90", len(seen))
	}
	r.session.Stop()
	at, _ := r.session.Position()
	r.rest()
	if far := r.off(float64(at)); at == at.Round(0) || far > 2e-3 {
		t.Errorf("stopped at %v, %g from the true place", at, far)
	}
	if r.session.Passing() || r.Busy() {
		t.Error("something is still due")
	}
	draws := r.r.draws
	r.frame(time.Second)
	r.frame(time.Second)
	if r.r.draws != draws {
		t.Errorf("%d pictures more at rest", r.r.draws-draws)
	}
}

// What is picked between frames are the points there, by their IDs in the frame before.
func TestPointsBetweenFramesArePicked(t *testing.T) {
	t.Parallel()
	r := orbits(t, true, 4)
	r.session.SetInterpolate(true)
	r.session.Seek(2.5)
	r.rest()
	r.SetTool(ToolSelect)
	r.drags(ButtonLeft, 0, [2]float64{400, 300}, [2]float64{400, 300})
	r.answer(3)
	l := r.session.Layers()[0]
	rows, _ := r.session.Selected(l, r.session.Shown(l))
	if want := r.session.Shown(l).Frame.Attribute("ID").Int32s()[3]; rows == nil || !rows.Test(3) || rows.Count() != 1 || want != orbiting-1-3 {
		t.Errorf("selected %v; the ID of row 3 is %d", rows, want)
	}
	r.session.Seek(3.25) // in another order there
	r.rest()
	rows, _ = r.session.Selected(l, r.session.Shown(l))
	if rows == nil || rows.Count() != 1 || !rows.Test(orbiting-1-3) {
		t.Errorf("at 3.25 selected %v", rows)
	}
	if sel := r.r.clouds[0].Selected; len(sel) == 0 || sel[0] != 1<<(orbiting-1-3) {
		t.Errorf("drawn as selected: %b", sel)
	}
}

// A machine that takes its time holds the picture before, and the loop goes on.
func TestWhatIsBetweenComesLateWithoutWaiting(t *testing.T) {
	t.Parallel()
	r := rigOf(t, &orbitPool{onePool{t: t}, true}, session.Options{Budget: 1 << 30, Patience: time.Nanosecond})
	r.open(4)
	for !r.session.Ready(1) || len(r.r.clouds) == 0 {
		r.frame(frameTime)
	}
	r.session.SetInterpolate(true)
	r.session.Seek(1.5)
	for n := 0; r.off(1.5) > 1e-3; n++ {
		if n > 10000 {
			t.Fatal("it never comes")
		}
		r.frame(frameTime)
	}
	r.session.CloseAll()
	for n := 0; len(r.tweens.layers) > 0; n++ {
		if n > 10000 {
			t.Fatal("it is kept of a sequence that is closed")
		}
		r.frame(frameTime)
	}
}

// Where the head stood at 2.5, the picture of frame 2 in a sequence was that of 2.5.
func TestASavedSequenceIsOfFrames(t *testing.T) {
	t.Parallel()
	r := orbits(t, true, 4)
	r.session.SetInterpolate(true)
	r.session.Seek(2.5)
	r.rest()
	v := NewSaver(r.Stage)
	drawn, done := 0, false
	opt := SaveOptions{PictureOptions: PictureOptions{W: 8, H: 8}, Path: filepath.Join(t.TempDir(), "p_%d.png"), Sequence: true, First: 2, Last: 3}
	if err := v.Save(opt, func(err error) {
		if done = true; err != nil {
			t.Error(err)
		}
	}); err != nil {
		t.Fatal(err)
	}
	for n := 0; !done; n++ {
		if n > 100000 {
			t.Fatal("it never ends")
		}
		r.r.w = 0
		r.frame(frameTime)
		v.Step()
		if r.r.w == 8 {
			at, _ := r.session.Position()
			if far := r.off(float64(at)); at != at.Round(0) || far > 1e-5 {
				t.Errorf("a picture at %v, %g from the true place", at, far)
			}
			drawn++
		}
	}
	if at, _ := r.session.Position(); drawn != 2 || at != 2.5 {
		t.Errorf("%d pictures; the head goes back to %v", drawn, at)
	}
}
