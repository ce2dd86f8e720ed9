package names_test

import (
	"fmt"
	"slices"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
)

func index(t *testing.T, columns ...cache.Column) *cache.Index {
	t.Helper()
	for i := range columns {
		c := &columns[i]
		if c.Structure == 0 {
			c.Structure = cache.Single
		}
		if c.Rows == 0 {
			c.Rows = 3
		}
	}
	return &cache.Index{Header: cache.Header{Points: 3}, Columns: columns}
}

func TestAttributesAreChosenAndNamed(t *testing.T) {
	t.Parallel()
	target := names.Target{
		Format: "ply", Fits: names.Numbers,
		Parts: func(name string, c *cache.Column) []string { return names.Components(name, "_", c) },
	}
	format := export.Format{Options: names.Options(), Check: names.Check, Places: target.Places}
	ix := index(t,
		cache.Column{Name: "Mass", Type: cache.TypeFloat},
		cache.Column{Name: "pointposition", Type: cache.TypeVector3},
		cache.Column{Name: "x", Type: cache.TypeFloat},
		cache.Column{Name: "Color", Type: cache.TypeFloat}, // not of four components: it is no colour
		cache.Column{Name: "Scale", Type: cache.TypeVector2},
		cache.Column{Name: "Tags", Type: cache.TypeString},
		cache.Column{Name: "Path", Type: cache.TypeVector3, Structure: cache.Array},
		cache.Column{Name: "Edges", Type: cache.TypeLong, Rows: 7},
		cache.Column{Name: "Only", Type: cache.TypeLong, Rows: 1},
		cache.Column{Name: "Geometry", Type: cache.TypeGeometry},
		cache.Column{Name: "Shape", Type: cache.TypeShape, Records: cache.Span{Len: 1}},
	)
	for _, c := range []struct {
		chosen map[string]string
		want   []string
		left   string
	}{
		{
			nil,
			[]string{"Mass [Mass]", "pointposition [x y z]", "x [x_2]", "Color [Color]", "Scale [Scale_x Scale_y]", "Tags []", "Path []", "Edges []", "Only [Only]", "Geometry []", "Shape [Shape]"},
			"[{strings and bytes have no place in it [Tags]} {arrays have no place in it [Path]} {they have not a value for each point [Edges]} {they hold no values [Geometry]} {of shapes that are instances or references the kind alone is there [Shape]}]",
		},
		{
			map[string]string{"attrs": "x, PointPosition_,none,mass", "map": "MASS=density,x=a b, PointPosition=px py pz"},
			[]string{"x [x]", "pointposition [px py pz]", "none []", "Mass [density]"},
			"[{some frames have no such attribute [none]}]",
		},
		{
			map[string]string{"attrs": "Scale,Mass", "map": "Mass=Scale_x"},
			[]string{"Scale [Scale_2_x Scale_2_y]", "Mass [Scale_x]"}, "[]",
		},
	} {
		v, err := format.Parse(c.chosen)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range format.Places(ix, v) {
			got = append(got, fmt.Sprint(p.Attribute, " ", p.As))
		}
		if left := fmt.Sprint(format.LeftOut(ix, v)); !slices.Equal(got, c.want) || left != c.left {
			t.Errorf("%v: %q\n%s", c.chosen, got, left)
		}
	}
	v, err := format.Parse(map[string]string{"map": "Scale=a b c,Nothing=n,Mass=m"})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(format.Tell(ix, v).AsIs); got != "[{they have another number of components than names were given for [Scale]} {some frames have no attribute that a name was given for [Nothing]}]" {
		t.Errorf("as it is: %s", got)
	}
	for _, bad := range []string{"Mass", "=x", "Mass=", "a=b,c"} {
		if _, err := format.Parse(map[string]string{"map": bad}); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func TestTheTableNamesWhatReadersLookFor(t *testing.T) {
	t.Parallel()
	if got := fmt.Sprint(names.Table("ply")); got != "[{PointPosition [x y z]} {PointNormal [nx ny nz]} {Color [red green blue alpha]}]" {
		t.Error(got)
	}
	if got := names.Table("csv"); got != nil {
		t.Errorf("%v", got)
	}
}
