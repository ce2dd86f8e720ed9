package csv_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/csv"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/ndjson"
	"iceexplorer/cache/value"
)

// reader reads a table with Python's csv and json, and prints each cell in one way: bits of
// floats, text in hexadecimal digits.
const reader = `
import csv, json, struct, sys
path, schema = sys.argv[1], json.loads(sys.argv[2])
def number(x):
    x = float('nan') if x is None else float(x)
    return 'nan' if x != x else struct.pack('>f', x).hex()
def cell(x, kind):
    if isinstance(x, list): return '(' + ' '.join(cell(y, kind) for y in x) + ')'
    if kind == 'f': return number(x)
    if kind == 'i': return str(int(x))
    return x.encode().hex()
csv.field_size_limit(1 << 30)
with open(path, newline='', encoding='utf-8') as f:
    if path.endswith('.ndjson'):
        rows = [json.loads(line) for line in f]
        rows = [[r[title] for title, kind, array in schema] for r in rows]
    else:
        lines = csv.reader(f, delimiter='\t' if path.endswith('.tsv') else ',', strict=True)
        assert next(lines) == [title for title, kind, array in schema]
        rows = [[json.loads(x) if s[2] else x for x, s in zip(r, schema, strict=True)] for r in lines]
for r in rows: print('|'.join(cell(x, s[1]) for x, s in zip(r, schema)))
`

// kind is what a type's values are compared as.
func kind(c *cache.Column) string {
	switch {
	case c.Type.Variable() || c.Type == cache.TypeShape:
		return "s"
	case c.Type.Elem() == cache.ElemFloat32:
		return "f"
	}
	return "i"
}

// components of a value as the reader prints them.
func components(v any, asJSON bool) []string {
	float := func(f float32) string {
		if f != f || asJSON && f-f != 0 {
			return "nan"
		}
		return fmt.Sprintf("%08x", math.Float32bits(f))
	}
	switch v := v.(type) {
	case float32:
		return []string{float(v)}
	case []float32:
		var out []string
		for _, f := range v {
			out = append(out, float(f))
		}
		return out
	case int32:
		return []string{fmt.Sprint(v)}
	case bool:
		if v {
			return []string{"1"}
		}
		return []string{"0"}
	case []byte:
		return []string{fmt.Sprintf("%x", fmt.Sprintf("%x", v))}
	case string:
		return []string{fmt.Sprintf("%x", v)}
	}
	return []string{fmt.Sprintf("%x", value.Text(v))}
}

func list(parts []string) string { return "(" + strings.Join(parts, " ") + ")" }

// cells are those of an attribute in a row.
func cells(a *cache.Attribute, row uint64, asJSON bool) []string {
	if names.Repeated(&a.Column) {
		row = 0
	}
	values := value.OfRow(nil, a, row)
	if a.Structure == cache.Array {
		var parts []string
		for _, v := range values {
			p := components(v, true)
			if len(p) > 1 {
				p = []string{list(p)}
			}
			parts = append(parts, p...)
		}
		return []string{list(parts)}
	}
	parts := components(values[0], asJSON)
	if asJSON && len(parts) > 1 {
		return []string{list(parts)}
	}
	return parts
}

func TestTablesAreReadBackByPython(t *testing.T) {
	t.Parallel()
	for _, f := range []export.Format{csv.Format(), csv.TSV(), ndjson.Format()} {
		frames := exporttest.Frames(t)
		delete(frames, "odd, 4000 points") // 4001 are slow enough
		for name, frame := range frames {
			t.Run(f.Name+", "+name, func(t *testing.T) {
				t.Parallel()
				asJSON := f.Name == "ndjson"
				v, err := f.Parse(nil)
				if err != nil {
					t.Fatal(err)
				}
				var schema [][3]any
				var attributes []*cache.Attribute
				for i, p := range f.Places(frame.Index(), v) {
					a := frame.Attributes[i]
					for _, title := range p.As {
						schema = append(schema, [3]any{title, kind(&a.Column), a.Structure == cache.Array && !asJSON})
					}
					if p.As != nil {
						attributes = append(attributes, a)
					}
				}
				if points := frame.Header.Points; len(attributes) < len(frame.Attributes) && points > 0 {
					t.Errorf("%v", f.LeftOut(frame.Index(), v))
				}
				b, err := json.Marshal(schema)
				if err != nil {
					t.Fatal(err)
				}
				got := strings.Split(string(exporttest.Python(t, reader, exporttest.File(t, f, frame, nil), string(b))), "\n")
				if n := int(frame.Header.Points); len(got) != n+1 {
					t.Fatalf("%d rows, want %d", len(got)-1, n)
				}
				for row := range uint64(frame.Header.Points) {
					var want []string
					for _, a := range attributes {
						want = append(want, cells(a, row, asJSON)...)
					}
					if w := strings.Join(want, "|"); got[row] != w {
						t.Fatalf("row %d:\n%.2000s\nwant\n%.2000s", row, got[row], w)
					}
				}
			})
		}
	}
}

func TestATableAsItIsWritten(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 3})
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	b.Float32s("P", cache.TypeVector3, []float32{0.1, float32(math.Copysign(0, -1)), 1e10, nan, inf, -inf, 16777216, 1e-45, 3})
	b.Strings("Tag, \"x\"", []string{"a\"b", "", "c\td\nä"})
	b.Add(cache.Column{Name: "List", Type: cache.TypeVector2, Structure: cache.Array}, make([]byte, 16), []uint64{0, 0, 2, 2})
	b.Bools("On", []byte{1})
	b.Int32s("Mass", []int32{1, 2, 3})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		f      export.Format
		chosen map[string]string
		want   string
	}{
		{csv.Format(), nil, "P.x,P.y,P.z,\"Tag, \"\"x\"\"\",List,On,Mass\r\n" +
			"0.1,-0.0,1e+10,\"a\"\"b\",[],1,1\r\n" +
			"nan,inf,-inf,\"\",\"[[0,0],[0,0]]\",1,2\r\n" +
			"1.6777216e+07,1e-45,3,\"c\td\nä\",[],1,3\r\n"},
		{csv.TSV(), map[string]string{"attrs": "mass,p,None", "map": "mass=m,P=a b c"}, "m\ta\tb\tc\n1\t0.1\t-0.0\t1e+10\n2\tnan\tinf\t-inf\n3\t1.6777216e+07\t1e-45\t3\n"},
		{ndjson.Format(), nil, `{"P":[0.1,-0.0,1e+10],"Tag, \"x\"":"a\"b","List":[],"On":true,"Mass":1}` + "\n" +
			`{"P":[null,null,null],"Tag, \"x\"":"","List":[[0,0],[0,0]],"On":true,"Mass":2}` + "\n" +
			`{"P":[1.6777216e+07,1e-45,3],"Tag, \"x\"":"c\u0009d\u000aä","List":[],"On":true,"Mass":3}` + "\n"},
		{ndjson.Format(), map[string]string{"attrs": "None"}, "{}\n{}\n{}\n"},
	} {
		got, err := os.ReadFile(exporttest.File(t, c.f, frame, c.chosen))
		if err != nil || string(got) != c.want {
			t.Errorf("%s:\n%q\nwant\n%q", c.f.Name, got, c.want)
		}
	}
}
