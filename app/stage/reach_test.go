package stage

import (
	"math"
	"math/rand/v2"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/gfx"
)

// cluster is n points within radius around a place.
func cluster(n int, at gfx.Vec3, radius float64) []float32 {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	var out []float32
	for range n {
		for k := range 3 {
			out = append(out, float32(at[k]+radius*(2*rng.Float64()-1)/math.Sqrt(3)))
		}
	}
	return out
}

func pointsFrame(t *testing.T, pos, sizes []float32) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(pos) / 3)})
	b.Float32s("PointPosition", cache.TypeVector3, pos)
	if sizes != nil {
		b.Float32s("Size", cache.TypeFloat, sizes)
	}
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A particle at FLT_MAX took the camera so far away that all others were gone.
func TestStrayPointsAreLeftOutOfTheViewAndCounted(t *testing.T) {
	t.Parallel()
	const fm = math.MaxFloat32
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, tc := range []struct {
		name    string
		pos     []float32
		sizes   []float32
		outside uint64
		radius  float64 // of what is left, about
	}{
		{"exploded", []float32{0, 0, 0, 1, 0, 0, 0, 1, 0, fm, 0, 0}, nil, 1, 0.7},
		{"three of which one", []float32{0, 0, 0, 1, 0, 0, -fm, fm, 0}, nil, 1, 0.5},
		{"two of which one beyond reach", []float32{1, 2, 3, fm, 0, 0}, nil, 1, 0},
		{"two far apart", []float32{0, 0, 0, 1e20, 0, 0}, nil, 0, 5e19},
		{"all beyond reach", []float32{fm, 0, 0, fm, 0, 0, fm, 0, 0}, nil, 3, -1},
		{"NaN and infinity are nowhere", []float32{0, 0, 0, 1, 0, 0, nan, 0, 0, inf, 0, 0, 0, 0, -inf}, nil, 0, 0.5},
		{"NaN and a stray", []float32{0, 0, 0, 1, 0, 0, nan, 0, 0, 1e30, 0, 0, 2, 0, 0}, nil, 1, 1},
		{"nothing", nil, nil, 0, -1},
		{"only NaN", []float32{nan, nan, nan}, nil, 0, -1},
		{"10,000 and one", append(cluster(10_000, gfx.Vec3{5, 5, 5}, 3), 3e38, 0, 0), nil, 1, 3},
		{"10,000 and 500 at many distances", append(cluster(10_000, gfx.Vec3{}, 3), cluster(500, gfx.Vec3{1e6, 0, 0}, 9e5)...), nil, 500, 3},
		{"dead ones parked at FLT_MAX", append(cluster(100, gfx.Vec3{}, 3), cluster(300, gfx.Vec3{fm, fm, fm}, 0)...), nil, 300, 3},
		{"two clusters", append(cluster(1000, gfx.Vec3{}, 1), cluster(700, gfx.Vec3{1e6, 0, 0}, 1)...), nil, 0, 5e5},
		{"debris around a dense middle", append(cluster(1000, gfx.Vec3{}, 1), cluster(90, gfx.Vec3{}, 60)...), nil, 0, 50},
		{"one place", cluster(1000, gfx.Vec3{1e8, 0, 0}, 0), nil, 0, 0},
		{"one place and one other", append(cluster(1000, gfx.Vec3{}, 0), 5, 0, 0), nil, 0, 2.5},
		{"balls at one place and a stray", append(cluster(1000, gfx.Vec3{}, 0), 5e8, 0, 0), []float32{0.2}, 1, 0},
		{"large balls", append(cluster(9, gfx.Vec3{}, 0.01), 30, 0, 0), []float32{0.5}, 0, 15},
	} {
		r := ReachOf(pointsFrame(t, tc.pos, tc.sizes))
		if r.Outside != tc.outside {
			t.Errorf("%s: %d points outside, not %d", tc.name, r.Outside, tc.outside)
		}
		got := r.Most.Radius()
		if r.Most.Empty() {
			got = -1
		}
		if math.Abs(got-tc.radius) > 0.3*math.Abs(tc.radius) {
			t.Errorf("%s: what is shown has a radius of %v, not %v: %+v", tc.name, got, tc.radius, r)
		}
	}
}

func TestPointsOfOnePlaceAreCountedAllWhenTheyAreOutside(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 7})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{math.MaxFloat32, 0, 0})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	if r := ReachOf(f); r.Points != 7 || r.Outside != 7 || !r.Most.Empty() {
		t.Errorf("%+v", r)
	}
}

// A point with a size is shown as a ball with room around it, wherever it is.
func TestViewHasRoomForTheSizesOfPoints(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		pos, sizes []float32
		scale      float64
		radius     float64 // of the balls' cube
	}{
		{[]float32{10, 5, 3}, []float32{0.2}, 1, 0.8},
		{[]float32{10, 5, 3}, []float32{-0.2}, 3, 2.4},
		{[]float32{10, 5, 3}, []float32{float32(math.NaN())}, 1, 0},
		{[]float32{10, 5, 3}, nil, 1, 0},
		{[]float32{10, 5, 3}, []float32{0.2}, 0, 0}, // drawn as dots
		{[]float32{0, 0, 0, 0.01, 0, 0}, []float32{1, 1}, 1, 1},
		{cluster(100, gfx.Vec3{}, 0), append(cluster(33, gfx.Vec3{1, 1, 1}, 0), 1e30), 1, 16}, // one size is broken
	} {
		v := ReachOf(pointsFrame(t, tc.pos, tc.sizes)).View(tc.scale)
		if got := v.Size()[1] / 2; math.Abs(got-tc.radius) > 1e-6 {
			t.Errorf("%v of %v, scale %v: %v around, not %v", tc.pos, tc.sizes, tc.scale, got, tc.radius)
		}
	}
}

// Whatever a file holds, measuring it ends, and gives a box that can be shown.
func TestReachOfAnythingCanBeShown(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 9))
	for i := range 5000 {
		n := 1 + rng.IntN(40)
		pos, sizes := make([]float32, 3*n), make([]float32, n)
		spread := math.Pow(10, rng.Float64()*76-38)
		for k := range pos {
			switch pos[k] = float32((rng.Float64()*2 - 1) * spread); rng.IntN(30) {
			case 0:
				pos[k] = math.Float32frombits(rng.Uint32())
			case 1:
				pos[k] = math.MaxFloat32
			}
		}
		for k := range sizes {
			sizes[k] = math.Float32frombits(rng.Uint32())
		}
		r := ReachOf(pointsFrame(t, pos, sizes))
		v := r.View(1)
		c := gfx.DefaultCamera()
		c.Frame(v, 1.5)
		if c != c.Normalized() && math.Abs(c.Distance/c.Normalized().Distance-1) > 1e-9 {
			t.Fatalf("%d: %+v leads to %+v", i, r, c)
		}
		if r.Points+r.Nowhere != uint64(n) || r.Outside > r.Points || r.Points > uint64(n) {
			t.Fatalf("%d: %+v", i, r)
		}
	}
}
