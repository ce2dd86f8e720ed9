// Package between makes frames that lie between two of a sequence. Points are matched by their
// IDs, or by their places in caches without IDs. Where points have velocities, in units per
// second, positions follow the cubic curve that has the places and velocities of both ends
// (Hermite's); otherwise, and for all other numbers, they go straight. Points that are gone in
// the later frame stay until it, along their velocity; points that are born in it appear
// with it.
package between

import (
	"encoding/binary"
	"math"

	"iceexplorer/app/inspect/probe"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
)

const (
	positionName = "PointPosition"
	velocityName = "PointVelocity"
)

// Frame is what lies a part of the way, 0 to 1, from a frame to a later one that is seconds
// away. It has a's points. Attributes that are no numbers to go between are a's own, so that
// it may be used as long as a is open, and is not closed.
func Frame(a, b *cache.Frame, part, seconds float64) (*cache.Frame, error) {
	m := match(a, b)
	bl := cache.NewBuilder(a.Header)
	at := map[int]int{} // from a's attributes to those that are made
	for i, attr := range a.Attributes {
		values := m.between(attr, a, b, float32(part), seconds)
		if values == nil {
			continue
		}
		at[i] = len(at)
		c := attr.Column
		bl.Add(cache.Column{Name: c.Name, Type: c.Type, Structure: c.Structure, Context: c.Context, Category: c.Category, Constant: c.Constant}, bytesOf(values), nil)
	}
	made, err := bl.Frame()
	if err != nil {
		return nil, err
	}
	out := &cache.Frame{Header: a.Header, Storage: a.Storage, Dialect: a.Dialect, Warnings: a.Warnings, Damage: a.Damage}
	for i, attr := range a.Attributes {
		if k, ok := at[i]; ok {
			attr = made.Attributes[k]
			measure.Column(&attr.Column, attr.Bytes())
		}
		out.Attributes = append(out.Attributes, attr)
	}
	return out, nil
}

// matching tells where a frame's points are in another.
type matching struct {
	rows []int32 // of the other frame, -1: the point is gone; nil: the same row
	n    int     // points that rows has, or that both frames have
}

func match(a, b *cache.Frame) matching {
	points := int(a.Header.Points)
	from, to := probe.IDs(a), probe.IDs(b)
	if from == nil || to == nil {
		return matching{n: min(points, int(b.Header.Points))}
	}
	m := matching{rows: make([]int32, points), n: points}
	var where map[int32]int32 // made for the first point that is not found beside the one before
	hint := 0
	for i, id := range from {
		switch {
		case hint < len(to) && to[hint] == id:
		case hint+1 < len(to) && to[hint+1] == id:
			hint++
		default:
			if where == nil {
				where = make(map[int32]int32, len(to))
				for k, other := range to {
					where[other] = int32(k)
				}
			}
			k, ok := where[id]
			if !ok {
				m.rows[i] = -1
				continue
			}
			hint = int(k)
		}
		m.rows[i] = int32(hint)
		hint++
	}
	return m
}

// row is where a point of the first frame is in the other, -1 if it is gone.
func (m *matching) row(i int) int {
	switch {
	case m.rows != nil:
		return int(m.rows[i])
	case i < m.n:
		return i
	}
	return -1
}

// between are the values of an attribute of points, nil where there is nothing to go
// between.
func (m *matching) between(attr *cache.Attribute, a, b *cache.Frame, t float32, seconds float64) []float32 {
	other := b.Attribute(attr.Name)
	if !plain(attr) || other == nil || !plain(other) || other.Type != attr.Type || other.Constant != attr.Constant {
		return nil
	}
	p, q, width := attr.Float32s(), other.Float32s(), attr.Type.Components()
	out := append([]float32(nil), p...)
	if attr.Constant {
		straight(out, p, q, t)
		return out
	}
	h := curve(a, b, attr, width)
	for i := range len(p) / width {
		k := m.row(i)
		to := out[i*width : (i+1)*width]
		switch {
		case k >= 0 && h.v != nil && h.w != nil:
			h.along(to, q[k*width:], h.v[i*width:], h.w[k*width:], t, seconds)
		case k >= 0 && turns(attr.Type):
			turned(to, q[k*width:], t)
		case k >= 0:
			straight(to, p[i*width:], q[k*width:], t)
		case h.v != nil:
			for c := range to {
				to[c] += h.v[i*width+c] * t * float32(seconds)
			}
		}
	}
	return out
}

// plain reports that an attribute has numbers, one value for each point or one for all.
func plain(a *cache.Attribute) bool {
	return a.Structure == cache.Single && a.Context == cache.Context0D && a.Type.Elem() == cache.ElemFloat32 && a.HasData()
}

// velocities are those of the points of two frames, nil where there are none.
type velocities struct{ v, w []float32 }

// curve finds the velocities that an attribute's values follow.
func curve(a, b *cache.Frame, attr *cache.Attribute, width int) (h velocities) {
	if a.Attribute(positionName) != attr || width != 3 {
		return h
	}
	of := func(f *cache.Frame) []float32 {
		v := f.Attribute(velocityName)
		if v == nil || !plain(v) || v.Type != cache.TypeVector3 || v.Constant {
			return nil
		}
		return v.Float32s()
	}
	return velocities{of(a), of(b)}
}

// along moves a place to where it is at t on the curve to q, that leaves with v and arrives
// with w.
func (velocities) along(p, q, v, w []float32, t float32, seconds float64) {
	s := float64(t)
	h00, h10 := (1+2*s)*(1-s)*(1-s), s*(1-s)*(1-s)*seconds
	h01, h11 := s*s*(3-2*s), s*s*(s-1)*seconds
	for c := range p {
		p[c] = float32(h00*float64(p[c]) + h10*float64(v[c]) + h01*float64(q[c]) + h11*float64(w[c]))
	}
}

func straight(out, p, q []float32, t float32) {
	for c := range out {
		out[c] = p[c] + (q[c]-p[c])*t
	}
}

// bytesOf are numbers as they lie in a frame.
func bytesOf(v []float32) []byte {
	out := make([]byte, 0, 4*len(v))
	for _, x := range v {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
	}
	return out
}

func turns(t cache.DataType) bool { return t == cache.TypeQuaternion || t == cache.TypeRotation }

// turned turns a quaternion towards another, the shorter way round.
func turned(p, q []float32, t float32) {
	dot, length := float32(0), 0.0
	for c := range p {
		dot += p[c] * q[c]
	}
	sign := float32(1)
	if dot < 0 {
		sign = -1
	}
	for c := range p {
		p[c] += (sign*q[c] - p[c]) * t
		length += float64(p[c]) * float64(p[c])
	}
	if length = math.Sqrt(length); length > 0 {
		for c := range p {
			p[c] = float32(float64(p[c]) / length)
		}
	}
}
