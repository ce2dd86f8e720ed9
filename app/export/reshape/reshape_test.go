package reshape

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/value"
	"iceexplorer/jobs/task"
)

// copied is a frame's index and columns in memory of their own.
func copied(t *testing.T, f *cache.Frame) (*cache.Index, []byte) {
	t.Helper()
	ix := f.Index()
	need, _ := ix.Layout()
	mem := make([]byte, need+64)
	for i := range ix.Columns {
		for k, s := range ix.Columns[i].Spans() {
			copy(mem[s.Offset:s.End()], f.Attributes[i].Parts()[k])
		}
	}
	return ix, mem
}

func apply(t *testing.T, f *cache.Frame, c task.Change) (*cache.Frame, export.Told) {
	t.Helper()
	ix, mem := copied(t, f)
	g, told, err := Apply(t.Context(), ix, mem, 7, &c)
	if err != nil {
		t.Fatal(err)
	}
	return g, told
}

// text is all of an attribute's rows of points.
func text(a *cache.Attribute, points []uint32) []string {
	var out []string
	for _, row := range points {
		out = append(out, fmt.Sprintf("%q", value.List(value.OfRow(nil, a, uint64(row)))))
	}
	return out
}

func upTo(n uint32) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}

// Whatever the type, the values of the points that are chosen are theirs.
func TestChosenPointsKeepTheirValues(t *testing.T) {
	t.Parallel()
	for name, f := range exporttest.Frames(t) {
		for _, where := range []string{"ID % 3 == 1", "true", "false", "$index < 2", "$index == 3999", "ID > 21 and ID < 9000 or $index % 11 == 0"} {
			e, err := expr.Parse(where)
			if err != nil {
				t.Fatal(err)
			}
			p, err := e.Bind(expr.Frame{Frame: f})
			if err != nil {
				t.Fatal(err)
			}
			mask, err := p.Mask(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var rows []uint32
			for i := range f.Header.Points {
				if mask.Test(uint(i)) {
					rows = append(rows, i)
				}
			}
			g, _ := apply(t, f, task.Change{Where: where})
			if int(g.Header.Points) != len(rows) {
				t.Fatalf("%s where %s: %d points, want %d", name, where, g.Header.Points, len(rows))
			}
			for i, a := range g.Attributes {
				of := f.Attributes[i]
				if a.Context != cache.Context0D {
					if a.Rows != of.Rows {
						t.Errorf("%s where %s: %s has %d rows", name, where, a.Name, a.Rows)
					}
					continue
				}
				if got, want := text(a, upTo(g.Header.Points)), text(of, rows); !slices.Equal(got, want) {
					t.Errorf("%s where %s: %s is not what it was", name, where, a.Name)
				}
				if a.Type == cache.TypeShape {
					for i, row := range rows {
						got, err := a.Shape(uint64(i))
						want, _ := of.Shape(uint64(row))
						if err != nil || got != want {
							t.Fatalf("%s where %s: shape %d is %+v, %v", name, where, i, got, err)
						}
					}
				}
			}
		}
	}
}

func TestWhatIsDerivedIsOfTheFrameAsItWas(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 4})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
	b.Float32s("Orientation", cache.TypeRotation, []float32{1, 0, 0, 0})
	b.Int32s("ID", []int32{10, 11, 12, 13})
	b.Strings("Tag", []string{"a", "", "ccc", "d"})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	g, _ := apply(t, f, task.Change{
		Where: "ID >= 11", Scale: 10, FPS: 10,
		Derive: []string{"half = P / 2", "seconds=$time", "even=ID%2==0", "twice=2*ID", "Tag=Tag", "turned=Orientation", "at=$index"},
	})
	var got []string
	for _, a := range g.Attributes {
		got = append(got, fmt.Sprint(a.Name, " ", a.Type, " ", a.Constant, " ", strings.Join(text(a, upTo(3)), " ")))
	}
	want := []string{
		`PointPosition vector3 false "40 50 60" "70 80 90" "100 110 120"`,
		`Orientation rotation true "1 0 0 0" "1 0 0 0" "1 0 0 0"`,
		`ID long false "11" "12" "13"`,
		`Tag string false "" "ccc" "d"`,
		`half vector3 false "2 2.5 3" "3.5 4 4.5" "5 5.5 6"`,
		`seconds float true "0.7" "0.7" "0.7"`,
		`even bool false "false" "true" "false"`,
		`twice long false "22" "24" "26"`,
		`turned rotation true "1 0 0 0" "1 0 0 0" "1 0 0 0"`,
		`at long false "1" "2" "3"`,
	}
	for i := range want {
		if i >= len(got) || clean(got[i]) != clean(want[i]) {
			t.Errorf("%s\nwant %s", got[min(i, len(got)-1)], want[i])
		}
	}
	if r := g.Attribute("ID").Ranges; len(r) != 1 || r[0].Min != 11 || r[0].Max != 13 {
		t.Errorf("the range is %+v", r)
	}
	g, told := apply(t, f, task.Change{Attrs: []string{"id", "none", "tag", "ID"}})
	if len(g.Attributes) != 2 || g.Attributes[0].Name != "ID" || g.Attributes[1].Name != "Tag" || fmt.Sprint(told.LeftOut) != "[{some frames have no such attribute [none]}]" {
		t.Errorf("%v, %v", g.Attributes, told)
	}
	for change, want := range map[string]string{
		"nonsense":          `"nonsense": want a name and an expression, such as speed=PointVelocity.mag`,
		"big=ID*1000000000": "big: point 0 would have 10000000000, and whole numbers go from -2147483648 to 2147483647",
		"x=Agee":            "x: column 1: Agee: no such attribute",
	} {
		ix, mem := copied(t, f)
		_, _, err := Apply(t.Context(), ix, mem, 1, &task.Change{Derive: []string{change}})
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", change, err)
		}
	}
}

func clean(s string) string {
	return strings.NewReplacer("[", "", "]", "", "(", "", ")", "", ",", "", `\"`, "", `"`, "").Replace(s)
}

// rotated is a place turned by a quaternion w x y z.
func rotated(q []float32, p [3]float64) [3]float64 {
	w, x, y, z := float64(q[0]), float64(q[1]), float64(q[2]), float64(q[3])
	t := [3]float64{2 * (y*p[2] - z*p[1]), 2 * (z*p[0] - x*p[2]), 2 * (x*p[1] - y*p[0])}
	return [3]float64{
		p[0] + w*t[0] + y*t[2] - z*t[1],
		p[1] + w*t[1] + z*t[0] - x*t[2],
		p[2] + w*t[2] + x*t[1] - y*t[0],
	}
}

func turned(p [3]float64) [3]float64 { return [3]float64{p[0], -p[2], p[1]} }

func near(a, b [3]float64) bool {
	return math.Abs(a[0]-b[0])+math.Abs(a[1]-b[1])+math.Abs(a[2]-b[2]) < 1e-5
}

// What is drawn of a point - its axes, its place, how it spins - is the same seen from the other
// side: rotations and matrices are turned as places are.
func TestUpTurnsRotationsAsItTurnsPlaces(t *testing.T) {
	t.Parallel()
	q := []float32{0.5, -0.1, 0.7, 0.5}
	norm := float32(math.Sqrt(0.25 + 0.01 + 0.49 + 0.25))
	for i := range q {
		q[i] /= norm
	}
	matrix := []float32{1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 10, 0, -1, -2, -3, 1}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3})
	b.Float32s("PointNormal", cache.TypeVector3, []float32{0, 1, 0})
	b.Float32s("Orientation", cache.TypeRotation, q)
	b.Float32s("AngularVelocity", cache.TypeRotation, q)
	b.Float32s("Size", cache.TypeFloat, []float32{3})
	b.Float32s("Frame", cache.TypeMatrix44, matrix)
	b.Float32s("Axes", cache.TypeMatrix33, []float32{1, 2, 3, 4, 5, 6, 7, 8, 10})
	b.Float32s("Rest", cache.TypeVector3, []float32{1, 2, 3})
	b.Float32s("Color", cache.TypeColor4, []float32{1, 2, 3, 4})
	b.Add(cache.Column{Name: "StrandPosition", Type: cache.TypeVector3, Structure: cache.Array}, b32(1, 2, 3, 4, 5, 6), []uint64{0, 2})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	g, told := apply(t, f, task.Change{Up: "z", Scale: 2, Kinds: map[string]string{"frame": "transform", "Axes": "transform", "none": "length", "Color": "direction"}})
	for name, want := range map[string][]float32{
		"PointPosition": {2, -6, 4}, "PointNormal": {0, 0, 1}, "Size": {6}, "Rest": {1, 2, 3}, "Color": {1, 2, 3, 4},
		"Frame": {1, -3, 2, 0, 4, -6, 5, 0, 7, -10, 8, 0, -2, 6, -4, 1}, "Axes": {1, -3, 2, 4, -6, 5, 7, -10, 8}, "StrandPosition": {2, -6, 4, 8, -12, 10},
	} {
		if got := g.Attribute(name).Float32s(); !slices.Equal(got, want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	for _, axis := range [][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}} {
		if got, want := rotated(g.Attribute("Orientation").Float32s(), axis), turned(rotated(q, axis)); !near(got, want) {
			t.Errorf("the point's own axis %v lies along %v, want %v", axis, got, want)
		}
		if got, want := rotated(g.Attribute("AngularVelocity").Float32s(), turned(axis)), turned(rotated(q, axis)); !near(got, want) {
			t.Errorf("what lay along %v spins to %v, want %v", axis, got, want)
		}
	}
	slices.SortFunc(told.AsIs, func(a, b export.Left) int { return strings.Compare(a.Attributes[0], b.Attributes[0]) })
	want := "[{their type has no such kind as was told [Color]} {not turned, as it is not known what they mean in space [Rest]} {of these a kind was told, and some frames have no such attribute [none]}]"
	if fmt.Sprint(told.AsIs) != want || told.LeftOut != nil {
		t.Errorf("told %v", told)
	}
}

func b32(v ...float32) []byte {
	b := cache.NewBuilder(cache.Header{Points: uint32(len(v))})
	b.Float32s("x", cache.TypeFloat, v)
	f, _ := b.Frame()
	return f.Attributes[0].Bytes()
}

func TestOffsetsOfAFileAreNotTrusted(t *testing.T) {
	t.Parallel()
	for _, offsets := range [][]uint64{{0, 9, 2}, {0, 3, 2}} {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
		b.Add(cache.Column{Name: "Heat", Type: cache.TypeFloat, Structure: cache.Array}, b32(1, 2), offsets)
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		ix, mem := copied(t, f)
		if _, _, err := Apply(t.Context(), ix, mem, 1, &task.Change{Where: "$index == 1"}); err == nil || err.Error() != "attribute Heat: its offsets make no sense" {
			t.Errorf("%v: %v", offsets, err)
		}
	}
}

func TestReshapingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []task.Change{{Where: "true"}, {Scale: 2}, {Derive: []string{"a=P.x"}}} {
		ix, mem := copied(t, exporttest.Cloud(t, 100))
		if _, _, err := Apply(ctx, ix, mem, 1, &c); !errors.Is(err, context.Canceled) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestChangesAreCheckedBeforeAFrameIsRead(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]task.Change{
		"the condition: column 7: ":           {Where: "Age > "},
		"x: column 4: ":                       {Derive: []string{"x=1 +"}},
		`"=1": want a name and an expression`: {Derive: []string{"=1"}},
		`"place" is no kind of attribute: want direction, length, orientation, plain, position, spin, transform or vector`: {Kinds: map[string]string{"a": "place"}},
	} {
		if err := Check(&c); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if err := Check(&task.Change{Where: "Age > 1", Derive: []string{"a=b==c"}, Kinds: map[string]string{"Rest": "position"}}); err != nil {
		t.Error(err)
	}
}
