// Package value is one cell of a cache: what a point's attribute holds, as a typed
// value, as numbers, and as text for people or for files.
package value

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// Of is stored value v of an attribute: a float32, []float32 (one per component),
// int32, bool, string, []byte (a blob, in the frame's memory) or cache.ShapeRecord.
// Names that are not UTF-8 have replacement characters; an invalid shape is the text of its
// error.
func Of(a *cache.Attribute, v uint64) any {
	if a.Type == cache.TypeShape {
		s, err := a.Shape(v)
		if err != nil {
			return err.Error()
		}
		return s
	}
	b := a.Value(v)
	switch {
	case a.Type == cache.TypeString:
		return strings.ToValidUTF8(string(b), "\uFFFD")
	case a.Type.Variable():
		return b
	case a.Type == cache.TypeBool:
		return b[0] != 0
	case a.Type.Elem() == cache.ElemInt32:
		return int32(binary.LittleEndian.Uint32(b))
	}
	c := make([]float32, len(b)/4)
	for i := range c {
		c[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	if len(c) == 1 {
		return c[0]
	}
	return c
}

// OfRow are the values of a row: one, or those of an array. They are appended to buf.
func OfRow(buf []any, a *cache.Attribute, row uint64) []any {
	from, to := a.Row(row)
	for v := from; v < to; v++ {
		buf = append(buf, Of(a, v))
	}
	return buf
}

// Numbers are the components of stored value v; nil if it is not a number.
func Numbers(a *cache.Attribute, v uint64) []float64 {
	if a.Type.Components() == 0 {
		return nil
	}
	b := a.Value(v)
	var out []float64
	switch a.Type.Elem() {
	case cache.ElemFloat32:
		for ; len(b) >= 4; b = b[4:] {
			out = append(out, float64(math.Float32frombits(binary.LittleEndian.Uint32(b))))
		}
	case cache.ElemInt32:
		for ; len(b) >= 4; b = b[4:] {
			out = append(out, float64(int32(binary.LittleEndian.Uint32(b))))
		}
	default:
		for _, x := range b {
			out = append(out, float64(x))
		}
	}
	return out
}

// Length is the length of a vector.
func Length(components []float64) float64 {
	var sum float64
	for _, x := range components {
		sum += x * x
	}
	return math.Sqrt(sum)
}

// Exact is the shortest text that reads back as the same float32.
func Exact(f float32) string { return strconv.FormatFloat(float64(f), 'g', -1, 32) }

// Short is a number for reading: whole numbers as they are, others with five digits.
func Short(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e10 { // all that 32 bits hold
		return strconv.FormatFloat(v+0, 'f', 0, 64) // + 0: no -0
	}
	return strconv.FormatFloat(v, 'g', 5, 64)
}

// Text is a value of Of as a file or a terminal shows it: nothing is lost but the end
// of long blobs.
func Text(v any) string {
	switch v := v.(type) {
	case float32:
		return Exact(v)
	case []float32:
		parts := make([]string, len(v))
		for i, c := range v {
			parts[i] = Exact(c)
		}
		return "(" + strings.Join(parts, ", ") + ")"
	case string:
		return strconv.Quote(v)
	case []byte:
		return blob(v)
	case cache.ShapeRecord:
		return shape(v)
	}
	return fmt.Sprint(v)
}

// List is the text of an array.
func List(values []any) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = Text(v)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// maxBlob is how many bytes of a blob are shown.
const maxBlob = 32

func blob(b []byte) string {
	text := hex.EncodeToString(b[:min(len(b), maxBlob)])
	if len(b) > maxBlob {
		text += "..."
	}
	return strings.TrimSpace(unit.Plural(len(b), "byte") + " " + text)
}

func shape(s cache.ShapeRecord) string {
	text := cache.ShapeName(s.Type)
	switch s.Type {
	case cache.ShapeInstance:
		text += fmt.Sprintf(" %d", s.Index)
	case cache.ShapeReference:
		text += fmt.Sprintf(" to object %d", s.ObjectID)
		if s.Branch {
			text += " with its branch"
		}
		if s.Remap {
			text += fmt.Sprintf(", %q of %q", s.Target, s.Model)
		}
	}
	return text
}
