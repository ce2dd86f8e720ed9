package interop_test

import (
	"bufio"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/names"
)

// have skips a test whose program is not there: these are large, and other readers compare the values of
// the same formats.
func have(t *testing.T, programs ...string) {
	t.Helper()
	for _, name := range programs {
		if _, err := exec.LookPath(name); err != nil {
			exporttest.Missing(t, name)
		}
	}
}

// run runs a program without a display.
func run(t *testing.T, program string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen", "XDG_RUNTIME_DIR="+t.TempDir(), "HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %.2000s", err, out)
	}
	return out
}

// pointed are the frames that have points, of which these programs want one at least.
func pointed(t *testing.T, f func(t *testing.T, frame *cache.Frame)) {
	for _, name := range []string{"cloud", "odd, 1 points", "odd, 4001 points"} {
		t.Run(name, func(t *testing.T) { f(t, exporttest.Frames(t)[name]) })
	}
}

// Of a .ply without faces Blender 3.4 takes the places.
func TestPointsOfPLYAreImportedByBlender(t *testing.T) {
	t.Parallel()
	have(t, "blender")
	pointed(t, func(t *testing.T, frame *cache.Frame) {
		out := run(t, "blender", "--background", "--factory-startup", "--python-exit-code", "1", "--python", filepath.Join("testdata", "blender.py"), "--", exporttest.File(t, format(t, "ply"), frame, nil))
		for line := range strings.Lines(string(out)) {
			if values, ok := strings.CutPrefix(line, "Points\t"); ok {
				if want := rows(frame.Attribute("PointPosition"), uint64(frame.Header.Points)); strings.TrimSpace(values) != want {
					t.Errorf("%.150q, want %.150q", values, want)
				}
				return
			}
		}
		t.Errorf("no points are imported: %.1000s", out)
	})
}

// CloudCompare has places, colours and whatever is a number, and writes what it has read as text with 9
// decimals.
func TestPointsAndNumbersOfPLYAreReadByCloudCompare(t *testing.T) {
	t.Parallel()
	have(t, "CloudCompare")
	f := format(t, "ply")
	chosen := map[string]string{"scalar": "true"}
	pointed(t, func(t *testing.T, frame *cache.Frame) {
		got := cloudCompare(t, exporttest.File(t, f, frame, chosen))
		v, err := f.Parse(chosen)
		if err != nil {
			t.Fatal(err)
		}
		compared := 0
		for _, p := range f.Places(frame.Index(), v) {
			for c, name := range p.As {
				as, ok := map[string]string{"x": "X", "y": "Y", "z": "Z"}[name]
				if !ok {
					if as, ok = strings.CutPrefix(name, "scalar_"); !ok {
						continue // colours are bytes there
					}
				}
				near(t, as, got[as], components(frame.Attribute(p.Attribute), c, frame.Header.Points))
				compared++
			}
		}
		if want := map[bool]int{true: 50, false: 6}[frame.Attribute("Strings") != nil]; compared < want {
			t.Errorf("%d columns were compared", compared)
		}
	})
}

func TestPointsAndNumbersOfCSVAreReadByCloudCompare(t *testing.T) {
	t.Parallel()
	have(t, "CloudCompare")
	pointed(t, func(t *testing.T, frame *cache.Frame) {
		got := cloudCompare(t, exporttest.File(t, format(t, "csv"), frame, map[string]string{"attrs": "PointPosition,ID"}))
		for c, name := range []string{"X", "Y", "Z"} {
			near(t, name, got[name], components(frame.Attribute("PointPosition"), c, frame.Header.Points))
		}
		near(t, "ID", got["Scalar_field"], components(frame.Attribute("ID"), 0, frame.Header.Points))
	})
}

// cloudCompare has the columns of a file as it reads them, by its names of them.
func cloudCompare(t *testing.T, path string) map[string][]float64 {
	t.Helper()
	text := filepath.Join(t.TempDir(), "read.asc")
	out := run(t, "CloudCompare", "-SILENT", "-C_EXPORT_FMT", "ASC", "-PREC", "9", "-ADD_HEADER", "-NO_TIMESTAMP", "-AUTO_SAVE", "OFF", "-O", path, "-SAVE_CLOUDS", "FILE", text)
	file, err := os.Open(text)
	if err != nil {
		t.Fatalf("nothing is read: %.2000s", out)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	columns := map[string][]float64{}
	var names []string
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if names == nil {
			names = words
			names[0] = strings.TrimPrefix(names[0], "//")
			continue
		}
		for i, word := range words {
			v, err := strconv.ParseFloat(word, 64)
			if err != nil || i >= len(names) {
				t.Fatalf("%.200q", lines.Text())
			}
			columns[names[i]] = append(columns[names[i]], v)
		}
	}
	if lines.Err() != nil || len(columns) == 0 {
		t.Fatalf("%v, %.2000s", lines.Err(), out)
	}
	return columns
}

// components are those of one number of an attribute, of each point.
func components(a *cache.Attribute, c int, points uint32) []float64 {
	out := make([]float64, points)
	for row := range out {
		v := uint64(row)
		if names.Repeated(&a.Column) {
			v = 0
		}
		switch n := uint64(a.Type.Components()); a.Type.Elem() {
		case cache.ElemFloat32:
			out[row] = float64(a.Float32s()[v*n+uint64(c)])
		case cache.ElemInt32:
			out[row] = float64(float32(a.Int32s()[v])) // as it keeps them
		default:
			out[row] = float64(a.Bytes()[v])
		}
	}
	return out
}

// near compares to 9 decimals.
func near(t *testing.T, name string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d values, want %d", name, len(got), len(want))
		return
	}
	for i := range want {
		if math.IsNaN(want[i]) && math.IsNaN(got[i]) || got[i] == want[i] || math.Abs(got[i]-want[i]) < 1e-9 {
			continue
		}
		t.Errorf("%s of point %d is %v, want %v", name, i, got[i], want[i])
		return
	}
}

// f3d draws what it reads: a square of points is one in the picture.
func TestPointsOfVTPAreDrawnByF3D(t *testing.T) {
	t.Parallel()
	have(t, "f3d", "xvfb-run")
	const side = 60
	b := cache.NewBuilder(cache.Header{Version: 103, Points: side * side})
	var places []float32
	for i := range side * side {
		places = append(places, float32(i%side), float32(i/side), 0)
	}
	b.Float32s("PointPosition", cache.TypeVector3, places)
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join(t.TempDir(), "f3d.png")
	run(t, "xvfb-run", "-a", "f3d", "--output", picture, "--resolution", "200,200", "--point-size", "10", "--camera-position", "30,30,150", "--camera-focal-point", "30,30,0", "--camera-view-up", "0,1,0", exporttest.File(t, format(t, "vtp"), frame, nil))
	inside, outside := painted(t, picture, image.Rect(80, 80, 120, 120)), painted(t, picture, image.Rect(0, 0, 200, 10))
	if inside < 0.95 || outside > 0.05 {
		t.Errorf("%v of the middle is drawn and %v of the edge", inside, outside)
	}
}

// painted is how much of a part of a picture is of another colour than its corner.
func painted(t *testing.T, path string, part image.Rectangle) float64 {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	p, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	n, corner := 0, fmt.Sprint(p.At(0, 0))
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if fmt.Sprint(p.At(x, y)) != corner {
				n++
			}
		}
	}
	return float64(n) / float64(part.Dx()*part.Dy())
}
