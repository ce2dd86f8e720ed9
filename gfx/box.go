package gfx

import "math"

// Box is an axis-aligned box in world space. The zero Box is the point at the
// origin; EmptyBox contains nothing.
type Box struct{ Min, Max Vec3 }

// EmptyBox contains nothing, and is the start of a union.
func EmptyBox() Box {
	i := math.Inf(1)
	return Box{Vec3{i, i, i}, Vec3{-i, -i, -i}}
}

// BoxOf makes a box of float32 ranges as caches keep them.
func BoxOf(min, max [3]float32) Box {
	return Box{
		Vec3{float64(min[0]), float64(min[1]), float64(min[2])},
		Vec3{float64(max[0]), float64(max[1]), float64(max[2])},
	}
}

// Empty is true for a box without a point in it, with NaN or with infinite ends.
func (b Box) Empty() bool {
	for i := range 3 {
		if !(b.Min[i] <= b.Max[i]) || math.IsInf(b.Min[i], 0) || math.IsInf(b.Max[i], 0) {
			return true
		}
	}
	return false
}

// Union is the smallest box around both.
func (b Box) Union(o Box) Box {
	if b.Empty() {
		return o
	}
	if o.Empty() {
		return b
	}
	for i := range 3 {
		b.Min[i] = math.Min(b.Min[i], o.Min[i])
		b.Max[i] = math.Max(b.Max[i], o.Max[i])
	}
	return b
}

// Grow moves each face outwards by d.
func (b Box) Grow(d float64) Box {
	if b.Empty() {
		return b
	}
	v := Vec3{d, d, d}
	return Box{b.Min.Sub(v), b.Max.Add(v)}
}

// Center is the middle of the box.
func (b Box) Center() Vec3 { return b.Min.Add(b.Max).Mul(0.5) }

// Size is the length of the edges.
func (b Box) Size() Vec3 { return b.Max.Sub(b.Min) }

// Radius is half the diagonal.
func (b Box) Radius() float64 { return b.Size().Len() / 2 }

// digits is the smallest radius that can be looked at, as a fraction of its distance from the
// origin: some 30 steps from one float32 to the next.
const digits = 2e-6

// roomy is the box, or a larger one around it if nothing can be told apart in it: if it is a
// single place, or smaller than float32 has digits for.
func (b Box) roomy() Box {
	far := 0.0
	for i := range 3 {
		far = math.Max(far, math.Max(math.Abs(b.Min[i]), math.Abs(b.Max[i])))
	}
	r, least := b.Radius(), far*digits
	switch {
	case far == 0:
		least = 1
	case r == 0:
		least = far / 10
	}
	if r >= least {
		return b
	}
	return b.Grow((least - r) / math.Sqrt(3))
}

// Contains is true for points in the box or on its faces.
func (b Box) Contains(p Vec3) bool {
	for i := range 3 {
		if !(p[i] >= b.Min[i] && p[i] <= b.Max[i]) {
			return false
		}
	}
	return true
}

// Holds is true if no point of o is outside the box.
func (b Box) Holds(o Box) bool { return o.Empty() || b.Contains(o.Min) && b.Contains(o.Max) }

// Overlaps is true if a point is in both boxes or on their faces.
func (b Box) Overlaps(o Box) bool {
	for i := range 3 {
		if !(b.Min[i] <= o.Max[i] && o.Min[i] <= b.Max[i]) {
			return false
		}
	}
	return true
}

// Corners are the eight corners; bit i of the index chooses Max on axis i.
func (b Box) Corners() [8]Vec3 {
	var c [8]Vec3
	for i := range c {
		c[i] = b.Min
		for a := range 3 {
			if i>>a&1 == 1 {
				c[i][a] = b.Max[a]
			}
		}
	}
	return c
}

// Transform is the smallest box around the box moved by m.
func (b Box) Transform(m Mat4) Box {
	if b.Empty() {
		return b
	}
	out := EmptyBox()
	for _, p := range b.Corners() {
		q := m.Mul4x1(p.Vec4(1)).Vec3()
		out = out.Union(Box{q, q})
	}
	return out
}
