package txt_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/txt"
)

func TestAFrameAsTheFirstICEExplorerWroteIt(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2, Substeps: 4})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{0.1, 0.2, 0.3, -1, 1e7, 1e-7})
	b.Float32s("Size", cache.TypeFloat, []float32{float32(math.NaN())})
	b.Float32s("Orientation", cache.TypeRotation, []float32{1, 0, 0, 0, 0, float32(math.Inf(1)), 0, float32(math.Inf(-1))})
	b.Float32s("Color", cache.TypeColor4, []float32{0.25, 0.5, 0.75, 1})
	b.Float32s("Turn", cache.TypeMatrix33, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9})
	b.Add(cache.Column{Name: "ID", Type: cache.TypeLong, DatabaseID: 353}, []byte{7, 0, 0, 0, 0xff, 0xff, 0xff, 0xff}, nil)
	b.Bools("Alive", []byte{1, 0})
	b.Strings("Tag\n", []string{"a \"b\"\n\xff", ""})
	b.Add(cache.Column{Name: "Neighbours", Type: cache.TypeLong, Structure: cache.Array, Category: cache.CategoryCustom}, []byte{1, 0, 0, 0, 2, 0, 0, 0}, []uint64{0, 2, 2})
	b.Shapes("Shape", []cache.ShapeRecord{{Type: cache.ShapeSphere}, {Type: cache.ShapeInstance, Index: 3}})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	section := func(name, typ, structure string, id int, category string, constant bool, lines ...string) string {
		return fmt.Sprintf("[Attribute info]\nname = %s\ndata type = %s\nstructure = %s\ncontext = point\nobject id = %d\ncategory = %s\nconstant = %v\n%s\n",
			name, typ, structure, id, category, constant, strings.Join(lines, "\n"))
	}
	want := "[Header info]\nversion = 103\nobject type = point cloud\nnumber of points = 2\nnumber of edges = 0\nnumber of polygons = 0\nnumber of samples = 0\nsubstep = 4\nnumber of attributes = 10\n" +
		section("PointPosition", "vector3", "single", 0, "built-in", false, "0: x=0.100000 y=0.200000 z=0.300000", "1: x=-1.000000 y=10000000.000000 z=0.000000") +
		section("Size", "float", "single", 0, "built-in", true, "0: value=nan") +
		section("Orientation", "rotation", "single", 0, "built-in", false, "0: w=1.000000 x=0.000000 y=0.000000 z=0.000000", "1: w=0.000000 x=inf y=0.000000 z=-inf") +
		section("Color", "color4", "single", 0, "built-in", true, "0: r=0.250000 g=0.500000 b=0.750000 a=1.000000") +
		section("Turn", "matrix33", "single", 0, "built-in", true, "0: m[0][0]=1.000000 m[0][1]=2.000000 m[0][2]=3.000000",
			"0: m[1][0]=4.000000 m[1][1]=5.000000 m[1][2]=6.000000", "0: m[2][0]=7.000000 m[2][1]=8.000000 m[2][2]=9.000000") +
		section("ID", "long", "single", 353, "built-in", false, "0: value=7", "1: value=-1") +
		section("Alive", "bool", "single", 0, "built-in", false, "0: value=1", "1: value=0") +
		section("Tag_", "string", "single", 0, "built-in", false, `0: value="a \"b\"\u000a`+"\uFFFD\"", `1: value=""`) +
		section("Neighbours", "long", "array", 0, "custom", false, "0: count=2", "0[0]: value=1", "0[1]: value=2", "1: count=0") +
		section("Shape", "shape", "single", 0, "built-in", false, "0: value=sphere", "1: value=instance 3")
	if got := string(exporttest.Bytes(t, exporttest.File(t, txt.Format(), frame, nil))); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	got := string(exporttest.Bytes(t, exporttest.File(t, txt.Format(), frame, map[string]string{"attrs": "Color,ID", "map": "ID=number,Color=red green blue alpha"})))
	for _, line := range []string{"number of attributes = 2\n", "name = Color\n", "0: red=0.250000 green=0.500000 blue=0.750000 alpha=1.000000\n", "name = number\n"} {
		if !strings.Contains(got, line) {
			t.Errorf("there is no %q in %s", line, got)
		}
	}
}

// Nothing is left out: a line for every value of every kind.
func TestEveryValueOfEveryFrameIsThere(t *testing.T) {
	t.Parallel()
	for name, frame := range exporttest.Frames(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sections := strings.Split(string(exporttest.Bytes(t, exporttest.File(t, txt.Format(), frame, nil))), "[Attribute info]\n")
			if len(sections) != 1+len(frame.Attributes) {
				t.Fatalf("%d sections, want %d", len(sections), 1+len(frame.Attributes))
			}
			for i, a := range frame.Attributes {
				lines := strings.Split(strings.TrimSuffix(sections[1+i], "\n"), "\n")[7-1:]
				values, next := lines[1:], 0
				for row := range a.Rows {
					from, to := a.Row(row)
					index := fmt.Sprint(row)
					if a.Structure == cache.Array {
						if got, want := values[next], fmt.Sprintf("%d: count=%d", row, to-from); got != want {
							t.Fatalf("%s: %q, want %q", a.Name, got, want)
						}
						next++
					}
					for v := from; v < to; v++ {
						if a.Structure == cache.Array {
							index = fmt.Sprintf("%d[%d]", row, v-from)
						}
						for part := range parts(a.Type) {
							if got := values[next]; !strings.HasPrefix(got, index+": ") || numbers(a, v, part) != "" && unnamed(got) != numbers(a, v, part) {
								t.Fatalf("%s: %q, want %s: %s", a.Name, got, index, numbers(a, v, part))
							}
							next++
						}
					}
				}
				if next != len(values) {
					t.Errorf("%s: %d lines, want %d", a.Name, len(values), next)
				}
			}
		})
	}
}

// parts is how many lines a value takes.
func parts(t cache.DataType) int {
	switch t {
	case cache.TypeMatrix33:
		return 3
	case cache.TypeMatrix44:
		return 4
	}
	return 1
}

// unnamed is a line without its index and the names of its components.
func unnamed(line string) string {
	_, rest, _ := strings.Cut(line, ": ")
	var out []string
	for _, word := range strings.Split(rest, " ") {
		_, v, _ := strings.Cut(word, "=")
		out = append(out, v)
	}
	return strings.Join(out, " ")
}

// numbers are those of a line of a value, "" if it is none of floats.
func numbers(a *cache.Attribute, v uint64, part int) string {
	if a.Type.Elem() != cache.ElemFloat32 {
		return ""
	}
	b := a.Value(v)
	n := len(b) / parts(a.Type)
	var out []string
	for b = b[part*n:][:n]; len(b) > 0; b = b[4:] {
		f := float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
		out = append(out, strings.TrimPrefix(strings.ToLower(fmt.Sprintf("%.6f", f)), "+"))
	}
	return strings.Join(out, " ")
}
