package cli

import (
	"encoding/json"
	"io"
	"math"
	"unicode/utf8"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/value"
)

// infoJSON is a file as "info --json" prints it.
type infoJSON struct {
	File       string     `json:"file"`
	FileBytes  []byte     `json:"file_base64,omitempty"` // if file is not UTF-8
	Format     string     `json:"format"`
	Storage    string     `json:"storage"`
	Dialect    string     `json:"dialect"`
	Version    uint32     `json:"version"`
	Object     string     `json:"object"`
	Points     uint32     `json:"points"`
	Edges      uint32     `json:"edges"`
	Polygons   uint32     `json:"polygons"`
	Samples    uint32     `json:"samples"`
	Substeps   uint32     `json:"substeps"`
	Damaged    bool       `json:"damaged"`
	Missing    []string   `json:"missing"`
	Warnings   []string   `json:"warnings"`
	Verified   string     `json:"verified,omitempty"`
	Attributes []attrJSON `json:"attributes"`
}

type attrJSON struct {
	Name       string     `json:"name"`
	Type       string     `json:"type"`
	Structure  string     `json:"structure"`
	Context    string     `json:"context"`
	Category   string     `json:"category"`
	Constant   bool       `json:"constant"`
	Rows       uint64     `json:"rows"`
	Values     uint64     `json:"values"`
	Components int        `json:"components"`
	Bytes      uint64     `json:"bytes"`
	Min        []*float64 `json:"min"`
	Max        []*float64 `json:"max"`
	Mean       []*float64 `json:"mean"`
	NonFinite  uint64     `json:"nonfinite"`
	SHA256     string     `json:"sha256,omitempty"`
	Data       []rowJSON  `json:"data,omitzero"`
}

// rowJSON is the values of one row: numbers, lists of the components of values
// that have several, strings, and null for what is not finite.
type rowJSON struct {
	Row    uint64 `json:"row"`
	Values []any  `json:"values"`
}

func printJSON(w io.Writer, x *reading) error {
	h := x.index.Header
	out := infoJSON{
		File: pathname.Display(x.in.Name), FileBytes: rawName(x.in.Name), Format: format(x.index.Storage), Storage: string(x.index.Storage), Dialect: x.index.Dialect,
		Version: h.Version, Object: h.Object.String(), Points: h.Points, Edges: h.Edges, Polygons: h.Polygons,
		Samples: h.Samples, Substeps: h.Substeps, Missing: []string{}, Warnings: append([]string{}, x.index.Notes()...), Attributes: []attrJSON{},
		Verified: x.verified,
	}
	if d := x.index.Damage; d != nil {
		out.Damaged, out.Missing = true, append(out.Missing, d.Missing...)
	}
	for _, i := range x.attrs {
		c := &x.index.Columns[i]
		a := attrJSON{
			Name: c.Name, Type: c.Type.String(), Structure: c.Structure.String(), Context: c.Context.String(),
			Category: c.Category.String(), Constant: c.Constant, Rows: c.Rows, Values: c.Values,
			Components: c.Type.Components(), Bytes: c.Data.Len,
		}
		a.Min, a.Max, a.Mean, a.NonFinite = ranges(c)
		if i < len(x.checksum) && c.Values > 0 {
			a.SHA256 = x.checksum[i]
		}
		if x.frame != nil {
			a.Data = []rowJSON{}
			eachRow(x.frame.Attributes[i], x.rows, func(row uint64, values []any) {
				for j := range values {
					values[j] = finite(values[j])
				}
				a.Data = append(a.Data, rowJSON{row, append([]any{}, values...)})
			})
		}
		out.Attributes = append(out.Attributes, a)
	}
	return encodeLine(w, out)
}

func printJSONError(w io.Writer, file, text string) {
	encodeLine(w, struct {
		File      string `json:"file"`
		FileBytes []byte `json:"file_base64,omitempty"`
		Error     string `json:"error"`
	}{pathname.Display(file), rawName(file), pathname.Display(text)}) // an error of the output is reported when it is flushed
}

// rawName is the bytes of a path that is not UTF-8, which JSON could not hold; nil for any
// other path.
func rawName(path string) []byte {
	if utf8.ValidString(path) {
		return nil
	}
	return []byte(path)
}

func encodeLine(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// finite replaces values that JSON has no number for.
func finite(v any) any {
	switch v := v.(type) {
	case float32:
		if f := float64(v); math.IsNaN(f) || math.IsInf(f, 0) {
			return nil
		}
	case []float32:
		out := make([]any, len(v))
		for i := range v {
			out[i] = finite(v[i])
		}
		return out
	case cache.ShapeRecord:
		return value.Text(v)
	}
	return v
}
