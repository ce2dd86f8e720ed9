package gfx

import (
	"context"
	"errors"
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
)

func randomPoints(rnd *rand.Rand, n int) []float32 {
	pos := make([]float32, 3*n)
	for i := range pos {
		pos[i] = rnd.Float32()*6 - 3
	}
	return pos
}

func TestThroughFindsWhatProjectsIntoTheArea(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	const w, h, n = 320, 200, 20_011
	turned := mgl64.HomogRotate3DY(0.7).Mul4(mgl64.Translate3D(0.5, 0, 0))
	pos := randomPoints(rnd, n)
	for i := range 40 { // values that no camera sees
		pos[3*rnd.IntN(n)+i%3] = float32([]float64{math.NaN(), math.Inf(1), math.MaxFloat32, -math.MaxFloat32}[i%4])
	}
	lasso := [][2]float64{{30, 20}, {290, 40}, {180.5, 90.25}, {250, 190}, {20, 150}, {120, 100}}
	for _, preset := range []Preset{Perspective, Top, Front} {
		for name, q := range map[string]PickQuery{
			"rectangle": {Rect: image.Rect(40, 30, 210, 170)}, "lasso": {Lasso: lasso},
			"beyond the edge": {Rect: image.Rect(-50, -50, 180, 900)}, "nothing": {Rect: image.Rect(400, 0, 500, 10)},
		} {
			for _, clip := range []Clip{{}, {On: true, Box: Box{Vec3{-1, -9, -9}, Vec3{9, 1, 9}}}} {
				for _, model := range []*Mat4{nil, &turned} {
					v := testView(BoxOf([3]float32{-3, -3, -3}, [3]float32{3, 3, 3}), w, h)
					v.Camera.SetPreset(preset)
					v.Camera.Distance *= 0.3 // some points are behind the eye
					v.Clip = clip
					got, err := v.Through(t.Context(), &q, &Cloud{N: n, Position: pos, Transform: model}, w, h)
					if err != nil {
						t.Fatal(err)
					}
					m := v.Camera.Matrices(sceneBounds(&v, v.Bounds), w, h)
					found := 0
					for i := range n {
						p := at(pos, i)
						if model != nil {
							p = model.Mul4x1(p.Vec4(1)).Vec3()
						}
						x, y, _, ok := m.Project(p)
						area := q.area(w, h)
						want := ok && x >= float64(area.Min.X) && x < float64(area.Max.X) && y >= float64(area.Min.Y) && y < float64(area.Max.Y) &&
							(!clip.On || clip.Box.Contains(p)) && (q.Lasso == nil || inPolygon(q.Lasso, math.Floor(x)+0.5, math.Floor(y)+0.5))
						if has := got[i/64]>>(i%64)&1 == 1; has != want {
							t.Fatalf("%v, %s, clip %v, moved %v: point %d at %v is in: %v", preset, name, clip.On, model != nil, i, p, has)
						}
						if want {
							found++
						}
					}
					if name != "nothing" && found < 50 {
						t.Errorf("%v, %s: only %d points found", preset, name, found)
					}
				}
			}
		}
	}
}

func TestThroughFindsHiddenPoints(t *testing.T) {
	t.Parallel()
	v := testView(BoxOf([3]float32{-1, -1, -1}, [3]float32{1, 1, 1}), 100, 100)
	v.Camera.SetPreset(Front)
	c := &Cloud{N: 3, Position: []float32{0, 0, 1, 0, 0, 0, 0, 0, -1}}
	got, err := v.Through(t.Context(), &PickQuery{X: 50, Y: 50, Radius: 3}, c, 100, 100)
	if err != nil || got[0] != 0b111 {
		t.Errorf("%b, %v", got, err)
	}
	c = &Cloud{N: 70, Position: []float32{0, 0, 0}} // one place for all
	if got, err = v.Through(t.Context(), &PickQuery{X: 50, Y: 50}, c, 100, 100); err != nil || got[0] != math.MaxUint64 || got[1] != 0b111111 {
		t.Errorf("%b, %v", got, err)
	}
}

func TestThroughEndsWhenItIsCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	v := testView(BoxOf([3]float32{-1, -1, -1}, [3]float32{1, 1, 1}), 100, 100)
	if _, err := v.Through(ctx, &PickQuery{Rect: image.Rect(0, 0, 100, 100)}, &Cloud{N: 1000, Position: make([]float32, 3000)}, 100, 100); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func BenchmarkThrough(b *testing.B) {
	const n = 10_000_000
	pos := randomPoints(rand.New(rand.NewPCG(3, 4)), n)
	v := testView(BoxOf([3]float32{-3, -3, -3}, [3]float32{3, 3, 3}), 1600, 900)
	q := PickQuery{Rect: image.Rect(200, 100, 1400, 800)}
	b.SetBytes(12 * n)
	for b.Loop() {
		if _, err := v.Through(b.Context(), &q, &Cloud{N: n, Position: pos}, 1600, 900); err != nil {
			b.Fatal(err)
		}
	}
}
