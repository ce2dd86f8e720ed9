package look

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"iceexplorer/gfx/style"
)

// odd is a look of which no field has its zero value.
func odd(t *testing.T) Look {
	t.Helper()
	l := Look{
		ColorMode: style.ColorScalar, Scalar: "Wärme \"<&\n", Component: 15, ScalarTitle: "t", Colormap: style.Categorical,
		RangeMode: RangeFixed, Low: 0.1, High: -1e300, Constant: [3]float32{0.1, 0.2, 1.0 / 3},
		Opacity: 0.3, PointScale: 0.05, FixedSize: 1.1, PointSize: 3, Shapes: true, Density: true, Exposure: 0.02,
		Vectors: "Wind", VectorScale: 0.04, Strands: true, Trails: 500, LineWidth: 0.7,
		ClipMode: ClipSlab, ClipMin: [3]float64{-1.5, math.SmallestNonzeroFloat64, 0}, ClipMax: [3]float64{1, 2, 3}, SlabAxis: 2,
		ShapeLimit: 1, PointLimit: 7, Grid: true, Axes: true, Bounds: true, Legend: true, Help: true, DepthCue: 0.3,
		Expression: "Wärme * 2", PercentLow: 0.5, PercentHigh: 99.25, Reversed: true, OwnScales: true, Outside: true,
		Below: [3]float32{0, 0.2, 0}, Above: [3]float32{0, 0, 0.4}, NoNumber: [3]float32{0.6, 0, 0}, Values: "v.mag",
		Top: [3]float32{1, 0.5, 0}, Bottom: [3]float32{0.7, 0, 0},
	}
	v := reflect.ValueOf(l)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Fatalf("%s is zero", v.Type().Field(i).Name)
		}
	}
	return l
}

func TestJSONHasEverything(t *testing.T) {
	t.Parallel()
	for _, l := range []Look{Default(), odd(t)} {
		var b bytes.Buffer
		if err := l.Write(&b); err != nil {
			t.Fatal(err)
		}
		if got, err := Parse(&b); err != nil || got != l {
			t.Errorf("%+v, %v\nwant %+v", got, err, l)
		}
	}
}

// Names in files are for good.
func TestNamesInJSONStay(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	l := Default()
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "default.json"))
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("%s", b.String())
	}
}

func TestWhatIsNotInJSONIsAsInANewWindow(t *testing.T) {
	t.Parallel()
	want := Default()
	want.Grid, want.ClipMode, want.SlabAxis = false, ClipBox, 1
	if got, err := Parse(strings.NewReader("\ufeff" + ` {"grid": false, "clip": "box", "slabAxis": "y"} `)); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestJSONThatIsWrongIsRefusedInWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:                               "the JSON is not valid or not complete",
		`{"grid": `:                      "the JSON is not valid or not complete",
		`grid`:                           "the JSON is not valid or not complete",
		`[1]`:                            "not display settings but a list",
		`{} {}`:                          "something follows",
		`{"gird": true}`:                 `no display setting "gird"`,
		`{"grid": "yes"}`:                "grid cannot be a text",
		`{"pointScale": 0}`:              "Point scale must be from 0.001 to 1000, not 0",
		`{"pointScale": 1e99}`:           "pointScale cannot be 1e99",
		`{"trails": 1.5}`:                "trails cannot be 1.5",
		`{"trails": 501}`:                "Trails must be from 0 to 500, not 501",
		`{"top": [0, 0, 1.5]}`:           "Background at the top must be three numbers from 0 to 1",
		`{"colormap": "jet"}`:            "no colormap is called",
		`{"colorMode": "pink"}`:          `colour mode "pink": want one of attribute, constant, scalar`,
		`{"colorMode": 1}`:               "colorMode cannot be a number",
		`{"colorMode":"scalar"}`:         "the attribute to colour by is missing",
		`{"range": "some"}`:              "want one of frame, all, fixed, percent, percent-all",
		`{"clip": "ball"}`:               "want one of none, box, slab",
		`{"slabAxis": "w"}`:              "want one of x, y, z",
		`{"clipMin": [1, 0, 0]}`:         "clipping along x: 1 to 0 is not a range",
		`{"component": 16}`:              "no component 16",
		`{"low": -1e308, "high": 1e308}`: "cannot range",
		`{"percentHigh": 101}`:           "percentiles rise from 0 to 100: there are none from 1 to 101",
		`{"colormap": "0:000000"}`:       "at least two stops",
		`{"below": [0, 0, 2]}`:           "Colour below the range must be three numbers",
		`{"vectors": "` + strings.Repeat("n", 2000) + `"}`:    "longer than",
		`{"vectors": "` + strings.Repeat("n", MaxFile) + `"}`: "too large",
	} {
		if _, err := Parse(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want %q", text, err, want)
		}
	}
	l := Default()
	l.Vectors = "a\xff"
	if err := l.Write(&bytes.Buffer{}); err == nil {
		t.Error("a name that JSON cannot hold is written")
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "look.json")
	l := odd(t)
	if err := l.Save(path); err != nil {
		t.Fatal(err)
	}
	if got, err := Open(path); err != nil || got != l {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{filepath.Join(path, "x"), filepath.Dir(path)} {
		if _, err := Open(bad); err == nil || !strings.HasSuffix(err.Error(), ": "+bad) || strings.Count(err.Error(), bad) != 1 {
			t.Errorf("open: %v", err)
		}
		if err := l.Save(bad); err == nil || !strings.HasSuffix(err.Error(), ": "+bad) || strings.Count(err.Error(), bad) != 1 {
			t.Errorf("save: %v", err)
		}
	}
}

// Whatever a file holds, what is read of it can be drawn, and is written and read again
// as it is.
func FuzzParse(f *testing.F) {
	b, err := os.ReadFile(filepath.Join("testdata", "default.json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"colorMode": "scalar", "scalar": "a", "component": -1, "range": "fixed", "low": 1e-320}`))
	f.Add([]byte(`{"colorMode": "scalar", "expression": "v.mag", "colormap": "0:000000 0.5:ff8800 1:ffffff", "range": "percent", "reversed": true}`))
	f.Add([]byte(`{"clip": "slab", "slabAxis": "z", "clipMax": [1, 2, 3], "top": [1, 1, 1]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Parse(bytes.NewReader(data))
		if err != nil {
			if strings.Contains(err.Error(), "json:") || strings.Contains(err.Error(), "look.") {
				t.Errorf("no words for users: %v", err)
			}
			return
		}
		d := NewDesk()
		if err := d.Put(l); err != nil {
			t.Fatalf("was read, but cannot be drawn: %v", err)
		}
		var out bytes.Buffer
		if err := l.Write(&out); err != nil {
			t.Fatal(err)
		}
		if again, err := Parse(&out); err != nil || again != l {
			t.Errorf("%+v, %v\nwant %+v", again, err, l)
		}
	})
}
