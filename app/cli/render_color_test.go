package cli

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
