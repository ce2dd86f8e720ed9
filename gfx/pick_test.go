package gfx

import (
	"image"
	"math"
	"slices"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
)

// lattice is n x n x n points a unit apart around the origin, in the order x fastest.
func lattice(n int) (pos []float32, box Box) {
	o := float32(n-1) / 2
	for z := range n {
		for y := range n {
			for x := range n {
				pos = append(pos, float32(x)-o, float32(y)-o, float32(z)-o)
			}
		}
	}
	return pos, BoxOf([3]float32{-o, -o, -o}, [3]float32{o, o, o})
}

func at(pos []float32, i int) Vec3 {
	return Vec3{float64(pos[3*i]), float64(pos[3*i+1]), float64(pos[3*i+2])}
}

// expect is the index a pick at the pixel must find: the nearest to the eye of
// the points (discs of r pixels) that cover it; ok is false if it is too close to call.
func expect(m *Matrices, pos []float32, x, y int, r float64, keep func(Vec3) bool) (index int, ok bool) {
	index = -1
	depth := math.Inf(1)
	for i := range len(pos) / 3 {
		p := at(pos, i)
		px, py, d, in := m.Project(p)
		if !in || !keep(p) {
			continue
		}
		gap := math.Hypot(px-(float64(x)+0.5), py-(float64(y)+0.5)) - r
		if math.Abs(gap) < 0.1 {
			return -1, false
		}
		if gap < 0 && d < depth {
			depth, index = d, i
		}
	}
	return index, true
}

// A layer that cannot be picked hides none that can.
func TestAnUnpickedCloudIsPickedThrough(t *testing.T) {
	r := newTestRenderer(t, Options{})
	v := testView(Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}, 200, 200)
	v.Camera.SetPreset(Front)
	v.Camera.Frame(v.Bounds, 1)
	v.Points.Fixed = 20
	clouds := []Cloud{
		{Layer: 1, Key: 1, N: 1, Position: []float32{0, 0, 0.9}, Unpicked: true},
		{Layer: 2, Key: 1, N: 1, Position: []float32{0, 0, -0.9}},
	}
	if err := r.Draw(&v, clouds, 200, 200); err != nil {
		t.Fatal(err)
	}
	for _, q := range []PickQuery{{X: 100, Y: 100}, {Rect: image.Rect(80, 80, 120, 120)}} {
		if hits := r.Pick(q); len(hits) != 1 || hits[0].Layer != 2 {
			t.Errorf("%+v: found %+v", q, hits)
		}
	}
}

func TestPickIsExactOnALatticeInEveryPreset(t *testing.T) {
	r := newTestRenderer(t, Options{ChunkPoints: 100})
	pos, box := lattice(7)
	rot := mgl64.HomogRotate3DZ(0.1).Mul4(mgl64.HomogRotate3DX(0.07))
	for _, clip := range []Clip{{}, Slab(0, -1.5, 0.6), {On: true, Box: Box{Vec3{-2.2, -9, -1.2}, Vec3{9, 1.3, 2.4}}}} {
		for p := range presetCount {
			for _, zup := range []bool{false, true} {
				v := testView(box.Grow(1), 320, 240)
				v.Camera.ZUp = zup
				v.Camera.SetPreset(p)
				v.Camera.Frame(box, 320.0/240)
				v.Clip = clip
				v.Points.Fixed = 7
				c := Cloud{Layer: 8, Key: 1, N: 343, Position: pos, Transform: &rot}
				if err := r.Draw(&v, []Cloud{c}, 320, 240); err != nil {
					t.Fatal(err)
				}
				world := make([]float32, len(pos))
				for i := range 343 {
					q := rot.Mul4x1(at(pos, i).Vec4(1))
					world[3*i], world[3*i+1], world[3*i+2] = float32(q[0]), float32(q[1]), float32(q[2])
				}
				m := v.Camera.Matrices(sceneBounds(&v, v.Bounds), 320, 240)
				keep := func(q Vec3) bool { return !clip.On || clip.Box.Contains(q) }
				checked, found := 0, 0
				for i := 0; i < 343; i += 3 {
					x, y, _, _ := m.Project(at(world, i))
					px, py := int(math.Floor(x)), int(math.Floor(y))
					if px < 8 || py < 8 || px >= 312 || py >= 232 {
						// GL drops a sprite whose centre is outside.
						continue
					}
					want, sure := expect(&m, world, px, py, 3.5, keep)
					if !sure {
						continue
					}
					checked++
					hits := pickPixel(r, px, py)
					got := -1
					if len(hits) == 1 {
						got = int(hits[0].Index)
						found++
					}
					if got != want {
						t.Fatalf("%v, z up %v, clip %v: pixel %d,%d has %d and not %d", p, zup, clip.On, px, py, got, want)
					}
					if got >= 0 && hits[0].World.Sub(at(world, got)).Len() > 0.3 {
						t.Errorf("%v: the hit is at %v, the point at %v", p, hits[0].World, at(world, got))
					}
				}
				if checked < 60 || found < 10 {
					t.Errorf("%v, z up %v, clip %v: only %d pixels checked, %d hits", p, zup, clip.On, checked, found)
				}
			}
		}
	}
}

// pickPixel asks for exactly one pixel.
func pickPixel(r *Renderer, x, y int) []Hit {
	return r.Pick(PickQuery{Rect: image.Rect(x, y, x+1, y+1)})
}

func TestPickFindsShapesThroughTheirSurface(t *testing.T) {
	r := newTestRenderer(t, Options{})
	s := newShapeTable()
	v := s.view()
	v.Camera.SetPreset(Top)
	v.Camera.Frame(v.Bounds, 1.6)
	if err := r.Draw(&v, []Cloud{s.cloud()}, 480, 300); err != nil {
		t.Fatal(err)
	}
	m := v.Camera.Matrices(sceneBounds(&v, v.Bounds), 480, 300)
	for i, k := range s.shape {
		x, y, _, _ := m.Project(at(s.pos, i))
		hits := r.Pick(PickQuery{X: int(x), Y: int(y), Radius: 1})
		if len(hits) != 1 || hits[0].Index != uint64(i) {
			t.Errorf("%v: picked %v and not %d", Shape(k), hits, i)
		}
	}
	all := r.Pick(PickQuery{Rect: image.Rect(0, 0, 480, 300)})
	if len(all) != len(s.shape) {
		t.Errorf("a rectangle around all finds %d of %d", len(all), len(s.shape))
	}
}

func TestPickAreasGiveEachVisiblePointOnceInOrder(t *testing.T) {
	r := newTestRenderer(t, Options{ChunkPoints: 37})
	var pos []float32
	for i := range 100 {
		pos = append(pos, float32(i%10), float32(i/10), 0)
	}
	box := BoxOf([3]float32{0, 0, 0}, [3]float32{9, 9, 0})
	v := testView(box, 200, 200)
	v.Camera.SetPreset(Front)
	v.Camera.Frame(box, 1)
	v.Points.Fixed = 5
	clouds := []Cloud{{Layer: 1, Key: 1, N: 100, Position: pos}}
	if err := r.Draw(&v, clouds, 200, 200); err != nil {
		t.Fatal(err)
	}
	m := v.Camera.Matrices(sceneBounds(&v, v.Bounds), 200, 200)
	x0, y1, _, _ := m.Project(Vec3{1.5, 1.5, 0})
	x1, y0, _, _ := m.Project(Vec3{4.5, 3.5, 0})
	want := []uint64{22, 23, 24, 32, 33, 34}
	index := func(h []Hit) (out []uint64) {
		for _, x := range h {
			out = append(out, x.Index)
		}
		return out
	}
	if got := index(r.Pick(PickQuery{Rect: image.Rect(int(x0), int(y0), int(x1), int(y1))})); !slices.Equal(got, want) {
		t.Errorf("rectangle: %v and not %v", got, want)
	}
	// A triangle: its upper right half is outside.
	ax, ay, _, _ := m.Project(Vec3{-0.5, -0.5, 0})
	bx, by, _, _ := m.Project(Vec3{2.5, -0.5, 0})
	cx, cy, _, _ := m.Project(Vec3{-0.5, 2.5, 0})
	got := index(r.Pick(PickQuery{Lasso: [][2]float64{{ax, ay}, {bx, by}, {cx, cy}}}))
	if want := []uint64{0, 1, 10}; !slices.Equal(got, want) && !slices.Equal(got, []uint64{0, 1, 2, 10, 11, 20}) {
		t.Errorf("lasso: %v", got)
	}
	for _, q := range []PickQuery{{X: -50, Y: 10}, {Rect: image.Rect(300, 300, 310, 310)}, {Lasso: [][2]float64{{math.NaN(), 1}, {2, 2}, {3, 1}}}} {
		if h := r.Pick(q); len(h) != 0 {
			t.Errorf("outside of the picture: %v", h)
		}
	}
}

func TestNewerPickReplacesOlderOfTheSameTag(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(100)
	v := testView(f.box, 64, 64)
	if err := r.Draw(&v, []Cloud{f.cloud()}, 64, 64); err != nil {
		t.Fatal(err)
	}
	for x := range 5 {
		r.RequestPick(PickQuery{Tag: "hover", X: x, Y: 9})
	}
	r.RequestPick(PickQuery{Tag: "click", X: 30, Y: 30})
	seen := map[string]int{}
	for range 1000 {
		res, ok := r.poll(1e9)
		if !ok {
			break
		}
		seen[res.Query.Tag]++
		if res.Query.Tag == "hover" && res.Query.X != 4 {
			t.Errorf("an old hover was answered: %+v", res.Query)
		}
	}
	if seen["hover"] != 1 || seen["click"] != 1 {
		t.Errorf("answers by tag: %v", seen)
	}
}

func TestPickIsExactAmongTenMillionPoints(t *testing.T) {
	if testing.Short() {
		t.Skip("10 M points take seconds in software GL")
	}
	r := newTestRenderer(t, Options{})
	const n = 10_000_000
	pos := make([]float32, 3*n)
	// Seven of the last stand before a wall of 400,000; the rest is out of sight,
	// where software GL is quick about it.
	for i := range n {
		pos[3*i], pos[3*i+1], pos[3*i+2] = float32(i%1000)*0.001, float32(i/1000%1000)*0.001, -1
		if i%25 != 0 {
			pos[3*i] += 50
		}
	}
	want := map[int]uint64{}
	for k := range 7 {
		i := n - 1 - k
		pos[3*i], pos[3*i+1], pos[3*i+2] = float32(k)*0.15, 0.5, 0
		want[k] = uint64(i)
	}
	box := BoxOf([3]float32{0, 0, -1}, [3]float32{1, 1, 0})
	v := testView(box, 160, 120)
	v.Camera.SetPreset(Front)
	v.Camera.Frame(box, 160.0/120)
	v.Points.Fixed, v.Points.Flat, v.Samples = 3, true, 1
	if err := r.Draw(&v, []Cloud{{Layer: 1, Key: 1, N: n, Position: pos}}, 160, 120); err != nil {
		t.Fatal(err)
	}
	m := v.Camera.Matrices(sceneBounds(&v, v.Bounds), 160, 120)
	for k, i := range want {
		x, y, _, _ := m.Project(Vec3{float64(k) * 0.15, 0.5, 0})
		if h := pickPixel(r, int(x), int(y)); len(h) != 1 || h[0].Index != i {
			t.Errorf("point %d: picked %v", i, h)
		}
	}
}
