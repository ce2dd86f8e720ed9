package main

import (
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// growing writes frames whose velocities rise with their number; those in heat have an
// attribute of that name.
func growing(t *testing.T, frames int, heat ...int) string {
	t.Helper()
	dir := t.TempDir()
	for n := 1; n <= frames; n++ {
		const points = 100_000
		pos, vel, hot := make([]float32, 3*points), make([]float32, 3*points), make([]float32, points)
		for i := range points {
			pos[3*i], pos[3*i+1] = float32(i%50), float32(i/50)
			vel[3*i], hot[i] = float32(i*n), float32(i)
		}
		b := cache.NewBuilder(cache.Header{Version: 103, Points: points})
		b.Float32s("PointPosition", cache.TypeVector3, pos)
		b.Float32s("PointVelocity", cache.TypeVector3, vel)
		for _, h := range heat {
			if h == n {
				b.Float32s("Heat", cache.TypeFloat, hot)
			}
		}
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("grow_%d.icecache", n)), f, icecache.EncodeOptions{Level: 1}); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The legend was that of the frames visited so far: it changed in the middle of a film.
func TestASavedFilmHasOneScale(t *testing.T) {
	needDisplay(t)
	dir, to, config := growing(t, 4), t.TempDir(), t.TempDir()
	// The fastest frame is the last one, after many that are as the first.
	const last = 200
	file := func(n int) string { return filepath.Join(dir, fmt.Sprintf("grow_%d.icecache", n)) }
	if err := os.Rename(file(4), file(last)); err != nil {
		t.Fatal(err)
	}
	for n := 4; n < last; n++ {
		if err := os.Link(file(1), file(n)); err != nil {
			t.Fatal(err)
		}
	}
	// There is room for one frame: the others are known by being measured only.
	if err := os.WriteFile(filepath.Join(config, "settings.json"), []byte(`{"preferences":{"scratchBytes":3000000}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(t.TempDir(), "script.txt")
	text := strings.Join([]string{
		"timeout 60s", "wait loaded", "color-by PointVelocity.mag", "color-range all", "goto 4", "set-out",
		"save-sequence " + filepath.Join(to, "%d.png") + " 480x300", "wait idle", "quit",
	}, "\n")
	if err := os.WriteFile(script, []byte(text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, "--run", script, "--no-convert", dir)
	cmd.Env = append(cmd.Env, "ICEEXPLORER_CONFIG_DIR="+config)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	first := legendOf(t, filepath.Join(to, "1.png"))
	for n := 2; n <= 4; n++ {
		if got := legendOf(t, filepath.Join(to, fmt.Sprintf("%d.png", n))); string(got.Pix) != string(first.Pix) {
			t.Errorf("the legend of picture %d is not that of picture 1", n)
		}
	}
}

// legendOf is the part of a picture where the numbers of the legend stand.
func legendOf(t *testing.T, path string) *image.RGBA {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatalf("%v: %s", err, path)
	}
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, 60, b.Dy()/2))
	draw.Draw(out, out.Bounds(), img, image.Pt(b.Max.X-75, b.Dy()/4), draw.Src)
	return out
}

func TestAnAttributeThatLaterFramesHaveCanBeChosenAtTheFirst(t *testing.T) {
	needDisplay(t)
	dir := growing(t, 4, 2, 4)
	states, err := play(t, "wait loaded\ncolor-by Heat\nprint state\ngoto 3\nprint state\nquit\n", dir)
	if err != nil || len(states) != 2 || states[0].ColorBy != "Heat" || states[1].ColorBy != "Heat" {
		t.Errorf("%v; %+v", err, states)
	}
	if _, err := play(t, "wait loaded\ncolor-by Humidity\n", dir); err == nil || !strings.Contains(err.Error(), `no "Humidity" to colour by, only PointPosition, PointVelocity, Heat`) {
		t.Errorf("%v", err)
	}
	for _, bad := range []string{"fixed", "fixed 1", "all 1 2", "frame 3", "sometimes"} {
		if _, err := play(t, "color-range "+bad+"\n"); err == nil {
			t.Errorf("color-range %s is accepted", bad)
		}
	}
	if _, err := play(t, "color-range fixed 2 1\ncolor-range fixed -1 3.5\ncolor-range all\ncolor-range frame\nquit\n"); err != nil {
		t.Error(err)
	}
}
