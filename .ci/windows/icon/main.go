// Command icon draws the program's icon, a swirl of particles, as an ICO file on standard output.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"

	"golang.org/x/image/draw"
)

// sizes are those that Explorer, the taskbar and title bars ask for, at scales of 1 to 2.
var sizes = []int{16, 20, 24, 32, 40, 48, 64, 256}

// large is the side of the picture that all are scaled from.
const large = 1024

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "icon:", err)
		os.Exit(1)
	}
}

func run() error {
	var head, body bytes.Buffer
	write := func(b *bytes.Buffer, v any) { _ = binary.Write(b, binary.LittleEndian, v) } // to memory
	write(&head, []uint16{0, 1, uint16(len(sizes))})
	at := head.Len() + 16*len(sizes)
	pictures := map[bool]image.Image{true: draw1024(1.9), false: draw1024(1)}
	for _, n := range sizes {
		img := image.NewNRGBA(image.Rect(0, 0, n, n))
		from := pictures[n <= 32] // small ones need larger particles
		draw.CatmullRom.Scale(img, img.Bounds(), from, from.Bounds(), draw.Src, nil)
		begin := body.Len()
		if err := png.Encode(&body, img); err != nil {
			return err
		}
		write(&head, []uint8{uint8(n), uint8(n), 0, 0}) // 256 is 0
		write(&head, []uint16{1, 32})
		write(&head, []uint32{uint32(body.Len() - begin), uint32(at + begin)})
	}
	_, err := os.Stdout.Write(append(head.Bytes(), body.Bytes()...))
	return err
}

// draw1024 is two arms of particles on a dark tile; thick scales the particles.
func draw1024(thick float64) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, large, large))
	const corner = 200.0
	fill(img, color.NRGBA{0x16, 0x1c, 0x28, 0xff}, func(x, y float64) float64 {
		dx, dy := math.Max(math.Abs(x-large/2)-(large/2-corner), 0), math.Max(math.Abs(y-large/2)-(large/2-corner), 0)
		return corner - math.Hypot(dx, dy)
	})
	count := int(26 / thick)
	for i := count; i >= 0; i-- {
		t := float64(i) / float64(count)
		for _, turn := range []float64{0, math.Pi} {
			angle := turn + 0.4 + 4.4*t
			r := 60 + 340*math.Pow(t, 0.9)
			x, y, size := large/2+r*math.Cos(angle), large/2+r*math.Sin(angle), thick*(48-30*t)
			dot(img, x, y, size, ramp(t))
		}
	}
	dot(img, large/2, large/2, 90, ramp(0))
	return img
}

// ramp goes from white over ice blue to violet.
func ramp(t float64) color.NRGBA {
	stops := [][3]float64{{255, 255, 255}, {120, 220, 255}, {60, 130, 246}, {140, 80, 220}}
	f := t * float64(len(stops)-1)
	i := min(int(f), len(stops)-2)
	mix := func(c int) uint8 { return uint8(stops[i][c] + (stops[i+1][c]-stops[i][c])*(f-float64(i))) }
	return color.NRGBA{mix(0), mix(1), mix(2), 0xff}
}

func dot(img *image.NRGBA, x, y, r float64, c color.NRGBA) {
	part := img.SubImage(image.Rect(int(x-r-2), int(y-r-2), int(x+r+3), int(y+r+3)).Intersect(img.Rect)).(*image.NRGBA)
	fill(part, c, func(px, py float64) float64 { return r - math.Hypot(px-x, py-y) })
}

// fill colours what lies inside, where the distance from the edge is positive.
func fill(img *image.NRGBA, c color.NRGBA, inside func(x, y float64) float64) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			cover := math.Min(math.Max(inside(float64(x)+0.5, float64(y)+0.5)+0.5, 0), 1)
			if cover == 0 {
				continue
			}
			old := img.NRGBAAt(x, y)
			mix := func(o, n uint8) uint8 { return uint8(float64(o)*(1-cover) + float64(n)*cover) }
			img.SetNRGBA(x, y, color.NRGBA{mix(old.R, c.R), mix(old.G, c.G), mix(old.B, c.B), max(old.A, uint8(255*cover))})
		}
	}
}
