package gfx

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// What Mesa draws in Wine is within these of what it draws on Linux.
const nearMean, nearFar = 2, 0.002

// nearDifference is difference for another driver than that of the golden pictures, which rounds places
// and sizes of points otherwise: a pixel is held against the most similar one of those around its place,
// in both directions, so that what is missing counts as what is too much.
func nearDifference(a, b image.Image) (mean, far float64) {
	w := a.Bounds().Dx()
	pa, pb := blurred(a), blurred(b)
	one, oneFar := oneWay(pa, pb, w)
	other, otherFar := oneWay(pb, pa, w)
	return math.Max(one, other), math.Max(oneFar, otherFar)
}

func oneWay(of, in [][3]float64, w int) (mean, far float64) {
	h, n := len(of)/w, 0
	for i, p := range of {
		x, y, least := i%w, i/w, math.Inf(1)
		for v := max(y-1, 0); v <= min(y+1, h-1); v++ {
			for u := max(x-1, 0); u <= min(x+1, w-1); u++ {
				q, d := in[v*w+u], 0.0
				for k := range p {
					d = math.Max(d, math.Abs(p[k]-q[k]))
				}
				least = math.Min(least, d)
			}
		}
		mean += least
		if least > 24 {
			n++
		}
	}
	return mean / float64(len(of)), float64(n) / float64(len(of))
}

// dots is a picture of a grid of squares.
func dots(dx, size int, c color.RGBA) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 200, 100))
	for y := range 100 {
		for x := range 200 {
			img.SetRGBA(x, y, color.RGBA{40, 40, 40, 255})
			if x > 10 && y > 10 && x < 185 && y < 95 && (x+dx)%20 < size && y%20 < size {
				img.SetRGBA(x, y, c)
			}
		}
	}
	return img
}

func TestNearDifferenceBearsOnePixelAndNothingElse(t *testing.T) {
	t.Parallel()
	white := color.RGBA{255, 255, 255, 255}
	want := dots(0, 8, white)
	for name, tc := range map[string]struct {
		img  *image.RGBA
		same bool
	}{
		"the same": {dots(0, 8, white), true}, "a pixel aside": {dots(1, 8, white), true}, "three aside": {dots(3, 8, white), false},
		"larger": {dots(0, 12, white), false}, "none": {dots(0, 0, white), false}, "yellow": {dots(0, 8, color.RGBA{255, 255, 150, 255}), false},
	} {
		mean, far := nearDifference(tc.img, want)
		if (mean <= nearMean && far <= nearFar) != tc.same {
			t.Errorf("%s: mean %.2f, %.4f of the pixels far off", name, mean, far)
		}
	}
}
