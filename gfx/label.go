package gfx

// maxLabels is how many labels a picture has at most.
const maxLabels = 400

// labelGrid notes which places of the picture are taken by labels, in cells of some pixels.
type labelGrid struct {
	cell  float64
	w     int
	taken []bool
}

func newLabelGrid(w, h, cell float64) *labelGrid {
	g := &labelGrid{cell: cell, w: int(w/cell) + 1}
	g.taken = make([]bool, g.w*(int(h/cell)+1))
	return g
}

// take takes the cells of a box within the picture, if all of them are free.
func (g *labelGrid) take(x0, y0, x1, y1 float64) bool {
	i0, k0, i1, k1 := int(x0/g.cell), int(y0/g.cell), int(x1/g.cell), int(y1/g.cell)
	for k := k0; k <= k1; k++ {
		for i := i0; i <= i1; i++ {
			if g.taken[k*g.w+i] {
				return false
			}
		}
	}
	for k := k0; k <= k1; k++ {
		for i := i0; i <= i1; i++ {
			g.taken[k*g.w+i] = true
		}
	}
	return true
}

// drawLabels writes the labels that have room: none overlaps another or extends beyond the
// picture.
func (r *Renderer) drawLabels(f *frame) {
	if len(f.v.Labels) == 0 {
		return
	}
	c, s := r.canvas, f.scale
	px := 12 * s
	drawn := 0
	grid := newLabelGrid(f.m.W, f.m.H, 4*s)
	for i := range f.v.Labels {
		l := &f.v.Labels[i]
		if drawn == maxLabels {
			return
		}
		x, y, _, ok := f.m.Project(l.At)
		if !ok || f.v.Clip.On && !f.v.Clip.Box.Contains(l.At) {
			continue
		}
		x += 9 * s // beside the ring of a selected point
		w, up := c.width(px, l.Text), 0.65*px
		if !(x >= 0 && y-up >= 0 && x+w+2*s < f.m.W && y+up < f.m.H) || !grid.take(x, y-up, x+w+2*s, y+up) {
			continue
		}
		// On a plate, as it lies over points of any colour, and over rings of others.
		c.round(x-2*s, y-up, x+w+2*s, y+up, 3*s, panelFill)
		c.label(x, y, px, l.Text, inkBright)
		drawn++
		r.stats.Labels++
	}
}
