package gfx

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// extremes are numbers that a file may hold, or a camera be given.
var extremes = []float64{0, 1, -1, 0.1, 1e-45, 1e-38, 1e-30, 1e-12, 1e-6, 3e-3, 1e3, 16_777_217, 1e7, 1e8, -1e8, 1e12, 1e15, -1e15, 1e20, 1e30, -1e30,
	1e36, math.MaxFloat32, -math.MaxFloat32, 1e100, math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64}

var broken = []float64{math.NaN(), math.Inf(1), math.Inf(-1)}

// anyCamera is one that may come from anywhere.
func anyCamera(rng *rand.Rand) Camera {
	pick := func() float64 {
		switch rng.IntN(8) {
		case 0:
			return broken[rng.IntN(len(broken))]
		case 1, 2:
			return math.Pow(10, rng.Float64()*80-40) * float64(1-2*rng.IntN(2))
		}
		return extremes[rng.IntN(len(extremes))]
	}
	c := Camera{Target: Vec3{pick(), pick(), pick()}, Yaw: rng.Float64() * 7, Pitch: rng.Float64()*3 - 1.5, Distance: math.Abs(pick()), FovY: 0.7,
		Ortho: rng.IntN(2) == 0, ZUp: rng.IntN(2) == 0}
	if rng.IntN(3) == 0 {
		c.SetPreset(Preset(rng.IntN(int(presetCount))))
	}
	return c
}

// A scene with four points at one place, 1e8 from the origin, never came: the numbers
// of the grid went up by less than a float64 tells apart.
func TestGridEndsWhereverTheCameraIs(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	cameras := []Camera{{Target: Vec3{1e8, 0, 0}, Distance: 1e-6, FovY: 0.7}, {Target: Vec3{1e30, 1e30, -1e30}, Distance: 1e-9, FovY: 0.7}}
	for range 20_000 {
		cameras = append(cameras, anyCamera(rng))
	}
	for _, c := range cameras {
		g := newGrid(&View{Camera: c, Grid: true})
		for _, axis := range [2]int{g.u, g.v} {
			for _, step := range []float64{g.step, g.step * 10, g.step * 50, g.step * 2} {
				first, n := multiples(g.center[axis], g.extent, step)
				if n < 0 || n > maxMultiples {
					t.Fatalf("%+v: %d lines", c, n)
				}
				if n > 1 && first*step == (first+1)*step {
					t.Fatalf("%+v: two lines at %v", c, first*step)
				}
				if n > 0 && (math.Abs(first*step-g.center[axis]) > g.extent*1.001 || math.IsNaN(first*step)) {
					t.Fatalf("%+v: a line at %v, %v from the middle at %v", c, first*step, g.extent, g.center[axis])
				}
			}
			if _, n := multiples(g.center[axis], g.extent, g.step*10); n < 2 {
				t.Fatalf("%+v: %d coarse lines", c, n)
			}
		}
	}
	for _, at := range slices.Concat(extremes, broken) {
		for _, reach := range slices.Concat(extremes, broken) {
			for _, step := range slices.Concat(extremes, broken) {
				if _, n := multiples(at, reach, step); n < 0 || n > maxMultiples {
					t.Fatalf("%d multiples of %v within %v of %v", n, step, reach, at)
				}
			}
		}
	}
}

// The camera keeps the target in the middle of the picture and between its planes,
// whatever is done with it.
func TestCameraShowsItsTargetWhateverIsDoneWithIt(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		c := anyCamera(rng).Normalized()
		var did []string
		for range rng.IntN(6) {
			big := math.Pow(10, rng.Float64()*60-30)
			switch k := rng.IntN(7); k {
			case 0:
				c.Pan(rng.Float64()*2000-1000, rng.Float64()*2000-1000, 720)
			case 1:
				c.Dolly(rng.Float64()*4000 - 2000)
			case 2:
				c.DollyTo(rng.Float64()*1280, rng.Float64()*720, 1280, 720, rng.Float64()*2000-1000)
			case 3:
				c.Orbit(rng.Float64()*2000, rng.Float64()*2000, 720)
			case 4:
				c.Fly(big, -big, big)
			case 5:
				c.Look(100, -50, 720)
			case 6:
				c.Focus(Vec3{big, -big, big})
			}
			did = append(did, fmt.Sprint(c.Distance))
		}
		if n := c.Normalized(); !close1(n.Distance, c.Distance) {
			t.Fatalf("%+v (%v) is not kept within what can be shown: %+v", c, did, n)
		}
		bounds := EmptyBox()
		if rng.IntN(2) == 0 {
			r := math.Pow(10, rng.Float64()*70-35)
			bounds = Box{Vec3{-r, -r, -r}, Vec3{r, r * 2, r}}
		}
		m := c.Matrices(bounds, 1280, 720)
		for _, v := range append(m.Proj[:], m.Unit, m.Near, m.Far, m.PixelScale, m.Eye[0], m.Eye[1], m.Eye[2]) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("%+v: %+v", c, m)
			}
		}
		if !(m.Far > m.Near) || float32(m.Unit) == 0 || math.IsInf(float64(float32(m.Unit)), 0) || math.Abs(m.Eye[0]) > math.MaxFloat32 {
			t.Fatalf("%+v: near %v, far %v, unit %v, eye %v", c, m.Near, m.Far, m.Unit, m.Eye)
		}
		if d := c.Distance * m.Unit; d < 1 || d >= 2 {
			t.Fatalf("%+v: the target is %v camera units away", c, d)
		}
		x, y, depth, ok := m.Project(c.Target)
		if !ok || math.Abs(x-640) > 1 || math.Abs(y-360) > 1 || !c.Ortho && !(depth >= 0 && depth <= 1) || math.IsNaN(depth) {
			t.Fatalf("%+v (%v): target at %v, %v, depth %v, %v", c, did, x, y, depth, ok)
		}
	}
}

func close1(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Max(a, b) }

// Of a box of any size, anywhere, all corners come into the picture.
func TestFrameShowsBoxesOfAnySizeAnywhere(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 20_000 {
		size := math.Pow(10, rng.Float64()*60-30)
		if rng.IntN(10) == 0 {
			size = 0
		}
		var b Box
		for i := range 3 {
			at := math.Pow(10, rng.Float64()*60-30) * float64(rng.IntN(3)-1)
			b.Min[i], b.Max[i] = at, at+size*float64(rng.IntN(3))
		}
		c := DefaultCamera()
		c.SetPreset(Preset(rng.IntN(int(presetCount))))
		c.Frame(b, 16.0/9)
		m := c.Matrices(b, 1280, 720)
		for _, p := range b.Corners() {
			x, y, depth, ok := m.Project(p)
			if !ok || x < -1 || x > 1281 || y < -1 || y > 721 || depth < -1e-6 || depth > 1+1e-6 {
				t.Fatalf("%+v in %+v: a corner at %v, %v, depth %v, %v", b, c, x, y, depth, ok)
			}
		}
	}
}

// A lone place is framed with room around it that follows how far away it is.
func TestFrameOfASinglePlaceHasRoomInProportion(t *testing.T) {
	t.Parallel()
	for _, at := range []float64{0, 1e-20, 1e-6, 1, 11.6, 1e4, 1e8, -1e8, 1e20, -1e30} {
		c := DefaultCamera()
		c.Frame(Box{Vec3{at, at / 2, 0}, Vec3{at, at / 2, 0}}, 1.6)
		if least := math.Max(math.Abs(at)/20, 1e-30); c.Distance < least {
			t.Errorf("a point at %v is seen from %v units, less than %v", at, c.Distance, least)
		}
		if at != 0 && c.Distance > math.Abs(at) {
			t.Errorf("a point at %v is seen from %v units", at, c.Distance)
		}
	}
}

// The numbers of the grid differ from line to line, and are there wherever one looks.
func TestGridNumbersTellLinesApart(t *testing.T) {
	t.Parallel()
	for _, at := range []float64{0, 1, 1e3, 123_456, 1e7, 1e8, 5e11, 1e16, 1e30} {
		for _, rel := range []float64{1, 0.1, 1e-3, 1e-6, 1e-9} {
			step := math.Pow(10, math.Floor(math.Log10(math.Max(at, 1)*rel)))
			base := math.Round(at/step) * step
			seen := map[string]bool{}
			for k := range 20 {
				s := formatNumber(base+float64(k)*step, step)
				if seen[s] {
					t.Errorf("around %v, step %v: two lines are called %s", at, step, s)
					break
				}
				seen[s] = true
			}
		}
	}
	for _, c := range []struct {
		v, step float64
		want    string
	}{{1e8, 1e7, "1e+08"}, {1.1e8, 1e7, "1.1e+08"}, {1e8 + 20, 10, "100,000,020"}, {-1e30, 1e29, "\u22121e+30"}, {1.000002, 1e-6, "1.000002"}, {3e-7, 1e-7, "3e\u221207"}} {
		if got := formatNumber(c.v, c.step); got != c.want {
			t.Errorf("%v with steps of %v: %s, not %s", c.v, c.step, got, c.want)
		}
	}
}
