package usda

import (
	"math"
	"strconv"

	"iceexplorer/cache"
	"iceexplorer/cache/export/cell"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/value"
)

// property is an attribute of the points in a layer.
type property struct {
	name string // with its namespace
	typ  string
	// append appends the text of the value of a row.
	append func(dst []byte, row uint64) []byte
	same   bool // in all rows
}

// schema are the attributes that points of USD have of themselves, by the type of ours that
// fits. All others are primvars.
func schema(name string, t cache.DataType) string {
	switch {
	case name == "points" && t == cache.TypeVector3:
		return "point3f[]"
	case name == "velocities" && t == cache.TypeVector3:
		return "vector3f[]"
	case name == "normals" && t == cache.TypeVector3:
		return "normal3f[]"
	case name == "ids" && t == cache.TypeLong:
		return "int64[]"
	case name == "widths" && t == cache.TypeFloat:
		return "float[]"
	}
	return ""
}

// types are those of primvars.
func typeOf(t cache.DataType) string {
	switch t {
	case cache.TypeBool:
		return "bool[]"
	case cache.TypeLong:
		return "int[]"
	case cache.TypeFloat:
		return "float[]"
	case cache.TypeVector2:
		return "float2[]"
	case cache.TypeVector3:
		return "float3[]"
	case cache.TypeVector4:
		return "float4[]"
	case cache.TypeColor4:
		return "color4f[]"
	case cache.TypeQuaternion, cache.TypeRotation:
		return "quatf[]"
	case cache.TypeMatrix33:
		return "matrix3d[]"
	case cache.TypeMatrix44:
		return "matrix4d[]"
	}
	return "string[]"
}

// propertiesOf are what an attribute is under its names.
func propertiesOf(as []string, a *cache.Attribute) []property {
	var out []property
	add := func(name, typ string, of func(dst []byte, row uint64) []byte) {
		out = append(out, property{"primvars:" + name, typ, of, names.Repeated(&a.Column)})
	}
	v, n := a.Float32s(), uint64(a.Type.Components())
	switch {
	case len(as) == 2 && as[1] == displayOpacity:
		add(as[0], "color3f[]", func(dst []byte, row uint64) []byte { return tuple(dst, v[row*n:][:3]) })
		add(as[1], "float[]", func(dst []byte, row uint64) []byte { return number(dst, v[row*n+3]) })
	case len(as) > 1:
		for i, name := range as {
			add(name, "float[]", func(dst []byte, row uint64) []byte { return number(dst, v[row*n+uint64(i)]) })
		}
	default:
		add(as[0], typeOf(a.Type), text(a))
		if typ := schema(as[0], a.Type); typ != "" {
			out[0].name, out[0].typ = as[0], typ
			if as[0] == "widths" { // across, where ours are from the middle
				out[0].append = func(dst []byte, row uint64) []byte { return number(dst, 2*v[row]) }
			}
		}
	}
	return out
}

// text writes values of an attribute of single values.
func text(a *cache.Attribute) func(dst []byte, row uint64) []byte {
	switch {
	case a.Type == cache.TypeShape:
		return func(dst []byte, row uint64) []byte { return quoted(dst, []byte(value.Text(value.Of(a, row)))) }
	case a.Type == cache.TypeString:
		return func(dst []byte, row uint64) []byte { return quoted(dst, a.Value(row)) }
	case a.Type.Elem() == cache.ElemInt32:
		v := a.Int32s()
		return func(dst []byte, row uint64) []byte { return strconv.AppendInt(dst, int64(v[row]), 10) }
	case a.Type.Elem() == cache.ElemUint8:
		v := a.Bytes()
		return func(dst []byte, row uint64) []byte { return append(dst, '0'+min(v[row], 1)) }
	}
	v, n := a.Float32s(), uint64(a.Type.Components())
	switch {
	case n == 1:
		return func(dst []byte, row uint64) []byte { return number(dst, v[row]) }
	case a.Type == cache.TypeMatrix33 || a.Type == cache.TypeMatrix44:
		side := uint64(math.Sqrt(float64(n)))
		return func(dst []byte, row uint64) []byte {
			dst = append(dst, '(')
			for i := range side {
				if i > 0 {
					dst = append(dst, ", "...)
				}
				dst = tuple(dst, v[row*n+i*side:][:side])
			}
			return append(dst, ')')
		}
	}
	return func(dst []byte, row uint64) []byte { return tuple(dst, v[row*n:][:n]) }
}

func tuple(dst []byte, v []float32) []byte {
	dst = append(dst, '(')
	for i, f := range v {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = number(dst, f)
	}
	return append(dst, ')')
}

// number appends the shortest text that reads back as the same number.
func number(dst []byte, f float32) []byte {
	switch {
	case f-f == 0:
		return strconv.AppendFloat(dst, float64(f), 'g', -1, 32)
	case f > 0:
		return append(dst, "inf"...)
	case f < 0:
		return append(dst, "-inf"...)
	}
	return append(dst, "nan"...)
}

// quoted appends text as USD quotes it.
func quoted(dst, text []byte) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for _, c := range cell.AppendText(nil, text) {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c < ' ' || c == 0x7f:
			dst = append(dst, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
