package cli

import (
	"fmt"
	"image"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// writePoints writes a cache of points that all have the same size, 0: none.
func writePoints(t *testing.T, path string, size float32, points ...[3]float32) {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(points))})
	var pos []float32
	for _, p := range points {
		pos = append(pos, p[:]...)
	}
	b.Float32s("PointPosition", cache.TypeVector3, pos)
	if size > 0 {
		b.Float32s("Size", cache.TypeFloat, []float32{size})
	}
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	if err := icecache.WriteFile(t.Context(), path, f, icecache.EncodeOptions{}); err != nil {
		t.Fatal(err)
	}
}

// spots counts the areas of pixels that are seen in a picture without background, and
// how many pixels from its edge the nearest of them is.
func spots(img image.Image) (n, edge int) {
	b := img.Bounds()
	edge = math.MaxInt
	seen := map[image.Point]bool{}
	var fill func(p image.Point)
	fill = func(p image.Point) {
		if !p.In(b) || seen[p] {
			return
		}
		if _, _, _, a := img.At(p.X, p.Y).RGBA(); a < 0x3000 {
			return
		}
		seen[p] = true
		edge = min(edge, p.X, p.Y, b.Dx()-1-p.X, b.Dy()-1-p.Y)
		for _, d := range []image.Point{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			fill(p.Add(d))
		}
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			before := len(seen)
			if fill(image.Pt(x, y)); len(seen) > before {
				n++
			}
		}
	}
	return n, edge
}

// Points far from the origin, at one place or beside a stray one made render go on for
// ever, or pictures of nothing.
func TestRenderShowsPointsWhereverTheyLie(t *testing.T) {
	needEGL(t)
	const fm = math.MaxFloat32
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	type point = [3]float32
	for _, tc := range []struct {
		name   string
		size   float32
		points []point
		spots  int
		told   string // of what lies outside
	}{
		{"exploded", 0, []point{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {fm, 0, 0}}, 3, "1 of 4 points lies far outside the picture, up to 3.4e+38 units from the origin"},
		{"one place far away", 0, []point{{1e8, 0, 0}, {1e8, 0, 0}, {1e8, 0, 0}, {1e8, 0, 0}}, 1, ""},
		{"one place at 1e15", 0.1, []point{{0, 1e15, 0}, {0, 1e15, 0}}, 1, ""},
		{"one place at 1e30", 0, []point{{1e30, 1e30, -1e30}}, 1, ""},
		{"first point", 0.2, []point{{10, 5, 3}}, 1, ""},
		{"a point without a size", 0, []point{{10, 5, 3}}, 1, ""},
		{"the origin", 0, []point{{0, 0, 0}}, 1, ""},
		{"a tiny scene", 0, []point{{0, 0, 0}, {1e-6, 0, 0}, {0, 2e-6, 0}}, 3, ""},
		{"a large scene", 1e5, []point{{0, 0, 0}, {1e7, 0, 0}, {0, 1e7, 0}}, 3, ""},
		{"a huge scene", 0, []point{{0, 0, 0}, {1e30, 0, 0}, {0, 1e30, 0}}, 3, ""},
		{"close together, far away", 0, []point{{5e5, 0, 0}, {5e5 + 3, 0, 0}, {5e5, 4, 0}}, 3, ""},
		{"two of five have gone", 0, []point{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {1e20, 0, 0}, {0, -1e9, 0}}, 3, "2 of 5 points lie far outside the picture, up to 1e+20 units from the origin"},
		{"all have gone", 0, []point{{fm, 0, 0}, {fm, fm, 0}}, 0, "all 2 points lie far outside the picture, up to 3.4e+38 units from the origin"},
		{"one is nowhere", 0, []point{{0, 0, 0}, {1, 0, 0}, {nan, nan, nan}}, 2, "1 of 3 points has no position (NaN or infinite)"},
		{"all are nowhere", 0, []point{{nan, 0, 0}, {0, inf, 0}}, 0, "all 2 points have no position (NaN or infinite)"},
		{"one is nowhere, one has gone", 0, []point{{0, 0, 0}, {1, 0, 0}, {nan, 0, 0}, {0, 1e20, 0}}, 2,
			"1 of 3 points lies far outside the picture, up to 1e+20 units from the origin; 1 of 4 points has no position (NaN or infinite)"},
		{"the only one has gone", 0, []point{{fm, 0, 0}}, 0, "the only point lies far outside the picture, up to 3.4e+38 units from the origin"},
	} {
		in, out := filepath.Join(t.TempDir(), "in_1.icecache"), filepath.Join(t.TempDir(), "out.png")
		writePoints(t, in, tc.size, tc.points...)
		// With all furniture: its loops have to end too.
		if r := do(t, "render", "-o", out, "--size", "320x200", in); r.status != StatusOK {
			t.Fatalf("%s: %+v", tc.name, r)
		}
		r := do(t, "render", "-o", out, "--size", "320x200", "--plain", "--background", "transparent", in)
		n, edge := spots(readPNG(t, out))
		if n != tc.spots || n > 0 && edge < 4 {
			t.Errorf("%s: %d spots are seen, not %d; %d pixels from the edge", tc.name, n, tc.spots, edge)
		}
		want := ""
		for _, told := range strings.Split(tc.told, "; ") {
			if told != "" {
				want += "iceexplorer: warning: " + told + ": " + in + "\n"
			}
		}
		if r.status != StatusOK || r.errors != want {
			t.Errorf("%s: %+v, want %q", tc.name, r, want)
		}
	}
}

// All frames of a film are in the picture from the first one on, which may have one
// point only; a frame that blew up is not, and is told of once.
func TestRenderedFilmsShowAllFramesButThoseThatBlewUp(t *testing.T) {
	needEGL(t)
	dir := t.TempDir()
	const frames = 12
	for f := 1; f <= frames; f++ {
		var points [][3]float32
		for i := range f {
			points = append(points, [3]float32{10 + 0.9*float32(i), 5 + 0.4*float32(i), 3 - 0.3*float32(i)})
		}
		if f >= 11 {
			for i := range points {
				points[i][0] *= 1e20
			}
		}
		writePoints(t, filepath.Join(dir, fmt.Sprintf("p_%d.icecache", f)), 0.2, points...)
	}
	r := do(t, "render", "-o", filepath.Join(dir, "p%d.png"), "--size", "640x400", "--plain", "--background", "transparent", dir)
	if want := fmt.Sprintf("in 2 frames points lie far outside the picture; most in this one, where all 12 points lie far outside the picture, up to 2e+21 units from the origin: %s\n",
		filepath.Join(dir, "p_12.icecache")); r.status != StatusOK || strings.Count(r.errors, "\n") != 1 || !strings.HasSuffix(r.errors, want) {
		t.Errorf("%+v, want %q", r, want)
	}
	for f := 1; f <= 10; f++ {
		if n, edge := spots(readPNG(t, filepath.Join(dir, fmt.Sprintf("p%d.png", f)))); n != f || edge < 8 {
			t.Errorf("frame %d: %d points are seen, %d pixels from the edge", f, n, edge)
		}
	}
}
