package usda_test

import (
	"path/filepath"
	"strings"
	"testing"

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
	f := usda.Format()
	v, err := f.Parse(chosen)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "a@b.usda")
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
