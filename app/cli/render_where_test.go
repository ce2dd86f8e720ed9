package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

// A frame without the attribute of --where was a failure, and had no picture.
func TestRenderDrawsNoPointsOfFramesThatLackWhatWhereAsksFor(t *testing.T) {
	needEGL(t)
	dir := heatSequence(t, 4, 2, 4)
	to := t.TempDir()
	draw := func(where, frames, out string) result {
		return do(t, "render", "-o", filepath.Join(to, out), "--size", "160x90", "--where", where, "--frames", frames, "--measure", "all", dir)
	}
	for _, c := range []struct{ frames, want string }{
		{"1-4", "iceexplorer: warning: 2 of 4 frames drawn cannot be asked for --where and show no points (1, 3): " + dir + "\n"},
		{"2,4", ""},
		{"3", "iceexplorer: warning: 1 of 1 frames drawn cannot be asked for --where and show no points (3): " + dir + "\n"},
	} {
		if r := draw("Heat >= 0", c.frames, "%d.png"); r.status != StatusOK || r.errors != c.want {
			t.Errorf("frames %s: %+v, want %q", c.frames, r, c.want)
		}
	}
	if r := draw("$index < 0", "3", "none.png"); r.status != StatusOK {
		t.Fatalf("%+v", r)
	}
	if apart(readPNG(t, filepath.Join(to, "3.png")), readPNG(t, filepath.Join(to, "none.png"))) != 0 {
		t.Error("a frame that lacks Heat shows points")
	}
	for where, want := range map[string]string{"Fog > 1": "Fog: no such attribute", "Size": "this is a number, not yes or no"} {
		if r := draw(where, "3", "no.png"); r.status != StatusFailed || !strings.Contains(r.errors, want) {
			t.Errorf("%s: %+v, want %q", where, r, want)
		}
	}
}

// $time was infinite.
func TestRenderKnowsTheTime(t *testing.T) {
	needEGL(t)
	dir := heatSequence(t, 3, 1, 2, 3)
	to := t.TempDir()
	draw := func(name string, args ...string) string {
		path := filepath.Join(to, name+".png")
		must(t, append(append([]string{"render", "-o", path, "--size", "160x90", "--frames", "2"}, args...), dir)...)
		return path
	}
	all, none := draw("all"), draw("none", "--where", "false")
	for _, c := range []struct {
		name, where, fps, same string
	}{
		{"usual", "$time > 0.08 and $time < 0.09", "24", all}, {"slow", "$time == 1", "2", all}, {"late", "$time == 1", "24", none},
	} {
		if path := draw(c.name, "--where", c.where, "--fps", c.fps); apart(readPNG(t, path), readPNG(t, c.same)) != 0 {
			t.Errorf("%s at %s frames per second is not as it should be", c.where, c.fps)
		}
	}
	for _, fps := range []string{"0", "-1", "nan", "24x"} {
		if r := do(t, "render", "-o", filepath.Join(to, "no.png"), "--fps", fps, dir); r.status != StatusUsage || !strings.Contains(r.errors, "want a number of frames per second") {
			t.Errorf("--fps %s: %+v", fps, r)
		}
	}
}
