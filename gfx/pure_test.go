package gfx

import (
	"iceexplorer/assets"
	"iceexplorer/gfx/style"
	"image"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestTicksAreRoundAndWithinTheRange(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		n      int
		want   string
	}{
		{0, 6, 3, "0 2 4 6"},
		{-5, 5, 4, "\u22125.0 \u22122.5 0 2.5 5.0"},
		{0.001, 0.0042, 2, "0.002 0.004"},
		{0, 1_000_000, 2, "0 500,000 1,000,000"},
		{1, 1, 4, ""},
		{2, 1, 4, ""},
		{math.NaN(), 1, 4, ""},
		{0, math.Inf(1), 4, ""},
	} {
		ticks, step := Ticks(c.lo, c.hi, c.n)
		var s []string
		for _, v := range ticks {
			s = append(s, tickText(v, step))
		}
		if got := strings.Join(s, " "); got != c.want {
			t.Errorf("%v to %v: %q and not %q", c.lo, c.hi, got, c.want)
		}
	}
}

func TestRangeTextHasTheDigitsThatMatter(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   string
	}{
		{0.3712, 5.918, "0.37 to 5.92"}, {0, 1.6, "0 to 1.60"}, {-5, 5, "\u22125.0 to 5.0"}, {0, 99999, "0 to 99,999"},
		{3, 3, "all 3"}, {0, 0, "all 0"}, {1e-9, 3e-9, "1e\u221209 to 3e\u221209"},
	} {
		if got := rangeText(c.lo, c.hi); got != c.want {
			t.Errorf("%v to %v is %q", c.lo, c.hi, got)
		}
	}
}

func TestNumbersAreGroupedByThousands(t *testing.T) {
	for in, want := range map[string]string{"1": "1", "999": "999", "1000": "1,000", "-1234567.25": "-1,234,567.25", "100000": "100,000"} {
		if got := groupDigits(in); got != want {
			t.Errorf("%s becomes %s", in, got)
		}
	}
}

func TestColormapsAreAllThereAndOthersAreNamed(t *testing.T) {
	for _, name := range style.Colormaps() {
		c, err := style.ColormapColors(name)
		if err != nil || len(c) != 256 && name != style.Categorical {
			t.Errorf("%s: %d colours, %v", name, len(c), err)
		}
	}
	if d, _ := style.ColormapColors(""); d[0] != [3]float32{0x44 / 255.0, 0x01 / 255.0, 0x54 / 255.0} {
		t.Errorf("the default begins with %v and is not viridis", d[0])
	}
	for _, bad := range []string{"jet", "../shaders/common.glsl", "README"} {
		if _, err := style.ColormapColors(bad); err == nil || !strings.Contains(err.Error(), "magma") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestRangeOfLeavesOutNaNAndInfinity(t *testing.T) {
	nan, big := float32(math.NaN()), float32(math.Inf(1))
	a := Attrib{F: []float32{3, 4, nan, 1, -2, 0, big, 5}, Comps: 2}
	for _, c := range []struct {
		comp   int
		lo, hi float32
		ok     bool
	}{{0, -2, 3, true}, {1, 0, 5, true}, {style.Magnitude, 2, 5, true}, {2, 0, 0, false}, {-2, 0, 0, false}} {
		lo, hi, ok := RangeOf(a, c.comp)
		if ok != c.ok || ok && (lo != c.lo || hi != c.hi) {
			t.Errorf("component %d: %v to %v, %v", c.comp, lo, hi, ok)
		}
	}
	if lo, hi, _ := RangeOf(Attrib{I: []int32{-7, 9}, Comps: 1}, 0); lo != -7 || hi != 9 {
		t.Errorf("ints: %v to %v", lo, hi)
	}
	if lo, hi, _ := RangeOf(Attrib{U: []uint8{1, 0}, Comps: 1}, style.Magnitude); lo != 0 || hi != 1 {
		t.Errorf("bools: %v to %v", lo, hi)
	}
	if _, _, ok := RangeOf(Attrib{F: []float32{nan}, Comps: 1}, 0); ok {
		t.Error("NaN alone has a range")
	}
}

func TestDragClipFollowsTheMouseAndStopsAtTheOtherFace(t *testing.T) {
	b := Box{Vec3{-2, -2, -2}, Vec3{2, 2, 2}}
	v := testView(b, 400, 300)
	v.Clip = Slab(0, -1, 1.5)
	hs := v.Clip.Handles(b)
	if len(hs) != 2 {
		t.Fatalf("a slab has %d handles", len(hs))
	}
	m := v.Camera.Matrices(sceneBounds(&v, b), 400, 300)
	x, y, _, _ := m.Project(Vec3{1.5, 0, 0})
	h, ok := v.ClipHandleAt(x+3, y-2, 400, 300)
	if !ok || h.Axis != 0 || !h.Max {
		t.Fatalf("at the face: %+v, %v", h, ok)
	}
	if _, ok := v.ClipHandleAt(x+40, y, 400, 300); ok {
		t.Error("a handle 40 pixels away")
	}
	x2, y2, _, _ := m.Project(Vec3{0.7, 0, 0})
	h = v.DragClip(h, x2-x, y2-y, 400, 300)
	if math.Abs(v.Clip.Box.Max[0]-0.7) > 0.1 || h.At[0] != v.Clip.Box.Max[0] {
		t.Errorf("dragged to 0.7, it is at %v", v.Clip.Box.Max[0])
	}
	x3, y3, _, _ := m.Project(Vec3{-1.9, 0, 0})
	v.DragClip(h, x3-x2, y3-y2, 400, 300)
	if v.Clip.Box.Max[0] != -1 {
		t.Errorf("dragged past the other face, it is at %v", v.Clip.Box.Max[0])
	}
	if !math.IsInf(v.Clip.Box.Max[1], 1) {
		t.Error("another axis moved")
	}
}

func TestTrailsFollowTheIDBackToItsLastGap(t *testing.T) {
	p := func(xs ...float32) (out []float32) {
		for _, x := range xs {
			out = append(out, x, 0, 0)
		}
		return out
	}
	s := Trails([]TrailFrame{
		{ID: []int32{1, 2, 3}, Position: p(10, 20, 30)},
		{ID: []int32{3, 1}, Position: p(31, 11)},
		{ID: []int32{1, 2, 3, 4}, Position: p(12, 22, 32, 42)},
	})
	if want := []uint64{0, 3, 4, 7, 8}; !slices.Equal(s.Offsets, want) {
		t.Errorf("offsets %v", s.Offsets)
	}
	if want := p(10, 11, 12, 22, 30, 31, 32, 42); !slices.Equal(s.Points, want) {
		t.Errorf("points %v", s.Points)
	}
	if Trails(nil).Present() {
		t.Error("no frames have trails")
	}
}

func TestStrandIndexMarksPointsOutsideOfStrands(t *testing.T) {
	strand, along, err := strandIndex([]uint64{1, 3, 3, 4}, 6)
	if err != nil {
		t.Fatal(err)
	}
	const no = noStrand
	if want := []uint32{no, no, 0, 0, 2, no, no}; !slices.Equal(strand, want) {
		t.Errorf("strands %v", strand)
	}
	if want := []float32{0, 0, 0, 1, 1, 0, 0}; !slices.Equal(along, want) {
		t.Errorf("along %v", along)
	}
}

func TestKindsOfFindsEachMeshShapeOnce(t *testing.T) {
	got := kindsOf([]int32{129, 0, 4, 4, -3, 77, 1 << 30, 5, 128, 0, 4})
	if want := []Shape{ShapeSphere, ShapeBox, ShapeInstance, ShapeReference}; !slices.Equal(got, want) {
		t.Errorf("found %v", got)
	}
}

func TestChunkIndicesGoToTheirBuffer(t *testing.T) {
	idx, ends := chunkIndices(bitsOf(0, 9, 10, 29, 30, 35, 36, 99), 10, 36)
	if !slices.Equal(idx, []uint32{0, 9, 0, 9, 0, 5}) || !slices.Equal(ends, []int{2, 3, 4, 6}) {
		t.Errorf("%v, %v", idx, ends)
	}
}

func TestFindHitsIgnoresNumbersNoDrawHas(t *testing.T) {
	rd := &pickRead{q: PickQuery{Rect: image.Rect(0, 0, 2, 1)}, area: image.Rect(0, 0, 2, 1), draws: []pickDraw{{layer: 4, base: 1 << 33}}}
	cam := DefaultCamera()
	rd.seen = []*frame{{m: cam.Matrices(EmptyBox(), 2, 1), area: rd.area}}
	h := findHits(rd, [][4]uint32{{7, 1, 0, 1}, {0, 5, 0, 1}})
	if len(h) != 1 || h[0].Layer != 4 || h[0].Index != 1<<33+5 {
		t.Errorf("%+v", h)
	}
}

func TestTextIsCutToItsWidth(t *testing.T) {
	r := newTestRenderer(t, Options{})
	c := r.canvas
	long := strings.Repeat("a long name ", 30)
	got := c.fit(13, long, 200)
	if w := c.width(13, got); w > 200 || w < 150 || !strings.HasSuffix(got, "\u2026") {
		t.Errorf("%q is %v wide", got, w)
	}
	if c.fit(13, "short", 200) != "short" {
		t.Error("a short text is cut")
	}
}

func TestTheGlyphAtlasStartsAnewWhenFull(t *testing.T) {
	r := newTestRenderer(t, Options{})
	v := DefaultView()
	for px := range 40 {
		v.UIScale = 1 + float64(px)/8
		v.Texts = []Text{{Lines: []string{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"}}}
		if err := r.Draw(&v, nil, 600, 200); err != nil {
			t.Fatal(err)
		}
	}
	n := len(r.canvas.text.at)
	if n == 0 || n > 2500 {
		t.Errorf("%d glyphs are baked", n)
	}
	if err := r.Draw(&v, nil, 600, 200); err != nil {
		t.Fatal(err)
	}
	one := r.Image()
	r.canvas.text.reset()
	if err := r.Draw(&v, nil, 600, 200); err != nil {
		t.Fatal(err)
	}
	if string(one.Pix) != string(r.Image().Pix) {
		t.Error("text looks different after a new start")
	}
}

// Names in Chinese or Japanese were replacement marks.
func TestCharactersComeFromTheFontThatHasThem(t *testing.T) {
	r := newTestRenderer(t, Options{})
	g := r.canvas.text
	if g.fontOf('a') != 0 || g.fontOf('\u0531') == 0 { // Armenian is in DejaVu
		t.Errorf("a is of font %d, an Armenian letter of %d", g.fontOf('a'), g.fontOf('\u0531'))
	}
	if err := r.AddFont([]byte("no font"), 0); err == nil {
		t.Error("no font was taken")
	}
	before := len(g.fonts)
	if err := r.AddFont(assets.FontIcons, 0); err != nil || g.fontOf([]rune(assets.IconPlay)[0]) != before {
		t.Errorf("%v; an icon is of font %d of %d", err, g.fontOf([]rune(assets.IconPlay)[0]), len(g.fonts))
	}
}

func TestTicksOfRangesThatFloatsCannotDivideEnd(t *testing.T) {
	t.Parallel()
	for _, lo := range []float64{0, 1, 1e17, 1e300, math.MaxFloat64 / 2} {
		for _, n := range []int{1, 5, 1000} {
			hi := math.Nextafter(lo, math.Inf(1))
			if ticks, _ := Ticks(lo, hi, n); len(ticks) > 4*n+1 {
				t.Errorf("%g to %g: %d ticks", lo, hi, len(ticks))
			}
		}
	}
}

// Every legend had a colour for NaN, be there none.
func TestALegendHasTheColourOfNoNumberOnlyWhereSomeCloudHasSuchValues(t *testing.T) {
	t.Parallel()
	cloud := func(finite bool) Cloud {
		return Cloud{N: 2, Scalar: Attrib{F: []float32{1, 2}, Comps: 1}, Coloring: Coloring{Mode: style.ColorScalar, Title: "Heat", Max: 2, Finite: finite}}
	}
	for _, c := range []struct {
		clouds []Cloud
		want   int
	}{{[]Cloud{cloud(true)}, 0}, {[]Cloud{cloud(false)}, 1}, {[]Cloud{cloud(true), cloud(false)}, 1}, {[]Cloud{cloud(true), cloud(true)}, 0}} {
		l := legends(c.clouds)
		if len(l) != 1 {
			t.Fatalf("%+v", l)
		}
		if got := (&scaleBody{l: &l[0]}).swatches(&l[0]); len(got) != c.want {
			t.Errorf("%+v: %+v", c.clouds, got)
		}
	}
}

// Two sequences coloured by one attribute had two legends, and a frame without the
// attribute none.
func TestCloudsColouredAlikeHaveOneLegend(t *testing.T) {
	t.Parallel()
	values := Attrib{F: []float32{1, 2}, Comps: 1}
	cloud := func(layer uint64, scalar Attrib, title, missing string) Cloud {
		return Cloud{Layer: layer, N: 2, Scalar: scalar, Coloring: Coloring{Mode: style.ColorScalar, Title: title, Max: 2, Missing: missing}}
	}
	got := legends([]Cloud{
		cloud(1, values, "Heat", ""), cloud(2, Attrib{}, "Heat", "dust: not in this frame"), cloud(3, Attrib{}, "Heat", "dust: not in this frame"),
		cloud(4, values, "Heat.mag (smoke)", ""), {Layer: 5, N: 2},
	})
	if len(got) != 2 || got[0].Title != "Heat" || got[1].Title != "Heat.mag (smoke)" {
		t.Fatalf("%+v", got)
	}
	if m := got[0].missing; len(m) != 1 || m[0].text != "dust: not in this frame" || len(got[1].missing) != 0 {
		t.Errorf("missing %+v and %+v", m, got[1].missing)
	}
	many := []Cloud{}
	for i := range 9 {
		many = append(many, cloud(uint64(i), values, strings.Repeat("x", i), ""))
	}
	if n := len(legends(many)); n != maxLegends {
		t.Errorf("%d legends", n)
	}
}
