// Package between makes frames that lie between two of a sequence. Points are matched by their
// IDs, or by their places in caches without IDs. Where points have velocities, in units per
// second, positions follow the cubic curve that has the places and velocities of both ends
// (Hermite's); otherwise, and for all other numbers, they go straight. Points that are gone in
// the later frame stay until it, along their velocity; points that are born in it appear
// with it.
package between

import (
	"errors"
	"math"
	"slices"

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
	f, err := NewPair(a, b, nil).Frame(part, seconds)
	if err != nil {
		return nil, err
	}
	for i, attr := range f.Attributes {
		if attr != a.Attributes[i] {
			measure.Column(&attr.Column, attr.Bytes())
		}
	}
	return f, nil
}

// Pair makes frames between two, one after the other.
type Pair struct {
	a, b  *cache.Frame
	moves []*cache.Attribute // of a, those that are gone between
	m     matching
	mem   *Memory
}

// Memory holds two frames of a Pair, the newest and the one before, and is used again.
type Memory struct {
	of [2][]byte
	at int
}

// NewPair looks for the points of a frame in a later one. Attributes other than those of the
// names stay as they are in a; nil: all are gone between.
func NewPair(a, b *cache.Frame, names []string) *Pair {
	p := &Pair{a: a, b: b, m: match(a, b), mem: &Memory{}}
	for _, attr := range a.Attributes {
		if (names == nil || slices.ContainsFunc(names, func(n string) bool { return a.Attribute(n) == attr })) && goes(attr, b) {
			p.moves = append(p.moves, attr)
		}
	}
	return p
}

// Use has the pair use memory again that another one used.
func (p *Pair) Use(mem *Memory) { p.mem = mem }

// Memory is that which the pair uses.
func (p *Pair) Memory() *Memory { return p.mem }

// Frame is what the function Frame tells, without ranges of what is made. It lies in the
// pair's memory until two others have been made.
func (p *Pair) Frame(part, seconds float64) (*cache.Frame, error) {
	ix := cache.Index{Header: p.a.Header, Storage: p.a.Storage}
	for _, attr := range p.moves {
		c := attr.Column
		ix.Columns = append(ix.Columns, cache.Column{Name: c.Name, Type: c.Type, Structure: c.Structure, Context: c.Context, Category: c.Category, Constant: c.Constant, Rows: c.Rows, Values: c.Values, Data: cache.Span{Len: c.Data.Len}})
	}
	need, ok := ix.Layout()
	if !ok {
		return nil, errors.New("the frame is too large")
	}
	made, err := cache.NewFrame(&ix, p.mem.next(need), nil)
	if err != nil {
		return nil, err
	}
	out := &cache.Frame{Header: p.a.Header, Storage: p.a.Storage, Dialect: p.a.Dialect, Warnings: p.a.Warnings, Damage: p.a.Damage}
	k := 0
	for _, attr := range p.a.Attributes {
		if k < len(p.moves) && p.moves[k] == attr {
			p.m.between(made.Attributes[k].Float32s(), attr, p.a, p.b, float32(part), seconds)
			attr = made.Attributes[k]
			k++
		}
		out.Attributes = append(out.Attributes, attr)
	}
	return out, nil
}

// next is memory for the next frame: not that of the newest one.
func (m *Memory) next(bytes uint64) []byte {
	m.at = 1 - m.at
	whole := (bytes + 7) &^ 7 // what is allocated in eights begins at one
	if uint64(cap(m.of[m.at])) < whole {
		m.of[m.at] = make([]byte, whole)
	}
	return m.of[m.at][:bytes]
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

// goes reports that there is something to go to from an attribute, in the later frame.
func goes(attr *cache.Attribute, b *cache.Frame) bool {
	other := b.Attribute(attr.Name)
	return plain(attr) && other != nil && plain(other) && other.Type == attr.Type && other.Constant == attr.Constant
}

// between fills in the values of an attribute of points that goes.
func (m *matching) between(out []float32, attr *cache.Attribute, a, b *cache.Frame, t float32, seconds float64) {
	p, q, width := attr.Float32s(), b.Attribute(attr.Name).Float32s(), attr.Type.Components()
	copy(out, p)
	if attr.Constant {
		straight(out, p, q, t)
		return
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
