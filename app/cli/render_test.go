package cli

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/app/sample"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/gfx"
	"iceexplorer/gfx/offscreen"
	"iceexplorer/gfx/still"
)

// The tests that draw are not parallel: OpenGL's functions are looked up for the
// whole process.
func needEGL(t *testing.T) {
	t.Helper()
	s, err := still.Open(gfx.Options{})
	if errors.Is(err, offscreen.ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func readPNG(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatalf("%v: %s", err, path)
	}
	return img
}

// differ counts the pixels that are not the same.
func differ(a, b image.Image) int {
	n := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}

func TestRenderWritesOnePicturePerFrame(t *testing.T) {
	needEGL(t)
	dir, to := smallSequence(t, 6), t.TempDir()
	out := must(t, "render", "-o", filepath.Join(to, "p_%03d.png"), "--frames", "2-4,6", "--size", "160x90", dir)
	if !strings.HasPrefix(out, "4 pictures of 160x90 in ") {
		t.Errorf("printed %q", out)
	}
	if got := strings.Join(tree(t, to), " "); got != "p_002.png p_003.png p_004.png p_006.png" {
		t.Errorf("wrote %s", got)
	}
	a, b := readPNG(t, filepath.Join(to, "p_002.png")), readPNG(t, filepath.Join(to, "p_006.png"))
	if a.Bounds() != image.Rect(0, 0, 160, 90) || differ(a, b) == 0 {
		t.Errorf("%v, %d pixels differ", a.Bounds(), differ(a, b))
	}
}

func TestRenderShowsWhatItsFlagsSay(t *testing.T) {
	needEGL(t)
	to := t.TempDir()
	file := filepath.Join(smallSequence(t, 1), sample.FileName(1))
	draw := func(args ...string) image.Image {
		t.Helper()
		path := filepath.Join(to, "p.png")
		must(t, append([]string{"render", "-o", path, "--size", "300x200", file}, args...)...)
		return readPNG(t, path)
	}
	base := draw()
	if n := differ(base, draw()); n != 0 {
		t.Errorf("the same picture twice differs in %d pixels", n)
	}
	for _, args := range [][]string{
		{"--color-by", "PointVelocity.mag"}, {"--color-by", "constant"}, {"--view", "top"}, {"--view", "-30,60"}, {"--points", "5"},
		{"--background", "804020"}, {"--plain"}, {"--z-up"},
	} {
		if differ(base, draw(args...)) < 50 {
			t.Errorf("%q changes nothing", args)
		}
	}
	by := []string{"--color-by", "PointVelocity.mag"}
	scalar := draw(by...)
	for _, args := range [][]string{{"--colormap", "magma"}, {"--range", "0:1000"}} {
		if differ(scalar, draw(append(args, by...)...)) < 50 {
			t.Errorf("%q changes nothing", args)
		}
	}
	if r, g, b, a := draw("--plain", "--background", "804020").At(0, 0).RGBA(); r>>8 != 0x80 || g>>8 != 0x40 || b>>8 != 0x20 || a>>8 != 255 {
		t.Errorf("background %x %x %x %x", r>>8, g>>8, b>>8, a>>8)
	}
	if _, _, _, a := draw("--plain", "--background", "transparent").At(0, 0).RGBA(); a != 0 {
		t.Errorf("transparent background has alpha %x", a)
	}
}

func TestRenderedFramesShareCameraAndRange(t *testing.T) {
	needEGL(t)
	dir, to := smallSequence(t, 3), t.TempDir()
	film := []string{"render", "-o", filepath.Join(to, "%d.png"), "--color-by", "PointVelocity.mag", "--size", "400x300", dir}
	must(t, film...)
	one := func(name string, args ...string) image.Image {
		t.Helper()
		path := filepath.Join(to, name)
		must(t, append([]string{"render", "-o", path, "--size", "400x300", "--color-by", "PointVelocity.mag"}, args...)...)
		return readPNG(t, path)
	}
	alone := one("alone.png", "--frames", "2", dir)
	if differ(readPNG(t, filepath.Join(to, "2.png")), alone) == 0 {
		t.Error("frame 2 of a film has the camera and range of frame 2 alone")
	}
}

func TestRenderNamesDamagedFramesAndGoesOn(t *testing.T) {
	needEGL(t)
	dir, to := smallSequence(t, 3), t.TempDir()
	broken := filepath.Join(dir, sample.FileName(2))
	if err := os.WriteFile(broken, []byte("ICECACHE, but not really"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := do(t, "render", "-o", filepath.Join(to, "p%d.png"), "--size", "64x64", dir)
	if r.status != StatusFailed || strings.Count(r.errors, "\n") != 1 || !strings.HasSuffix(r.errors, ": "+broken+"\n") || !strings.HasPrefix(r.out, "2 pictures") {
		t.Errorf("%+v", r)
	}
	if got := strings.Join(tree(t, to), " "); got != "p1.png p3.png" {
		t.Errorf("wrote %s", got)
	}
}

func TestRenderMakesItsFolderAndTellsOfDamageOnce(t *testing.T) {
	needEGL(t)
	dir, to := smallSequence(t, 2), t.TempDir()
	damage(t, filepath.Join(dir, sample.FileName(2)))
	r := do(t, "render", "-o", filepath.Join(to, "a", "b", "p%d.png"), "--size", "64x64", "--color-by", "age", dir)
	if r.status != StatusOK || strings.Count(r.errors, "\n") != 1 || !strings.HasPrefix(r.errors, "iceexplorer: warning: ") {
		t.Errorf("%+v", r)
	}
	if got := strings.Join(tree(t, to), " "); got != "a/b/p1.png a/b/p2.png" {
		t.Errorf("wrote %s", got)
	}
}

func TestFramesToDrawMayBeNegative(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"12": "12", "1-3": "1,2,3", "-2": "-2", "-3..-1, 5": "-3,-2,-1,5", "-1-1": "-1,0,1", "3-1": "", "1.5-3.5": "2,3", "-0.5..0.5,2.0": "0,2", "1.-2": "", "1e1": "", "1-9x4": "1,5,9", "-3..3x3,10": "-3,0,3,10", "1-3x0": "", "1-3x": "", "5x2": "", "1-2x0.5": "1,2", "a": "", "": "", "1-": "",
	} {
		spans, err := parseFrames(text)
		p := picture{frames: spans}
		var got []string
		for n := cache.Number(-20); n <= 20 && err == nil; n++ {
			if p.wants(n) {
				got = append(got, n.String())
			}
		}
		if strings.Join(got, ",") != want || (err == nil) != (want != "") {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

func TestRenderFailsWithOneSentence(t *testing.T) {
	needEGL(t)
	dir := smallSequence(t, 3)
	for _, tc := range []struct{ args, want string }{
		{"-o NEW/p.png --color-by Nope --frames 1 DIR", `there is no "Nope" to colour by, only `},
		{"-o NEW/p.png --color-by Siez --frames 1 DIR", `there is no "Siez" to colour by, only PointPosition, PointVelocity, Color, Size, ID, Age, AgeLimit, Orientation, Mass, Resting; did you mean Size?: `},
		{"-o NEW/p.png --frames 9 DIR", "none of these frames exists, only 1-3: DIR"},
		{"-o DIR/fountain_1.icecache/p.png --frames 1 DIR", "make folder: " + systems(syscall.ENOTDIR) + ": " + filepath.Join("DIR", "fountain_1.icecache")},
		{"-o NEW/p.png --size 65000x65000 --frames 1 DIR", "drawing 65000 x 65000 pixels"},
		{"-o NEW/p.png DIR/gone", ""},
	} {
		to := t.TempDir()
		args := strings.Fields(strings.NewReplacer("DIR", dir, "NEW", to).Replace(tc.args))
		r := do(t, append([]string{"render"}, args...)...)
		want := "iceexplorer: " + strings.NewReplacer("DIR", dir, "NEW", to).Replace(tc.want)
		if r.status != StatusFailed || !strings.HasPrefix(r.errors, want) || strings.Count(r.errors, "\n") != 1 {
			t.Errorf("%s: %+v", tc.args, r)
		}
		if left := tree(t, to); len(left) > 0 {
			t.Errorf("%s left %v", tc.args, left)
		}
	}
}

func TestRenderRefusesFlagsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"":                                      "render needs a file or folder",
		"x":                                     "render needs a picture or a film to write: -o FILE.png",
		"x -o a.jpg":                            `-o "a.jpg": want a name that ends in .png`,
		"x -o a%s.png":                          `-o "a%s.png": want one place for the frame`,
		"x -o a%d%d.png":                        `-o "a%d%d.png": want one place for the frame`,
		"x -o a.png --size 12":                  `--size "12": want a width and a height`,
		"x -o a.png --size 0x9":                 `--size "0x9": want a width and a height`,
		"x -o a.png --frames b":                 `--frames "b": want frames such as`,
		"x -o a.png --range 1:2":                "--range needs an attribute: add --color-by",
		"x -o a.png --color-by A --range 2:2":   `--range "2:2": want two different numbers`,
		"x -o a.png --color-by A --range 2:x":   `--range "2:x": want two different numbers`,
		"x -o a.png --color-by A --range nan:1": `--range "nan:1": want two different numbers`,
		"x -o a.png --color-by A --range 0:inf": `--range "0:inf": want two different numbers`,
		"x -o a.png --measure some":             `--measure "some": want all or drawn`,
		"x -o a.png --colormap jet":             `--colormap "jet": want one of viridis`,
		"x -o a.png --view up":                  `--view "up": want perspective`,
		"x -o a.png --view 10,100":              `--view "10,100": want perspective`,
		"x -o a.png --background red":           `--background "red": want six hexadecimal digits`,
		"x -o a.png --points 0":                 `--points "0": want a whole number from 1`,
	} {
		r := do(t, append([]string{"render"}, strings.Fields(args)...)...)
		if r.status != StatusUsage || !strings.HasPrefix(r.errors, "iceexplorer: "+want) {
			t.Errorf("%s: %d %q", args, r.status, r.errors)
		}
	}
	if r := do(t, "render", "-o", "a.png", smallSequence(t, 2)); r.status != StatusUsage || !strings.Contains(r.errors, "2 frames need a place for the number") {
		t.Errorf("%+v", r)
	}
}

// The picture that issue 5 asks for; its look is judged by eye, its legend here.
func TestRenderColoursTheCorpusByVelocity(t *testing.T) {
	needEGL(t)
	dir, _ := copyCaches(t, corpus(t, "sequence_10k"))
	path := filepath.Join(t.TempDir(), "v.png")
	must(t, "render", "-o", path, "--frames", "12", "--color-by", "PointVelocity.mag", dir)
	img := readPNG(t, path)
	// Both ends of viridis are in the legend: dark violet and yellow.
	for _, want := range [][3]float64{{68, 1, 84}, {253, 231, 36}} {
		least := math.Inf(1)
		for y := range 720 {
			for x := 1130; x < 1280; x++ {
				r, g, b, _ := img.At(x, y).RGBA()
				least = min(least, math.Abs(float64(r>>8)-want[0])+math.Abs(float64(g>>8)-want[1])+math.Abs(float64(b>>8)-want[2]))
			}
		}
		if least > 12 {
			t.Errorf("the legend lacks the colour %s", fmt.Sprint(want))
		}
	}
}

// An empty picture was made of points without places, and nobody was told.
func TestRenderSaysWhyAPictureIsEmpty(t *testing.T) {
	needEGL(t)
	dir := smallSequence(t, 2)
	cutInHalf(t, filepath.Join(dir, sample.FileName(2)))
	bare := filepath.Join(t.TempDir(), "bare_1.icecache")
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Int32s("ID", []int32{1, 2})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	if err := icecache.WriteFile(t.Context(), bare, f, icecache.EncodeOptions{}); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"more attributes are missing: the file ends at byte":       {dir},
		"no point can be drawn, PointPosition is missing: " + bare: {bare},
	} {
		r := do(t, append([]string{"render", "-o", filepath.Join(t.TempDir(), "p%d.png"), "--size", "64x64"}, args...)...)
		if r.status != StatusOK || strings.Count(r.errors, "\n") != 1 || !strings.Contains(r.errors, want) {
			t.Errorf("%+v, want %q", r, want)
		}
	}
}
