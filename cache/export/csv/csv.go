// Package csv is tables of points as text that formats separate by commas (RFC 4180) or
// tabs, for spreadsheets, pandas, CloudCompare and many more.
package csv

import (
	"bytes"
	"context"
	"io"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/cell"
	"iceexplorer/cache/export/names"
)

// Format declares tables with commas.
func Format() export.Format { return (&dialect{"csv", "a .csv", ',', "\r\n"}).format() }

// TSV declares tables with tabs.
func TSV() export.Format { return (&dialect{"tsv", "a .tsv", '\t', "\n"}).format() }

type dialect struct {
	name, label string
	comma       byte
	end         string // of a line
}

func (d *dialect) target() *names.Target {
	return &names.Target{Format: d.name, Fits: names.PerPoint, Parts: func(name string, c *cache.Column) []string {
		if c.Structure == cache.Array {
			return nil
		}
		return names.Components(name, ".", c)
	}}
}

func (d *dialect) format() export.Format {
	return export.Format{
		Name: d.name, Label: d.label, Ext: "." + d.name, For: "spreadsheets, pandas, DuckDB, CloudCompare",
		Options: names.Options(), Check: names.Check, Places: d.target().Places,
		Write: export.Stream(d.write),
	}
}

func (d *dialect) write(_ context.Context, w io.Writer, j *export.Job) error {
	style := cell.Style{ // numbers as C, Python and databases read them, also yes and no
		Between: string(d.comma), NaN: "nan", Inf: "inf", NegInf: "-inf", False: "0", True: "1",
		Text: func(dst, text []byte) []byte { return d.quoted(cell.AppendText(dst, text), len(dst)) },
	}
	var head []byte
	var cells []cell.Cell
	for _, c := range d.target().Choose(j.Frame.Index(), j.Options) {
		if c.As == nil {
			continue
		}
		a := j.Frame.Attributes[c.Column]
		before := ""
		for i, name := range c.As {
			if i > 0 || len(cells) > 0 {
				head = append(head, d.comma)
			}
			head = style.Text(head, []byte(name))
		}
		if len(cells) > 0 {
			before = string(d.comma)
		}
		of := style.Rows(a)
		if a.Structure == cache.Array {
			list := cell.JSON.Rows(a)
			of = func(dst []byte, row uint64) []byte { return d.quoted(list(dst, row), len(dst)) }
		}
		cells = append(cells, cell.Cell{Before: before, Of: of, Same: names.Repeated(&a.Column)})
	}
	return cell.Lines(w, append(head, d.end...), uint64(j.Frame.Header.Points), cells, d.end)
}

// quoted puts the field that begins at a place of dst into quotes if it needs them. An
// empty one has them too: it is not a value that is missing.
func (d *dialect) quoted(dst []byte, from int) []byte {
	field := dst[from:]
	if len(field) > 0 && bytes.IndexByte(field, d.comma) < 0 && !bytes.ContainsAny(field, "\"\r\n") {
		return dst
	}
	n := len(field)
	quotes := bytes.Count(field, []byte{'"'})
	dst = append(dst, make([]byte, quotes+2)...)
	dst[len(dst)-1] = '"'
	for to, i := len(dst)-2, from+n-1; i >= from; i-- {
		dst[to] = dst[i]
		if to--; dst[i] == '"' {
			dst[to] = '"'
			to--
		}
	}
	dst[from] = '"'
	return dst
}
