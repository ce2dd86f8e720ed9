package stage

import (
	"fmt"
	"math"
	"slices"

	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
)

// Reach is how far the points of a frame go.
type Reach struct {
	All     gfx.Box // of all finite positions
	Most    gfx.Box // without the few that lie so far off that nothing else would be seen beside them
	Size    float64 // radius of the larger ones of the points, 0 if they have none
	Points  uint64  // with a finite position
	Outside uint64  // of them not in Most
	Nowhere uint64  // points whose position is not finite
}

const (
	// apart is how many times as far as most points a stray one is: where it is in the
	// picture too, most are a dot of a few pixels.
	apart = 100
	// reachable is how far the camera can show; it is short of where float32 ends.
	reachable = 1e36
	// looked is how many points are looked at to see how far most of them go.
	looked = 4096
)

// ReachOf measures a frame. It looks at some of the points, and at all of them only if
// a few lie far away.
func ReachOf(f *cache.Frame) Reach {
	return reachBy(f, reachOf)
}

// Glance is ReachOf by a look at some of the points alone. sure is false where that does
// not tell all: a few points lie far away, or nowhere.
func Glance(f *cache.Frame) (r Reach, sure bool) {
	sure = true
	r = reachBy(f, func(pos, sizes []float32, all gfx.Box) (r Reach) {
		r, sure = glance(pos, sizes, all)
		return r
	})
	return r, sure
}

// reachBy has a frame's positions and sizes measured, and the box around them, if that
// is known and all are finite.
func reachBy(f *cache.Frame, by func(pos, sizes []float32, all gfx.Box) Reach) Reach {
	r := Reach{All: Bounds(f), Most: Bounds(f)}
	pos := f.Attribute("PointPosition")
	if pos == nil || pos.Type != cache.TypeVector3 || pos.Structure != cache.Single {
		return r
	}
	rows := uint64(1)
	if pos.Constant {
		rows = f.Header.Elements(cache.Context0D)
	}
	// A mapping that was cut short is measured no further; drawing meets the fault too.
	_ = fault.Guard(func() {
		p := pos.Float32s()
		all := r.All
		if slices.ContainsFunc(pos.Ranges, func(r cache.Range) bool { return r.NonFinite > 0 }) {
			all = gfx.EmptyBox() // ranges count points in that are nowhere
		}
		r = by(p[:len(p)/3*3], sizesOf(f, len(p)/3), all)
	})
	r.Points, r.Outside, r.Nowhere = r.Points*rows, r.Outside*rows, r.Nowhere*rows
	return r
}

// sizesOf are the sizes of n points, or the one of all; nil if they have none.
func sizesOf(f *cache.Frame, n int) []float32 {
	s := column(f, "Size", 1).F
	if len(s) != 1 && len(s) < n {
		return nil
	}
	return s
}

// reachOf measures positions; all is the box around them, if it is known and all are
// finite.
func reachOf(pos, sizes []float32, all gfx.Box) Reach {
	r := Reach{All: all, Most: gfx.EmptyBox()}
	n := len(pos) / 3
	mid, limit, size := typical(pos, sizes)
	r.Size = size
	if all.Empty() {
		for i := range n {
			if p := pos[3*i : 3*i+3]; finite(p) {
				r.All = r.All.Union(gfx.BoxOf([3]float32(p), [3]float32(p)))
			} else {
				r.Nowhere++
			}
		}
	}
	if r.All.Empty() {
		return r
	}
	if within(r.All, mid, limit) {
		r.Most, r.Points = r.All, uint64(n)-r.Nowhere
		return r
	}
	lo, hi := r.Most.Min, r.Most.Max
	for i := range n {
		p := pos[3*i : 3*i+3]
		if !finite(p) {
			continue
		}
		r.Points++
		far := 0.0
		at := gfx.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}
		for k := range 3 {
			far = max(far, math.Abs(at[k]))
		}
		if far > reachable || at.Sub(mid).Len() > limit {
			r.Outside++
			continue
		}
		for k := range 3 {
			lo[k], hi[k] = min(lo[k], at[k]), max(hi[k], at[k])
		}
	}
	r.Most = gfx.Box{Min: lo, Max: hi}
	return r
}

// glance is reachOf by some of the points.
func glance(pos, sizes []float32, all gfx.Box) (r Reach, sure bool) {
	n := len(pos) / 3
	if n <= looked {
		return reachOf(pos, sizes, all), true
	}
	if mid, limit, size := typical(pos, sizes); !all.Empty() && within(all, mid, limit) {
		return Reach{All: all, Most: all, Size: size, Points: uint64(n)}, true
	}
	var some, radius []float32
	for i := 0; i < n; i += n / looked {
		some = append(some, pos[3*i:3*i+3]...)
		if len(sizes) > 0 {
			radius = append(radius, sizes[min(i, len(sizes)-1)])
		}
	}
	r = reachOf(some, radius, gfx.EmptyBox())
	r.All, r.Points, r.Outside, r.Nowhere = r.All.Union(all), uint64(n), 0, 0
	return r, false
}

// within reports whether all of a box can be shown and is no farther than limit.
func within(b gfx.Box, mid gfx.Vec3, limit float64) bool {
	for _, c := range b.Corners() {
		for k := range 3 {
			if math.Abs(c[k]) > reachable {
				return false
			}
		}
		if c.Sub(mid).Len() > limit {
			return false
		}
	}
	return true
}

// typical is where the middle of the points is, how far from there a point may be that
// is no stray, and the radius of the larger ones.
func typical(pos, sizes []float32) (mid gfx.Vec3, limit, size float64) {
	n := len(pos) / 3
	stride := max(n/looked, 1)
	var at [3][]float64
	var radius []float64
	for i := 0; i < n; i += stride {
		p := pos[3*i : 3*i+3]
		if !finite(p) || math.Abs(float64(p[0])) > reachable || math.Abs(float64(p[1])) > reachable || math.Abs(float64(p[2])) > reachable {
			continue
		}
		for k := range 3 {
			at[k] = append(at[k], float64(p[k]))
		}
		if len(sizes) > 0 {
			if s := math.Abs(float64(sizes[min(i, len(sizes)-1)])); s-s == 0 {
				radius = append(radius, s)
			}
		}
	}
	found := len(at[0])
	if found == 0 {
		return mid, 0, 0
	}
	for k := range 3 {
		mid[k] = median(slices.Clone(at[k]))
	}
	far := make([]float64, found)
	for i := range far {
		far[i] = gfx.Vec3{at[0][i], at[1][i], at[2][i]}.Sub(mid).Len()
	}
	if len(radius) > 0 {
		slices.Sort(radius)
		size = radius[len(radius)-1]
		if most := radius[(len(radius)-1)*9/10]; most > 0 {
			size = min(size, 4*most)
		}
	}
	most := max(common(far), size)
	if most == 0 { // all in one place, but for a few
		return mid, math.Inf(1), size
	}
	return mid, most * apart, size
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[(len(v)-1)/2]
}

// common is the greatest of the values, without the greatest tenth of them, or two of
// a few. It sorts them.
func common(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)-1-max(len(v)/10, min((len(v)-1)/2, 2))]
}

// View is the box that a camera shows, with room for the points' sizes, times scale.
func (r Reach) View(scale float64) gfx.Box {
	b := r.Most
	if b.Empty() || r.Size == 0 || scale == 0 {
		return b
	}
	grow := r.Size * scale
	if b.Radius() == 0 {
		grow *= 4 // one can see what is around it
	}
	return b.Grow(min(grow, reachable))
}

// ReachOfBox is what is known of a frame by the box around its points and their greatest
// size alone.
func ReachOfBox(box gfx.Box, size float64) Reach {
	r := Reach{All: box, Most: box}
	if r.Size = size; box.Radius() > 0 {
		r.Size = min(size, box.Radius())
	}
	return r
}

// nearby is how many times as far as others a frame goes whose box must have strays in it.
const nearby = 1e4

// Beside reports whether a frame of which only the box is known can be shown beside
// others: their box is shown. One that goes too far has strays, most likely.
func (r Reach) Beside(shown gfx.Box) bool {
	if shown.Empty() || shown.Radius() == 0 {
		return true
	}
	return within(r.All, shown.Center(), shown.Radius()*nearby)
}

// Overall is what a camera shows of all frames together: the box around the points
// that are worth looking at, and the one with room for their sizes. A few frames whose
// points have all gone far off are left out too.
func Overall(frames []Reach, scale float64) (bounds, view gfx.Box) {
	bounds, view = gfx.EmptyBox(), gfx.EmptyBox()
	mid, most := spread(frames, scale)
	for _, r := range frames {
		if b := r.View(scale); !b.Empty() && (most == 0 || farthest(b, mid) <= most*apart) {
			bounds, view = bounds.Union(r.Most), view.Union(b)
		}
	}
	return bounds, view
}

// spread is where the middle of some frames is, and how far from there most of them go.
func spread(frames []Reach, scale float64) (mid gfx.Vec3, most float64) {
	var at [3][]float64
	for _, r := range frames {
		if c := r.Most.Center(); !r.Most.Empty() {
			for k := range 3 {
				at[k] = append(at[k], c[k])
			}
		}
	}
	if len(at[0]) == 0 {
		return mid, 0
	}
	mid = gfx.Vec3{median(at[0]), median(at[1]), median(at[2])}
	far := make([]float64, 0, len(at[0]))
	for _, r := range frames {
		if b := r.View(scale); !b.Empty() {
			far = append(far, farthest(b, mid))
		}
	}
	return mid, common(far)
}

func farthest(b gfx.Box, from gfx.Vec3) float64 {
	far := 0.0
	for _, c := range b.Corners() {
		far = max(far, c.Sub(from).Len())
	}
	return far
}

// Beyond counts the points that lie outside of what is shown: those far from all
// others, or all if the whole frame is somewhere else.
func (r Reach) Beyond(shown gfx.Box) uint64 {
	if !r.Most.Empty() && !shown.Empty() && !shown.Overlaps(r.Most) {
		return r.Points
	}
	return r.Outside
}

// farthest is the greatest coordinate of a point, without its sign.
func (r Reach) farthest() float64 {
	far := 0.0
	if !r.All.Empty() {
		for k := range 3 {
			far = max(far, math.Abs(r.All.Min[k]), math.Abs(r.All.Max[k]))
		}
	}
	return far
}

// Tell says how many points, n of them, lie outside of the picture, and how far.
func (r Reach) Tell(n uint64) string {
	return fmt.Sprintf("%s the picture, up to %.2g units from the origin", Away(n, r.Points), r.farthest())
}

// TellNowhere says how many points cannot be seen at all, as they have no place.
func (r Reach) TellNowhere() string {
	switch all := r.Points + r.Nowhere; {
	case r.Nowhere == all && all == 1:
		return "the only point has no position (NaN or infinite)"
	case r.Nowhere == all:
		return "all " + unit.Plural(all, "point") + " have no position (NaN or infinite)"
	case r.Nowhere == 1:
		return "1 of " + unit.Plural(all, "point") + " has no position (NaN or infinite)"
	default:
		return fmt.Sprintf("%s of %s have no position (NaN or infinite)", unit.Count(r.Nowhere), unit.Plural(all, "point"))
	}
}

// Away says how many of some points are not to be seen beside the others.
func Away(n, points uint64) string {
	all := unit.Plural(points, "point")
	switch {
	case n == points && n == 1:
		return "the only point lies far outside"
	case n == points:
		return "all " + all + " lie far outside"
	case n == 1:
		return "1 of " + all + " lies far outside"
	}
	return fmt.Sprintf("%s of %s lie far outside", unit.Count(n), all)
}

// SizeScale is what the sizes of points are multiplied by where they are drawn; 0 if
// they are drawn as dots.
func SizeScale(v *look.Look) float64 {
	if v.FixedSize > 0 {
		return 0
	}
	if v.PointScale > 0 {
		return float64(v.PointScale)
	}
	return 1
}
