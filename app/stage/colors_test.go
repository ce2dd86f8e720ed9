package stage

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/derived"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
)

// eventually takes turns until something holds.
func (r *rig) eventually(met func() bool) {
	r.t.Helper()
	for end := time.Now().Add(20 * time.Second); !met(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			r.t.Fatal("it never comes")
		}
		r.frame(frameTime)
	}
}

func (r *rig) coloring() gfx.Coloring { return r.r.clouds[0].Coloring }

// The picture keeps the colours of before, and says so, until those of an expression are
// there; the frames that are shown later have theirs from the start.
func TestColoursByExpressionAreMadeBesideTheLoop(t *testing.T) {
	t.Parallel()
	r := newRig(t, []float32{1, 2, 3, 4, 5, 6}, []float32{10, 20, 30, 40, 50, 60})
	desk := r.opt.Look
	desk.ColorByScalar(look.Scalar{Attribute: "PointPosition", Component: 1, Title: "PointPosition.y"})
	r.frame(frameTime)
	seen := make(chan struct{})
	r.colors.beside = func(work func()) { // takes long
		go func() {
			<-seen
			work()
		}()
	}
	desk.ColorByExpression("P.x + P.y")
	r.Draw()
	if c := r.coloring(); c.Title != "PointPosition.y" || c.Max != 5 || !slices.ContainsFunc(r.r.view.Texts, func(t gfx.Text) bool { return slices.Contains(t.Lines, "Computing P.x + P.y") }) {
		t.Errorf("the last colours are not held: %+v, %+v", c, r.r.view.Texts)
	}
	if r.Incomplete() == "" || r.Prepare() || !r.Busy() {
		t.Error("a picture is taken for complete")
	}
	close(seen)
	r.eventually(func() bool { return r.coloring().Title == "P.x + P.y" })
	if c := r.r.clouds[0]; !slices.Equal(c.Scalar.F, []float32{3, 9}) || c.ScalarKey == 0 || c.Coloring.Min != 3 || c.Coloring.Max != 9 || r.Incomplete() != "" {
		t.Errorf("%+v", c)
	}
	key := r.r.clouds[0].ScalarKey
	desk.ColorByExpression("P.x + Fog")
	r.eventually(func() bool { return r.coloring().Missing != "" })
	if c := r.r.clouds[0]; c.Scalar.Present() || c.Coloring.Missing != "Fog: no such attribute" || r.Why() != c.Coloring.Missing {
		t.Errorf("an expression that this frame cannot answer: %+v", c.Coloring)
	}
	desk.ColorByExpression("P.x + P.y")
	r.Draw()
	if c := r.r.clouds[0]; c.ScalarKey != key {
		t.Error("what is kept is made again")
	}
	work := r.PrepareFrame(r.session.Layers()[0], pointsFrame(t, []float32{10, 20, 30}, nil), 2, 999)
	if work == nil {
		t.Fatal("there is nothing to prepare")
	}
	work()
	if col, _, ok := r.colors.cache.Get(999, derived.Wish{Text: "P.x + P.y", FPS: r.session.FPS()}); !ok || col.Values[0] != 30 {
		t.Errorf("%+v, %v", col, ok)
	}
}

func TestTheRangeOfAnExpressionIsThatOfAllFrames(t *testing.T) {
	t.Parallel()
	r := newRig(t, []float32{1, 2, 3}, []float32{10, 20, 30}, []float32{-5, 0, 0})
	r.opt.Pool = &framePool{onePool{t: t}, [][]float32{{1, 2, 3}, {10, 20, 30}, {-5, 0, 0}}, nil}
	r.colors.ranges = nil
	r.opt.Look.ColorByExpression("P.x * 2")
	r.opt.Look.RangeOf(true)
	r.eventually(func() bool {
		return r.coloring().Title == "P.x * 2" && r.coloring().Note == "" && !r.coloring().NoRange
	})
	if c := r.coloring(); c.Min != -10 || c.Max != 20 {
		t.Errorf("%g to %g", c.Min, c.Max)
	}
	if sc := r.Scale(); sc.Lo != -10 || sc.Hi != 20 || r.Measuring() {
		t.Errorf("%+v", sc)
	}
	r.Measure(false)
	r.opt.Look.ColorByExpression("P.x * 3") // another one is measured though this was stopped
	r.eventually(func() bool { return r.coloring().Max == 30 })
	r.opt.Look.Turn(look.Reversed, true)
	r.frame(frameTime)
	if c := r.coloring(); c.Min != 30 || c.Max != -15 {
		t.Errorf("reversed: %g to %g", c.Min, c.Max)
	}
}

func TestPercentilesAreThoseOfTheFrame(t *testing.T) {
	t.Parallel()
	var pos []float32
	for i := range 101 {
		pos = append(pos, float32(i), 0, 0)
	}
	r := newRig(t, pos)
	if err := r.opt.Look.Percent(5, 90, false); err != nil {
		t.Fatal(err)
	}
	r.opt.Look.ColorByScalar(look.Scalar{Attribute: "PointPosition", Component: 0, Title: "PointPosition.x"})
	r.eventually(func() bool { return r.coloring().Max == 90 })
	if c := r.r.clouds[0]; c.Coloring.Min != 5 || c.ScalarKey != 0 || c.Scalar.Comps != 3 {
		t.Errorf("%+v", c.Coloring)
	}
}

// Percentiles were those of the frame alone.
func TestPercentilesAreThoseOfAllFrames(t *testing.T) {
	t.Parallel()
	for _, by := range []string{"attribute", "expression"} {
		points := make([][]float32, 3)
		for i := range points {
			for k := range 101 {
				points[i] = append(points[i], float32(100*i+k), 0, 0)
			}
		}
		r := newRig(t, points...)
		r.opt.Pool = &framePool{onePool{t: t}, points, nil}
		r.colors.ranges = nil
		r.opt.Look.ColorByScalar(look.Scalar{Attribute: "PointPosition", Component: 0, Title: "PointPosition.x"})
		if by == "expression" {
			r.opt.Look.ColorByExpression("P.x + 0")
		}
		if err := r.opt.Look.Percent(10, 50, true); err != nil {
			t.Fatal(err)
		}
		r.eventually(func() bool { return r.coloring().Note == "" && r.coloring().Max == 150 }) // of 303 values
		if c := r.coloring(); math.Abs(float64(c.Min)-30.2) > 0.01 || c.NoRange {
			t.Errorf("%s: from %g to %g", by, c.Min, c.Max)
		}
		if err := r.opt.Look.Percent(0, 100, true); err != nil {
			t.Fatal(err)
		}
		r.frame(frameTime) // known at once
		if c := r.coloring(); c.Min != 0 || c.Max != 300 || r.Measuring() {
			t.Errorf("%s: from %g to %g", by, c.Min, c.Max)
		}
	}
}

// One scale of several sequences has room for the percentiles of each.
func TestPercentilesOfSeveralSequencesAreOneScaleOrOneEach(t *testing.T) {
	t.Parallel()
	l := look.Default()
	l.ColorMode, l.Expression, l.RangeMode, l.PercentLow, l.PercentHigh = style.ColorScalar, "Age", look.RangePercent, 10, 90
	var spans []derived.Extent
	for _, from := range []float32{0, 1000} {
		ages := make([]float32, 101)
		for i := range ages {
			ages[i] = from + float32(i)
		}
		f := expr.Frame{Frame: frameOf(t, len(ages), func(b *cache.Builder) { b.Float32s("Age", cache.TypeFloat, ages) })}
		text, low, high, ok := l.Wished()
		c, err := derived.Of(t.Context(), f, derived.Wish{Text: text, Low: low, High: high})
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		spans = append(spans, derived.Extent{Span: c.Ends})
	}
	one := Scale{Lo: 10, Hi: 1090, Known: true}
	if got := scalesOf(l, spans); !slices.Equal(got, []Scale{one, one}) {
		t.Errorf("one scale: %+v", got)
	}
	l.OwnScales = true
	if got := scalesOf(l, spans); !slices.Equal(got, []Scale{{Lo: 10, Hi: 90, Known: true}, {Lo: 1010, Hi: 1090, Known: true}}) {
		t.Errorf("one each: %+v", got)
	}
}

func TestScalesAreOneOrEach(t *testing.T) {
	t.Parallel()
	l := look.Default()
	l.ColorMode, l.Expression = style.ColorScalar, "v.mag"
	spans := []derived.Extent{{Span: inspect.Span{Lo: 0, Hi: 1}}, {Span: inspect.Span{Lo: 5, Hi: 9}}, derived.NoExtent()}
	one := Scale{Lo: 0, Hi: 9, Known: true}
	for name, tc := range map[string]struct {
		change func()
		want   []Scale
	}{
		"one":      {func() {}, []Scale{one, one, one}},
		"each":     {func() { l.OwnScales = true }, []Scale{{Hi: 1, Known: true}, {Lo: 5, Hi: 9, Known: true}, {Hi: 1}}},
		"fixed":    {func() { l.RangeMode, l.Low, l.High = look.RangeFixed, 3, 2 }, []Scale{{Lo: 3, Hi: 2, Known: true}, {Lo: 3, Hi: 2, Known: true}, {Lo: 3, Hi: 2, Known: true}}},
		"reversed": {func() { l.Reversed = true }, []Scale{{Lo: 9, Known: true}, {Lo: 9, Known: true}, {Lo: 9, Known: true}}},
	} {
		was := l
		tc.change()
		if got := scalesOf(l, spans); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
		l = was
	}
	l.OwnScales = true
	var clouds []gfx.Cloud
	for i, sc := range scalesOf(l, spans) {
		var part Scenery
		part.Add(Part{Frame: frameOf(t, 2, func(*cache.Builder) {}), Layer: uint64(i), Column: &derived.Column{Values: []float32{1, 2}}}, &l, sc)
		clouds = append(clouds, part.Clouds...)
	}
	NameLegends(clouds, []string{"smoke", "fire", "ash"})
	for i, want := range []string{"v.mag (smoke)", "v.mag (fire)", "v.mag (ash)"} {
		if clouds[i].Coloring.Title != want {
			t.Errorf("%q, want %q", clouds[i].Coloring.Title, want)
		}
	}
}

// Every legend had the colour of NaN and infinities.
func TestTheLegendHasTheColourOfNoNumberWhereThereAreSuchValues(t *testing.T) {
	t.Parallel()
	nan := float32(math.NaN())
	r := newRig(t, []float32{1, 2, 3, 4, 5, 6}, []float32{1, nan, 3})
	desk := r.opt.Look
	for _, c := range []struct {
		by     string
		frame  cache.Number
		finite bool
	}{{"y", 1, false}, {"P.x * 2", 1, true}, {"P.y * 2", 1, true}, {"P.y * 2", 2, false}, {"1 / (P.x - 1)", 1, false}} {
		if desk.ColorByExpression(c.by); c.by == "y" { // of the sequence, of which frame 2 has one
			desk.ColorByScalar(look.Scalar{Attribute: "PointPosition", Component: 1, Title: "PointPosition.y"})
		}
		r.session.Seek(c.frame)
		r.eventually(func() bool {
			ready := r.Prepare() && r.session.Shown(r.session.Layers()[0]).Number == c.frame
			return ready && (c.by == "y" || r.coloring().Title == c.by)
		})
		r.Draw()
		if got := r.coloring(); got.Finite != c.finite {
			t.Errorf("%s in frame %v: finite %v, want %v", c.by, c.frame, got.Finite, c.finite)
		}
	}
}

// What no frame has was told to be missing from the frame that is shown, as though others had it.
func TestTheLegendSaysWhereNoFrameHasTheAttribute(t *testing.T) {
	t.Parallel()
	l := look.Default()
	l.ColorMode, l.Scalar, l.ScalarTitle = style.ColorScalar, "Heat", "Heat"
	frame := frameOf(t, 2, func(*cache.Builder) {})
	for nowhere, want := range map[bool]string{true: "no frame has Heat", false: "not in this frame"} {
		var sc Scenery
		sc.Add(Part{Frame: frame, Nowhere: nowhere}, &l, Scale{})
		if NameLegends(sc.Clouds, []string{"smoke"}); sc.Clouds[0].Coloring.Missing != want {
			t.Errorf("%q, want %q", sc.Clouds[0].Coloring.Missing, want)
		}
	}
}

func TestAPictureOfSomePointsSaysHowMany(t *testing.T) {
	t.Parallel()
	var sc Scenery
	l := look.Default()
	sc.Add(Part{Frame: frameOf(t, 70, func(*cache.Builder) {}), Only: []uint64{7, 1}, OnlyCount: 4, Name: "smoke"}, &l, Scale{})
	v := gfx.DefaultView()
	sc.Compose(&v, &l, 1, PictureOptions{})
	if last := v.Texts[len(v.Texts)-1].Lines; !strings.Contains(strings.Join(last, " "), "4 of 70 points") || sc.Clouds[0].Shown() != 4 {
		t.Errorf("%q", last)
	}
	_, err := derived.Bind("Age", expr.Frame{Frame: frameOf(t, 1, func(*cache.Builder) {})})
	if !errors.As(err, new(*expr.Error)) {
		t.Error(err)
	}
}

// scalesOf are the scales of layers that are drawn alike.
func scalesOf(l look.Look, spans []derived.Extent) []Scale {
	return Scales(slices.Repeat([]look.Look{l}, len(spans)), spans, make([]string, len(spans)))
}
