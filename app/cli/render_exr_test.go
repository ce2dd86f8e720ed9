package cli

import (
	"encoding/binary"
	"math"
	"path/filepath"
	"strings"
	"testing"

	openexr "github.com/mrjoshuak/go-openexr/exr"
	"github.com/mrjoshuak/go-openexr/half"

	"iceexplorer/app/export/exr"
	"iceexplorer/app/look"
	"iceexplorer/app/sessionfile"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/gfx"
)

// layered is a picture as it is read back.
type layered struct {
	w, h   int
	header *openexr.Header
	of     map[string][]byte
}

func readEXR(t *testing.T, path string) layered {
	t.Helper()
	f, err := openexr.OpenFile(path)
	if err != nil {
		t.Fatalf("%v: %s", err, path)
	}
	defer f.Close()
	h := f.Header(0)
	fb, of := openexr.AllocateChannels(h.Channels(), h.DataWindow())
	r, err := openexr.NewScanlineReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r.SetFrameBuffer(fb)
	if err := r.ReadPixels(0, h.Height()-1); err != nil {
		t.Fatal(err)
	}
	return layered{h.Width(), h.Height(), h, of}
}

func (l *layered) uint(channel string, x, y int) uint32 {
	return binary.LittleEndian.Uint32(l.of[channel][4*(y*l.w+x):])
}

func (l *layered) depth(x, y int) float64 {
	return float64(math.Float32frombits(l.uint(exr.Depth, x, y)))
}

func (l *layered) color(channel string, x, y int) float64 {
	return half.FromBits(binary.LittleEndian.Uint16(l.of[channel][2*(y*l.w+x):])).Float64()
}

func (l *layered) text(name string) string {
	if a := l.header.Get(name); a != nil {
		s, _ := a.Value.(string)
		return s
	}
	return ""
}

// places are those of three points, far enough apart that none hides another.
var places = []float32{0, 0, 0, 3, 1, -2, -2, 2, 1}

// points writes a frame of three points, with IDs or without.
func points(t *testing.T, dir, name string, off float32, ids []int32) {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 3})
	at := append([]float32{}, places...)
	for i := range at {
		at[i] += off
	}
	b.Float32s("PointPosition", cache.TypeVector3, at)
	b.Float32s("Color", cache.TypeColor4, []float32{1, 0.25, 0.5, 1, 0.2, 0.4, 0.6, 1, 3, 0, 0, 1})
	if ids != nil {
		b.Int32s("ID", ids)
	}
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	if err := icecache.WriteFile(t.Context(), filepath.Join(dir, name), f, icecache.EncodeOptions{}); err != nil {
		t.Fatal(err)
	}
}

// A picture for compositing shows what the PNG shows, and knows how far which point lies.
func TestRenderWritesOpenEXRWithDepthAndIDs(t *testing.T) {
	needEGL(t)
	dir, to := t.TempDir(), t.TempDir()
	ids := []int32{70, -4, 2_000_000_011}
	points(t, dir, "fire_1.icecache", 0, ids)
	points(t, dir, "smoke_1.icecache", 0.5, nil)
	const w, h = 320, 240
	view := filepath.Join(to, "view.iceview")
	camera := sessionfile.Camera{Distance: 12, Yaw: 20, Pitch: 15, Fov: 40}
	s := &sessionfile.File{Sequences: []sessionfile.Sequence{{Name: "fire", Folder: ".", File: "fire"}}, Look: look.Default(), Camera: &camera}
	if err := s.Save(view); err != nil {
		t.Fatal(err)
	}
	args := []string{"render", "--size", "320x240", "--view", view, "--points", "6", "--fps", "23.976", "-o"}
	path := filepath.Join(to, "a.exr")
	if out := must(t, append(args, path, dir)...); !strings.HasPrefix(out, "1 picture of 320x240 in ") {
		t.Errorf("printed %q", out)
	}
	l := readEXR(t, path)
	if rate, _ := l.header.Get("framesPerSecond").Value.(openexr.Rational); l.w != w || l.h != h || rate != (openexr.Rational{Num: 24000, Denom: 1001}) {
		t.Errorf("%d x %d, %v", l.w, l.h, rate)
	}
	if l.text("layer1") != "fire" || l.text("layer1ID") != "ID" || l.text("layer2") != "smoke" || l.text("layer2ID") != "index" {
		t.Errorf("%q by %q and %q by %q", l.text("layer1"), l.text("layer1ID"), l.text("layer2"), l.text("layer2ID"))
	}
	c := gfx.Camera{Distance: 12, Yaw: 20 * math.Pi / 180, Pitch: 15 * math.Pi / 180, FovY: 40 * math.Pi / 180}
	m := c.Matrices(gfx.EmptyBox(), w, h)
	_, _, back := c.Axes()
	for layer := range 2 {
		for i := range 3 {
			var p gfx.Vec3
			for k := range p {
				p[k] = float64(places[3*i+k]) + 0.5*float64(layer)
			}
			fx, fy, _, _ := m.Project(p)
			x, y := int(fx), int(fy)
			want := uint32(i)
			if layer == 0 {
				want = uint32(ids[i])
			}
			if seen, id := l.uint(exr.Sequence, x, y), l.uint(exr.ID, x, y); seen != uint32(layer)+1 || id != want {
				t.Errorf("point %d of layer %d, at %d, %d: %d of %d is seen there", i, layer+1, x, y, id, seen)
			}
			if far, got := m.Eye.Sub(p).Dot(back), l.depth(x, y); math.Abs(got-far) > 1e-4 {
				t.Errorf("point %d of layer %d is %v away, not %v", i, layer+1, got, far)
			}
		}
	}
	if l.uint(exr.Sequence, 0, 0) != 0 || l.uint(exr.ID, 0, 0) != 0 || l.depth(0, 0) != float64(float32(exr.Far)) {
		t.Errorf("nothing is %d of %d, %v away", l.uint(exr.ID, 0, 0), l.uint(exr.Sequence, 0, 0), l.depth(0, 0))
	}
	must(t, append(args, filepath.Join(to, "a.png"), dir)...)
	img := readPNG(t, filepath.Join(to, "a.png"))
	brightest := 0.0
	for y := range h {
		for x := range w {
			r, g, b, a := img.At(x, y).RGBA()
			for k, channel := range []string{"R", "G", "B", "A"} {
				v := l.color(channel, x, y)
				brightest = max(brightest, v)
				want := float64([]uint32{r, g, b, a}[k]) / 0xffff
				if channel != "A" {
					want = exr.Linear(want)
				}
				// Bytes are rounded, as each line that lies over another was; edges of bright points are of brighter light.
				if math.Abs(v-want) > 0.02+want*0.02 && !(v > want && l.bright(x, y)) {
					t.Fatalf("%s of %d, %d is %v, and %v in the PNG", channel, x, y, v, want)
				}
			}
		}
	}
	if brightest < 3 {
		t.Errorf("the brightest light is %v", brightest)
	}
}

// bright reports whether a point brighter than white is seen at a pixel or beside it.
func (l *layered) bright(x, y int) bool {
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if u, v := x+dx, y+dy; u >= 0 && v >= 0 && u < l.w && v < l.h && l.color("R", u, v) > 1.05 {
				return true
			}
		}
	}
	return false
}

func TestASessionIsRenderedAsOpenEXR(t *testing.T) {
	needEGL(t)
	dir, to := t.TempDir(), t.TempDir()
	points(t, dir, "fire_1.icecache", 0, []int32{5, 6, 7})
	points(t, dir, "fire_2.icecache", 0, []int32{8, 9, 10})
	view := filepath.Join(dir, "shot.iceview")
	s := &sessionfile.File{
		Sequences: []sessionfile.Sequence{{Name: "fire", Title: "Big fire", Folder: ".", File: "fire_1.icecache", Locked: true}}, Look: look.Default(), FPS: 25,
		Camera: &sessionfile.Camera{Distance: 12, Fov: 40},
	}
	if err := s.Save(view); err != nil {
		t.Fatal(err)
	}
	must(t, "render", "-o", filepath.Join(to, "p_%02d.exr"), "--size", "200x150", "--points", "9", view)
	if got := strings.Join(tree(t, to), " "); got != "p_01.exr p_02.exr" {
		t.Fatalf("wrote %s", got)
	}
	for name, id := range map[string]uint32{"p_01.exr": 5, "p_02.exr": 8} {
		l := readEXR(t, filepath.Join(to, name))
		if l.uint(exr.ID, 100, 75) != id || l.uint(exr.Sequence, 100, 75) != 1 || math.Abs(l.depth(100, 75)-12) > 1e-4 || l.text("layer1") != "Big fire" {
			t.Errorf("%s: %d of %q, %v away", name, l.uint(exr.ID, 100, 75), l.text("layer1"), l.depth(100, 75))
		}
	}
}
