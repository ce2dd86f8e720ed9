package interop_test

import (
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export/exporttest"
)

// field says how pandas is to take an attribute.
type field struct {
	As   []string `json:"as"`
	Kind string   `json:"kind"`
	List bool     `json:"list"` // as JSON in a field
}

func kindOf(t cache.DataType) string {
	switch {
	case t == cache.TypeString || t == cache.TypeShape:
		return "text"
	case t.Variable():
		return "digits" // as they stand there
	case t.Elem() == cache.ElemFloat32:
		return "float"
	}
	return "int"
}

func TestTablesAreReadByPandas(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"csv", "tsv", "ndjson"} {
		f := format(t, name)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, frame *cache.Frame) {
				v, err := f.Parse(nil)
				if err != nil {
					t.Fatal(err)
				}
				var schema []field
				for _, p := range f.Places(frame.Index(), v) {
					if p.As != nil {
						a := frame.Attribute(p.Attribute)
						schema = append(schema, field{p.As, kindOf(a.Type), a.Structure == cache.Array && name != "ndjson"})
					}
				}
				b, err := json.Marshal(schema)
				if err != nil {
					t.Fatal(err)
				}
				got := columns(t, python(t, "pandas", "pandas_read.py", exporttest.File(t, f, frame, nil), string(b)))
				if frame.Header.Points == 0 { // whose names the reader has looked at
					if len(got) > 0 {
						t.Errorf("%.300q", got)
					}
					return
				}
				compare(t, f, frame, got, func(a *cache.Attribute, points uint64) string {
					text := rows(a, points)
					switch {
					case name == "ndjson" && a.Type.Elem() == cache.ElemFloat32: // JSON has no infinities
						text = strings.NewReplacer("7f800000", "nan", "ff800000", "nan").Replace(text)
					case name != "ndjson" && a.Name == "Strings": // it reads fields up to a NUL
						text = strings.ReplaceAll(text, "00efbfbd2f,", ",")
					}
					return text
				})
			})
		})
	}
}

func TestArraysAreReadAndMappedByNumpy(t *testing.T) {
	t.Parallel()
	f := format(t, "npz")
	told, err := filepath.Abs("../../../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	each(t, func(t *testing.T, frame *cache.Frame) {
		got := columns(t, python(t, "numpy", "numpy_read.py", exporttest.File(t, f, frame, nil), told))
		compare(t, f, frame, got, func(a *cache.Attribute, _ uint64) string { // in as many rows as there are
			n := a.Values
			if a.Structure == cache.Array {
				n = uint64(frame.Header.Points)
			}
			return rowsOf(a, n, func(a *cache.Attribute, v uint64) string {
				switch a.Type {
				case cache.TypeString:
					return hex.EncodeToString(a.Value(v)) // also what is no UTF-8
				case cache.TypeShape:
					return strconv.Itoa(int(a.Int32s()[v]))
				}
				return one(a, v)
			})
		})
	})
}
