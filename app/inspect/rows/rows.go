// Package rows writes rows of cells as tables, CSV, TSV and JSON, for terminals, pipes and
// the clipboard.
package rows

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"iceexplorer/cache"
	"iceexplorer/cache/printable"
	"iceexplorer/cache/value"
)

// Writer writes rows of cells. A cell is nil, float32, float64, int64, uint64, bool, string,
// []any, []float32, []byte or cache.ShapeRecord.
type Writer interface {
	Head(titles []string) // first
	Row(cells []any) error
	End() error // last
}

// Formats are the names that New knows.
var Formats = []string{"table", "csv", "tsv", "json", "ndjson"}

// New makes a writer to out, which the caller flushes; format "" is a table. The error is
// written for users.
func New(format string, out *bufio.Writer) (Writer, error) {
	switch format {
	case "", "table":
		return &tableWriter{out: out}, nil
	case "csv":
		return &separatedWriter{csv.NewWriter(out)}, nil
	case "tsv":
		w := csv.NewWriter(out)
		w.Comma = '\t'
		return &separatedWriter{w}, nil
	case "json":
		return &objectWriter{out: out, list: true}, nil
	case "ndjson":
		return &objectWriter{out: out}, nil
	}
	return nil, fmt.Errorf("there is no format %q; choose table, csv, tsv, json or ndjson", format)
}

// Text is a cell in full precision; text is returned as it is.
func Text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []any:
		return value.List(v)
	}
	return value.Text(v)
}

// separatedWriter prints CSV or TSV.
type separatedWriter struct{ w *csv.Writer }

func (s *separatedWriter) Head(titles []string) { s.w.Write(titles) } // an error is reported again at the end

func (s *separatedWriter) Row(cells []any) error {
	text := make([]string, len(cells))
	for i, c := range cells {
		text[i] = Text(c)
	}
	return s.w.Write(text)
}

func (s *separatedWriter) End() error {
	s.w.Flush()
	return s.w.Error()
}

// objectWriter prints JSON: an object for each row, with the titles as names.
type objectWriter struct {
	out    *bufio.Writer
	list   bool // all in one list, else a line each
	titles []string
	begun  bool
}

func (o *objectWriter) Head(titles []string) {
	for _, t := range titles {
		name, _ := json.Marshal(t) // a string has no error
		o.titles = append(o.titles, string(name))
	}
}

func (o *objectWriter) Row(cells []any) error {
	switch {
	case o.list && !o.begun:
		o.out.WriteString("[\n")
	case o.list:
		o.out.WriteString(",\n")
	}
	o.begun = true
	for i, c := range cells {
		lead := byte(',')
		if i == 0 {
			lead = '{'
		}
		o.out.WriteByte(lead)
		o.out.WriteString(o.titles[i])
		o.out.WriteByte(':')
		v, err := json.Marshal(JSON(c))
		if err != nil {
			return err
		}
		o.out.Write(v)
	}
	end := "}"
	if !o.list {
		end = "}\n"
	}
	_, err := o.out.WriteString(end) // after a failure all writes fail
	return err
}

func (o *objectWriter) End() error {
	switch {
	case !o.list:
		return nil
	case !o.begun:
		o.out.WriteString("[")
	}
	_, err := o.out.WriteString("\n]\n")
	return err
}

// JSON is a cell as encoding/json takes it: null stands for what JSON has no number for.
func JSON(v any) any {
	switch v := v.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = JSON(v[i])
		}
		return out
	case []byte, cache.ShapeRecord:
		return value.Text(v)
	case float32:
		return jsonNumber(v)
	case []float32:
		out := make([]any, len(v))
		for i := range v {
			out[i] = jsonNumber(v[i])
		}
		return out
	}
	return v
}

func jsonNumber(v float32) any {
	if v-v != 0 {
		return nil
	}
	return v
}

// tableWriter prints aligned columns. The first rows set their widths; a longer cell in a
// later row pushes the rest of that row to the right.
type tableWriter struct {
	out    *bufio.Writer
	titles []string
	first  [][]string // rows that wait for their widths
	right  []bool     // columns of numbers
	width  []int      // nil: not known yet
}

// widthRows is how many rows set the widths.
const widthRows = 1000

func (t *tableWriter) Head(titles []string) {
	t.titles = make([]string, len(titles))
	for i, name := range titles {
		t.titles[i] = printable.Line(name)
	}
	t.right = make([]bool, len(titles))
}

func (t *tableWriter) Row(cells []any) error {
	text := make([]string, len(cells))
	for i, c := range cells {
		switch v := c.(type) {
		case float32, float64, int64, uint64:
			t.right[i] = true
			text[i] = Short(v)
		case []any:
			text[i] = printable.Line(value.List(v[:min(len(v), 4)]))
			if len(v) > 4 {
				text[i] = strings.TrimSuffix(text[i], "]") + ", ... " + strconv.Itoa(len(v)) + " values]"
			}
		default:
			text[i] = printable.Line(Text(v))
		}
	}
	if t.width == nil {
		if t.first = append(t.first, text); len(t.first) < widthRows {
			return nil
		}
		return t.measured()
	}
	return t.line(text)
}

// Short is a number for reading, with five digits.
func Short(v any) string {
	switch v := v.(type) {
	case float32:
		return value.Short(float64(v))
	case float64:
		return value.Short(v)
	}
	return Text(v)
}

// measured prints the rows that have waited.
func (t *tableWriter) measured() error {
	t.width = make([]int, len(t.titles))
	rows := append([][]string{t.titles}, t.first...)
	for _, r := range rows {
		for i, c := range r {
			t.width[i] = max(t.width[i], utf8.RuneCountInString(c))
		}
	}
	t.first = nil
	for _, r := range rows {
		if err := t.line(r); err != nil {
			return err
		}
	}
	return nil
}

func (t *tableWriter) line(cells []string) error {
	var line strings.Builder
	for i, c := range cells {
		if i > 0 {
			line.WriteString("  ")
		}
		pad := strings.Repeat(" ", max(t.width[i]-utf8.RuneCountInString(c), 0))
		if t.right[i] {
			line.WriteString(pad + c)
		} else {
			line.WriteString(c + pad)
		}
	}
	_, err := t.out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	return err
}

func (t *tableWriter) End() error {
	if t.width != nil || t.titles == nil {
		return nil
	}
	return t.measured()
}
