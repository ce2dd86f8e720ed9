package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/printable"
	"iceexplorer/cache/unit"
	"iceexplorer/cache/value"
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

// eachRow calls f with the values, as value.Of has them, of those of the rows that the
// attribute has. The slice is good until f returns.
func eachRow(a *cache.Attribute, rows []rowSpan, f func(row uint64, values []any)) {
	n := a.NumRows()
	var values []any
	for _, span := range rows {
		for row := span.first; row <= span.last && row < n; row++ {
			values = value.OfRow(values[:0], a, row)
			f(row, values)
		}
	}
}

// writeRows prints an attribute's rows: the components of single values in
// columns, arrays as a list.
func writeRows(w io.Writer, a *cache.Attribute, spans []rowSpan) {
	kind := a.Type.String()
	if a.Structure == cache.Array {
		kind += " array"
	}
	if a.Constant {
		kind += ", constant"
	}
	n := a.NumRows()
	fmt.Fprintf(w, "\n  %s (%s, %s)\n", printable.Line(a.Name), kind, unit.Plural(n, "row"))
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
	eachRow(a, spans, func(row uint64, values []any) {
		found = true
		cells := []string{strconv.FormatUint(row, 10)}
		switch {
		case columns:
			for _, c := range values[0].([]float32) {
				cells = append(cells, value.Exact(c))
			}
		case a.Structure == cache.Array:
			cells = append(cells, value.List(values))
		default:
			for _, v := range values {
				cells = append(cells, value.Text(v))
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
