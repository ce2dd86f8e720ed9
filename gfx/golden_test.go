package gfx

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"math"
	"runtime"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"iceexplorer/gfx/offscreen"
	"iceexplorer/gfx/style"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// scene is one golden picture.
type scene struct {
	name   string
	opt    Options
	w, h   int
	render func() (View, []Cloud)
}

func scenes() []scene {
	f := newFountain(20_000)
	base := func(change func(*View, *Cloud)) func() (View, []Cloud) {
		return func() (View, []Cloud) {
			v := testView(f.box, 480, 300)
			c := f.cloud()
			change(&v, &c)
			return v, []Cloud{c}
		}
	}
	shapes := newShapeTable()
	return []scene{
		{name: "points", render: base(func(v *View, c *Cloud) {
			v.Texts = []Text{{Corner: TopLeft, Lines: []string{"fountain", "20,000 points"}}, {Corner: TopRight, Lines: []string{"frame 12"}}}
		})},
		{name: "points_chunked_orphaned", opt: Options{ChunkPoints: 3000, NoPersist: true}, render: base(func(*View, *Cloud) {})},
		{name: "points_fixed_no_aa", render: base(func(v *View, c *Cloud) {
			v.Points.Fixed, v.Points.Flat, v.Samples, v.DepthCue = 3, true, 1, 0
			c.Color = Attrib{}
		})},
		{name: "constant_colour_bounds", render: base(func(v *View, c *Cloud) {
			c.Coloring = Coloring{Mode: style.ColorConstant, Constant: [4]float32{0.95, 0.55, 0.25, 1}}
			v.BoundsBox = true
		})},
		{name: "scalar_magnitude", render: base(func(v *View, c *Cloud) {
			c.Scalar = Attrib{F: f.vel, Comps: 3}
			c.Coloring = Coloring{Mode: style.ColorScalar, Map: "turbo", Component: style.Magnitude, Min: 0, Max: 6, Title: "PointVelocity.mag"}
		})},
		{name: "scalar_component_nan", render: base(func(v *View, c *Cloud) {
			age := append([]float32(nil), f.age...)
			for i := range age {
				if i%9 == 0 {
					age[i] = float32(math.NaN())
				}
				if i%9 == 1 {
					age[i] = float32(math.Inf(1))
				}
			}
			c.Scalar = Attrib{F: age, Comps: 1}
			c.Coloring = Coloring{Mode: style.ColorScalar, Map: "viridis", Min: 0, Max: 1.6, Title: "Age (s)"}
		})},
		{name: "categorical", render: base(func(v *View, c *Cloud) {
			id := make([]int32, len(f.id))
			for i := range id {
				id[i] = int32(i % 5)
			}
			c.Scalar = Attrib{I: id, Comps: 1}
			c.Coloring = Coloring{Mode: style.ColorScalar, Map: style.Categorical, Min: 0, Max: 4, Title: "StateID"}
		})},
		{name: "scalar_inverted", render: base(func(v *View, c *Cloud) {
			c.Scalar = Attrib{F: f.age, Comps: 1}
			c.Coloring = Coloring{Mode: style.ColorScalar, Map: "magma", Min: 1.6, Max: 0, Title: "Age", Note: "12 of 20 frames measured"}
		})},
		{name: "scalar_missing_in_one_layer", render: func() (View, []Cloud) {
			a, b := f.cloud(), f.cloud()
			a.Coloring = Coloring{Mode: style.ColorScalar, Max: 1.6, Title: "Age", Constant: [4]float32{0.35, 0.75, 0.65, 1}, Missing: "dust: not in this frame"}
			b.Layer, b.Coloring, b.Scalar = 2, Coloring{Mode: style.ColorScalar, Max: 1.6, Title: "Age"}, Attrib{F: f.age, Comps: 1}
			m := mgl64.Translate3D(3.4, 0, -1)
			b.Transform = &m
			return testView(f.box.Union(f.box.Transform(m)), 480, 300), []Cloud{a, b}
		}},
		{name: "scalar_stops_below_above", render: base(func(v *View, c *Cloud) {
			c.Scalar = Attrib{F: f.age, Comps: 1}
			c.Coloring = Coloring{
				Mode: style.ColorScalar, Map: "0:202080 0.3:20c0c0 0.3:ffcc00 1:ffffff", Min: 1.2, Max: 0.4, Title: "Age (smoke)",
				Below: [4]float32{1, 0, 0, 1}, Above: [4]float32{0, 1, 0, 1}, Bad: [4]float32{0, 0, 0, 1},
			}
		})},
		{name: "labels", render: base(func(v *View, c *Cloud) {
			for i := range 300 {
				v.Labels = append(v.Labels, Label{Vec3{float64(f.pos[3*i]), float64(f.pos[3*i+1]), float64(f.pos[3*i+2])}, fmt.Sprint(i)})
			}
			v.Labels[0].Text = "0.12  \u22123.4  5"
		})},
		{name: "panes", w: 640, h: 400, render: base(func(v *View, c *Cloud) {
			v.Panes = testPanes(f.box, 640, 400)
			v.Texts = []Text{{Corner: TopLeft, Lines: []string{"fountain", "20,000 points"}}}
			v.Hover, v.BoundsBox = &Mark{Layer: 1, Index: 40}, true
			v.Labels = []Label{{Vec3{f.box.Max[0], f.box.Max[1], 0}, "a label"}}
			v.Clip = Slab(2, -0.5, inf)
			c.Selected, c.SelectedKey = bitsOf(3, 99, 512), 7
			c.Scalar = Attrib{F: f.age, Comps: 1}
			c.Coloring = Coloring{Mode: style.ColorScalar, Map: "viridis", Max: 1.6, Title: "Age"}
		})},
		{name: "only", render: base(func(v *View, c *Cloud) {
			c.Only, c.OnlyKey = make([]uint64, len(f.id)/64+1), 1
			for i, age := range f.age {
				if age > 0.8 {
					c.Only[i/64] |= 1 << (i % 64)
				}
			}
		})},
		{name: "scalar_missing", render: base(func(v *View, c *Cloud) {
			c.Coloring = Coloring{Mode: style.ColorScalar, Title: "Heat", NoRange: true, Missing: "not in this frame"}
		})},
		{name: "two_layers_transformed", render: func() (View, []Cloud) {
			a, b := f.cloud(), f.cloud()
			b.Layer, b.Coloring = 2, Coloring{Mode: style.ColorScalar, Map: "magma", Min: 0, Max: 1.6, Title: "Age"}
			b.Scalar = Attrib{F: f.age, Comps: 1}
			m := mgl64.Translate3D(3.4, 0, -1).Mul4(mgl64.Scale3D(0.6, 0.6, 0.6))
			b.Transform = &m
			return testView(f.box.Union(f.box.Transform(m)), 480, 300), []Cloud{a, b}
		}},
		{name: "layers_drawn_apart", render: func() (View, []Cloud) {
			a, b, d := f.cloud(), f.cloud(), f.cloud()
			b.Layer, d.Layer = 2, 3
			a.Drawing = &Drawing{Points: PointOptions{Fixed: 12, Flat: true}, Transparency: 0.7}
			a.Coloring = Coloring{Mode: style.ColorConstant, Constant: [4]float32{0.95, 0.55, 0.25, 1}}
			d.Drawing = &Drawing{Points: PointOptions{Fixed: 2, Flat: true}, Vectors: VectorOptions{On: true, Scale: 0.15, Limit: 2000}}
			d.Vector = Attrib{F: f.vel, Comps: 3}
			near, far := mgl64.Translate3D(-0.8, 0, 1.6), mgl64.Translate3D(1.6, 0, -1)
			a.Transform, d.Transform = &near, &far
			return testView(f.box.Union(f.box.Transform(near)).Union(f.box.Transform(far)), 480, 300), []Cloud{a, b, d}
		}},
		{name: "density", render: base(func(v *View, c *Cloud) {
			v.Density.On = true
		})},
		{name: "shapes", render: func() (View, []Cloud) { return shapes.view(), []Cloud{shapes.cloud()} }},
		{name: "shapes_ortho_top", render: func() (View, []Cloud) {
			v := shapes.view()
			v.Camera.SetPreset(Top)
			v.Camera.Frame(v.Bounds, 1.6)
			return v, []Cloud{shapes.cloud()}
		}},
		{name: "ellipsoids", render: func() (View, []Cloud) {
			n := 400
			c := f.cloud()
			c.N, c.Position, c.Color.F, c.Size = n, f.pos[:3*n], f.col[:4*n], Attrib{F: []float32{0.09}, Comps: 1}
			c.Shape = Attrib{I: []int32{int32(ShapeSphere)}, Comps: 1}
			c.Orientation = Attrib{F: f.orient[:4*n], Comps: 4}
			c.Scale = Attrib{F: []float32{1, 0.35, 0.6}, Comps: 3}
			return testView(f.box, 480, 300), []Cloud{c}
		}},
		{name: "shapes_over_limit", render: func() (View, []Cloud) {
			v := shapes.view()
			v.Detail.ShapeLimit = 10
			return v, []Cloud{shapes.cloud()}
		}},
		{name: "thinned", render: base(func(v *View, c *Cloud) { v.Detail.PointLimit = 5000 })},
		{name: "vectors", render: base(func(v *View, c *Cloud) {
			c.Vector = Attrib{F: f.vel, Comps: 3}
			v.Vectors = VectorOptions{On: true, Scale: 0.05, Limit: 4000}
			v.Points.Fixed = 2
		})},
		{name: "vector_heads", render: base(func(v *View, c *Cloud) {
			c.N, c.Position, c.Vector = 60, f.pos[:180], Attrib{F: f.vel, Comps: 3}
			v.Vectors = VectorOptions{On: true, Scale: 0.15, Width: 2}
			v.Clip = Clip{On: true, Box: Box{Vec3{-2, 0, -2}, Vec3{2, 2.2, 2}}}
		})},
		{name: "strands", render: func() (View, []Cloud) {
			c, b := hair()
			return testView(b, 480, 300), []Cloud{c}
		}},
		{name: "trails", render: base(func(v *View, c *Cloud) {
			c.N, c.Position = 800, f.pos[:2400]
			c.Trails = fallingTrails(f, 800)
			c.Scalar = Attrib{F: f.vel, Comps: 3}
			c.Coloring = Coloring{Mode: style.ColorScalar, Map: "coolwarm", Component: 1, Min: -5, Max: 5, Title: "PointVelocity.y"}
		})},
		{name: "clip_box", render: base(func(v *View, c *Cloud) {
			v.Clip = Clip{On: true, Box: Box{Vec3{-2, 0, -0.4}, Vec3{0.5, 2, 2}}}
		})},
		{name: "instances_in_view", render: func() (View, []Cloud) {
			v := shapes.view()
			v.Camera.Yaw, v.Camera.Pitch = 0.2, 0.9
			v.Camera.Frame(v.Bounds, 1.6)
			return v, []Cloud{shapes.cloud()}
		}},
		{name: "clip_slab", render: base(func(v *View, c *Cloud) {
			v.Clip = Slab(1, 0.4, 0.9)
			c.Vector = Attrib{F: f.vel, Comps: 3}
			v.Vectors = VectorOptions{On: true, Scale: 0.2, Limit: 4000}
		})},
		{name: "selection_hover", render: base(func(v *View, c *Cloud) {
			var selected []int
			for i := range f.id {
				if f.pos[3*i] > 0.5 && f.pos[3*i+1] < 0.5 && i%6 == 0 {
					selected = append(selected, i)
				}
			}
			c.Selected, c.SelectedKey = bitsOf(selected...), 5
			v.Hover = &Mark{Layer: 1, Index: 17}
			v.GizmoHover = 2
		})},
		{name: "front_ortho_z_up", render: base(func(v *View, c *Cloud) {
			m := mgl64.HomogRotate3DX(math.Pi / 2)
			c.Transform = &m
			v.Bounds = f.box.Transform(m)
			v.Camera.ZUp = true
			v.Camera.SetPreset(Front)
			v.Camera.Frame(v.Bounds, 1.6)
		})},
		{name: "hidpi", w: 720, h: 450, render: base(func(v *View, c *Cloud) {
			v.UIScale = 1.75
			c.Scalar = Attrib{F: f.age, Comps: 1}
			c.Coloring = Coloring{Mode: style.ColorScalar, Map: "grey", Min: 0.001, Max: 0.0042, Title: "Age"}
			v.Texts = []Text{{Corner: BottomLeft, Lines: []string{"Orbit: drag, pan: middle drag"}}, {Corner: TopCenter, Lines: []string{"Waiting for frame 13"}, Warn: true}}
		})},
		{name: "empty", render: func() (View, []Cloud) {
			v := DefaultView()
			v.Texts = []Text{{Corner: TopCenter, Lines: []string{"Drop .icecache files here"}}}
			return v, nil
		}},
		{name: "transparent", render: base(func(v *View, c *Cloud) {
			v.Background.Transparent = true
			v.Grid, v.Gizmo = false, false
		})},
	}
}

// shapeTable is every shape once, in a row of its own orientation.
type shapeTable struct {
	pos, col, size, orient []float32
	shape                  []int32
	box                    Box
}

func newShapeTable() *shapeTable {
	t := &shapeTable{box: EmptyBox()}
	kinds := []Shape{ShapePoint, ShapeSegment, ShapeDisc, ShapeRectangle, ShapeSphere, ShapeBox, ShapeCylinder, ShapeCapsule, ShapeCone, ShapeBlob, ShapeInstance, ShapeReference}
	palette, _ := style.ColormapColors(style.Categorical)
	for i, k := range kinds {
		p := Vec3{float64(i%4) * 1.3, 0.5, float64(i/4) * 1.3}
		q := mgl64.QuatRotate(0.5*float64(i%3), Vec3{0.3, 0.2, 1}.Normalize())
		t.pos = append(t.pos, float32(p[0]), float32(p[1]), float32(p[2]))
		c := palette[i]
		t.col = append(t.col, c[0], c[1], c[2], 1)
		t.size = append(t.size, 0.45)
		t.orient = append(t.orient, float32(q.W), float32(q.V[0]), float32(q.V[1]), float32(q.V[2]))
		t.shape = append(t.shape, int32(k))
		t.box = t.box.Union(Box{p, p}.Grow(0.5))
	}
	return t
}

func (t *shapeTable) cloud() Cloud {
	return Cloud{Layer: 3, Key: 9, N: len(t.shape), Position: t.pos, Color: Attrib{F: t.col, Comps: 4}, Size: Attrib{F: t.size, Comps: 1},
		Shape: Attrib{I: t.shape, Comps: 1}, Orientation: Attrib{F: t.orient, Comps: 4}}
}

func (t *shapeTable) view() View { return testView(t.box, 480, 300) }

// hair is a disc of strands that lean outwards.
func hair() (Cloud, Box) {
	var c Cloud
	b := EmptyBox()
	var col []float32
	c.Strands.Offsets = []uint64{0}
	for i := range 900 {
		a, r := float64(i)*2.39996, math.Sqrt(float64(i)/900)
		root := Vec3{r * math.Cos(a), 0, r * math.Sin(a)}
		c.Position = append(c.Position, float32(root[0]), float32(root[1]), float32(root[2]))
		col = append(col, float32(0.9-0.3*r), float32(0.45+0.3*r), 0.3, 1)
		n := 6
		if i%10 == 0 {
			n = 0
		}
		for k := 1; k <= n; k++ {
			t := float64(k) / 6
			p := root.Add(Vec3{root[0] * t * t * 0.5, 0.7*t - 0.25*t*t*r, root[2] * t * t * 0.5})
			c.Strands.Points = append(c.Strands.Points, float32(p[0]), float32(p[1]), float32(p[2]))
			b = b.Union(Box{p, p})
		}
		c.Strands.Offsets = append(c.Strands.Offsets, uint64(len(c.Strands.Points)/3))
	}
	c.Layer, c.Key, c.N = 4, 4, 900
	c.Color = Attrib{F: col, Comps: 4}
	c.Size = Attrib{F: []float32{0.006}, Comps: 1}
	return c, b.Union(Box{Vec3{-1, 0, -1}, Vec3{1, 0, 1}})
}

func fallingTrails(f *fountain, n int) Strands {
	s := Strands{Offsets: []uint64{0}}
	for i := range n {
		for k := 8; k >= 0; k-- {
			t := float32(k) * 0.03
			s.Points = append(s.Points, f.pos[3*i]-f.vel[3*i]*t, f.pos[3*i+1]-f.vel[3*i+1]*t-2.9*t*t, f.pos[3*i+2]-f.vel[3*i+2]*t)
		}
		s.Offsets = append(s.Offsets, uint64(len(s.Points)/3))
	}
	return s
}

// All scenes but those with options of their own share a renderer, so that what
// one leaves behind shows in the next.
func TestScenesLookLikeTheirGoldenPictures(t *testing.T) {
	shared := newTestRenderer(t, Options{})
	for i, s := range scenes() {
		if s.opt.ChunkPoints == 0 {
			checkScene(t, shared, s, uint64(i)+1)
			continue
		}
		t.Run(s.name, func(t *testing.T) { checkScene(t, newTestRenderer(t, s.opt), s, uint64(i)+1) })
	}
}

// checkScene draws twice: state that leaks from one draw into the next shows. The
// scene's data get a key of their own: a scene may make columns where those of an
// earlier one have lain.
func checkScene(t *testing.T, r *Renderer, s scene, key uint64) {
	t.Helper()
	if s.w == 0 {
		s.w, s.h = 480, 300
	}
	var first *image.RGBA
	var kept []Cloud // until both are drawn
	for range 2 {
		v, clouds := s.render()
		for i := range clouds {
			if clouds[i].Key != 0 {
				clouds[i].Key = clouds[i].Key<<32 | key
			}
		}
		if err := r.Draw(&v, clouds, s.w, s.h); err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		kept = append(kept, clouds...)
		img := r.Image()
		if first != nil && !bytes.Equal(first.Pix, img.Pix) {
			t.Fatalf("%s: the second draw differs from the first", s.name)
		}
		first = img
	}
	runtime.KeepAlive(kept)
	compareGolden(t, s.name, first)
}

func TestACompatibilityContextDrawsTheSame(t *testing.T) {
	r := newTestRendererIn(t, offscreen.OpenCompat, Options{})
	if !r.dev.compat {
		t.Skip("the driver has no compatibility profile of OpenGL 3.3")
	}
	for _, s := range scenes() {
		switch s.name {
		case "points", "density", "shapes", "strands", "vectors", "selection_hover":
		default:
			continue
		}
		v, clouds := s.render()
		if err := r.Draw(&v, clouds, 480, 300); err != nil {
			t.Fatal(err)
		}
		if *update {
			continue
		}
		compareGolden(t, s.name, r.Image())
	}
}
