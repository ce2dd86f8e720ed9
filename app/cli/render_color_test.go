package cli

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"iceexplorer/app/inspect"
	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/gfx/style"
)

// goldenPicture compares a picture with the one that was looked at; drivers differ in a
// few pixels.
func goldenPicture(t *testing.T, name, path string) {
	t.Helper()
	got := readPNG(t, path)
	at := filepath.Join("testdata", name)
	if *update {
		var b bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, got); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want := readPNG(t, at); apart(got, want) > 0.6 {
		t.Errorf("%s: %.2f apart from the one that was looked at", name, apart(got, want))
	}
}

// apart is the mean difference of two pictures' channels, of 255.
func apart(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return math.Inf(1)
	}
	sum, n := 0.0, 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			r0, g0, b0, _ := a.At(x, y).RGBA()
			r1, g1, b1, _ := b.At(x, y).RGBA()
			for _, d := range [][2]uint32{{r0, r1}, {g0, g1}, {b0, b1}} {
				sum += math.Abs(float64(d[0]>>8) - float64(d[1]>>8))
				n++
			}
		}
	}
	return sum / float64(n)
}

func TestRenderColoursByAnExpressionAndDrawsWhatIsWanted(t *testing.T) {
	needEGL(t)
	dir := smallSequence(t, 6)
	to := t.TempDir()
	picture := func(name string, args ...string) string {
		path := filepath.Join(to, name+".png")
		must(t, append(append([]string{"render", "-o", path, "--size", "320x200", "--points", "5"}, args...), dir)...)
		return path
	}
	whole := picture("whole", "--frames", "6", "--color-by", "v.mag * 2")
	goldenPicture(t, "render_expression.png", whole)
	part := picture("part", "--frames", "6", "--color-by", "v.mag * 2", "--where", "P.y > 0.5 and $index % 2 == 0")
	goldenPicture(t, "render_where.png", part)
	if apart(readPNG(t, whole), readPNG(t, part)) < 0.3 {
		t.Error("the filter hides nothing")
	}
	same := func(a, b string) bool { return apart(readPNG(t, a), readPNG(t, b)) == 0 }
	// The range is that of the frame alone, as one is drawn; that of all frames is another.
	if same(whole, picture("all", "--frames", "6", "--color-by", "v.mag * 2", "--range", "all", "--measure", "all")) {
		t.Error("the range of all frames is that of one")
	}
	if !same(picture("a", "--frames", "6", "--color-by", "P.y + 1", "--range", "0:3"), picture("b", "--frames", "6", "--color-by", "P.y + 1", "--range", "0:3", "--measure", "drawn")) {
		t.Error("a fixed range is not fixed")
	}
	if same(whole, picture("percent", "--frames", "6", "--color-by", "v.mag * 2", "--range", "10%:90%")) {
		t.Error("percentiles are the whole range")
	}
	if none := picture("none", "--frames", "6", "--where", "$index < 0"); same(none, picture("everything", "--frames", "6")) {
		t.Error("no point is wanted, and all are drawn")
	}
}

func TestRenderMarksWhatIsWrongWithAnExpression(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 2)
	out := filepath.Join(t.TempDir(), "p%d.png")
	for name, tc := range map[string]struct {
		args   []string
		status int
		want   []string
		egl    bool
	}{
		"colour": {[]string{"--color-by", "Aeg * 2"}, StatusFailed, []string{"--color-by: column 1: Aeg: no such attribute; did you mean Age?: " + dir, "\n  Aeg * 2\n  ^^^\n"}, true},
		"syntax": {[]string{"--color-by", "Age * "}, StatusUsage, []string{"--color-by: column 7: "}, true},
		"filter": {[]string{"--where", "Age > Old"}, StatusFailed, []string{"--where: column 7: Old: no such attribute", "\n  Age > Old\n        ^^^\n"}, true},
		"broken": {[]string{"--where", "Age > "}, StatusUsage, []string{"--where: column 7: ", "\n  Age > \n        ^\n"}, false},
		"no yes": {[]string{"--where", "Age"}, StatusFailed, []string{"--where: column 1: this is a number, not yes or no", "\n  Age\n  ^^^\n"}, true},
		"range":  {[]string{"--color-by", "Age", "--range", "9%:2%"}, StatusUsage, []string{"percentiles rise from 0% to 100%"}, false},
		"ranks":  {[]string{"--color-by", "Age", "--range", "all:1:2"}, StatusUsage, []string{`--range "all:1:2": want two`, "all:1%:99%"}, false},
		"stops":  {[]string{"--colormap", "0:000000"}, StatusUsage, []string{"at least two stops"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.egl {
				needEGL(t)
			}
			r := do(t, append(append([]string{"render", "-o", out, "--size", "64x64"}, tc.args...), dir)...)
			if r.status != tc.status {
				t.Errorf("status %d, want %d", r.status, tc.status)
			}
			for _, want := range tc.want {
				if !strings.Contains(r.errors, want) {
					t.Errorf("%s\nwant %q", r.errors, want)
				}
			}
		})
	}
}

// The range of percentiles was that of each frame, or none.
func TestPercentilesOfAllFramesAreThoseOfEveryValue(t *testing.T) {
	needEGL(t)
	dir := smallSequence(t, 6)
	to := t.TempDir()
	picture := func(name string, args ...string) image.Image {
		path := filepath.Join(to, name+".png")
		must(t, append(append([]string{"render", "-o", path, "--size", "320x200", "--points", "40", "--plain", "--frames", "2", "--measure", "all"}, args...), dir)...)
		return readPNG(t, path)
	}
	for _, by := range []string{"PointVelocity.mag", "Age * 2 + P.y"} {
		_, rows := rowsOf(t, must(t, "query", "--columns", by, "--format", "csv", dir))
		var values []float64
		for _, r := range rows {
			v, err := strconv.ParseFloat(r[2], 64)
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, v)
		}
		slices.Sort(values)
		at := func(part float64) string {
			return strconv.FormatFloat(values[int(part*float64(len(values)-1))], 'g', -1, 64)
		}
		want := picture("fixed", "--color-by", by, "--range", at(0.1)+":"+at(0.9))
		if d := apart(picture("all", "--color-by", by, "--range", "all:10%:90%"), want); d > 0.1 {
			t.Errorf("%s: percentiles of all frames are %g apart from the same values", by, d)
		}
		if d := apart(picture("each", "--color-by", by, "--range", "10%:90%"), want); d < 0.1 {
			t.Errorf("%s: percentiles of a frame are those of all", by)
		}
	}
}

// The range of all frames was that of the one that was drawn.
func TestTheRangeOfAllFramesIsNotThatOfTheOneDrawn(t *testing.T) {
	needEGL(t)
	dir := smallSequence(t, 6)
	to := t.TempDir()
	picture := func(name string, args ...string) image.Image {
		path := filepath.Join(to, name+".png")
		must(t, append(append([]string{"render", "-o", path, "--size", "320x200", "--points", "40", "--frames", "2"}, args...), dir)...)
		return readPNG(t, path)
	}
	for _, by := range []string{"Age", "Age * 2"} {
		all := picture("all", "--color-by", by, "--range", "all")
		if apart(all, picture("frame", "--color-by", by, "--range", "frame")) == 0 {
			t.Errorf("%s: the range of all frames is that of one", by)
		}
		_, rows := rowsOf(t, must(t, "query", "--sort=-("+by+")", "--limit", "1", "--columns", by, "--format", "csv", dir))
		if d := apart(all, picture("fixed", "--color-by", by, "--range", "0:"+rows[0][2])); d > 0.01 {
			t.Errorf("%s: the range of all frames is %g apart from the same values", by, d)
		}
	}
}

// Legends of pictures called not in this frame what no frame of the sequence has.
func TestPicturesKnowWhatNoFrameOfASequenceHas(t *testing.T) {
	t.Parallel()
	l := look.Default()
	l.ColorMode, l.Scalar, l.ScalarTitle = style.ColorScalar, "Heat", "Heat"
	frame := func(name string) *cache.Frame {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
		b.Float32s(name, cache.TypeFloat, []float32{1, 2})
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	index := func(name string) *cache.Index {
		return &cache.Index{Header: cache.Header{Points: 2}, Columns: []cache.Column{{Name: name, Type: cache.TypeFloat, Structure: cache.Single, Context: cache.Context0D, Rows: 2, Ranges: []cache.Range{{Finite: 2}}}}}
	}
	for name, c := range map[string]struct {
		frames []string // what each has; "": it is not known
		drawn  string
		want   bool
	}{
		"no frame": {[]string{"Age", "Age"}, "Age", true}, "another frame": {[]string{"Age", "Heat"}, "Age", false},
		"not all are known": {[]string{"Age", ""}, "Age", false}, "this one": {[]string{"Heat", "Age"}, "Heat", false},
	} {
		s := sequence{survey: inspect.NewSurvey()}
		for i, has := range c.frames {
			s.Frames = append(s.Frames, cache.FrameFile{Number: cache.Number(i)})
			if has != "" {
				s.survey.Take(cache.Number(i), index(has))
			}
		}
		if got := s.nowhere(frame(c.drawn), &l); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
