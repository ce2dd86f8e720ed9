// Package icon draws the program's icon: a crystal of particles on a dark tile, as a picture of
// any size and as SVG.
package icon

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
)

// side is the width of the icon that lengths here are about.
const side = 256

// The tile.
const (
	edge   = 8  // around it
	corner = 52 // its radius
)

// The tile's colour at its top and bottom.
var top, bottom = color.RGBA{46, 54, 66, 255}, color.RGBA{20, 23, 29, 255}

// dot is a particle.
type dot struct {
	x, y, r float64
	color   color.RGBA
}

// coarse is the size, in pixels, up to which an icon has fewer and larger dots.
const coarse = 24

// dots are the crystal: six arms with branches, from a warm middle to cold ends. Of a coarse
// one only the arms are left.
func dots(isCoarse bool) (all []dot) {
	middle := color.RGBA{255, 214, 138, 255}
	if isCoarse {
		all = append(all, dot{side / 2, side / 2, 30, middle})
	} else {
		all = append(all, dot{side / 2, side / 2, 19, middle})
	}
	for arm := range 6 {
		at := func(along, across float64) (x, y float64) {
			s, c := math.Sincos(float64(arm)*math.Pi/3 - math.Pi/2)
			return side/2 + along*c - across*s, side/2 + along*s + across*c
		}
		add := func(along, across, r float64) {
			x, y := at(along, across)
			all = append(all, dot{x, y, r, shade(math.Hypot(along, across))})
		}
		if isCoarse {
			add(52, 0, 18)
			add(94, 0, 20)
			continue
		}
		add(34, 0, 11)
		add(56, 0, 9.5)
		add(77, 0, 8.5)
		add(97, 0, 10)
		for _, way := range []float64{-1, 1} {
			add(68, way*19, 6.5)
			add(82, way*31, 8)
		}
	}
	return all
}

// shade is the colour of a dot so far from the middle.
func shade(far float64) color.RGBA {
	stops := []color.RGBA{{255, 244, 214, 255}, {176, 232, 255, 255}, {92, 178, 245, 255}, {74, 128, 226, 255}}
	t := min(max((far-30)/70, 0), 1) * float64(len(stops)-1)
	i := min(int(t), len(stops)-2)
	return mix(stops[i], stops[i+1], t-float64(i))
}

func mix(a, b color.RGBA, t float64) color.RGBA {
	m := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*t)) }
	return color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), m(a.A, b.A)}
}

// Picture is the icon, so many pixels wide and high.
func Picture(size int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	scale := float64(size) / side
	all := dots(size <= coarse)
	for y := range size {
		for x := range size {
			px, py := (float64(x)+0.5)/scale, (float64(y)+0.5)/scale
			c := mix(top, bottom, py/side)
			for _, d := range all {
				// Half a pixel inside of its edge a dot covers all of a pixel, half one outside nothing.
				part := (d.r-math.Hypot(px-d.x, py-d.y))*scale + 0.5
				c = mix(c, d.color, min(max(part, 0), 1))
			}
			part := min(max(-outside(px, py)*scale+0.5, 0), 1)
			img.SetNRGBA(x, y, color.NRGBA{c.R, c.G, c.B, uint8(math.Round(255 * part))})
		}
	}
	return img
}

// outside is how far a place is outside of the tile; negative inside.
func outside(x, y float64) float64 {
	const half = side/2 - edge - corner
	dx, dy := math.Abs(x-side/2)-half, math.Abs(y-side/2)-half
	return math.Hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - corner
}

// SVG is the icon as a scalable picture.
func SVG() []byte {
	var b strings.Builder
	hex := func(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">`+"\n", side, side, side, side)
	fmt.Fprintf(&b, `<defs><linearGradient id="tile" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="%s"/><stop offset="1" stop-color="%s"/></linearGradient></defs>`+"\n", hex(top), hex(bottom))
	fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" rx="%d" fill="url(#tile)"/>`+"\n", edge, edge, side-2*edge, side-2*edge, corner)
	for _, d := range dots(false) {
		fmt.Fprintf(&b, `<circle cx="%.2f" cy="%.2f" r="%.2f" fill="%s"/>`+"\n", d.x, d.y, d.r, hex(d.color))
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}
