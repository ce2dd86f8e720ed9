package gfx

import (
	"math"
	"testing"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// ofHalf is the value of a half float that is neither tiny nor infinite.
func ofHalf(h uint16) float64 {
	return math.Ldexp(1+float64(h&0x3ff)/1024, int(h>>10&31)-15)
}

// Seen is what the pixels of Layers say, in all projections: the nearest point, and how far it lies.
func TestLayersTellWhichPointIsSeenAndHowFar(t *testing.T) {
	r := newTestRenderer(t, Options{ChunkPoints: 100})
	pos, box := lattice(7)
	second := []float32{0, 0, 4}
	const w, h = 320, 240
	for p := range presetCount {
		for _, zup := range []bool{false, true} {
			v := testView(box.Grow(2), w, h)
			v.Camera.ZUp = zup
			v.Camera.SetPreset(p)
			v.Camera.Frame(box, float64(w)/h)
			v.Points.Fixed = 7
			l, err := r.Layers(&v, []Cloud{{Layer: 8, Key: 1, N: 343, Position: pos}, {Layer: 3, Key: 1, N: 1, Position: second, Unpicked: true}}, w, h)
			if err != nil {
				t.Fatal(err)
			}
			m := v.Camera.Matrices(sceneBounds(&v, v.Bounds), w, h)
			_, _, back := v.Camera.Axes()
			all := append(append([]float32{}, pos...), second...)
			checked := 0
			for i := range 344 {
				x, y, _, _ := m.Project(at(all, i))
				px, py := int(math.Floor(x)), int(math.Floor(y))
				if px < 8 || py < 8 || px >= w-8 || py >= h-8 {
					continue
				}
				want, sure := expect(&m, all, px, py, 3.5, func(Vec3) bool { return true })
				if !sure || want < 0 {
					continue
				}
				checked++
				cloud, index := uint32(1), uint32(want)
				if want == 343 {
					cloud, index = 2, 0
				}
				k := py*w + px
				if l.Cloud[k] != cloud || l.Index[k] != index {
					t.Fatalf("%v, z up %v: pixel %d,%d has point %d of %d and not %d of %d", p, zup, px, py, l.Index[k], l.Cloud[k], index, cloud)
				}
				far := m.Eye.Sub(at(all, want)).Dot(back)
				if got := float64(l.Distance[k]); math.Abs(got-far) > 1e-5*math.Max(far, 1) {
					t.Errorf("%v, z up %v: point %d is %v away and not %v", p, zup, want, got, far)
				}
			}
			if l.Cloud[0] != 0 || l.Distance[0] != 0 || checked < 100 {
				t.Errorf("%v: the corner has %d, %d points were checked", p, l.Cloud[0], checked)
			}
		}
	}
}

// What is clipped or left out by a filter is in no layer.
func TestLayersHaveOnlyWhatIsDrawn(t *testing.T) {
	r := newTestRenderer(t, Options{})
	pos, box := lattice(5)
	v := testView(box, 200, 200)
	v.Points.Fixed, v.Clip = 9, Slab(0, -0.5, 9)
	keep := bitsOf(3, 64, 124)
	l, err := r.Layers(&v, []Cloud{{Layer: 1, Key: 1, N: 125, Position: pos, Only: keep, OnlyKey: 1}}, 200, 200)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[uint32]bool{}
	for i, c := range l.Cloud {
		if c != 0 {
			seen[l.Index[i]] = true
		}
	}
	for i := range uint32(125) {
		if want := keep[i/64]>>(i%64)&1 != 0 && pos[3*i] >= -0.5; seen[i] != want {
			t.Errorf("point %d at %v: seen %v", i, at(pos, int(i)), seen[i])
		}
	}
}

// The picture is that of Picture, but for colours that are brighter than white.
func TestLayersShowThePictureAndKeepBrightColours(t *testing.T) {
	r := newTestRenderer(t, Options{})
	for _, transparent := range []bool{false, true} {
		f := newFountain(500)
		v := testView(f.box, 240, 160)
		v.Background.Transparent = transparent
		c := f.cloud()
		img, err := r.Picture(&v, []Cloud{c}, 240, 160)
		if err != nil {
			t.Fatal(err)
		}
		l, err := r.Layers(&v, []Cloud{c}, 240, 160)
		if err != nil {
			t.Fatal(err)
		}
		for i, h := range l.Color {
			if got := ofHalf(h) * 255; math.Abs(got-float64(img.Pix[i])) > 4 { // where lines lie over each other each is rounded
				t.Fatalf("transparent %v: value %d of pixel %d is %v, and %d in the picture", transparent, i%4, i/4, got, img.Pix[i])
			}
		}
	}
	v := testView(Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}, 64, 64)
	v.Points.Fixed, v.DepthCue, v.Grid = 30, 0, false
	bright := Cloud{Layer: 1, Key: 1, N: 1, Position: []float32{0, 0, 0}, Color: Attrib{F: []float32{4, 0.5, 0, 1}, Comps: 4}}
	for flat, least := range map[bool]float64{true: 4, false: 1.5} {
		v.Points.Flat = flat
		l, err := r.Layers(&v, []Cloud{bright}, 64, 64)
		if err != nil {
			t.Fatal(err)
		}
		p := l.Color[4*(32*64+32):]
		if red, green := ofHalf(p[0]), ofHalf(p[1]); red < least || red > 4 || green > 1 {
			t.Errorf("flat %v: %v, %v", flat, red, green)
		}
	}
}

// Points of the window can be picked after a picture was saved from it.
func TestLayersLeaveTheWindowsPictureToPickIn(t *testing.T) {
	r := newTestRenderer(t, Options{})
	v := testView(Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}, 100, 100)
	v.Points.Fixed = 20
	clouds := []Cloud{{Layer: 7, Key: 1, N: 1, Position: []float32{0, 0, 0}}}
	for range 2 {
		if err := r.Draw(&v, clouds, 100, 100); err != nil {
			t.Fatal(err)
		}
		shown := r.Texture()
		if hits := pickPixel(r, 50, 50); len(hits) != 1 || hits[0].Layer != 7 || r.Texture() != shown {
			t.Errorf("%+v", hits)
		}
		if _, err := r.Layers(&v, clouds, 300, 200); err != nil {
			t.Fatal(err)
		}
		if w, h := r.Size(); w != 100 || h != 100 || r.Texture() != shown {
			t.Errorf("the window's picture is %d x %d", w, h)
		}
		if hits := pickPixel(r, 50, 50); len(hits) > 0 {
			t.Errorf("picked in a picture that is not shown: %+v", hits)
		}
	}
	if e := gl.GetError(); e != 0 {
		t.Errorf("GL error %#x", e)
	}
}
