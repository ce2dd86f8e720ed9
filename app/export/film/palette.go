package film

import (
	"image"
	"math"

	"github.com/soniakeys/quant/median"
)

// census counts the colours of a film, in cells of 5 bits a channel.
type census struct{ cells [1 << 15]cell }

type cell struct {
	n       uint64
	r, g, b uint64 // sums
}

// colors of an animated GIF, but for one that stands for a pixel that is not drawn.
const (
	colors  = 255
	noColor = 255
)

func (c *census) count(pix []byte) {
	for i := 0; i+3 < len(pix); i += 4 {
		if pix[i+3] < 128 {
			continue
		}
		r, g, b := pix[i], pix[i+1], pix[i+2]
		at := &c.cells[int(r>>3)<<10|int(g>>3)<<5|int(b>>3)]
		at.n++
		at.r, at.g, at.b = at.r+uint64(r), at.g+uint64(g), at.b+uint64(b)
	}
}

// palette chooses the film's colours by median cut. A colour counts by the root of its pixels,
// so that few particles before a large background have colours too.
func (c *census) palette() (p palette) {
	var pix []byte
	for i := range c.cells {
		at := &c.cells[i]
		if at.n == 0 {
			continue
		}
		mean := []byte{byte(at.r / at.n), byte(at.g / at.n), byte(at.b / at.n), 255}
		for range int(min(math.Ceil(math.Sqrt(float64(at.n))/4), 2000)) {
			pix = append(pix, mean...)
		}
	}
	if len(pix) == 0 {
		pix = []byte{0, 0, 0, 255}
	}
	sample := &image.RGBA{Pix: pix, Stride: len(pix), Rect: image.Rect(0, 0, len(pix)/4, 1)}
	for _, col := range median.Quantizer(colors).Palette(sample).ColorPalette() {
		r, g, b, _ := col.RGBA()
		p.colors = append(p.colors, [3]int32{int32(r >> 8), int32(g >> 8), int32(b >> 8)})
	}
	p.cache = make([]mix, 1<<16)
	return p
}

// palette draws colours as mixtures of two of its own.
type palette struct {
	colors [][3]int32
	cache  []mix
}

// mix is a colour between two of the palette: so many of 64 pixels have the second.
type mix struct {
	key        uint32 // of the colour, with a bit that is always set
	one, other uint8
	part       uint8
}

// nearest is the palette's colour that is closest to one.
func (p *palette) nearest(r, g, b int32) (at int) {
	best := int32(math.MaxInt32)
	for i, c := range p.colors {
		dr, dg, db := r-c[0], g-c[1], b-c[2]
		if d := 3*dr*dr + 4*dg*dg + 2*db*db; d < best {
			at, best = i, d
		}
	}
	return at
}

func (p *palette) mix(r, g, b byte) *mix {
	key := uint32(r)<<16 | uint32(g)<<8 | uint32(b) | 1<<24
	m := &p.cache[key*2654435761>>16]
	if m.key == key {
		return m
	}
	c := [3]int32{int32(r), int32(g), int32(b)}
	one := p.nearest(c[0], c[1], c[2])
	from := p.colors[one]
	other := p.nearest(2*c[0]-from[0], 2*c[1]-from[1], 2*c[2]-from[2]) // on the colour's other side
	to := p.colors[other]
	var along, length int32
	for i := range c {
		along += (c[i] - from[i]) * (to[i] - from[i])
		length += (to[i] - from[i]) * (to[i] - from[i])
	}
	part := int32(0)
	if length > 0 {
		part = min(max(along*64/length, 0), 64)
	}
	*m = mix{key, uint8(one), uint8(other), uint8(part)}
	return m
}

// bayer is a matrix of thresholds, 0 to 63. Dithering by it depends on a pixel's colour and
// place alone: what stands still in a film does not flicker.
var bayer = func() (m [64]uint8) {
	for i := range m {
		x, y := i%8, i/8
		for bit := range 3 {
			m[i] |= uint8((x^y)>>bit&1)<<(5-2*bit) | uint8(y>>bit&1)<<(4-2*bit)
		}
	}
	return m
}()

// draw draws a picture with the palette, one byte a pixel.
func (p *palette) draw(out, pix []byte, w int) {
	for i := range out {
		q := pix[4*i : 4*i+4]
		if q[3] < 128 {
			out[i] = noColor
			continue
		}
		m := p.mix(q[0], q[1], q[2])
		if out[i] = m.one; bayer[i/w%8*8+i%w%8] < m.part {
			out[i] = m.other
		}
	}
}
