package gfx

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/gfx/style"
)

// maxLegends is how many fit beside each other and leave room for the scene.
const maxLegends = 3

// legend explains the colours of clouds that are coloured alike.
type legend struct {
	Coloring
	whole   bool // of whole numbers
	missing []swatch
}

// swatch is a colour that stands for no value, and what it means.
type swatch struct {
	color [4]float32
	text  string
}

// legends are the clouds' legends, each once. A cloud without the scalar has one too, so that
// it does not come and go in a film.
func legends(clouds []Cloud) []legend {
	var out []legend
	for i := range clouds {
		c := &clouds[i]
		col := c.Coloring.filled()
		if col.Mode != style.ColorScalar || !c.Scalar.Present() && col.Title == "" {
			continue
		}
		at := slices.IndexFunc(out, func(l legend) bool {
			return l.Title == col.Title && l.Map == col.Map && l.Min == col.Min && l.Max == col.Max && l.NoRange == col.NoRange
		})
		if at < 0 {
			if len(out) == maxLegends {
				continue
			}
			at = len(out)
			out = append(out, legend{Coloring: col})
		}
		l := &out[at]
		l.Finite = l.Finite && col.Finite
		l.whole = l.whole || c.Scalar.Present() && c.Scalar.F == nil
		if s := (swatch{col.Constant, col.Missing}); !c.Scalar.Present() && s.text != "" && !slices.Contains(l.missing, s) {
			l.missing = append(l.missing, s)
		}
	}
	return out
}

// filled is the colouring with its zero values replaced by the colours they mean.
func (c Coloring) filled() Coloring {
	if c.Constant == ([4]float32{}) {
		c.Constant = [4]float32{0.82, 0.84, 0.87, 1}
	}
	if c.Bad == ([4]float32{}) {
		c.Bad = [4]float32{1, 0, 0.8, 1}
	}
	return c
}

// drawLegends draws the legends side by side at the right.
func (r *Renderer) drawLegends(f *frame) {
	x := f.m.W - 18*f.scale
	for _, l := range legends(f.clouds) {
		x = r.drawLegend(f, x, &l) - 14*f.scale
	}
	r.drawShapeLegend(f)
}

// legendText is a line above or below a scale.
type legendText struct {
	text string
	px   float64
	ink  rgba
}

// drawLegend draws a legend whose right edge is at x, and returns its left edge.
func (r *Renderer) drawLegend(f *frame, x float64, l *legend) float64 {
	c, s := r.canvas, f.scale
	m, err := r.mapTexture(l.Map)
	if err != nil {
		return x
	}
	var body legendBody = &scaleBody{l: l, colors: m.colors}
	switch {
	case l.NoRange:
		body = noBody{}
	case l.Map == style.Categorical && l.whole:
		body = newCategories(l, m.colors)
	}
	width, height := body.size(f, c)
	head := []legendText{{l.Title, 13 * s, inkBright}}
	if at := strings.LastIndex(l.Title, " ("); at > 0 && c.width(13*s, l.Title) > f.m.W*0.4 { // whose it is goes below
		head = []legendText{{l.Title[:at], 13 * s, inkBright}, {l.Title[at+1:], 13 * s, inkBright}}
	}
	if text := body.title(); text != "" {
		head = append(head, legendText{text, 11 * s, ink})
	}
	if l.Note != "" {
		head = append(head, legendText{l.Note, 11 * s, inkWarn})
	}
	for i := range head {
		head[i].text = c.fit(head[i].px, head[i].text, f.m.W*0.4)
		width = math.Max(width, c.width(head[i].px, head[i].text))
	}
	swatches := slices.Clone(l.missing)
	if !l.NoRange {
		swatches = append(body.swatches(l), swatches...)
	}
	const lead = 19
	for i := range swatches {
		swatches[i].text = c.fit(12*s, swatches[i].text, f.m.W*0.4)
		width = math.Max(width, 23*s+c.width(12*s, swatches[i].text))
	}
	top := (f.m.H-height)/2 + 8*s
	x0, bottom := x-width-24*s, top+height
	if len(swatches) > 0 {
		bottom += (8 + lead*float64(len(swatches))) * s
	}
	c.round(x0, top-(18+lead*float64(len(head)))*s, x, bottom+14*s, 6*s, panelFill)
	for i, t := range head {
		c.label(x0+12*s, top-lead*float64(len(head)-i)*s, t.px, t.text, t.ink)
	}
	body.draw(f, c, x0+12*s, top)
	for i, w := range swatches {
		y := top + height + (8+lead*(float64(i)+0.5)+4)*s
		c.round(x0+12*s, y-7*s, x0+26*s, y+7*s, 2*s, rgbaOf(w.color))
		c.label(x0+35*s, y, 12*s, w.text, ink)
	}
	return x0
}

func rgbaOf(c [4]float32) rgba { return rgba{byteOf(c[0]), byteOf(c[1]), byteOf(c[2]), 255} }

// legendBody is the part of a legend that shows the colours.
type legendBody interface {
	title() string
	size(f *frame, c *canvas) (w, h float64)
	draw(f *frame, c *canvas, x, y float64)
	swatches(l *legend) []swatch
}

// noBody is the body if no value is known.
type noBody struct{}

func (noBody) title() string                           { return "no values" }
func (noBody) size(f *frame, _ *canvas) (w, h float64) { return 0, -10 * f.scale }
func (noBody) draw(_ *frame, _ *canvas, _, _ float64)  {}
func (noBody) swatches(*legend) []swatch               { return nil }

// scaleBody is a bar with ticks. Values rise upwards, even if the map is inverted.
type scaleBody struct {
	l      *legend
	colors [][3]float32
	lo, hi float64
	ticks  []float64
	step   float64
}

func (b *scaleBody) turned() bool { return b.l.Max < b.l.Min }

func (b *scaleBody) title() string {
	lo, hi := float64(b.l.Min), float64(b.l.Max)
	if b.turned() {
		return rangeText(hi, lo) + ", inverted"
	}
	return rangeText(lo, hi)
}

func (b *scaleBody) swatches(l *legend) (out []swatch) {
	if l.Above[3] > 0 {
		out = append(out, swatch{l.Above, "above"})
	}
	if l.Below[3] > 0 {
		out = append(out, swatch{l.Below, "below"})
	}
	if !l.Finite {
		out = append(out, swatch{l.Bad, "NaN, inf"})
	}
	return out
}

// barWidth is the width of a bar, before the picture's scale.
const barWidth = 14

func (b *scaleBody) size(f *frame, c *canvas) (w, h float64) {
	s := f.scale
	h = math.Min(220*s, f.m.H*0.42)
	b.lo, b.hi = float64(min(b.l.Min, b.l.Max)), float64(max(b.l.Min, b.l.Max))
	b.ticks, b.step = Ticks(b.lo, b.hi, max(int(h/(38*s)), 2))
	if !(b.hi > b.lo) {
		b.ticks, b.step, b.hi = []float64{b.lo}, 0, b.lo+1
	}
	for _, t := range b.ticks {
		w = math.Max(w, c.width(12*s, tickText(t, b.step)))
	}
	return w + (barWidth+9)*s, h
}

func (b *scaleBody) draw(f *frame, c *canvas, x, y float64) {
	s := f.scale
	h := math.Min(220*s, f.m.H*0.42)
	n := len(b.colors)
	for i := range n {
		lower, upper := b.colors[i], b.colors[min(i+1, n-1)]
		if b.turned() {
			lower, upper = b.colors[n-1-i], b.colors[max(n-2-i, 0)]
		}
		y1, y0 := y+h-h*float64(i)/float64(n), y+h-h*float64(i+1)/float64(n)
		c.gradient(x, y0, x+barWidth*s, y1, rgb(upper), rgb(lower))
	}
	for _, t := range b.ticks {
		at := y + h - h*(t-b.lo)/(b.hi-b.lo)
		c.line(x+barWidth*s, at, x+(barWidth+5)*s, at, s, ink)
		c.label(x+(barWidth+9)*s, at, 12*s, tickText(t, b.step), ink)
	}
}

func rgb(c [3]float32) rgba { return rgba{byteOf(c[0]), byteOf(c[1]), byteOf(c[2]), 255} }

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

// categories are whole numbers with a colour each, in turn.
type categories struct {
	names  []string
	colors [][3]float32
}

// newCategories names the numbers of the range if there are colours for all, else the
// first two of each colour.
func newCategories(l *legend, colors [][3]float32) *categories {
	n := int64(len(colors))
	first, last := int64(min(l.Min, l.Max)), int64(max(l.Min, l.Max))
	b := &categories{}
	if span := last - first + 1; span > 0 && span <= n {
		for v := first; v <= last; v++ {
			b.names = append(b.names, groupDigits(fmt.Sprint(v)))
			b.colors = append(b.colors, colors[(v%n+n)%n])
		}
		return b
	}
	for i, c := range colors {
		b.names = append(b.names, fmt.Sprintf("%d, %d, \u2026", i, int64(i)+n))
		b.colors = append(b.colors, c)
	}
	return b
}

const categoryLead = 17

func (b *categories) title() string             { return "" }
func (b *categories) swatches(*legend) []swatch { return nil }

func (b *categories) size(f *frame, c *canvas) (w, h float64) {
	for _, n := range b.names {
		w = math.Max(w, c.width(12*f.scale, n))
	}
	return w + 21*f.scale, categoryLead * f.scale * float64(len(b.names))
}

func (b *categories) draw(f *frame, c *canvas, x, y float64) {
	s := f.scale
	for i, n := range b.names {
		at := y + categoryLead*s*(float64(i)+0.5)
		c.round(x, at-6*s, x+12*s, at+6*s, 3*s, rgb(b.colors[i]))
		c.label(x+21*s, at, 12*s, n, ink)
	}
}
