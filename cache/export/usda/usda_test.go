package usda_test

import (
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/usda"
)

func frame(t *testing.T, add func(*cache.Builder)) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	add(b)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, chosen map[string]string, frames ...*cache.Frame) (path string, err error) {
	t.Helper()
	return writeTo(t, "a@b.usda", chosen, frames...)
}

func writeTo(t *testing.T, name string, chosen map[string]string, frames ...*cache.Frame) (path string, err error) {
	t.Helper()
	f := usda.Format()
	v, err := f.Parse(chosen)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), name)
	return path, f.Do(t.Context(), export.Job{Number: 1, Path: path, Options: v, Frames: func(yield func(export.Numbered, error) bool) {
		for i, frame := range frames {
			if !yield(export.Numbered{Frame: frame, Number: 1 + cache.Number(i)*1.5}, nil) {
				return
			}
		}
	}})
}

const clips = `#usda 1.0
(
    defaultPrim = "points"
    endTimeCode = 2.5
    framesPerSecond = 25
    metersPerUnit = 0.1
    startTimeCode = 1
    timeCodesPerSecond = 25
    upAxis = "Z"
)

def Points "points" (
    clips = {
        dictionary default = {
            double2[] active = [(1, 0), (2.5, 1)]
            asset[] assetPaths = [@@@./a@b.1.usda@@@, @@@./a@b.2.5.usda@@@]
            asset manifestAssetPath = @@@./a@b.manifest.usda@@@
            string primPath = "/points"
            double2[] times = [(1, 1), (2.5, 2.5)]
        }
    }
)
{
    point3f[] points
    float[] widths (
        interpolation = "vertex"
    )
    string[] primvars:Name (
        interpolation = "vertex"
    )
}
`

// What only the second frame has is in the stage too, or nobody would look for it.
func TestAStageHasTheLayersOfItsFramesForClips(t *testing.T) {
	t.Parallel()
	position := func(b *cache.Builder) { b.Float32s("PointPosition", cache.TypeVector3, []float32{1, -2.5, 1e10}) }
	path, err := write(t, map[string]string{"up": "z", "fps": "25", "meters-per-unit": "0.1"}, frame(t, position), frame(t, func(b *cache.Builder) {
		position(b)
		b.Float32s("Size", cache.TypeFloat, []float32{0.25})
		b.Strings("Name", []string{"a \"b\"\n\x01\\ü"})
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(exporttest.Bytes(t, path)); got != clips {
		t.Errorf("%s", got)
	}
	layer := string(exporttest.Bytes(t, strings.TrimSuffix(path, "usda")+"2.5.usda"))
	for _, want := range []string{"2.5: [(1, -2.5, 1e+10)],", "2.5: [0.5],", `2.5: ["a \"b\"\n\x01\\ü"],`, "startTimeCode = 2.5\n"} {
		if !strings.Contains(layer, want) {
			t.Errorf("there is no %s in %s", want, layer)
		}
	}
}

func TestPointsWithoutAPlaceAreRefused(t *testing.T) {
	t.Parallel()
	path, err := write(t, nil, frame(t, func(b *cache.Builder) { b.Int32s("ID", []int32{1}) }))
	if err == nil || err.Error() != "cannot be written: there is no PointPosition, and points of a .usda must have one: "+path {
		t.Error(err)
	}
	f := usda.Format()
	for _, bad := range []map[string]string{{"fps": "0"}, {"meters-per-unit": "-1"}, {"meters-per-unit": "inf"}, {"up": "x"}} {
		if _, err := f.Parse(bad); err == nil {
			t.Errorf("%v is taken", bad)
		}
	}
}

func TestAStageOfANameInLatin1WasNotUTF8(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("others take names for text")
	}
	path, err := writeTo(t, "gr\xfcn.usda", nil, frame(t, func(b *cache.Builder) { b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3}) }))
	if err != nil {
		t.Fatal(err)
	}
	stage := string(exporttest.Bytes(t, path))
	if !utf8.ValidString(stage) || !strings.Contains(stage, "[@./grün.1.usda@]") || !strings.Contains(stage, "@./grün.manifest.usda@") {
		t.Errorf("%q", stage)
	}
	for _, name := range []string{"grün.1.usda", "grün.manifest.usda"} {
		exporttest.Bytes(t, filepath.Join(filepath.Dir(path), name))
	}
	f := usda.Format()
	v, err := f.Parse(nil)
	if err != nil || !f.There(path, []cache.Number{1}, v) {
		t.Errorf("it is not there: %v", err)
	}
}
