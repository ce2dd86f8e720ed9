package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// heatSequence writes frames of three points, of which those in hot have an attribute
// Heat that rises with the number of the frame.
func heatSequence(t *testing.T, frames int, hot ...int) string {
	t.Helper()
	dir := t.TempDir()
	for n := 1; n <= frames; n++ {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 3})
		k := float32(n)
		b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 0, 0, k, 0, 0, 0, k, k})
		b.Float32s("Size", cache.TypeFloat, []float32{0.3, 0.3, 0.3})
		for _, h := range hot {
			if h == n {
				b.Float32s("Heat", cache.TypeFloat, []float32{0, k / 2, k})
			}
		}
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("l_%d.icecache", n)), f, icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Frames without the attribute were drawn in one colour without a word.
func TestRenderWarnsOfFramesThatLackTheAttribute(t *testing.T) {
	needEGL(t)
	dir := heatSequence(t, 4, 2, 4)
	for args, want := range map[string]string{
		"":              "warning: 2 of 4 frames drawn lack Heat and get one colour (1, 3): " + dir,
		"--frames 1":    "warning: 1 of 1 frames drawn lack Heat and get one colour (1): " + dir,
		"--frames 1,3":  "warning: 2 of 2 frames drawn lack Heat and get one colour (1, 3): " + dir,
		"--frames 2,4":  "",
		"--range frame": "warning: 2 of 4 frames drawn lack Heat and get one colour (1, 3): " + dir,
	} {
		r := do(t, append([]string{"render", "-o", filepath.Join(t.TempDir(), "%d.png"), "--size", "160x90", "--color-by", "heat", dir}, strings.Fields(args)...)...)
		if want != "" {
			want = "iceexplorer: " + want + "\n"
		}
		if r.status != StatusOK || r.errors != want {
			t.Errorf("%q: %+v, want %q", args, r, want)
		}
	}
	to := t.TempDir()
	other := heatSequence(t, 1)
	r := do(t, "render", "-o", filepath.Join(to, "%d.png"), "--size", "160x90", "--color-by", "Heat", "--frames", "2", "--measure", "all", dir, other)
	if r.status != StatusOK || r.errors != "" {
		t.Errorf("the other sequence is not drawn: %+v", r)
	}
	r = do(t, "render", "-o", filepath.Join(to, "%d.png"), "--size", "160x90", "--color-by", "Heat", "--frames", "1", dir, other)
	if want := "1 of 1 frames drawn of l lack Heat and get one colour (1): " + other + "\n"; r.status != StatusOK || !strings.HasSuffix(r.errors, want) {
		t.Errorf("two sequences: %+v, want %q", r, want)
	}
	to = t.TempDir()
	r = do(t, "render", "-o", filepath.Join(to, "%d.png"), "--color-by", "Humidity", dir)
	if r.status != StatusFailed || !strings.HasPrefix(r.errors, `iceexplorer: there is no "Humidity" to colour by, only PointPosition, Size, Heat: `+dir) || len(tree(t, to)) > 0 {
		t.Errorf("an attribute that no frame has: %+v", r)
	}
}

// The scale of a film was that of the frames drawn in one run: a film made in two runs
// changed its colours and its camera in the middle.
func TestAFilmHasOneScaleInHoweverManyRunsItIsDrawn(t *testing.T) {
	needEGL(t)
	dir := heatSequence(t, 4, 1, 2, 3, 4)
	draw := func(args ...string) string {
		t.Helper()
		to := t.TempDir()
		must(t, append([]string{"render", "-o", filepath.Join(to, "%d.png"), "--size", "320x180", "--color-by", "Heat", dir}, args...)...)
		return to
	}
	same := func(a, b string, n int) bool {
		t.Helper()
		name := fmt.Sprintf("%d.png", n)
		return differ(readPNG(t, filepath.Join(a, name)), readPNG(t, filepath.Join(b, name))) == 0
	}
	film := draw()
	begin, end, one := draw("--frames", "1-2"), draw("--frames", "3-4"), draw("--frames", "2", "--measure", "all")
	if !same(film, begin, 1) || !same(film, begin, 2) || !same(film, end, 3) || !same(film, end, 4) || !same(film, one, 2) {
		t.Error("the parts of a film have other scales than the whole")
	}
	if drawn := draw("--frames", "1-2", "--measure", "drawn"); same(film, drawn, 2) {
		t.Error("--measure drawn measures all")
	}
	// Of converted files only the indexes are read.
	must(t, "convert", dir)
	if again := draw("--frames", "1-2"); !same(film, again, 2) {
		t.Error("converted, the film has another scale")
	}
}

func TestRangesMayBeTurnedAround(t *testing.T) {
	needEGL(t)
	dir := heatSequence(t, 1, 1)
	draw := func(of string) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "p.png")
		must(t, "render", "-o", path, "--size", "320x180", "--colormap", "grey", "--color-by", "Heat", "--range", of, "--background", "000000", "--plain", dir)
		return path
	}
	light := func(path string) (sum int) {
		t.Helper()
		img := readPNG(t, path)
		for y := range 180 {
			for x := range 320 {
				r, _, _, _ := img.At(x, y).RGBA()
				sum += int(r >> 8)
			}
		}
		return sum
	}
	// All points are above the range: white, and black when it is turned around.
	if up, down := light(draw("-2:-1")), light(draw("-1:-2")); up < 10*down || up == 0 {
		t.Errorf("brightness %d, turned around %d", up, down)
	}
	// All are below.
	if up, down := light(draw("2:3")), light(draw("3:2")); down < 10*up || down == 0 {
		t.Errorf("brightness %d, turned around %d", up, down)
	}
}
