package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app/sample"
)

// Of frames 1 to 6 the files of 3 and 4 are gone.
func TestRenderDrawsNumbersWithoutAFileAsAskedFor(t *testing.T) {
	needEGL(t)
	dir, to := smallSequence(t, 6), t.TempDir()
	for _, n := range []int{3, 4} {
		if err := os.Remove(filepath.Join(dir, sample.FileName(n))); err != nil {
			t.Fatal(err)
		}
	}
	draw := func(name string, flags ...string) (files string, at func(string) string) {
		t.Helper()
		out := filepath.Join(to, name)
		must(t, append([]string{"render", "-o", filepath.Join(out, "%d.png"), "--size", "160x120", "--plain", "--measure", "all", dir}, flags...)...)
		return strings.Join(tree(t, out), " "), func(n string) string { return filepath.Join(out, n+".png") }
	}
	const all = "1.png 2.png 3.png 4.png 5.png 6.png"
	for name, c := range map[string]struct{ flags, want string }{
		"usual": {"", "1.png 2.png 5.png 6.png"}, "skip": {"--missing skip", "1.png 2.png 5.png 6.png"},
		"hold": {"--missing hold", all}, "empty": {"--missing empty", all},
		"some": {"--missing hold --frames 2-3,6", "2.png 3.png 6.png"}, "second": {"--missing empty --frames 1-5x2", "1.png 3.png 5.png"}, "alone": {"--missing hold --frames 4", "4.png"},
	} {
		if files, _ := draw(name, strings.Fields(c.flags)...); files != c.want {
			t.Errorf("%s: %s", name, files)
		}
	}
	_, hold := draw("hold", "--missing", "hold")
	_, empty := draw("empty", "--missing", "empty")
	_, none := draw("none", "--where", "false")
	for _, n := range []string{"3", "4"} {
		if d := differ(readPNG(t, hold("2")), readPNG(t, hold(n))); d != 0 {
			t.Errorf("frame %s is not that of before: %d pixels differ", n, d)
		}
		if d := differ(readPNG(t, none("2")), readPNG(t, empty(n))); d != 0 {
			t.Errorf("frame %s is not empty: %d pixels", n, d)
		}
	}
	if differ(readPNG(t, hold("5")), readPNG(t, hold("4"))) == 0 {
		t.Error("the frame behind the gap is held, too")
	}
	if r := do(t, "render", "-o", filepath.Join(to, "p.png"), "--missing", "loop", dir); r.status != StatusUsage || !strings.Contains(r.errors, `--missing "loop": want skip, hold, empty`) {
		t.Errorf("%+v", r)
	}
}

// At a number that one sequence has the other holds its last one, and the picture says so.
func TestRenderHoldsWhatOneOfTwoSequencesLacks(t *testing.T) {
	needEGL(t)
	dir, to := t.TempDir(), t.TempDir()
	for _, n := range []string{"a", "b"} {
		if err := sample.Write(t.Context(), filepath.Join(dir, n), sample.Options{Points: 100, Frames: 3}); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "b", sample.FileName(2))); err != nil {
		t.Fatal(err)
	}
	draw := func(name string, flags ...string) string {
		path := filepath.Join(to, name+".png")
		must(t, append([]string{"render", "-o", path, "--size", "320x240", "--frames", "2", "--measure", "all", filepath.Join(dir, "a"), filepath.Join(dir, "b")}, flags...)...)
		return path
	}
	if differ(readPNG(t, draw("skip")), readPNG(t, draw("hold", "--missing", "hold"))) < 20 {
		t.Error("nothing is held, or nothing tells of it")
	}
	if differ(readPNG(t, draw("skip")), readPNG(t, draw("empty", "--missing", "empty"))) != 0 {
		t.Error("what one sequence has is drawn otherwise")
	}
}
