package gfx

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-gl/gl/v3.3-core/gl"
)

var axisColors = [3]rgba{{226, 88, 88, 255}, {124, 190, 84, 255}, {84, 142, 232, 255}}

// drawBackground clears depth and fills the picture with the gradient.
func (r *Renderer) drawBackground(f *frame) {
	bg := f.v.Background
	gl.ClearColor(0, 0, 0, 1)
	if bg.Transparent {
		gl.ClearColor(0, 0, 0, 0)
	}
	gl.Clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT)
	// Numbers are drawn before the particles, which may cover them.
	defer func() {
		r.gridLabels(f)
		r.flush(f)
	}()
	if bg.Transparent {
		return
	}
	col := func(c [3]float32) rgba {
		return rgba{byteOf(c[0]), byteOf(c[1]), byteOf(c[2]), 255}
	}
	r.canvas.gradient(0, 0, f.m.W, f.m.H, col(bg.Top), col(bg.Bottom))
	r.flush(f)
}

func byteOf(v float32) uint8 { return uint8(min(max(v, 0), 1)*255 + 0.5) }

// sceneBounds are the bounds with the grid around them, which near and far must hold.
func sceneBounds(v *View, b Box) Box {
	if b.Empty() {
		b = Box{Min: v.Camera.Target, Max: v.Camera.Target}.Grow(v.Camera.Distance / 2)
	}
	b = b.Grow(b.Radius()*0.02 + v.Camera.Distance*1e-6)
	if v.Grid {
		g := newGrid(v)
		b = b.Union(Box{Min: g.center, Max: g.center}.growIn(g.u, g.extent).growIn(g.v, g.extent))
	}
	return b
}

func (b Box) growIn(axis int, d float64) Box {
	b.Min[axis] -= d
	b.Max[axis] += d
	return b
}

// grid is a plane of lines around the point looked at; its spacing is a power
// of ten that follows the distance.
type grid struct {
	u, v    int // axes of the plane
	n       int // axis across
	center  Vec3
	step    float64 // between fine lines
	fine    float64 // how visible the fine lines are, 0 to 1
	extent  float64
	aligned bool // an axis view: the plane faces the eye
}

func newGrid(view *View) grid {
	c := view.Camera.Normalized()
	g := grid{u: 0, v: 2, n: 1}
	if c.ZUp {
		g.v, g.n = 1, 2
	}
	_, _, back := c.Axes()
	if c.Ortho {
		for i := range 3 {
			if math.Abs(back[i]) > 0.999 {
				g.n, g.u, g.v, g.aligned = i, (i+1)%3, (i+2)%3, true
			}
		}
	}
	// A decade has a hundred fine lines across the view at most, and ten at least.
	d := math.Log10(c.Distance * math.Tan(c.FovY/2) / 5)
	e := math.Floor(d)
	g.step = math.Pow(10, e)
	g.fine = 1 - (d-e)*0.85
	g.center = c.Target
	g.center[g.n] = 0
	g.extent = c.Distance * math.Tan(c.FovY/2) * 5
	return g
}

// maxMultiples is more than a grid ever has lines or numbers.
const maxMultiples = 2000

// multiples are the whole multiples of step within reach of a place: first*step and
// the next ones. There are none where float64 could not tell them apart.
func multiples(at, reach, step float64) (first float64, n int) {
	lo, hi := math.Ceil((at-reach)/step), math.Floor((at+reach)/step)
	const exact = 1 << 53
	if !(step > 0 && lo <= hi && lo > -exact && hi < exact) {
		return 0, 0
	}
	return lo, int(math.Min(hi-lo, maxMultiples-1)) + 1
}

// drawGrid draws the fine lines nearby and the coarse ones to the horizon.
func (r *Renderer) drawGrid(f *frame) {
	g := newGrid(f.v)
	l := &r.lines
	line := func(axis, other int, at, reach float64, col rgba, width float64) {
		a, b := g.center, g.center
		a[axis], b[axis] = at, at
		// To where the round fade ends and no further.
		d := at - g.center[axis]
		half := math.Sqrt(math.Max(reach*reach-d*d, 0))
		a[other] -= half
		b[other] += half
		l.add(a, b, width, col, col)
	}
	w := f.scale
	axes := [2][2]int{{g.u, g.v}, {g.v, g.u}}
	each := func(step, reach float64, draw func(ax [2]int, i, at float64)) {
		for _, ax := range axes {
			first, n := multiples(g.center[ax[0]], reach, step)
			for k := range n {
				if i := first + float64(k); i != 0 {
					draw(ax, i, i*step)
				}
			}
		}
	}
	near, pen := g.extent*0.5, f.pens().lines
	faint := func(a uint8) rgba { pen[3] = a; return pen }
	each(g.step, near, func(ax [2]int, i, at float64) {
		if math.Mod(i, 10) != 0 {
			line(ax[0], ax[1], at, near, faint(uint8(38*g.fine)), w)
		}
	})
	r.drawLines(f, g.center, near)
	each(g.step*10, g.extent, func(ax [2]int, i, at float64) {
		col := faint(uint8(34 + 58*g.fine*0.6))
		if math.Mod(i, 10) == 0 {
			col[3] = 92
		}
		line(ax[0], ax[1], at, g.extent, col, w)
	})
	// The line at 0 of one axis runs along the other, in that one's colour.
	for _, ax := range axes {
		line(ax[0], ax[1], 0, g.extent, axisColors[ax[1]].alpha(0.62), 1.4*w)
	}
	r.drawLines(f, g.center, g.extent)
}

// drawScene draws grid, bounds box and the clip box with depth.
func (r *Renderer) drawScene(f *frame) {
	r.lines.eye, r.lines.unit = f.m.Eye, f.m.Unit
	if f.v.Grid {
		r.drawGrid(f)
	}
	if f.v.BoundsBox {
		all := f.v.Extent
		if all.Empty() {
			all = f.v.Bounds
		}
		if !all.Empty() {
			r.lines.box(all, 1.2*f.scale, f.pens().box)
		}
	}
	if f.v.Clip.On && !f.v.Clip.Bare {
		r.addClip(f)
	}
	r.drawLines(f, Vec3{}, 0)
}

// gridLabels writes numbers where the coarse lines meet the axes.
func (r *Renderer) gridLabels(f *frame) {
	if !f.v.Grid || !f.v.GridLabels {
		return
	}
	g := newGrid(f.v)
	px := 11 * f.scale
	step := g.step * 10
	if f.m.PixelsPerUnit(g.center)*step < 70*f.scale {
		step *= 5
	} else if f.m.PixelsPerUnit(g.center)*step > 420*f.scale {
		step /= 5
	}
	type spot struct{ x, y, w float64 }
	var taken []spot
	legend := f.m.W - 96*f.scale
	for _, axis := range [2]int{g.u, g.v} {
		// Along the axis, or along a line nearby if the axis is far away.
		other := g.u + g.v - axis
		along := 0.0
		if math.Abs(g.center[other]) > g.extent*0.7 {
			along = math.Round(g.center[other]/step) * step
		}
		first, n := multiples(g.center[axis], g.extent*0.7, step)
		for k := range n {
			i := first + float64(k)
			if i == 0 && along == 0 && axis == g.v {
				continue
			}
			var p Vec3
			p[axis], p[other] = i*step, along
			x, y, _, ok := f.m.Project(p)
			s := formatNumber(i*step, step)
			if f.v.GridUnit != "" && i != 0 {
				s += " " + f.v.GridUnit
			}
			w := r.canvas.width(px, s)
			if !ok || x < 4 || y < 8 || x+w > f.m.W-4 || y > f.m.H-8 || f.m.PixelsPerUnit(p)*step < 34*f.scale {
				continue
			}
			x, y = x+5*f.scale, y+9*f.scale
			free := !(x < 120*f.scale && y > f.m.H-125*f.scale) && !(f.v.Legend && x+w > legend)
			for _, t := range taken {
				if math.Abs(t.y-y) < px*1.15 && x < t.x+t.w+8 && t.x < x+w+8 {
					free = false
				}
			}
			if !free {
				continue
			}
			taken = append(taken, spot{x, y, w})
			away := p.Sub(g.center).Len() / g.extent
			r.canvas.label(x, y, px, s, f.pens().numbers.alpha(0.85*(1-math.Min(away, 1))))
		}
	}
}

// formatNumber writes v with the digits that a scale of this step needs.
func formatNumber(v, step float64) string {
	if v == 0 {
		return "0"
	}
	a := math.Max(math.Abs(v), math.Abs(step))
	if a >= 1e7 || math.Abs(step) < 1e-5 {
		// As many digits as tell a number from the next, or all where those are many.
		need := 4
		if step > 0 {
			need = max(need, int(math.Min(math.Ceil(math.Log10(a/step)+1e-9), 16))+1)
		}
		if need <= 5 || a >= 1e15 || a < 1e7 {
			return strings.Replace(strconv.FormatFloat(v, 'g', need, 64), "-", "\u2212", -1)
		}
	}
	dec := 0
	if step > 0 {
		dec = max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
		// A step such as 0.25 has one digit more than its power of ten says.
		if r := step * math.Pow(10, float64(dec)); math.Abs(r-math.Round(r)) > 1e-6 {
			dec++
		}
	}
	return strings.Replace(groupDigits(strconv.FormatFloat(v, 'f', dec, 64)), "-", "\u2212", -1)
}

// groupDigits puts commas between thousands.
func groupDigits(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, frac, dot := strings.Cut(s, ".")
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	if dot {
		b.WriteByte('.')
		b.WriteString(frac)
	}
	return sign + b.String()
}
