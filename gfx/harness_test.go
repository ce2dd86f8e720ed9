package gfx

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"iceexplorer/gfx/offscreen"
)

// newTestRenderer makes a renderer without a window, and fails the test if it
// leaves GL objects behind.
func newTestRenderer(t testing.TB, opt Options) *Renderer {
	t.Helper()
	return newTestRendererIn(t, offscreen.Open, opt)
}

func newTestRendererIn(t testing.TB, open func(bool) (*offscreen.Context, error), opt Options) *Renderer {
	t.Helper()
	ctx, err := open(true)
	if errors.Is(err, offscreen.ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	opt.Debug = true
	r, err := New(ctx.Proc, opt)
	if err != nil {
		ctx.Close()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.Free()
		if left := r.Live(); len(left) > 0 {
			t.Errorf("GL objects left after Free: %v", left)
		}
		ctx.Close()
	})
	return r
}

// fountain is a cloud of n points like a jet of water, the same every time.
type fountain struct {
	pos, col, vel, size, age, orient, scale []float32
	id                                      []int32
	box                                     Box
}

func newFountain(n int) *fountain {
	rng := rand.New(rand.NewPCG(7, 11))
	f := &fountain{box: EmptyBox()}
	for i := range n {
		t := rng.Float64() * 1.6
		a := rng.Float64() * 2 * math.Pi
		out := 0.25 + 0.55*math.Sqrt(rng.Float64())
		v := Vec3{out * math.Cos(a), 4.2 + 0.9*rng.Float64() - out*0.8, out * math.Sin(a)}
		p := Vec3{v[0] * t, v[1]*t - 2.9*t*t, v[2] * t}
		v[1] -= 5.8 * t
		if p[1] < 0 {
			p[1] *= -0.25
		}
		f.box = f.box.Union(Box{p, p})
		f.pos = append(f.pos, float32(p[0]), float32(p[1]), float32(p[2]))
		f.vel = append(f.vel, float32(v[0]), float32(v[1]), float32(v[2]))
		k := float32(t / 1.6)
		f.col = append(f.col, 0.35+0.5*k, 0.62+0.2*k, 0.98-0.2*k, 1)
		f.size = append(f.size, float32(0.012+0.012*rng.Float64()))
		f.age = append(f.age, float32(t))
		q := [4]float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
		for _, c := range q {
			f.orient = append(f.orient, float32(c))
		}
		f.scale = append(f.scale, 1, 1, 1)
		f.id = append(f.id, int32(i))
	}
	return f
}

func (f *fountain) cloud() Cloud {
	return Cloud{
		Layer: 1, Key: 1, N: len(f.id), Position: f.pos,
		Color: Attrib{F: f.col, Comps: 4}, Size: Attrib{F: f.size, Comps: 1},
	}
}

func testView(b Box, w, h int) View {
	v := DefaultView()
	v.Bounds = b
	v.Camera.Frame(b, float64(w)/float64(h))
	return v
}

// bitsOf are bits as Cloud.Selected has them, of the points that are named.
func bitsOf(points ...int) []uint64 {
	words := make([]uint64, slices.Max(points)/64+1)
	for _, i := range points {
		words[i/64] |= 1 << (i % 64)
	}
	return words
}
