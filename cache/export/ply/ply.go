// Package ply is points as the polygon file format of Stanford, binary and little-endian,
// for Blender, MeshLab, CloudCompare and three.js.
package ply

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/record"
)

var target = names.Target{Format: "ply", Fits: names.Numbers, Spelled: spelled, Parts: func(name string, c *cache.Column) []string {
	return names.Components(name, "_", c)
}}

// scalar is the option that CloudCompare wants.
const scalar = "scalar"

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "ply", Label: "a .ply", Ext: ".ply", For: "Blender, MeshLab, CloudCompare, three.js",
		Options: append(names.Options(), export.Option{
			Name: scalar, Kind: export.Bool, Default: "false", Help: "call all that is no position, normal or colour\nscalar_NAME, as floats, which CloudCompare shows",
		}),
		Check: names.Check, Places: places,
		Write: export.Stream(write),
	}
}

// spelled keeps to the letters of ASCII: a header is of words with spaces between them, and
// many readers take nothing else.
func spelled(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune("_-.", r):
			return r
		}
		return '_'
	}, name)
}

// known are the names that readers look for, in the order that they have in a file.
var known = [][]string{{"x", "y", "z"}, {"nx", "ny", "nz"}, {"red", "green", "blue", "alpha"}}

func rank(c names.Choice) int {
	if i := slices.IndexFunc(known, func(as []string) bool { return slices.Equal(as, c.As) }); i >= 0 {
		return i
	}
	return len(known)
}

func choose(ix *cache.Index, v export.Values) []names.Choice {
	all := target.Choose(ix, v)
	slices.SortStableFunc(all, func(a, b names.Choice) int { return rank(a) - rank(b) })
	for _, c := range all {
		for i := range c.As {
			if rank(c) == len(known) && v.Bool(scalar) {
				c.As[i] = "scalar_" + c.As[i]
			}
		}
	}
	return all
}

func places(ix *cache.Index, v export.Values) []export.Place {
	var out []export.Place
	for _, c := range choose(ix, v) {
		out = append(out, c.Place)
	}
	return out
}

func write(_ context.Context, w io.Writer, j *export.Job) error {
	points := uint64(j.Frame.Header.Points)
	var head strings.Builder
	fmt.Fprintf(&head, "ply\nformat binary_little_endian 1.0\ncomment written by %s\nelement vertex %d\n", spelledLine(j.Program), points)
	var fields []record.Field
	for _, c := range choose(j.Frame.Index(), j.Options) {
		if c.As == nil {
			continue
		}
		typ, field := property(j.Frame.Attributes[c.Column], rank(c), j.Options.Bool(scalar))
		for _, name := range c.As {
			fmt.Fprintf(&head, "property %s %s\n", typ, name)
		}
		fields = append(fields, field)
	}
	head.WriteString("end_header\n")
	if _, err := io.WriteString(w, head.String()); err != nil {
		return err
	}
	return record.Write(w, j.Threads, points, fields)
}

// property is the type that an attribute's components have in a file, and their values.
func property(a *cache.Attribute, rank int, floats bool) (string, record.Field) {
	switch elem := a.Type.Elem(); {
	case rank == 2 && elem == cache.ElemFloat32:
		return "uchar", record.Bytes(a)
	case floats || elem == cache.ElemFloat32:
		return "float", record.Floats(a)
	case elem == cache.ElemInt32:
		return "int", record.Values(a)
	}
	return "uchar", record.Values(a)
}

func spelledLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }), " ")
}
