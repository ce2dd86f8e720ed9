package reshape

import (
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// kind is what an attribute's values mean in space.
type kind uint8

const (
	plain       kind = iota // nothing: they stay
	position                // scaled and turned
	vector                  // a velocity, a force: scaled and turned
	direction               // turned
	length                  // scaled
	orientation             // a rotation from the point's own axes: turned behind it
	spin                    // a rotation about an axis of space: its axis is turned
	transform               // a matrix, row by row: its axes are turned, its place is scaled and turned
)

var kindNames = map[string]kind{
	"plain": plain, "position": position, "vector": vector, "direction": direction, "length": length,
	"orientation": orientation, "spin": spin, "transform": transform,
}

// KindNames lists the kinds for people.
func KindNames() string {
	var names []string
	for name := range kindNames {
		names = append(names, name)
	}
	slices.Sort(names)
	return unit.OneOf(names)
}

// known are the attributes of ICE that mean something in space. Scale is along a point's own
// axes, which Orientation turns.
var known = []struct {
	name string
	kind kind
}{
	{"PointPosition", position},
	{"PointVelocity", vector},
	{"PointNormal", direction},
	{"PointTangent", direction},
	{"Force", vector},
	{"Size", length},
	{"Scale", plain},
	{"Orientation", orientation},
	{"AngularVelocity", spin},
	{"StrandPosition", position},
	{"StrandVelocity", vector},
	{"StrandUpVector", direction},
	{"StrandNormal", direction},
	{"StrandSize", length},
	{"StrandScale", plain},
	{"StrandLength", length},
	{"StrandOrientation", orientation},
	{"StrandAngularVelocity", spin},
}

// fits reports whether values of a type can be of the kind.
func (k kind) fits(t cache.DataType) bool {
	switch k {
	case position, vector, direction:
		return t == cache.TypeVector3
	case length:
		return t.Elem() == cache.ElemFloat32
	case orientation, spin:
		return rotation(t)
	case transform:
		return t == cache.TypeMatrix33 || t == cache.TypeMatrix44
	}
	return true
}

func rotation(t cache.DataType) bool { return t == cache.TypeQuaternion || t == cache.TypeRotation }
