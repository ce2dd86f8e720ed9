package stage

import (
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
)

// twoLayers is a scene of two sequences, a and b, of the same eight points.
func twoLayers(t *testing.T) (r *rig, a, b *session.Layer) {
	t.Helper()
	r = newRig(t, corners(1), corners(1))
	a, b = r.session.Layers()[0], r.open(2)
	r.opt.Look.Layer = func() int { return r.session.Active().ID }
	r.until(func() bool { return r.session.Shown(b).Frame != nil })
	r.rest()
	return r, a, b
}

func TestALayerIsDrawnWithItsOwnLook(t *testing.T) {
	t.Parallel()
	r, a, b := twoLayers(t)
	desk := r.opt.Look
	desk.SetOwn(b.ID, true)
	r.session.SetActive(b)
	desk.ColorByScalar(look.Scalar{Attribute: "PointPosition", Component: 1, Title: "PointPosition.y"})
	desk.Set(look.Diameter, 4)
	desk.Set(look.Opacity, 0.25)
	desk.Set(look.LineWidth, 5)
	desk.Turn(look.Shapes, true)
	r.rest()
	of := func(l *session.Layer) *gfx.Cloud {
		i := slices.IndexFunc(r.r.clouds, func(c gfx.Cloud) bool { return c.Layer == uint64(l.ID) })
		return &r.r.clouds[i]
	}
	if c := of(b); c.Coloring.Mode != style.ColorScalar || c.Drawing.Points.Fixed != 4 || c.Drawing.Transparency != 0.75 || c.Drawing.NoShapes || c.Drawing.Trails.Width != 5 {
		t.Errorf("its own look: %+v, %+v", c.Coloring, c.Drawing)
	}
	if c := of(a); c.Coloring.Mode != style.ColorAttribute || c.Drawing.Points.Fixed != 0 || c.Drawing.Transparency != 0 || !c.Drawing.NoShapes {
		t.Errorf("the common look: %+v, %+v", c.Coloring, c.Drawing)
	}
	if got := of(b).Coloring.Title; got != "PointPosition.y (002/a)" { // both sequences are called a
		t.Errorf("the legend of one of two layers is called %q", got)
	}
	draws := r.r.draws
	desk.Set(look.Opacity, 0.5)
	r.rest()
	if r.r.draws == draws || of(b).Drawing.Transparency != 0.5 {
		t.Error("a change of an own look is not drawn")
	}
}

// Layers that are coloured by the same share a scale; one with colours of its own has its own.
func TestLayersOfOneColouringShareAScale(t *testing.T) {
	t.Parallel()
	r := newRig(t, []float32{0, 0, 0, 1, 1, 1})
	b := r.open(1)
	r.until(func() bool { return r.session.Shown(b).Frame != nil })
	desk := r.opt.Look
	desk.Layer = func() int { return r.session.Active().ID }
	y := look.Scalar{Attribute: "PointPosition", Component: 1, Title: "PointPosition.y"}
	desk.ColorByScalar(y)
	desk.SetOwn(b.ID, true)
	r.session.SetActive(b)
	desk.Set(look.PointScale, 2)
	r.rest()
	legend := func(i int) (string, float32) { return r.r.clouds[i].Coloring.Title, r.r.clouds[i].Coloring.Max }
	if title, _ := legend(0); title != "PointPosition.y" {
		t.Errorf("layers that differ in size alone have legends apart: %q", title)
	}
	if err := desk.Fix(0, 9); err != nil {
		t.Fatal(err)
	}
	r.rest()
	ta, ma := legend(0)
	tb, mb := legend(1)
	if ma != 1 || mb != 9 || !strings.Contains(ta, "(") || !strings.Contains(tb, "(") {
		t.Errorf("%q to %g and %q to %g", ta, ma, tb, mb)
	}
	if sc := r.Scale(); sc.Hi != 9 {
		t.Errorf("the panel is told of %+v", sc)
	}
}

// Expressions of two looks are made at the same time.
func TestTwoLayersAreColouredByExpressionsOfTheirOwn(t *testing.T) {
	t.Parallel()
	r, a, b := twoLayers(t)
	desk := r.opt.Look
	active := a.ID
	desk.Layer = func() int { return active }
	desk.SetOwn(a.ID, true)
	desk.SetOwn(b.ID, true)
	desk.ColorByExpression("P.x + 1")
	active = b.ID
	desk.ColorByExpression("P.y * 2")
	r.eventually(func() bool {
		return len(r.r.clouds) == 2 && strings.HasPrefix(r.r.clouds[0].Coloring.Title, "P.x + 1") && strings.HasPrefix(r.r.clouds[1].Coloring.Title, "P.y * 2") && r.Incomplete() == ""
	})
	for i, want := range []float32{2, 2} {
		if c := r.r.clouds[i]; len(c.Scalar.F) != 8 || c.Coloring.Max != want {
			t.Errorf("layer %d: %+v", i, c.Coloring)
		}
	}
}

// The camera leaves room for the sizes that points are drawn with.
func TestFramingKnowsTheSizesOfEachLayer(t *testing.T) {
	t.Parallel()
	r, _, b := twoLayers(t)
	desk := r.opt.Look
	desk.SetOwn(b.ID, true)
	if z := r.sizes(); z.of(b) != 1 || z.Common != 1 {
		t.Errorf("%+v", z)
	}
	r.session.SetActive(b)
	desk.Set(look.PointScale, 3)
	if z := r.sizes(); z.of(b) != 3 || z.Common != 1 {
		t.Errorf("%+v", z)
	}
	desk.Set(look.Diameter, 5)
	if z := r.sizes(); z.of(b) != 0 {
		t.Errorf("dots: %+v", z)
	}
}
