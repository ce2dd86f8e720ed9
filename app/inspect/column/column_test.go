package column

import (
	"fmt"
	"slices"
	"testing"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

func TestCellsOfEveryKindOfAttribute(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Points: 3, Edges: 2})
	b.Float32s("Age", cache.TypeFloat, []float32{1, 2, 3})
	b.Float32s("Mass", cache.TypeFloat, []float32{7})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9})
	b.Int32s("ID", []int32{5, 6, 7})
	b.Bools("Dead", []byte{0, 1, 0})
	b.Strings("Name", []string{"a", "b", ""})
	b.Shapes("Shape", []cache.ShapeRecord{{Type: cache.ShapeInstance, Index: 4}, {Type: cache.ShapeBox}, {}})
	one := []byte{0, 0, 128, 63}
	b.Add(cache.Column{Name: "Heat", Type: cache.TypeFloat, Structure: cache.Array}, one, []uint64{0, 0, 1, 1})
	b.Add(cache.Column{Name: "Length", Type: cache.TypeFloat, Context: cache.Context1D}, append(one, one...), nil)
	b.Add(cache.Column{Name: "Rate", Type: cache.TypeFloat, Context: cache.ContextSingleton}, one, nil)
	b.Add(cache.Column{Name: "Blob", Type: cache.TypeCustom}, []byte{1, 2, 3}, []uint64{0, 2, 3, 3})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	frame := expr.Frame{Frame: f}
	for text, want := range map[string]string{
		"Age":                      "[Age] true [[3 1 3]]",
		"Mass":                     "[Mass] true [[7 7 7]]",
		"P":                        "[P.x P.y P.z] true [[7 1 7] [8 2 8] [9 3 9]]",
		"P.y":                      "[P.y] true [[8 2 8]]",
		"ID":                       "[ID] true [[7 5 7]]",
		"Dead":                     "[Dead] false [[false false false]]",
		"Name":                     "[Name] false [[ a ]]",
		"Age * 2":                  "[Age * 2] true [[6 2 6]]",
		"Heat":                     "[Heat] false [[[] [] []]]",
		"len(Heat)":                "[len(Heat)] true [[0 0 0]]",
		"Length":                   "[Length] false [[<nil> 1 <nil>]]", // of edges
		"Rate":                     "[Rate] true [[1 1 1]]",
		"Blob":                     "[Blob] false [[[] [1 2] []]]",
		"$index":                   "[$index] true [[2 0 2]]",
		"Age > 1":                  "[Age > 1] false [[true false true]]",
		"if(Dead, [1, 2, 3], P).x": "[if(Dead, [1, 2, 3], P).x] true [[7 1 7]]",
	} {
		e, err := expr.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Bind(e, frame)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		cells, err := c.Read([]uint32{2, 0, 2})
		if got := fmt.Sprint(c.Titles(), c.Numeric(), cells); err != nil || got != want {
			t.Errorf("%s: %s, want %s (%v)", text, got, want, err)
		}
	}
	e, err := expr.Parse("Shape")
	if err != nil {
		t.Fatal(err)
	}
	shape, err := Bind(e, frame)
	if err != nil {
		t.Fatal(err)
	}
	cells, err := shape.Read([]uint32{0})
	if s, ok := cells[0][0].(cache.ShapeRecord); err != nil || !ok || s.Index != 4 {
		t.Error(cells, err)
	}
	large, err := expr.Parse("$index * 2")
	if err != nil {
		t.Fatal(err)
	}
	b = cache.NewBuilder(cache.Header{Points: 100_000})
	many, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Bind(large, expr.Frame{Frame: many})
	if err != nil {
		t.Fatal(err)
	}
	if cells, err := c.Read(nil); err != nil || len(cells) != 1 || len(cells[0]) != 0 {
		t.Error("no rows:", cells, err)
	}
	if e, err = expr.Parse("Aeg + 1"); err != nil {
		t.Fatal(err)
	}
	if _, err := Bind(e, frame); err == nil {
		t.Error("an attribute that is not there was bound")
	}
	list, err := expr.ParseList("ID, pow(Age, 2), [1, 2, 3], `x, y`")
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, e := range list {
		titles = append(titles, e.String())
	}
	if !slices.Equal(titles, []string{"ID", "pow(Age, 2)", "[1, 2, 3]", "`x, y`"}) {
		t.Error(titles)
	}
}

// All values of an array were read to show its first four.
func TestOnlyTheBeginningOfArraysIsRead(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Points: 3})
	b.Float32s("Age", cache.TypeFloat, []float32{1, 2, 3})
	data := make([]byte, 4*5)
	for i := range 5 {
		data[4*i+2], data[4*i+3] = byte(0x80*(i%2)), 0x3f+byte(i/2)
	}
	b.Add(cache.Column{Name: "Trail", Type: cache.TypeFloat, Structure: cache.Array}, data, []uint64{0, 4, 4, 5})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	bind := func(text string) *Column {
		e, err := expr.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Bind(e, expr.Frame{Frame: f})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := bind("Trail")
	all, err := c.Values(0, 0, 99)
	if err != nil || len(all) != 4 || !c.IsArray() || bind("Age").IsArray() {
		t.Fatal(all, err)
	}
	cells, err := c.Glance([]uint32{0, 1, 2}, 2)
	if got := fmt.Sprint(cells); err != nil || got != fmt.Sprintf("[[{4 [%v %v]} {0 []} {1 %v}]]", all[0], all[1], cells[0][2].(Array).First) {
		t.Error(got, err)
	}
	for _, x := range []struct{ row, from, to, want int }{{0, 1, 3, 2}, {0, 3, 9, 1}, {0, 9, 12, 0}, {0, 3, 1, 0}, {0, -4, 2, 2}, {1, 0, 9, 0}, {2, 0, 1, 1}, {99, 0, 1, 0}} {
		got, err := c.Values(uint32(x.row), x.from, x.to)
		if err != nil || len(got) != x.want || x.from == 1 && got[0] != all[1] {
			t.Errorf("%+v: %v, %v", x, got, err)
		}
	}
	if n, err := c.Len(0); n != 4 || err != nil {
		t.Error(n, err)
	}
	if cells, err := bind("Age").Glance([]uint32{1}, 0); err != nil || cells[0][0] != float32(2) {
		t.Error(cells, err)
	}
}
