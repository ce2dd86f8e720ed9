package gfx

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func compareGolden(t *testing.T, name string, img *image.RGBA) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".png")
	if *update {
		writePNG(t, path, img)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("%s: %v; run the test with -update", name, err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != img.Bounds() {
		t.Fatalf("the picture is %v, the golden one %v", img.Bounds(), want.Bounds())
	}
	mean, far := difference(img, want)
	mostMean, mostFar := 0.6, 0.004
	if runtime.GOOS == "windows" {
		mean, far = nearDifference(img, want)
		mostMean, mostFar = nearMean, nearFar
	}
	if mean > mostMean || far > mostFar {
		got := filepath.Join(t.TempDir(), name+".png")
		if dir := os.Getenv("GFX_FAILED"); dir != "" {
			got = filepath.Join(dir, name+".png")
		}
		writePNG(t, got, img)
		t.Errorf("%s: mean difference %.3f of 255, %.2f %% of the pixels far off; the picture is in %s", name, mean, far*100, got)
	}
}

func writePNG(t *testing.T, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// difference compares as an eye would at arm's length: both pictures are blurred
// over 3x3 pixels, then colours are compared. far is the part of the pixels that
// differ by more than 24 of 255.
func difference(a, b image.Image) (mean, far float64) {
	pa, pb := blurred(a), blurred(b)
	n := 0
	for i := range pa {
		var d float64
		for k := range 3 {
			d = math.Max(d, math.Abs(pa[i][k]-pb[i][k]))
		}
		mean += d
		if d > 24 {
			n++
		}
	}
	return mean / float64(len(pa)), float64(n) / float64(len(pa))
}

func blurred(img image.Image) [][3]float64 {
	b := img.Bounds()
	out := make([][3]float64, 0, b.Dx()*b.Dy())
	px := make([][3]float64, b.Dx()*b.Dy())
	for y := range b.Dy() {
		for x := range b.Dx() {
			r, g, bl, _ := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
			px[y*b.Dx()+x] = [3]float64{float64(r) / 257, float64(g) / 257, float64(bl) / 257}
		}
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			var s [3]float64
			n := 0.0
			for yy := max(y-1, 0); yy <= min(y+1, b.Dy()-1); yy++ {
				for xx := max(x-1, 0); xx <= min(x+1, b.Dx()-1); xx++ {
					for k := range 3 {
						s[k] += px[yy*b.Dx()+xx][k]
					}
					n++
				}
			}
			out = append(out, [3]float64{s[0] / n, s[1] / n, s[2] / n})
		}
	}
	return out
}
