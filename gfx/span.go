package gfx

import "math"

// Span is a line between two places of the world, with text at its middle; it lies over
// everything.
type Span struct {
	A, B Vec3
	Text string
}

var inkSpan = rgba{250, 214, 92, 255}

func (r *Renderer) drawSpans(f *frame) {
	c, s := r.canvas, f.scale
	for _, sp := range f.v.Spans {
		ax, ay, _, okA := f.m.Project(sp.A)
		bx, by, _, okB := f.m.Project(sp.B)
		// An end behind the eye has no place in the picture.
		if !okA || !okB || math.Abs(ax)+math.Abs(ay)+math.Abs(bx)+math.Abs(by) > 1e6 {
			continue
		}
		c.line(ax, ay, bx, by, 4*s, rgba{0, 0, 0, 150})
		c.line(ax, ay, bx, by, 1.6*s, inkSpan)
		for _, p := range [][2]float64{{ax, ay}, {bx, by}} {
			c.disc(p[0], p[1], 5*s, rgba{0, 0, 0, 170})
			c.disc(p[0], p[1], 3.4*s, inkSpan)
		}
		if sp.Text == "" {
			continue
		}
		px := 13 * s
		text := c.fit(px, sp.Text, f.m.W-16*s)
		w := c.width(px, text)
		x := math.Min(math.Max((ax+bx)/2+8*s, 8*s), f.m.W-w-8*s)
		y := math.Min(math.Max((ay+by)/2, px), f.m.H-px)
		c.round(x-5*s, y-0.75*px, x+w+5*s, y+0.75*px, 4*s, panelFill)
		c.label(x, y, px, text, inkSpan)
	}
}
