// Package txt is a frame as the text that the first ICE Explorer wrote: a section on the
// header and one for each attribute, with a line for each value.
package txt

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/cell"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/value"
)

var target = names.Target{Format: "txt", Fits: func(*cache.Column, uint64) (string, bool) { return "", false }}

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "txt", Label: "a .txt", Ext: ".txt", For: "people, as the first ICE Explorer wrote it",
		Options: names.Options(), Check: names.Check, Places: target.Places,
		Write: export.Stream(write),
	}
}

func write(_ context.Context, w io.Writer, j *export.Job) error {
	chosen := target.Choose(j.Frame.Index(), j.Options)
	d := document{w: w}
	h := j.Frame.Header
	d.text("[Header info]\n")
	d.text(fmt.Sprintf("version = %d\nobject type = %v\nnumber of points = %d\nnumber of edges = %d\nnumber of polygons = %d\nnumber of samples = %d\nsubstep = %d\n",
		h.Version, h.Object, h.Points, h.Edges, h.Polygons, h.Samples, h.Substeps))
	n := 0
	for _, c := range chosen {
		if c.As != nil {
			n++
		}
	}
	d.text(fmt.Sprintf("number of attributes = %d\n", n))
	for _, c := range chosen {
		if c.As != nil {
			d.attribute(c.As, j.Frame.Attributes[c.Column])
		}
	}
	return d.flush(0)
}

// document is a file on its way. After an error nothing more is written.
type document struct {
	w   io.Writer
	buf []byte
	err error
}

func (d *document) text(s string) { d.buf = append(d.buf, s...) }

// flush hands on what is there if it is at least enough.
func (d *document) flush(enough int) error {
	if d.err == nil && len(d.buf) >= enough {
		_, d.err = d.w.Write(d.buf)
		d.buf = d.buf[:0]
	}
	return d.err
}

// enough is how much text is made before it is written.
const enough = 64 << 10

func (d *document) attribute(as []string, a *cache.Attribute) {
	name := as[0]
	if len(as) > 1 {
		name = a.Name
	}
	d.text(fmt.Sprintf("[Attribute info]\nname = %s\ndata type = %v\nstructure = %v\ncontext = %v\nobject id = %d\ncategory = %v\nconstant = %v\n",
		oneLine(name), a.Type, a.Structure, a.Context, a.DatabaseID, a.Category, a.Constant))
	line := lines(a, as)
	var index []byte
	for row := range a.Rows { // of a constant one the first alone
		index = strconv.AppendUint(index[:0], row, 10)
		if a.Structure != cache.Array {
			d.buf = line(d.buf, index, row)
		} else {
			from, to := a.Row(row)
			d.buf = append(append(d.buf, index...), ": count="...)
			d.buf = append(strconv.AppendUint(d.buf, to-from, 10), '\n')
			row := index
			for v := from; v < to; v++ {
				index = append(strconv.AppendUint(append(row, '['), v-from, 10), ']')
				d.buf = line(d.buf, index, v)
				if d.flush(enough) != nil {
					return
				}
			}
			index = row
		}
		if d.flush(enough) != nil {
			return
		}
	}
}

// oneLine is a name that cannot be taken for the next line.
func oneLine(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return '_'
		}
		return r
	}, strings.ToValidUTF8(name, "\uFFFD"))
}

// lines makes the line, or of a matrix the lines, of a stored value, which begin with its index.
func lines(a *cache.Attribute, as []string) func(dst, index []byte, v uint64) []byte {
	one := func(of cell.Append) func(dst, index []byte, v uint64) []byte {
		return func(dst, index []byte, v uint64) []byte {
			dst = append(append(dst, index...), ": value="...)
			return append(of(dst, v), '\n')
		}
	}
	switch {
	case a.Type == cache.TypeShape:
		return one(func(dst []byte, v uint64) []byte { return append(dst, value.Text(value.Of(a, v))...) })
	case a.Type.Elem() == cache.ElemInt32 || a.Type.Variable():
		return one(cell.JSON.Values(a))
	case a.Type.Elem() == cache.ElemUint8:
		bits := a.Bytes()
		return one(func(dst []byte, v uint64) []byte { return append(dst, '0'+bits[v]&1) })
	case a.Type.Components() == 0:
		return func(dst, _ []byte, _ uint64) []byte { return dst }
	}
	floats, labels, width := a.Float32s(), labelsOf(a.Type, as), rowOf(a.Type)
	n := uint64(len(labels))
	return func(dst, index []byte, v uint64) []byte {
		for i, f := range floats[v*n : (v+1)*n] {
			if i%width == 0 {
				dst = append(append(dst, index...), ':')
			}
			dst = append(append(append(dst, ' '), labels[i]...), '=')
			dst = decimals(dst, float64(f))
			if i%width == width-1 {
				dst = append(dst, '\n')
			}
		}
		return dst
	}
}

// labelsOf are the names of a value's components.
func labelsOf(t cache.DataType, as []string) []string {
	n := t.Components()
	if len(as) == n && n > 1 {
		return as
	}
	if n == 1 {
		return []string{"value"}
	}
	if width := rowOf(t); width < n {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf("m[%d][%d]", i/width, i%width))
		}
		return out
	}
	return t.ComponentNames()
}

// rowOf is how many components stand in a line.
func rowOf(t cache.DataType) int {
	switch t {
	case cache.TypeMatrix33:
		return 3
	case cache.TypeMatrix44:
		return 4
	}
	return t.Components()
}

// decimals appends a number as C prints it: with six decimals, nan, inf.
func decimals(dst []byte, f float64) []byte {
	switch {
	case f-f == 0:
		return strconv.AppendFloat(dst, f, 'f', 6, 64)
	case f > 0:
		return append(dst, "inf"...)
	case f < 0:
		return append(dst, "-inf"...)
	}
	return append(dst, "nan"...)
}
