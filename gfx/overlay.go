package gfx

import (
	"fmt"
	"image"
	"math"
	"strings"

	"iceexplorer/gfx/style"
)

// The colours of text on plates, which are dark on any background.
var (
	inkBright = rgba{232, 236, 243, 255}
	ink       = rgba{178, 187, 201, 255}
	inkWarn   = rgba{250, 190, 92, 255}
	panelFill = rgba{16, 18, 22, 205}
	textFill  = rgba{16, 18, 22, 150}
)

// pens are the colours of what lies on the background without a plate.
type pens struct {
	bright, text, warn rgba
	shadow             rgba // of text
	lines              rgba // of the grid, opaque
	numbers            rgba // of the grid
	box                rgba
	gap, active        rgba // between panes; around the active one
}

var (
	lightPens = pens{bright: inkBright, text: ink, warn: inkWarn, shadow: rgba{0, 0, 0, 150}, lines: rgba{176, 186, 204, 255}, numbers: rgba{186, 196, 212, 255}, box: rgba{214, 220, 230, 120}, gap: rgba{8, 9, 11, 255}, active: rgba{84, 142, 232, 170}}
	darkPens  = pens{
		bright: rgba{20, 22, 26, 255}, text: rgba{58, 64, 74, 255}, warn: rgba{132, 74, 0, 255}, shadow: rgba{255, 255, 255, 170},
		lines: rgba{52, 60, 76, 255}, numbers: rgba{56, 64, 80, 255}, box: rgba{40, 46, 56, 150}, gap: rgba{92, 98, 108, 255}, active: rgba{28, 92, 196, 170},
	}
)

// pens are those that can be seen on the background.
func (f *frame) pens() *pens {
	bg := &f.v.Background
	if !bg.Transparent && style.Bright(style.Between(bg.Top, bg.Bottom)) {
		return &darkPens
	}
	return &lightPens
}

// drawOverlay draws what lies flat over the picture.
func (r *Renderer) drawOverlay(f *frame) {
	r.drawLabels(f)
	r.drawSpans(f)
	if f.v.Clip.On && !f.v.Clip.Bare {
		r.drawClipHandles(f)
	}
	if f.v.Gizmo {
		r.drawGizmo(f)
	}
	if f.v.Legend {
		r.drawLegends(f)
	}
	r.drawPane(f)
	r.flush(f)
}

// drawAllTexts draws the texts, which belong to the whole picture; those at the top left begin
// below the name of the pane there.
func (r *Renderer) drawAllTexts(f *frame) {
	texts := f.v.Texts
	if len(f.notes) > 0 {
		texts = append(texts[:len(texts):len(texts)], Text{Corner: TopLeft, Lines: f.notes, Warn: true})
	}
	all := *f
	if f.pane != nil {
		all.area = image.Rect(0, 0, r.target.w, r.target.h)
		all.m.W, all.m.H = float64(r.target.w), float64(r.target.h)
		r.enter(&frame{area: all.area})
	}
	r.drawTexts(&all, texts)
	r.flush(&all)
}

// drawTexts stacks the blocks of each corner.
func (r *Renderer) drawTexts(f *frame, texts []Text) {
	c, pen := r.canvas, f.pens()
	s := f.scale
	px, lead, margin := 13*s, 18*s, 14*s
	used := map[Corner]float64{}
	if f.pane != nil {
		used[TopLeft] = nameRoom * s
	}
	for _, t := range texts {
		h := lead * float64(len(t.Lines))
		y := margin + used[t.Corner] + lead/2
		if t.Corner == BottomLeft || t.Corner == BottomRight {
			y = f.m.H - margin - used[t.Corner] - h + lead/2
		}
		used[t.Corner] += h + lead*0.4
		lines := make([]placed, len(t.Lines))
		for i, line := range t.Lines {
			lines[i] = r.place(f, t.Corner, px, margin, line)
		}
		pen := pen
		if t.Plate && len(lines) > 0 {
			pen = &lightPens
			x0, x1 := lines[0].x, lines[0].x+lines[0].width
			for _, l := range lines {
				x0, x1 = min(x0, l.x), max(x1, l.x+l.width)
			}
			c.round(x0-6*s, y-lead/2-3*s, x1+6*s, y-lead/2+h+3*s, 5*s, textFill)
		}
		for i, l := range lines {
			col := pen.text
			if i == 0 {
				col = pen.bright
			}
			if t.Warn {
				col = pen.warn
			}
			// A soft shadow keeps text legible over points that are as bright as it is.
			c.label(l.x+s, y+s, px, l.text, pen.shadow)
			c.label(l.x, y, px, l.text, col)
			y += lead
		}
	}
}

// placed is a line of a corner, cut where it is too wide.
type placed struct {
	text     string
	x, width float64
}

func (r *Renderer) place(f *frame, at Corner, px, margin float64, line string) placed {
	c := r.canvas
	l := placed{text: c.fit(px, line, f.m.W-2*margin), x: margin}
	l.width = c.width(px, l.text)
	switch at {
	case TopRight, BottomRight:
		l.x = f.m.W - margin - l.width
	case TopCenter:
		l.x = (f.m.W - l.width) / 2
	case BottomLeft:
		if f.v.Gizmo {
			l.x += 100 * f.scale
		}
	}
	return l
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
	// Where a step is less than what floats can tell apart, i stays as it is.
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+step*1e-9 && len(ticks) <= 4*n; i++ {
		ticks = append(ticks, i*step)
	}
	return ticks, step
}
