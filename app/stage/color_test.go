package stage

import (
	"math"
	"slices"
	"testing"

	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
)

func frameOf(t *testing.T, points int, add func(*cache.Builder)) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(points)})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 3*points))
	add(b)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestScalarsAreThoseOfAllFramesEachOnce(t *testing.T) {
	t.Parallel()
	s := survey(
		frameOf(t, 2, func(b *cache.Builder) { b.Float32s("Heat", cache.TypeFloat, []float32{1, 2}) }),
		frameOf(t, 2, func(b *cache.Builder) { b.Float32s("Wind", cache.TypeVector3, make([]float32, 6)) }),
		frameOf(t, 2, func(b *cache.Builder) { b.Int32s("heat", []int32{1, 2}) }),
		frameOf(t, 2, func(b *cache.Builder) { b.Float32s("Turn", cache.TypeMatrix33, make([]float32, 18)) }),
		frameOf(t, 2, func(b *cache.Builder) { b.Strings("Label", []string{"a", "b"}) }),
	)
	var titles []string
	for _, sc := range Scalars(s.Attributes()) {
		titles = append(titles, sc.Title)
	}
	want := []string{"PointPosition.mag", "PointPosition.x", "PointPosition.y", "PointPosition.z", "Heat", "Wind.mag", "Wind.x", "Wind.y", "Wind.z",
		"Turn.m00", "Turn.m01", "Turn.m02", "Turn.m10", "Turn.m11", "Turn.m12", "Turn.m20", "Turn.m21", "Turn.m22"}
	if !slices.Equal(titles, want) {
		t.Errorf("%q", titles)
	}
	if got := Vectors(s.Attributes()); !slices.Equal(got, []string{"Wind"}) {
		t.Errorf("vectors %q", got)
	}
}

// Two sequences had two legends without a name.
func TestLegendsAreNamedByTheirLayersWhereTheseDiffer(t *testing.T) {
	t.Parallel()
	v := look.Default()
	v.ColorMode, v.Scalar, v.Component, v.ScalarTitle = style.ColorScalar, "Heat", style.Magnitude, "Heat"
	scale := Scale{Lo: 0, Hi: 1, Known: true}
	cloud := func(add func(*cache.Builder)) gfx.Cloud { return Cloud(frameOf(t, 2, add), 1, 1, &v, scale) }
	number := cloud(func(b *cache.Builder) { b.Float32s("Heat", cache.TypeFloat, []float32{1, 2}) })
	other := cloud(func(b *cache.Builder) { b.Float32s("heat", cache.TypeFloat, []float32{1, 2}) })
	vector := cloud(func(b *cache.Builder) { b.Float32s("Heat", cache.TypeVector2, make([]float32, 4)) })
	none := cloud(func(*cache.Builder) {})
	empty := Cloud(frameOf(t, 0, func(*cache.Builder) {}), 1, 1, &v, scale)
	for _, c := range []struct {
		clouds          []gfx.Cloud
		titles, missing []string
	}{
		{[]gfx.Cloud{number}, []string{"Heat"}, []string{""}},
		{[]gfx.Cloud{none}, []string{"Heat"}, []string{"not in this frame"}},
		{[]gfx.Cloud{empty}, []string{"Heat"}, []string{""}},
		{[]gfx.Cloud{number, other}, []string{"Heat", "Heat"}, []string{"", ""}},
		{[]gfx.Cloud{none, other}, []string{"heat", "heat"}, []string{"a: not in this frame", ""}},
		{[]gfx.Cloud{number, vector, other, none}, []string{"Heat (a, c)", "Heat.mag (b)", "Heat (a, c)", "Heat (a, c)"}, []string{"", "", "", "d: not in this frame"}},
	} {
		var titles, missing []string
		NameLegends(c.clouds, []string{"a", "b", "c", "d"})
		for _, cl := range c.clouds {
			titles, missing = append(titles, cl.Coloring.Title), append(missing, cl.Coloring.Missing)
		}
		if !slices.Equal(titles, c.titles) || !slices.Equal(missing, c.missing) {
			t.Errorf("%q and %q, want %q and %q", titles, missing, c.titles, c.missing)
		}
	}
}

// The legend of vectors of the greatest floats, which are longer than any float, said
// "all +Inf".
func TestLengthsBeyondFloatsHaveALegend(t *testing.T) {
	t.Parallel()
	v := look.Default()
	v.ColorMode, v.Scalar, v.Component = style.ColorScalar, "Wind", style.Magnitude
	f := frameOf(t, 1, func(b *cache.Builder) { b.Float32s("Wind", cache.TypeVector3, []float32{3e38, 3e38, 3e38}) })
	c := Cloud(f, 1, 1, &v, Scale{Lo: -5.2e38, Hi: 5.2e38, Known: true}).Coloring
	if c.Min != -math.MaxFloat32 || c.Max != math.MaxFloat32 {
		t.Errorf("%g to %g", c.Min, c.Max)
	}
}
