package between

import (
	"math"
	"slices"
	"testing"

	"iceexplorer/cache"
)

// fps is the rate of the sequences here.
const fps = 24

// orbit is where point id is at a time in seconds, and how fast it moves: round the origin,
// thrown up and falling.
func orbit(id int32, s float64) (p, v [3]float64) {
	w, r := 2+0.7*float64(id), 1+0.3*float64(id)
	p = [3]float64{r * math.Cos(w*s), 5*s - 4.905*s*s, r * math.Sin(w*s)}
	v = [3]float64{-r * w * math.Sin(w*s), 5 - 9.81*s, r * w * math.Cos(w*s)}
	return p, v
}

// frame is the sequence's frame with a number, of the points with the given IDs.
func frame(t *testing.T, number float64, velocity bool, ids ...int32) *cache.Frame {
	t.Helper()
	var pos, vel, size []float32
	for _, id := range ids {
		p, v := orbit(id, number/fps)
		for c := range 3 {
			pos, vel = append(pos, float32(p[c])), append(vel, float32(v[c]))
		}
		size = append(size, float32(number)+float32(id))
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(ids))})
	b.Float32s("PointPosition", cache.TypeVector3, pos)
	if velocity {
		b.Float32s("PointVelocity", cache.TypeVector3, vel)
	}
	b.Int32s("ID", ids)
	b.Float32s("Size", cache.TypeFloat, size)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// worst is how far points between two frames are from their true places at most.
func worst(t *testing.T, a, b *cache.Frame, number float64, parts ...float64) (far float64) {
	t.Helper()
	for _, part := range parts {
		f, err := Frame(a, b, part, 1.0/fps)
		if err != nil {
			t.Fatal(err)
		}
		pos, ids := f.Attribute("PointPosition").Float32s(), f.Attribute("ID").Int32s()
		for i, id := range ids {
			p, _ := orbit(id, (number+part)/fps)
			d := math.Hypot(math.Hypot(float64(pos[3*i])-p[0], float64(pos[3*i+1])-p[1]), float64(pos[3*i+2])-p[2])
			far = max(far, d)
		}
	}
	return far
}

// The measure of retiming: how far points are from where they truly are at quarter frames.
func TestCurvesAreFiveTimesBetterThanStraightLines(t *testing.T) {
	t.Parallel()
	ids := []int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	other := slices.Clone(ids)
	slices.Reverse(other) // another order
	var hermite, linear float64
	for n := range 48 {
		number := float64(n)
		hermite = max(hermite, worst(t, frame(t, number, true, ids...), frame(t, number+1, true, other...), number, 0.25, 0.5, 0.75))
		linear = max(linear, worst(t, frame(t, number, false, ids...), frame(t, number+1, false, other...), number, 0.25, 0.5, 0.75))
	}
	t.Logf("farthest from the true place at quarter frames: Hermite %.3g, linear %.3g units, %.0f times", hermite, linear, linear/hermite)
	if !(hermite*5 < linear) {
		t.Errorf("Hermite is off by %g, linear by %g", hermite, linear)
	}
}

func TestTheEndsAreTheFramesThemselves(t *testing.T) {
	t.Parallel()
	a, b := frame(t, 3, true, 1, 2, 3), frame(t, 4, true, 1, 2, 3)
	for part, of := range map[float64]*cache.Frame{0: a, 1: b} {
		f, err := Frame(a, b, part, 1.0/fps)
		if err != nil {
			t.Fatal(err)
		}
		got, want := f.Attribute("PointPosition").Float32s(), of.Attribute("PointPosition").Float32s()
		for i := range got {
			if math.Abs(float64(got[i]-want[i])) > 1e-6 {
				t.Errorf("at %v: %v, want %v", part, got, want)
				break
			}
		}
	}
}

func TestPointsAppearAndVanishWithTheLaterFrame(t *testing.T) {
	t.Parallel()
	a, b := frame(t, 0, true, 1, 2, 3), frame(t, 1, true, 3, 4, 1)
	f, err := Frame(a, b, 0.5, 1.0/fps)
	if err != nil {
		t.Fatal(err)
	}
	if ids := f.Attribute("ID").Int32s(); !slices.Equal(ids, []int32{1, 2, 3}) || f.Header.Points != 3 {
		t.Errorf("between: points %v", ids)
	}
	if size := f.Attribute("Size").Float32s(); !slices.Equal(size, []float32{1.5, 2, 3.5}) {
		t.Errorf("sizes %v", size)
	}
	// The one that is gone goes on along its velocity.
	pos, from, vel := f.Attribute("PointPosition").Float32s(), a.Attribute("PointPosition").Float32s(), a.Attribute("PointVelocity").Float32s()
	if want := from[3] + vel[3]*0.5/fps; math.Abs(float64(pos[3]-want)) > 1e-6 {
		t.Errorf("the point that dies is at %v, want %v", pos[3], want)
	}
}

func TestWithoutIDsPointsAreMatchedByTheirPlaces(t *testing.T) {
	t.Parallel()
	made := func(x ...float32) *cache.Frame {
		var pos []float32
		for _, v := range x {
			pos = append(pos, v, 0, 0)
		}
		b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(x))})
		b.Float32s("PointPosition", cache.TypeVector3, pos)
		b.Float32s("Color", cache.TypeColor4, []float32{1, 0, 0, 1})
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f, err := Frame(made(0, 10, 20), made(4, 14), 0.25, 1)
	if err != nil {
		t.Fatal(err)
	}
	pos := f.Attribute("PointPosition").Float32s()
	if got := []float32{pos[0], pos[3], pos[6]}; !slices.Equal(got, []float32{1, 11, 20}) {
		t.Errorf("points at %v", got)
	}
	if c := f.Attribute("Color"); !c.Constant || !slices.Equal(c.Float32s(), []float32{1, 0, 0, 1}) {
		t.Errorf("colour %v, constant %v", c.Float32s(), c.Constant)
	}
	if !f.Attribute("PointPosition").Measured() {
		t.Error("what is made has no range")
	}
}

func TestTurnsGoTheShorterWayAndKeepTheirLength(t *testing.T) {
	t.Parallel()
	made := func(q ...float32) *cache.Frame {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
		b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 0, 0})
		b.Float32s("Orientation", cache.TypeQuaternion, q)
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	half := float32(math.Sqrt2 / 2)
	f, err := Frame(made(1, 0, 0, 0), made(-half, -half, 0, 0), 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	q := f.Attribute("Orientation").Float32s()
	if want := math.Cos(math.Pi / 8); math.Abs(float64(q[0])-want) > 1e-6 || q[1] <= 0 {
		t.Errorf("half way is %v", q)
	}
}

// Frame after frame is made in the same memory; the newest two stay as they are.
func TestAPairUsesItsMemoryAgain(t *testing.T) {
	t.Parallel()
	ids := []int32{0, 1, 2, 3, 4}
	a, b := frame(t, 3, true, ids...), frame(t, 4, true, ids...)
	p := NewPair(a, b, []string{"PointPosition"})
	var older, before, now []float32
	for i := range 9 {
		f, err := p.Frame(float64(i)/8, 1.0/fps)
		if err != nil {
			t.Fatal(err)
		}
		want, err := Frame(a, b, float64(i)/8, 1.0/fps)
		if err != nil {
			t.Fatal(err)
		}
		last := slices.Clone(now)
		before, now = now, f.Attribute("PointPosition").Float32s()
		if !slices.Equal(now, want.Attribute("PointPosition").Float32s()) {
			t.Errorf("at %d of 8: %v", i, now)
		}
		if f.Attribute("Size") != a.Attribute("Size") {
			t.Error("what was not asked for is made")
		}
		if i > 1 && &now[0] != &older[0] {
			t.Errorf("the frame at %d of 8 lies in memory of its own", i)
		}
		if older = before; i > 0 && !slices.Equal(before, last) {
			t.Errorf("the frame before changes at %d of 8", i)
		}
	}
	other := NewPair(b, frame(t, 5, true, ids...), []string{"PointPosition"})
	other.Use(p.Memory())
	f, err := other.Frame(0.5, 1.0/fps)
	if err != nil {
		t.Fatal(err)
	}
	if at, _ := orbit(0, 4.5/fps); math.Abs(float64(f.Attribute("PointPosition").Float32s()[0])-at[0]) > 1e-4 {
		t.Errorf("in memory of another pair: %v, want %v", f.Attribute("PointPosition").Float32s()[:3], at)
	}
}

func BenchmarkBetweenOfAMillion(b *testing.B) {
	points := 1_000_000
	made := func(at float32) *cache.Frame {
		pos, vel, ids, color := make([]float32, 3*points), make([]float32, 3*points), make([]int32, points), make([]float32, 4*points)
		for i := range ids {
			pos[3*i], vel[3*i], ids[i] = at, 24, int32(i)
		}
		bl := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(points)})
		bl.Float32s("PointPosition", cache.TypeVector3, pos)
		bl.Float32s("PointVelocity", cache.TypeVector3, vel)
		bl.Float32s("Color", cache.TypeColor4, color)
		bl.Int32s("ID", ids)
		f, err := bl.Frame()
		if err != nil {
			b.Fatal(err)
		}
		return f
	}
	p := NewPair(made(0), made(1), []string{"PointPosition", "Color"})
	for b.Loop() {
		if _, err := p.Frame(0.5, 1.0/fps); err != nil {
			b.Fatal(err)
		}
	}
}
