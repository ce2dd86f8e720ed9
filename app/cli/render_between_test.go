package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app/export"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// writeMoving writes frames of one point that moves by ten a frame, from zero at frame 1, with
// its velocity at 24 frames a second.
func writeMoving(t *testing.T, numbers ...cache.Number) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, n := range numbers {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
		x := float32(10 * (n - 1))
		b.Float32s("PointPosition", cache.TypeVector3, []float32{x, 0, 0, x, 1, 0})
		b.Float32s("PointVelocity", cache.TypeVector3, []float32{240, 0, 0, 240, 0, 0})
		b.Int32s("ID", []int32{1, 2})
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, "m_"+n.String()+".icecache"), f, icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFramesBetweenAreAskedForByAStepOrANumber(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ frames, want string }{
		{"1-2x0.25", "1 1.25 1.5 1.75 2"},
		{"1-3x0.5", "1 1.5 2 2.5 3"},
		{"1.5", "1.5"}, {"2,2.75", "2 2.75"},
		{"2-5x1.5", "2 3.5 5"}, // 3 and 4 are missing
		{"4-5x0.5", "4 4.5 5"},
		{"1-5", "1 2 5"}, {"1-5x2", "1 5"},
		{"0-2x0.5", "1 1.5 2"}, // not before the first
	} {
		spans, err := parseFrames(tc.frames)
		if err != nil {
			t.Fatal(err)
		}
		p := &picture{frames: spans, image: export.Picture()}
		if p.out, err = export.ParsePattern("p_%d.png", p.image); err != nil {
			t.Fatal(err)
		}
		shots, err := p.plan([]string{writeMoving(t, 1, 2, 5)}, new(strings.Builder))
		if err != nil {
			t.Errorf("%s: %v", tc.frames, err)
			continue
		}
		var got []string
		for _, s := range shots {
			got = append(got, s.number.String())
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s: frames %v, want %s", tc.frames, got, tc.want)
		}
	}
}

func TestPointsBetweenFramesLieOnTheirWay(t *testing.T) {
	t.Parallel()
	dir := writeMoving(t, 1, 2)
	open := func(n string) *cache.Frame {
		f, err := icecache.Decode(t.Context(), filepath.Join(dir, "m_"+n+".icecache"), icecache.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	p := part{own: 1, apart: 1, next: &input{}, frame: open("1"), nextFrame: open("2")}
	if err := p.mix(1.25, 24); err != nil {
		t.Fatal(err)
	}
	defer p.close()
	if x := p.frame.Attribute("PointPosition").Float32s()[0]; x < 2.4999 || x > 2.5001 {
		t.Errorf("the point is at %v, want 2.5", x)
	}
}

func TestRenderDrawsWhatLiesBetweenFrames(t *testing.T) {
	needEGL(t)
	dir, to := writeMoving(t, 1, 2, 3), t.TempDir()
	out := must(t, "render", "-o", filepath.Join(to, "p_%d.png"), "--frames", "1-3x0.5", "--size", "320x180", "--points", "6", "--plain", dir)
	if !strings.HasPrefix(out, "5 pictures of 320x180 in ") {
		t.Errorf("printed %q", out)
	}
	files := tree(t, to)
	if len(files) != 5 {
		t.Fatalf("wrote %v", files)
	}
	for i := 1; i < len(files); i++ {
		a, b := readPNG(t, filepath.Join(to, files[i-1])), readPNG(t, filepath.Join(to, files[i]))
		if differ(a, b) == 0 {
			t.Errorf("%s and %s are the same", files[i-1], files[i])
		}
	}
}

func TestAStepThatAsksForTooManyPicturesIsRefused(t *testing.T) {
	t.Parallel()
	r := do(t, "render", "-o", filepath.Join(t.TempDir(), "p_%d.png"), "--frames", "1-3x0.000001", writeMoving(t, 1, 3))
	if r.status != StatusUsage || !strings.Contains(r.errors, "take a larger step") {
		t.Errorf("status %d: %q", r.status, r.errors)
	}
}
