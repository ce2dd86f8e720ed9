// Package names says how formats call ICE attributes, which of them go into a file, and
// under which names. Every format takes the same two options for it.
package names

import "strings"

// table maps ICE's names to those that readers of a format look for: one name, or one for
// each component. What is not in it keeps its name.
var table = []struct {
	ice string
	of  map[string]string // by format
}{
	{"PointPosition", map[string]string{"ply": "x y z", "vtp": "Points", "hdf": "Points", "bgeo": "P", "prt": "Position", "mc": "position", "usda": "points"}},
	{"PointVelocity", map[string]string{"vtp": "v", "bgeo": "v", "prt": "Velocity", "mc": "velocity", "usda": "velocities"}},
	{"PointNormal", map[string]string{"ply": "nx ny nz", "vtp": "Normals", "hdf": "Normals", "bgeo": "N", "prt": "Normal", "usda": "normals"}},
	{"Color", map[string]string{"ply": "red green blue alpha", "bgeo": "Cd", "prt": "Color", "mc": "rgbPP", "usda": "displayColor"}},
	{"ID", map[string]string{"vtp": "id", "bgeo": "id", "prt": "ID", "mc": "id", "usda": "ids"}},
	{"Size", map[string]string{"vtp": "radius", "bgeo": "pscale", "prt": "Radius", "mc": "radiusPP", "usda": "widths"}},
	{"Scale", map[string]string{"bgeo": "scale"}},
	{"Mass", map[string]string{"vtp": "mass", "bgeo": "mass", "mc": "mass"}},
	{"Age", map[string]string{"bgeo": "age", "prt": "Age", "mc": "birthTime"}},
	{"AgeLimit", map[string]string{"bgeo": "life", "prt": "LifeSpan", "mc": "lifespanPP"}},
	{"Orientation", map[string]string{"bgeo": "orient", "prt": "Orientation", "mc": "rotationPP", "usda": "orientations"}},
	{"AngularVelocity", map[string]string{"mc": "angularVelocityPP"}},
}

// Mapping is an attribute that a format calls otherwise.
type Mapping struct {
	Attribute string
	As        []string // one name, or one for each component
}

// Table lists what a format calls otherwise.
func Table(format string) []Mapping {
	var out []Mapping
	for _, row := range table {
		if as, ok := row.of[format]; ok {
			out = append(out, Mapping{row.ice, strings.Fields(as)})
		}
	}
	return out
}
