package gfx

import (
	"fmt"
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// wide draws as large as the golden pictures.
func wide(t *testing.T, r *Renderer, v *View, c Cloud) {
	t.Helper()
	if err := r.Draw(v, []Cloud{c}, 480, 300); err != nil {
		t.Fatal(err)
	}
}

// scaled is the fountain, s times as large and moved.
func scaled(f *fountain, s float64, move Vec3) (Cloud, Box) {
	c := f.cloud()
	c.Position, c.Size.F = slices.Clone(f.pos), slices.Clone(f.size)
	for i, v := range c.Position {
		c.Position[i] = float32(float64(v)*s + move[i%3])
	}
	for i := range c.Size.F {
		c.Size.F[i] = float32(float64(f.size[i]) * s)
	}
	return c, Box{f.box.Min.Mul(s).Add(move), f.box.Max.Mul(s).Add(move)}
}

// A cloud looks the same in units of any size: its points, shapes, vectors, grid and
// bounding box.
func TestSceneLooksTheSameInUnitsOfAnySize(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(3000)
	shapes := newShapeTable()
	key := uint64(100)
	picture := func(s float64, preset Preset, kind string) *image.RGBA {
		key++
		c, b := scaled(f, s, Vec3{})
		if kind == "shapes" {
			c = shapes.cloud()
			c.Position, c.Size.F = slices.Clone(shapes.pos), slices.Clone(shapes.size)
			for i := range c.Position {
				c.Position[i] = float32(float64(c.Position[i]) * s)
			}
			for i := range c.Size.F {
				c.Size.F[i] = float32(float64(c.Size.F[i]) * s)
			}
			b = Box{shapes.box.Min.Mul(s), shapes.box.Max.Mul(s)}
		}
		c.Key = key
		v := DefaultView()
		v.Bounds, v.GridLabels, v.BoundsBox, v.Gizmo = b, false, true, false
		v.Camera.SetPreset(preset)
		v.Camera.Frame(b, 1.6)
		if kind == "vectors" {
			c.Vector, v.Vectors = Attrib{F: f.vel, Comps: 3}, VectorOptions{On: true, Scale: 0.1 * s, Limit: 1000}
			v.Clip = Slab(1, 0.3*s, 2*s)
			v.Clip.Bare = true
		}
		wide(t, r, &v, c)
		return r.Image()
	}
	for _, kind := range []string{"points", "vectors", "shapes"} {
		for _, preset := range []Preset{Perspective, Top} {
			want := picture(1, preset, kind)
			for _, e := range []int{-30, -20, -12, -9, -6, -4, -1, 1, 3, 5, 7, 9, 12, 18, 19, 24, 30} {
				s := math.Pow(10, float64(e))
				if mean, far := difference(picture(s, preset, kind), want); mean > 0.9 || far > 0.01 {
					t.Errorf("%s, %v, 1e%d: mean difference %.3f of 255, %.2f %% of the pixels far off", kind, preset, e, mean, far*100)
				}
			}
		}
	}
}

// Far from the origin a cloud looks as it does there, as far as float32 has digits.
func TestSceneLooksTheSameFarFromTheOrigin(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(3000)
	key := uint64(1000)
	for _, dir := range []Vec3{{1, 0, 0}, {0, 1, 0}, {-0.7, 0.2, 1}} {
		for _, far := range []float64{1e2, 1e3, 1e4, 1e5} {
			// Both clouds are rounded alike.
			move := dir.Mul(far)
			for i := range move {
				move[i] = math.Round(move[i])
			}
			c, b := scaled(f, 1, move)
			home := c
			home.Position = slices.Clone(c.Position)
			for i := range home.Position {
				home.Position[i] = float32(float64(c.Position[i]) - move[i%3])
			}
			var imgs [2]*image.RGBA
			for i, cl := range []Cloud{c, home} {
				key++
				cl.Key = key
				v := DefaultView()
				v.Grid, v.Gizmo, v.Bounds = false, false, f.box
				if i == 0 {
					v.Bounds = b
				}
				v.Camera.Frame(f.box, 1.6)
				if i == 0 {
					v.Camera.Target = v.Camera.Target.Add(move)
				}
				wide(t, r, &v, cl)
				imgs[i] = r.Image()
			}
			if mean, away := difference(imgs[0], imgs[1]); mean > 0.1 || away > 0.001 {
				t.Errorf("%v: mean difference %.3f of 255, %.2f %% of the pixels far off", move, mean, away*100)
			}
		}
	}
}

// One point far away takes neither depth nor depth cue from all others, and is itself
// seen where it lies.
func TestAStrayPointTakesNothingFromTheOthers(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(3000)
	key := uint64(2000)
	for _, stray := range []float32{1e4, 1e10, 1e20, 1e30, math.MaxFloat32} {
		c := f.cloud()
		v := DefaultView()
		v.Bounds = f.box
		v.Camera.Frame(f.box, 1.6)
		key++
		c.Key = key
		wide(t, r, &v, c)
		want := r.Image()
		// The first is replaced by one behind the others, which hide it.
		_, _, back := v.Camera.Axes()
		ctr := v.Camera.Target
		pos := slices.Clone(f.pos)
		for i := range 3 {
			pos[i] = float32(ctr[i]) - float32(back[i])*min(stray, math.MaxFloat32)
		}
		c.Position = pos
		key++
		c.Key = key
		wide(t, r, &v, c)
		if mean, far := difference(r.Image(), want); mean > 0.05 || far > 0.001 {
			t.Errorf("stray at %v: mean difference %.3f of 255, %.2f %% far off", stray, mean, far*100)
		}
		// Alone it is a dot in the middle.
		c = Cloud{Layer: 1, N: 1, Position: pos[:3], Size: Attrib{F: []float32{0.02}, Comps: 1}}
		v.Grid, v.Gizmo, v.Background.Transparent = false, false, true
		wide(t, r, &v, c)
		seen := 0
		img := r.Image()
		for y := 130; y < 170; y++ {
			for x := 220; x < 260; x++ {
				if img.RGBAAt(x, y).A > 60 {
					seen++
				}
			}
		}
		if seen == 0 && stray < 1e37 {
			t.Errorf("stray at %v is not seen", stray)
		}
	}
}

// Pictures of anything come within a moment.
func TestPicturesOfExtremeScenesCome(t *testing.T) {
	r := newTestRenderer(t, Options{})
	rng := rand.New(rand.NewPCG(7, 8))
	for i := range 300 {
		v := DefaultView()
		v.Camera = anyCamera(rng)
		v.BoundsBox, v.Clip = true, Clip{On: rng.IntN(2) == 0, Box: Box{Vec3{-1, -1e30, -1}, Vec3{1e20, 1e-20, 1}}}
		var pos []float32
		for range 30 {
			pos = append(pos, float32(extremes[rng.IntN(len(extremes))]))
		}
		for k := 0; k < 30; k += 3 {
			p := Vec3{float64(pos[k]), float64(pos[k+1]), float64(pos[k+2])}
			v.Bounds = v.Bounds.Union(Box{p, p})
		}
		start := time.Now()
		wide(t, r, &v, Cloud{Layer: 1, Key: uint64(5000 + i), N: 10, Position: pos, Size: Attrib{F: pos[:10], Comps: 1}})
		hit := r.Pick(PickQuery{X: 240, Y: 150})
		if took := time.Since(start); took > 10*time.Second {
			t.Fatalf("%+v took %v", v.Camera, took)
		}
		for _, h := range hit {
			if s := fmt.Sprint(h.World); strings.Contains(s, "NaN") {
				t.Errorf("%+v: a hit at %s", v.Camera, s)
			}
		}
	}
}
