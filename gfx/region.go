package gfx

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Through finds the particles whose centre lies in the area of a query, seen or
// hidden behind others: one bit per point, as in Cloud.Selected. Particles that the clip box
// or Only hides, or that lie behind the eye, are left out. w and h are the picture's size. It
// needs no graphics card and uses all cores; canceling the context ends it soon, with the
// context's error. Positions that cannot be read are an error.
func (v *View) Through(ctx context.Context, q *PickQuery, c *Cloud, w, h int) ([]uint64, error) {
	words := make([]uint64, (c.N+63)/64)
	area := q.area(w, h)
	if area.Empty() || len(c.Position) < 3 {
		return words, nil
	}
	r := region{
		m: v.Camera.Matrices(sceneBounds(v, v.Bounds), float64(w), float64(h)), clip: v.Clip, model: c.Transform,
		x0: float64(area.Min.X), y0: float64(area.Min.Y), x1: float64(area.Max.X), y1: float64(area.Max.Y),
	}
	r.pv = r.m.Proj.Mul4(r.m.Rotation)
	if len(q.Lasso) > 0 {
		r.mask = lassoMask(q.Lasso, area.Min.X, area.Min.Y, area.Dx(), area.Dy())
		r.stride = area.Dx()
	}
	if len(c.Position) == 3 { // all in one place
		if r.holds(c.Position) {
			for i := range c.N {
				words[i/64] |= 1 << (i % 64)
			}
		}
		c.keep(words)
		return words, nil
	}
	n := min(c.N, len(c.Position)/3)
	const block = 1 << 14 // points, a multiple of 64
	var next atomic.Int64
	var wg sync.WaitGroup
	var once sync.Once
	var failed error
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for ctx.Err() == nil {
				from := int(next.Add(1)-1) * block
				if from >= n {
					return
				}
				to := min(from+block, n)
				if err := guarded(func() { r.mark(c.Position[3*from:3*to], words[from/64:]) }); err != nil {
					once.Do(func() { failed = err })
					return
				}
			}
		})
	}
	wg.Wait()
	if failed != nil {
		return nil, failed
	}
	c.keep(words)
	return words, ctx.Err()
}

// region is an area of the picture.
type region struct {
	m      Matrices
	pv     Mat4 // of places relative to the eye, in its units
	model  *Mat4
	clip   Clip
	x0, y0 float64
	x1, y1 float64
	mask   []bool // of a lasso, by pixel; nil: the whole area
	stride int
}

func (r *region) mark(pos []float32, words []uint64) {
	for i := 0; 3*i < len(pos); i++ {
		if r.holds(pos[3*i : 3*i+3]) {
			words[i/64] |= 1 << (i % 64)
		}
	}
}

func (r *region) holds(pos []float32) bool {
	p := Vec3{float64(pos[0]), float64(pos[1]), float64(pos[2])}
	if r.model != nil {
		p = r.model.Mul4x1(p.Vec4(1)).Vec3()
	}
	if r.clip.On && !r.clip.Box.Contains(p) {
		return false
	}
	k := r.m.Unit
	x, y, z := (p[0]-r.m.Eye[0])*k, (p[1]-r.m.Eye[1])*k, (p[2]-r.m.Eye[2])*k
	d := r.pv[3]*x + r.pv[7]*y + r.pv[11]*z + r.pv[15]
	if !(d > 0) {
		return false
	}
	x, y = r.pv[0]*x+r.pv[4]*y+r.pv[8]*z+r.pv[12], r.pv[1]*x+r.pv[5]*y+r.pv[9]*z+r.pv[13]
	x, y = (x/d+1)/2*r.m.W, (1-y/d)/2*r.m.H
	if !(x >= r.x0 && x < r.x1 && y >= r.y0 && y < r.y1) {
		return false
	}
	return r.mask == nil || r.mask[int(y-r.y0)*r.stride+int(x-r.x0)]
}

// lassoMask tells which pixels of an area have their centre in a polygon.
func lassoMask(poly [][2]float64, x0, y0, w, h int) []bool {
	mask := make([]bool, w*h)
	var cuts []float64
	for row := range h {
		y := float64(y0+row) + 0.5
		cuts = cuts[:0]
		for i, a := range poly {
			b := poly[(i+1)%len(poly)]
			if (a[1] > y) != (b[1] > y) {
				cuts = append(cuts, (b[0]-a[0])*(y-a[1])/(b[1]-a[1])+a[0])
			}
		}
		slices.Sort(cuts)
		for i := 0; i+1 < len(cuts); i += 2 {
			from := max(int(math.Ceil(cuts[i]-0.5))-x0, 0)
			to := min(int(math.Ceil(cuts[i+1]-0.5))-x0, w)
			for x := from; x < to; x++ {
				mask[row*w+x] = true
			}
		}
	}
	return mask
}
