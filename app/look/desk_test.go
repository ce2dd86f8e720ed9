package look

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"iceexplorer/gfx/style"
)

// noted is a desk with the changes that it has told of.
type noted struct {
	*Desk
	changes []Change
}

func newNoted() *noted {
	n := &noted{Desk: NewDesk()}
	n.Subscribe(func(c Change) { n.changes = append(n.changes, c) })
	return n
}

func TestCommandsTellWhatTheyChange(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		command func(*Desk)
		label   string
		key     string
		want    func(*Look)
	}{
		"option":     {func(d *Desk) { d.Turn(Grid, false) }, "Grid", "", func(l *Look) { l.Grid = false }},
		"amount":     {func(d *Desk) { d.Set(PointScale, 2) }, "Point scale", "Point scale", func(l *Look) { l.PointScale = 2 }},
		"too much":   {func(d *Desk) { d.Set(DepthCue, 7) }, "Depth cue", "Depth cue", func(l *Look) { l.DepthCue = 1 }},
		"too little": {func(d *Desk) { d.Set(LineWidth, -1) }, "Line width", "Line width", func(l *Look) { l.LineWidth = 0.5 }},
		"whole":      {func(d *Desk) { d.Set(Trails, 6.6) }, "Trails", "Trails", func(l *Look) { l.Trails = 7 }},
		"colour": {func(d *Desk) { d.Paint(BackgroundTop, [3]float32{1, 0, 0.5}) }, "Background at the top", "Background at the top",
			func(l *Look) { l.Top = [3]float32{1, 0, 0.5} }},
		"constant": {(*Desk).ColorByConstant, "Colour by", "", func(l *Look) { l.ColorMode = style.ColorConstant }},
		"scalar": {func(d *Desk) { d.ColorByScalar(Scalar{"Heat", 1, "Heat.y"}) }, "Colour by", "", func(l *Look) {
			l.ColorMode, l.Scalar, l.Component, l.ScalarTitle = style.ColorScalar, "Heat", 1, "Heat.y"
		}},
		"expression": {func(d *Desk) { d.ColorByExpression("v.mag * 2") }, "Colour by", "", func(l *Look) {
			l.ColorMode, l.Expression, l.Component = style.ColorScalar, "v.mag * 2", 0
		}},
		"stops":              {func(d *Desk) { _ = d.SetColormap("0:000000 1:ff0000") }, "Colormap", "stops", func(l *Look) { l.Colormap = "0:000000 1:ff0000" }},
		"percentiles":        {func(d *Desk) { _ = d.Percent(5, 95, false) }, "Colour range", "percent", func(l *Look) { l.RangeMode, l.PercentLow, l.PercentHigh = RangePercent, 5, 95 }},
		"percentiles of all": {func(d *Desk) { _ = d.Percent(5, 95, true) }, "Colour range", "percent", func(l *Look) { l.RangeMode, l.PercentLow, l.PercentHigh = RangePercentAll, 5, 95 }},
		"values":             {func(d *Desk) { d.ShowValues("Age") }, "Values", "", func(l *Look) { l.Values = "Age" }},
		"reversed":           {func(d *Desk) { d.Turn(Reversed, true) }, "Reversed", "", func(l *Look) { l.Reversed = true }},
		"all frames":         {func(d *Desk) { d.RangeOf(true) }, "Colour range", "", func(l *Look) { l.RangeMode = RangeSequence }},
		"vectors":            {func(d *Desk) { d.DrawVectors("Wind") }, "Vectors", "", func(l *Look) { l.Vectors = "Wind" }},
		"preference":         {func(d *Desk) { d.Prefer(9) }, "", "", func(l *Look) { l.PointSize = 9 }},
		"go back":            {func(d *Desk) { d.Restore(State{Common: Look{Grid: true, PointSize: 3}}) }, "", "", func(l *Look) { *l = Look{Grid: true} }},
	} {
		d := newNoted()
		tc.command(d.Desk)
		want := Default()
		tc.want(&want)
		if got := d.Now(); got != want {
			t.Errorf("%s: %+v\nwant %+v", name, got, want)
		}
		if w := (Change{tc.label, tc.key, State{Common: Default()}, State{Common: want}}); !reflect.DeepEqual(d.changes, []Change{w}) {
			t.Errorf("%s: told of %+v\nwant %+v", name, d.changes, w)
		}
		if tc.command(d.Desk); len(d.changes) != 1 {
			t.Errorf("%s: the second time changes nothing, but is told of", name)
		}
	}
}

func TestWhatCannotBeChangesNothing(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	d := newNoted()
	d.Set(PointScale, nan)
	d.Set(Exposure, inf)
	d.Prefer(nan)
	d.Paint(Points, [3]float32{0, 2, 0})
	d.Paint(Points, [3]float32{float32(nan), 0, 0})
	d.MoveClip([3]float64{}, [3]float64{1, 1, 1}) // nothing is clipped
	for name, err := range map[string]error{
		"colormap": d.SetColormap("jet"), "no number": d.Fix(nan, 1), "no span": d.Fix(-math.MaxFloat64, math.MaxFloat64), "one value": d.Fix(2, 2), "invert": d.Invert(),
		"box": d.ClipTo([3]float64{0, 0, 1}, [3]float64{1, 1, 0}), "slab": d.ClipToSlab(1, 2, 1), "look": d.Put(Look{}),
		"percentiles": d.Percent(99, 1, false), "no percentile": d.Percent(nan, 99, true), "stops": d.SetColormap("0:000000 1:red"),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if d.Now() != Default() || d.changes != nil {
		t.Errorf("%+v", d.changes)
	}
}

// The window took 2 to 2, where render refused it.
func TestOneValueIsNoRange(t *testing.T) {
	t.Parallel()
	d := newNoted()
	if err := d.Fix(2, 2); err == nil || !strings.Contains(err.Error(), "from 2 to 2: write two different values") {
		t.Error(err)
	}
	l := Default()
	l.Low, l.High = 2, 2
	if err := l.Check(); err != nil {
		t.Errorf("a range that is not used: %v", err)
	}
	l.RangeMode = RangeFixed
	if l.Check() == nil {
		t.Error("it is read from a file")
	}
	for _, v := range []float64{0, 2, -3e38, 1e-30} {
		if lo, hi := Around(v); !(lo < v && v < hi) || d.Fix(lo, hi) != nil {
			t.Errorf("around %g: %g to %g", v, lo, hi)
		}
	}
}

func TestTheRangeIsFixedAndInverted(t *testing.T) {
	t.Parallel()
	d := newNoted()
	if err := d.Fix(-2, 7); err != nil {
		t.Fatal(err)
	}
	if err := d.Invert(); err != nil {
		t.Fatal(err)
	}
	if l := d.Now(); l.RangeMode != RangeFixed || l.Low != 7 || l.High != -2 {
		t.Errorf("%v, %g to %g", l.RangeMode, l.Low, l.High)
	}
	if d.changes[0].Key == "" || d.changes[1].Key != "" {
		t.Errorf("keys %q and %q: dragging an end is one change, inverting is another", d.changes[0].Key, d.changes[1].Key)
	}
}

func TestResetKeepsThePreferredSize(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	d.Prefer(7)
	d.Set(Trails, 3)
	d.Turn(Grid, false)
	d.Reset()
	want := Default()
	want.PointSize = 7
	if d.Now() != want {
		t.Errorf("%+v", d.Now())
	}
}

func TestClipping(t *testing.T) {
	t.Parallel()
	lo, hi := [3]float64{0, -4, 0}, [3]float64{10, 4, 2}
	none := [3]float64{math.Inf(1), math.Inf(1), math.Inf(1)}
	low := [3]float64{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	type clip struct {
		mode     ClipMode
		axis     Axis
		min, max [3]float64
	}
	d := NewDesk()
	must := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	for _, step := range []struct {
		what string
		do   func()
		want clip
	}{
		{"an empty scene", func() { d.ClipIn(none, low) }, clip{mode: ClipBox}},
		{"nothing", d.ClipNothing, clip{}},
		{"a box", func() { d.ClipIn(lo, hi) }, clip{ClipBox, 0, lo, hi}},
		{"a face is dragged", func() { d.MoveClip([3]float64{1, -4, 0}, hi) }, clip{ClipBox, 0, [3]float64{1, -4, 0}, hi}},
		{"the box becomes a slab", func() { d.ClipAcross(1, lo, hi) }, clip{ClipSlab, 1, [3]float64{1, -4, 0}, hi}},
		{"another axis", func() { d.ClipAcross(0, lo, hi) }, clip{ClipSlab, 0, [3]float64{3.75, -4, 0}, [3]float64{6.25, 4, 2}}},
		{"the slab is dragged", func() { d.MoveClip([3]float64{4, 9, 9}, [3]float64{5, 9, 9}) }, clip{ClipSlab, 0, [3]float64{4, -4, 0}, [3]float64{5, 4, 2}}},
		{"the same axis", func() { d.ClipAcross(0, lo, hi) }, clip{ClipSlab, 0, [3]float64{4, -4, 0}, [3]float64{5, 4, 2}}},
		{"a slab with numbers", func() { must(d.ClipToSlab(2, 1, 2)) }, clip{ClipSlab, 2, [3]float64{4, -4, 1}, [3]float64{5, 4, 2}}},
		{"nothing again", d.ClipNothing, clip{ClipNone, 2, [3]float64{4, -4, 1}, [3]float64{5, 4, 2}}},
		{"a slab at once", func() { d.ClipAcross(1, lo, hi) }, clip{ClipSlab, 1, [3]float64{0, -1, 0}, [3]float64{10, 1, 2}}},
		{"a box with numbers", func() { must(d.ClipTo([3]float64{1, 1, 1}, [3]float64{2, 2, 2})) }, clip{ClipBox, 1, [3]float64{1, 1, 1}, [3]float64{2, 2, 2}}},
	} {
		step.do()
		l := d.Now()
		if got := (clip{l.ClipMode, l.SlabAxis, l.ClipMin, l.ClipMax}); got != step.want {
			t.Errorf("%s: %+v, want %+v", step.what, got, step.want)
		}
	}
}

func TestAPictureIsMadeOfColumns(t *testing.T) {
	t.Parallel()
	d := NewDesk()
	want := func(names ...string) {
		t.Helper()
		if l := d.Now(); !reflect.DeepEqual(l.Columns(), names) {
			t.Errorf("%q, want %q", l.Columns(), names)
		}
	}
	want("PointPosition", "Size", "Color", "StrandPosition")
	d.Turn(Strands, false)
	want("PointPosition", "Size", "Color")
	d.ColorByConstant()
	want("PointPosition", "Size")
	d.ColorByScalar(Scalar{"Heat", 0, "Heat"})
	d.DrawVectors("Wind")
	want("PointPosition", "Size", "Heat", "Wind")
	d.Turn(Shapes, true)
	want("PointPosition", "Size", "Heat", "Wind", "Shape", "Scale", "Orientation", "Rotation")
}

func TestALookWithTheColumnsOfAnotherNeedsNoOthers(t *testing.T) {
	t.Parallel()
	a, b := NewDesk(), NewDesk()
	a.ColorByScalar(Scalar{"Heat", 0, "Heat"})
	a.DrawVectors("Wind")
	a.Turn(Shapes, true)
	a.Turn(Strands, false)
	a.Turn(Grid, false)
	b.ColorByConstant()
	is, was := a.Now(), b.Now()
	held := is.WithColumns(&was)
	if !reflect.DeepEqual(held.Columns(), was.Columns()) || held.Grid {
		t.Errorf("%+v", held)
	}
	if again := held.WithColumns(&is); again != is {
		t.Errorf("%+v, want %+v", again, is)
	}
}

// The colours of a look were taken over in part when a field was added.
func TestRecolorTakesWhatValuesAreMappedBy(t *testing.T) {
	t.Parallel()
	a, b := Default(), odd(t)
	got := a.Recolor(&b)
	if got.ColorBy() != b.ColorBy() || got.Colormap != b.Colormap || got.RangeMode != b.RangeMode || got.Low != b.Low || !got.Reversed || got.PercentLow != b.PercentLow || got.Grid != a.Grid || got.Vectors != "" {
		t.Errorf("%+v", got)
	}
	if same := got.Recolor(&a); same != a {
		t.Errorf("%+v", same)
	}
}
