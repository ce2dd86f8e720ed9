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
	return channel{kind: "count", rows: 1, field: doubles(func(out []float64, _ uint64) { out[0] = float64(points) })}
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
				of = func(out []float64, row uint64) {
					age(out, row)
					for i, v := range out {
						out[i] = now - v
					}
				}
			}
			c.field = doubles(of)
		}
		out = append(out, c)
	}
	return out
}

// values are those of rows from one on.
type values func(out []float64, row uint64)

// numbers are a component of an attribute's rows.
func numbers(a *cache.Attribute, component int) values {
	n := a.Type.Components()
	if names.Repeated(&a.Column) {
		n = 0
	}
	switch a.Type.Elem() {
	case cache.ElemInt32:
		return every(a.Int32s(), n, component)
	case cache.ElemUint8:
		return every(a.Bytes(), n, component)
	}
	return every(a.Float32s(), n, component)
}

// every takes one of n components; 0: all rows have those of the first.
func every[T int32 | uint8 | float32](v []T, n, component int) values {
	return func(out []float64, row uint64) {
		from := v[int(row)*n+component:]
		for i := range out {
			out[i] = float64(from[i*n])
		}
	}
}

// block is how many values are made at a time.
const block = 256

func doubles(of values) record.Field {
	return record.Field{Size: 8, Fill: func(dst []byte, stride int, row, n uint64) {
		var made [block]float64
		for n > 0 {
			out := made[:min(n, block)]
			of(out, row)
			for i, v := range out {
				binary.BigEndian.PutUint64(dst[i*stride:], math.Float64bits(v))
			}
			row, n = row+uint64(len(out)), n-uint64(len(out))
			dst = dst[min(len(out)*stride, len(dst)):]
		}
	}}
}

// turned are quaternions as Maya has rotations: angles about x, then y, then z, or, of a speed,
// an axis as long as the angle. Both are in degrees.
func turned(a *cache.Attribute, angles bool) record.Field {
	all, step := a.Float32s(), 4
	if names.Repeated(&a.Column) {
		step = 0
	}
	turn := spun
	if angles {
		turn = euler
	}
	return record.Field{Size: 12, Fill: func(dst []byte, stride int, row, n uint64) {
		for i := range int(n) {
			q := (*[4]float32)(all[(int(row)+i)*step:])
			for k, c := range turn(float64(q[0]), float64(q[1]), float64(q[2]), float64(q[3])) {
				binary.LittleEndian.PutUint32(dst[i*stride+4*k:], math.Float32bits(float32(c)))
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
