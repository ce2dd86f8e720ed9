package gfx

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

var (
	inkBright = rgba{232, 236, 243, 255}
	ink       = rgba{178, 187, 201, 255}
	inkWarn   = rgba{250, 190, 92, 255}
	panelFill = rgba{16, 18, 22, 205}
)

// drawOverlay draws what lies flat over the picture.
func (r *Renderer) drawOverlay(f *frame) {
	if f.v.Clip.On && !f.v.Clip.Bare {
		r.drawClipHandles(f)
	}
	if f.v.Gizmo {
		r.drawGizmo(f)
	}
	if f.v.Legend {
		r.drawLegends(f)
	}
	texts := f.v.Texts
	if len(f.notes) > 0 {
		texts = append(texts[:len(texts):len(texts)], Text{Corner: TopLeft, Lines: f.notes, Warn: true})
	}
	r.drawTexts(f, texts)
	r.flush()
}

// drawTexts stacks the blocks of each corner.
func (r *Renderer) drawTexts(f *frame, texts []Text) {
	c := r.canvas
	s := f.scale
	px, lead, margin := 13*s, 18*s, 14*s
	used := map[Corner]float64{}
	for _, t := range texts {
		h := lead * float64(len(t.Lines))
		y := margin + used[t.Corner] + lead/2
		if t.Corner == BottomLeft || t.Corner == BottomRight {
			y = f.m.H - margin - used[t.Corner] - h + lead/2
		}
		used[t.Corner] += h + lead*0.4
		for i, line := range t.Lines {
			line = c.fit(px, line, f.m.W-2*margin)
			x := margin
			switch t.Corner {
			case TopRight, BottomRight:
				x = f.m.W - margin - c.width(px, line)
			case TopCenter:
				x = (f.m.W - c.width(px, line)) / 2
			case BottomLeft:
				if f.v.Gizmo {
					x += 100 * s
				}
			}
			col := ink
			if i == 0 {
				col = inkBright
			}
			if t.Warn {
				col = inkWarn
			}
			// A soft shadow keeps text legible over bright points.
			c.label(x+s, y+s, px, line, rgba{0, 0, 0, 150})
			c.label(x, y, px, line, col)
			y += lead
		}
	}
}

// fit cuts a line that is too wide.
func (c *canvas) fit(px float64, s string, width float64) string {
	if c.width(px, s) <= width {
		return s
	}
	runes := []rune(s)
	lo, hi := 0, len(runes)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if c.width(px, string(runes[:mid])+"\u2026") <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:lo]), " ") + "\u2026"
}

// note tells in the picture that something was left out.
func (f *frame) note(format string, args ...any) {
	n := fmt.Sprintf(format, args...)
	for _, have := range f.notes {
		if have == n {
			return
		}
	}
	f.notes = append(f.notes, n)
}

// Ticks are round numbers from lo to hi, about n of them, and their distance.
func Ticks(lo, hi float64, n int) (ticks []float64, step float64) {
	if !(hi > lo) || math.IsInf(hi-lo, 0) || n < 1 {
		return nil, 0
	}
	raw := (hi - lo) / float64(n)
	mag := math.Pow(10, math.Floor(math.Log10(raw)))
	step = 10 * mag
	for _, k := range []float64{1, 2, 2.5, 5} {
		if k*mag >= raw {
			step = k * mag
			break
		}
	}
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+step*1e-9; i++ {
		ticks = append(ticks, i*step)
	}
	return ticks, step
}

// drawLegends draws a scale at the right for each cloud coloured by a scalar.
func (r *Renderer) drawLegends(f *frame) {
	s := f.scale
	x := f.m.W - 18*s
	var seen []string
	for i := range f.clouds {
		c := &f.clouds[i]
		if c.Coloring.Mode != ColorScalar || !c.Scalar.Present() || c.N == 0 {
			continue
		}
		col := c.Coloring
		id := fmt.Sprint(col.Title, col.Map, col.Min, col.Max)
		known := false
		for _, o := range seen {
			known = known || o == id
		}
		if known || len(seen) == 3 {
			continue
		}
		seen = append(seen, id)
		x = r.drawScale(f, x, c) - 14*s
	}
	r.drawShapeLegend(f)
}

// drawScale draws one legend whose right edge is at x, and returns its left edge.
func (r *Renderer) drawScale(f *frame, x float64, cl *Cloud) float64 {
	c, s, col := r.canvas, f.scale, cl.Coloring
	m, err := r.mapTexture(col.Map)
	if err != nil {
		return x
	}
	px := 12 * s
	if col.Map == Categorical && cl.Scalar.F == nil {
		return r.drawCategories(f, x, col, m)
	}
	h := math.Min(220*s, f.m.H*0.42)
	ticks, step := Ticks(float64(col.Min), float64(col.Max), max(int(h/(38*s)), 2))
	lo, hi := float64(col.Min), float64(col.Max)
	if !(hi > lo) {
		ticks, step, hi = []float64{lo}, 0, lo+1
	}
	wide := c.width(px, "NaN, inf")
	for _, t := range ticks {
		wide = math.Max(wide, c.width(px, tickText(t, step)))
	}
	bar := 14 * s
	title := c.fit(13*s, col.Title, f.m.W*0.4)
	span := rangeText(float64(col.Min), float64(col.Max))
	width := math.Max(bar+10*s+wide, math.Max(c.width(13*s, title), c.width(11*s, span))) + 24*s
	top := (f.m.H-h)/2 + 8*s
	x0 := x - width
	c.round(x0, top-56*s, x, top+h+42*s, 6*s, panelFill)
	c.label(x0+12*s, top-38*s, 13*s, title, inkBright)
	c.label(x0+12*s, top-19*s, 11*s, span, ink)
	bx := x0 + 12*s
	n := len(m.colors)
	for i := range n {
		a, b := m.colors[i], m.colors[min(i+1, n-1)]
		y1 := top + h - h*float64(i)/float64(n)
		y0 := top + h - h*float64(i+1)/float64(n)
		c.gradient(bx, y0, bx+bar, y1, rgba{byteOf(b[0]), byteOf(b[1]), byteOf(b[2]), 255}, rgba{byteOf(a[0]), byteOf(a[1]), byteOf(a[2]), 255})
	}
	for _, t := range ticks {
		y := top + h - h*(t-lo)/(hi-lo)
		c.line(bx+bar, y, bx+bar+5*s, y, s, ink)
		c.label(bx+bar+9*s, y, px, tickText(t, step), ink)
	}
	bad := col.Bad
	if bad == ([4]float32{}) {
		bad = [4]float32{1, 0, 0.8, 1}
	}
	y := top + h + 22*s
	c.round(bx, y-7*s, bx+bar, y+7*s, 2*s, rgba{byteOf(bad[0]), byteOf(bad[1]), byteOf(bad[2]), 255})
	c.label(bx+bar+9*s, y, px, "NaN, inf", ink)
	return x0
}

// rangeText is a colormap's range with three digits or so.
func rangeText(lo, hi float64) string {
	if lo == hi {
		return "all " + strings.Replace(strconv.FormatFloat(lo, 'g', 6, 64), "-", "\u2212", -1)
	}
	step := math.Max((hi-lo)/100, math.Max(math.Abs(lo), math.Abs(hi))*1e-5)
	if step <= 0 || math.IsNaN(step) || math.IsInf(step, 0) {
		step = 1
	}
	step = math.Pow(10, math.Floor(math.Log10(step)+1e-9))
	return formatNumber(lo, step) + " to " + formatNumber(hi, step)
}

func tickText(t, step float64) string {
	if step == 0 {
		return formatNumber(t, math.Max(math.Abs(t)/1000, 1e-4))
	}
	return formatNumber(t, step)
}

func (r *Renderer) drawCategories(f *frame, x float64, col Coloring, m *mapTexture) float64 {
	c, s := r.canvas, f.scale
	px, lead := 12*s, 17*s
	n := len(m.colors)
	first := int64(col.Min)
	count := n
	if span := int64(col.Max) - first + 1; span > 0 && span < int64(n) {
		count = int(span)
	}
	name := func(i int) string {
		if count < n || int64(col.Max)-first+1 == int64(n) {
			return groupDigits(fmt.Sprint(first + int64(i)))
		}
		return fmt.Sprintf("%d, %d, \u2026", i, i+n)
	}
	wide := 0.0
	for i := range count {
		wide = math.Max(wide, c.width(px, name(i)))
	}
	title := c.fit(13*s, col.Title, f.m.W*0.4)
	width := math.Max(22*s+wide, c.width(13*s, title)) + 24*s
	h := lead * float64(count)
	top := (f.m.H - h) / 2
	x0 := x - width
	c.round(x0, top-38*s, x, top+h+10*s, 6*s, panelFill)
	c.label(x0+12*s, top-20*s, 13*s, title, inkBright)
	for i := range count {
		k := i
		if count < n {
			k = int(((first+int64(i))%int64(n) + int64(n)) % int64(n))
		} else if int64(col.Max)-first+1 == int64(n) {
			k = int(((first+int64(i))%int64(n) + int64(n)) % int64(n))
		}
		v := m.colors[k]
		y := top + lead*(float64(i)+0.5)
		c.round(x0+12*s, y-6*s, x0+24*s, y+6*s, 3*s, rgba{byteOf(v[0]), byteOf(v[1]), byteOf(v[2]), 255})
		c.label(x0+33*s, y, px, name(i), ink)
	}
	return x0
}
