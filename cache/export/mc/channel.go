package mc

import (
	"encoding/binary"
	"math"

	"iceexplorer/cache"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/record"
)

// channel is a number or a vector for each point.
type channel struct {
	name   string // with that of the shape before it
	kind   string // what Maya does with it
	vector bool   // of three floats; else doubles
	rows   uint64
	field  record.Field // vectors are little-endian here, as they lie in memory
}

// bytes is how many it takes in a file.
func (c *channel) bytes() uint64 {
	name := uint64(len(c.name) + 1)
	return 8 + (name+3)/4*4 + numberBytes + 8 + c.rows*uint64(c.field.Size)
}

func (c *channel) tag() string {
	if c.vector {
		return "FVCA"
	}
	return "DBLA"
}

// count is the channel that says how many points there are.
func count(points uint64) channel {
	return channel{kind: "count", rows: 1, field: doubles(func(uint64) float64 { return float64(points) })}
}

// turns reports that a quaternion becomes a vector under a name.
func turns(name string, t cache.DataType) bool {
	return (name == "rotationPP" || name == "angularVelocityPP") && (t == cache.TypeQuaternion || t == cache.TypeRotation)
}

// channelsOf says what an attribute of the frame becomes, which is at so many seconds.
func channelsOf(as []string, a *cache.Attribute, points uint64, now float64) []channel {
	var out []channel
	for i, components := range names.Split(as, a.Type) {
		c := channel{kind: as[i], rows: points}
		switch {
		case turns(c.kind, a.Type):
			c.vector, c.field = true, turned(a, c.kind == "rotationPP")
		case len(components) == 3:
			c.vector, c.field = true, record.Picked(a, components...)
		default:
			of := numbers(a, components[0])
			if c.kind == "birthTime" && a.Type == cache.TypeFloat { // Softimage knows the age
				age := of
				of = func(row uint64) float64 { return now - age(row) }
			}
			c.field = doubles(of)
		}
		out = append(out, c)
	}
	return out
}

// numbers are a component of an attribute's rows.
func numbers(a *cache.Attribute, component int) func(row uint64) float64 {
	same, n := names.Repeated(&a.Column), uint64(a.Type.Components())
	at := func(row uint64) uint64 {
		if same {
			row = 0
		}
		return row*n + uint64(component)
	}
	switch a.Type.Elem() {
	case cache.ElemInt32:
		v := a.Int32s()
		return func(row uint64) float64 { return float64(v[at(row)]) }
	case cache.ElemUint8:
		v := a.Bytes()
		return func(row uint64) float64 { return float64(v[at(row)]) }
	}
	v := a.Float32s()
	return func(row uint64) float64 { return float64(v[at(row)]) }
}

func doubles(of func(row uint64) float64) record.Field {
	return record.Field{Size: 8, Fill: func(dst []byte, stride int, row, n uint64) {
		for i := range n {
			binary.BigEndian.PutUint64(dst[i*uint64(stride):], math.Float64bits(of(row+i)))
		}
	}}
}

// turned are quaternions as Maya has rotations: angles about x, then y, then z, or, of a speed,
// an axis as long as the angle. Both are in degrees.
func turned(a *cache.Attribute, angles bool) record.Field {
	w, x, y, z := numbers(a, 0), numbers(a, 1), numbers(a, 2), numbers(a, 3)
	return record.Field{Size: 12, Fill: func(dst []byte, stride int, row, n uint64) {
		for i := range n {
			r := row + i
			v := spun(w(r), x(r), y(r), z(r))
			if angles {
				v = euler(w(r), x(r), y(r), z(r))
			}
			for k, c := range v {
				binary.LittleEndian.PutUint32(dst[i*uint64(stride)+4*uint64(k):], math.Float32bits(float32(c)))
			}
		}
	}}
}

const degrees = 180 / math.Pi

// euler are the angles of a quaternion of any length, applied in the order x, y, z.
func euler(w, x, y, z float64) [3]float64 {
	length := math.Sqrt(w*w + x*x + y*y + z*z)
	if length == 0 {
		return [3]float64{}
	}
	w, x, y, z = w/length, x/length, y/length, z/length
	sin := 2 * (w*y - x*z)
	if math.Abs(sin) > 1-1e-9 { // x and z turn about the same axis: all of it is x
		return [3]float64{2 * math.Atan2(x, w) * degrees, math.Copysign(90, sin), 0}
	}
	return [3]float64{
		math.Atan2(2*(w*x+y*z), 1-2*(x*x+y*y)) * degrees,
		math.Asin(sin) * degrees,
		math.Atan2(2*(w*z+x*y), 1-2*(y*y+z*z)) * degrees,
	}
}

// spun is the axis of a quaternion, as long as its angle.
func spun(w, x, y, z float64) [3]float64 {
	length := math.Sqrt(x*x + y*y + z*z)
	if length == 0 {
		return [3]float64{}
	}
	angle := 2 * math.Atan2(length, w) * degrees
	return [3]float64{x / length * angle, y / length * angle, z / length * angle}
}
