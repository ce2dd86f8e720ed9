package stage

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect"
	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
)

// twoPoints is a frame with what the tests need.
func twoPoints(t *testing.T) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 0, 0, 1, 2, 3})
	b.Float32s("PointVelocity", cache.TypeVector3, []float32{3, 4, 0, 0, 0, 7})
	b.Float32s("Age", cache.TypeFloat, []float32{0.25, 12})
	b.Int32s("ID", []int32{7, -9})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// survey is what a sequence of these frames is known for.
func survey(frames ...*cache.Frame) *inspect.Survey {
	s := inspect.NewSurvey()
	for i, f := range frames {
		s.Take(cache.Number(i), f.Index())
	}
	return s
}

func TestScalarsAreFoundAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	attributes := survey(twoPoints(t)).Attributes()
	for text, want := range map[string]look.Scalar{
		"PointVelocity.mag": {Attribute: "PointVelocity", Component: style.Magnitude, Title: "PointVelocity.mag"},
		"PointVelocity":     {Attribute: "PointVelocity", Component: style.Magnitude, Title: "PointVelocity.mag"},
		"PointVelocity.y":   {Attribute: "PointVelocity", Component: 1, Title: "PointVelocity.y"},
		"Age":               {Attribute: "Age", Component: 0, Title: "Age"},
		"v.mag":             {Attribute: "PointVelocity", Component: style.Magnitude, Title: "PointVelocity.mag"},
		"@v":                {Attribute: "PointVelocity", Component: style.Magnitude, Title: "PointVelocity.mag"},
		"P.y":               {Attribute: "PointPosition", Component: 1, Title: "PointPosition.y"},
	} {
		if got, err := ParseScalar(attributes, text); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "age.x", "Nope", "PointVelocity.w"} {
		if got, err := ParseScalar(attributes, text); err == nil || !strings.Contains(err.Error(), "PointPosition, PointVelocity, Age, ID") {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

// Vectors by the short names of filters were not known.
func TestVectorsAreFoundByShortNames(t *testing.T) {
	t.Parallel()
	attributes := survey(twoPoints(t)).Attributes()
	for text, want := range map[string]string{"PointVelocity": "PointVelocity", "v": "PointVelocity", "@v": "PointVelocity", "pointvelocity": "PointVelocity"} {
		if got, err := ParseVector(attributes, text); err != nil || got != want {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{"P": "", "v.mag": "", "Age": "", "PointVelocty": "did you mean PointVelocity?", "": ""} {
		if got, err := ParseVector(attributes, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	text := append(attributes, inspect.Attribute{Name: "Name___", Type: cache.TypeString, Points: true})
	if _, err := ParseScalar(text, "name"); err == nil || err.Error() != "Name is text and cannot colour points" {
		t.Error(err)
	}
	if _, err := ParseScalar(attributes, "Aeg"); err == nil || !strings.Contains(err.Error(), "did you mean Age?") {
		t.Error(err)
	}
	own := []inspect.Attribute{{Name: "Color", Type: cache.TypeColor4}}
	if !IsOwn(own, "Cd") || !IsOwn(own, "@Cd") || IsOwn(own, "Cd.r") || IsOwn(attributes, "Cd") {
		t.Error("Cd is not the points' own colour")
	}
}

func TestCloudTakesTheColumnsThatAreDrawn(t *testing.T) {
	t.Parallel()
	f := twoPoints(t)
	v := look.Default()
	c := Cloud(f, 1, 2, &v, Scale{Hi: 1, Known: true})
	if c.N != 2 || len(c.Position) != 6 || c.Scalar.Present() || c.Vector.Present() || c.Size.Present() {
		t.Errorf("%+v", c)
	}
	v.ColorMode, v.Scalar, v.Component, v.Vectors = style.ColorScalar, "PointVelocity", style.Magnitude, "PointVelocity"
	c = Cloud(f, 1, 2, &v, Scale{Lo: -1, Hi: 9, Known: true})
	if !c.Scalar.Present() || !c.Vector.Present() || c.Coloring.Mode != style.ColorScalar || c.Coloring.Component != style.Magnitude || c.Coloring.Min != -1 || c.Coloring.Max != 9 {
		t.Errorf("%+v", c)
	}
	v.Scalar, v.ScalarTitle = "gone", "gone"
	if c := Cloud(f, 1, 2, &v, Scale{Hi: 1, Known: true}); c.Coloring.Mode != style.ColorScalar || c.Scalar.Present() || c.Coloring.Title != "gone" {
		t.Errorf("an attribute that this frame lacks: %+v", c.Coloring)
	}
}

func TestPointsWithoutSizeHaveThePreferredOne(t *testing.T) {
	t.Parallel()
	v := look.Default()
	v.PointSize = 5
	g := gfx.DefaultView()
	bare := func() gfx.Cloud { return gfx.Cloud{N: 1, Drawing: drawing(&v)} }
	sized := bare()
	sized.Size = gfx.Attrib{F: []float32{1}, Comps: 1}
	clouds := []gfx.Cloud{bare()}
	if Apply(&v, &g, clouds); clouds[0].Drawing.Points.Fixed != 5 {
		t.Errorf("%g px", clouds[0].Drawing.Points.Fixed)
	}
	clouds = []gfx.Cloud{bare(), sized}
	if Apply(&v, &g, clouds); clouds[0].Drawing.Points.Fixed != 0 {
		t.Errorf("beside a sequence with Size: %g px", clouds[0].Drawing.Points.Fixed)
	}
	v.FixedSize = 3
	clouds = []gfx.Cloud{bare()}
	if Apply(&v, &g, clouds); clouds[0].Drawing.Points.Fixed != 3 {
		t.Errorf("of a size of its own: %g px", clouds[0].Drawing.Points.Fixed)
	}
}

func TestClipGoesThereAndBack(t *testing.T) {
	t.Parallel()
	v := look.Default()
	if Clip(&v).On {
		t.Error("a new window clips")
	}
	v.ClipMode, v.SlabAxis, v.ClipMin, v.ClipMax = look.ClipSlab, 1, [3]float64{-1, -2, -3}, [3]float64{1, 2, 3}
	c := Clip(&v)
	if !c.On || !c.Box.Contains(gfx.Vec3{1e9, 1.9, -1e9}) || c.Box.Contains(gfx.Vec3{0, 2.1, 0}) {
		t.Errorf("slab %+v", c)
	}
	v.ClipMode, v.ClipMax[1] = look.ClipBox, 1
	if c = Clip(&v); c.Box.Contains(gfx.Vec3{1.1, 0, 0}) || !c.Box.Contains(gfx.Vec3{0.9, 0, 0}) {
		t.Errorf("box %+v", c)
	}
}

func TestBoundsOfSomePoints(t *testing.T) {
	t.Parallel()
	f := twoPoints(t)
	if b := BoundsOf(f, bitset.New(100).Set(1).Set(99)); b.Min != (gfx.Vec3{1, 2, 3}) || b.Max != b.Min {
		t.Errorf("%v", b)
	}
	if b := BoundsOf(f, bitset.New(2).Set(0).Set(1)); b.Min != (gfx.Vec3{}) || b.Max != (gfx.Vec3{1, 2, 3}) {
		t.Errorf("%v", b)
	}
	if !BoundsOf(f, nil).Empty() {
		t.Error("no points have bounds")
	}
}

func TestPointFactsBeginWithIdentityAndColouring(t *testing.T) {
	t.Parallel()
	f := twoPoints(t)
	v := look.Default()
	v.ColorMode, v.Scalar, v.Component = style.ColorScalar, "PointVelocity", style.Magnitude
	got := PointFacts(f, 0, &v)
	want := [][2]string{{"ID", "7"}, {"point", "0"}, {"PointVelocity.mag", "5"}, {"PointPosition", "0  0  0"}, {"PointVelocity", "3  4  0"}, {"Age", "0.25"}}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := PointFacts(f, 99, &v); !slices.Equal(got, [][2]string{{"point", "99"}}) {
		t.Errorf("of no point: %q", got)
	}
}

func TestParseSize(t *testing.T) {
	t.Parallel()
	if w, h, err := ParseSize("1920X1080"); w != 1920 || h != 1080 || err != nil {
		t.Errorf("%d %d %v", w, h, err)
	}
	for _, bad := range []string{"", "x", "12", "0x1", "1x-1", "1x99999", "1x2x3"} {
		if _, _, err := ParseSize(bad); err == nil {
			t.Errorf("%q is a size", bad)
		}
	}
}

func TestCaptionNamesManySequencesShortly(t *testing.T) {
	t.Parallel()
	if got := Caption([]string{"a", "b", "c", "d"}, 3, true, 1)[0].Lines; !slices.Equal(got, []string{"a, b and 2 more", "frame 3"}) {
		t.Errorf("%q", got)
	}
	if got := Caption([]string{"a"}, 0, false, 1)[0].Lines; !slices.Equal(got, []string{"a"}) {
		t.Errorf("without a number: %q", got)
	}
}

func TestPictureAppearsWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "p.png")
	img := image.NewRGBA(image.Rect(0, 0, 3, 2))
	img.SetRGBA(1, 1, color.RGBA{10, 20, 30, 255})
	for range 2 { // the second time it is replaced
		if err := WritePNG(path, nil, img); err != nil {
			t.Fatal(err)
		}
	}
	if err := WritePNG(filepath.Join(dir, "none", "p.png"), nil, img); err == nil || !strings.HasSuffix(err.Error(), filepath.Join("none", "p.png")) {
		t.Errorf("no folder: %v", err)
	}
	if err := os.Mkdir(filepath.Join(dir, "d.png"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := WritePNG(filepath.Join(dir, "d.png"), nil, img); err == nil {
		t.Error("a folder was written over")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("left %v, %v", entries, err)
	}
}

// A damaged frame, and one whose points have no places, were an empty picture without a word.
func TestPicturesSayWhatTheyCannotShow(t *testing.T) {
	t.Parallel()
	whole := twoPoints(t)
	if got := Trouble("a", 5, whole); got != nil {
		t.Errorf("of a frame in order: %q", got)
	}
	whole.Damage = &cache.Damage{What: "the file ends", At: 1234, Missing: []string{"Size", "PointPosition"}}
	if got := Trouble("a", 5, whole); !slices.Equal(got, []string{"a: the file of frame 5 is damaged", "PointPosition and Size are missing: the file ends at byte 1,234"}) {
		t.Errorf("damaged: %q", got)
	}
	for want, positions := range map[string]cache.Column{
		"PointPosition is missing":                                   {Name: "Elsewhere", Type: cache.TypeVector3},
		"PointPosition is single vector4, not one vector3 per point": {Name: "PointPosition", Type: cache.TypeVector4},
		"PointPosition is array vector3, not one vector3 per point":  {Name: "PointPosition", Type: cache.TypeVector3, Structure: cache.Array},
		"PointPosition has values for 0 of 4 points":                 {Name: "PointPosition", Type: cache.TypeVector3},
	} {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 4})
		switch {
		case positions.Structure == cache.Array:
			b.Add(positions, make([]byte, 48), []uint64{0, 1, 2, 3, 4})
		case strings.Contains(want, "0 of 4"):
			b.Add(positions, nil, nil)
		default:
			b.Add(positions, make([]byte, 4*positions.Type.ValueSize()), nil)
		}
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		v := look.Default()
		if got := Trouble("a", 5, f); len(got) != 2 || got[1] != want || Cloud(f, 1, 1, &v, Scale{}).N != 0 {
			t.Errorf("%q, want %q", got, want)
		}
	}
	empty, err := cache.NewBuilder(cache.Header{Version: 103}).Frame()
	if err != nil {
		t.Fatal(err)
	}
	if got := Trouble("a", 5, empty); got != nil {
		t.Errorf("of a frame without points: %q", got)
	}
}
