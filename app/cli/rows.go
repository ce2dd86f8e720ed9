package cli

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"runtime/debug"
	"strconv"
	"strings"

	"iceexplorer/cache"
)

// rowSpan is the rows from first to last.
type rowSpan struct{ first, last uint64 }

// parseRows reads 5, 0-9 and lists of those; nil for "".
func parseRows(s string) ([]rowSpan, error) {
	if s == "" {
		return nil, nil
	}
	var out []rowSpan
	for _, part := range strings.Split(s, ",") {
		a, b, isSpan := strings.Cut(strings.TrimSpace(part), "-")
		first, err := strconv.ParseUint(a, 10, 63)
		last := first
		if err == nil && isSpan {
			last, err = strconv.ParseUint(b, 10, 63)
		}
		if err != nil || last < first {
			return nil, usagef("--rows %q: want rows such as 0-9 or 5,100-109", s)
		}
		out = append(out, rowSpan{first, last})
	}
	return out, nil
}

// guarded runs f, which reads a mapped file. Somebody may shorten the file: that
// is an error then rather than the end of the program.
func guarded(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			if _, fault := r.(interface{ Addr() uintptr }); !fault {
				panic(r)
			}
			err = errShrunk
		}
	}()
	return f()
}

// eachRow calls f with the values of those of the rows that the attribute has. A
// value is a float32, []float32, int32, bool, string, []byte or cache.ShapeRecord.
// The slice is good until f returns.
func eachRow(a *cache.Attribute, rows []rowSpan, f func(row uint64, values []any)) {
	n := a.NumRows()
	var values []any
	for _, span := range rows {
		for row := span.first; row <= span.last && row < n; row++ {
			values = values[:0]
			from, to := a.Row(row)
			for v := from; v < to; v++ {
				values = append(values, value(a, v))
			}
			f(row, values)
		}
	}
}

// value is stored value v of an attribute.
func value(a *cache.Attribute, v uint64) any {
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

// writeRows prints an attribute's rows: the components of single values in
// columns, arrays as a list.
func writeRows(w io.Writer, a *cache.Attribute, rows []rowSpan) {
	kind := a.Type.String()
	if a.Structure == cache.Array {
		kind += " array"
	}
	if a.Constant {
		kind += ", constant"
	}
	n := a.NumRows()
	fmt.Fprintf(w, "\n  %s (%s, %s)\n", printable(a.Name), kind, plural(n, "row"))
	if !a.HasData() {
		fmt.Fprintln(w, "    no values")
		return
	}
	t := table{right: []bool{true}}
	columns := a.Structure != cache.Array && a.Type.ComponentNames() != nil
	if columns {
		t.add(append([]string{"row"}, a.Type.ComponentNames()...)...)
		for range a.Type.ComponentNames() {
			t.right = append(t.right, true)
		}
	} else {
		t.add("row", "value")
	}
	found := false
	eachRow(a, rows, func(row uint64, values []any) {
		found = true
		cells := []string{strconv.FormatUint(row, 10)}
		switch {
		case columns:
			for _, c := range values[0].([]float32) {
				cells = append(cells, exact(c))
			}
		case a.Structure == cache.Array:
			var parts []string
			for _, v := range values {
				parts = append(parts, valueText(v))
			}
			cells = append(cells, "["+strings.Join(parts, ", ")+"]")
		default:
			for _, v := range values {
				cells = append(cells, valueText(v))
			}
		}
		t.add(cells...)
	})
	if !found {
		fmt.Fprintln(w, "    none of these rows")
		return
	}
	t.write(w, "    ")
}

// exact is the shortest text that reads back as the same float32.
func exact(f float32) string { return strconv.FormatFloat(float64(f), 'g', -1, 32) }

func valueText(v any) string {
	switch v := v.(type) {
	case float32:
		return exact(v)
	case []float32:
		var parts []string
		for _, c := range v {
			parts = append(parts, exact(c))
		}
		return "(" + strings.Join(parts, ", ") + ")"
	case string:
		return strconv.Quote(v)
	case []byte:
		return blobText(v)
	case cache.ShapeRecord:
		return shapeText(v)
	}
	return fmt.Sprint(v)
}

// maxBlob is how many bytes of a blob are printed.
const maxBlob = 32

func blobText(b []byte) string {
	text := hex.EncodeToString(b[:min(len(b), maxBlob)])
	if len(b) > maxBlob {
		text += "..."
	}
	return strings.TrimSpace(plural(uint64(len(b)), "byte") + " " + text)
}

func shapeText(s cache.ShapeRecord) string {
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
