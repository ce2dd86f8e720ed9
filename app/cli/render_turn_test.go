package cli

import (
	"fmt"
	"path/filepath"
	"testing"

	"iceexplorer/app/sample"
)

// The first picture of a turntable is that of a camera that stands, the third is seen from
// behind; without perspective all is drawn otherwise.
func TestRenderGoesRoundAndDrawsWithoutPerspective(t *testing.T) {
	needEGL(t)
	dir, to := t.TempDir(), t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 500, Frames: 4}); err != nil {
		t.Fatal(err)
	}
	draw := func(name string, flags ...string) func(frame int) string {
		must(t, append([]string{"render", "-o", filepath.Join(to, name+"_%d.png"), "--size", "160x120"}, append(flags, dir)...)...)
		return func(frame int) string { return filepath.Join(to, fmt.Sprintf("%s_%d.png", name, frame)) }
	}
	stands, turns, flat := draw("stands"), draw("turns", "--turntable"), draw("flat", "--ortho")
	if n := differ(readPNG(t, stands(1)), readPNG(t, turns(1))); n != 0 {
		t.Errorf("the turn begins elsewhere: %d pixels differ", n)
	}
	for what, pair := range map[string][2]string{"half a turn": {stands(3), turns(3)}, "no perspective": {stands(1), flat(1)}} {
		if n := differ(readPNG(t, pair[0]), readPNG(t, pair[1])); n < 100 {
			t.Errorf("%s: %d pixels differ", what, n)
		}
	}
}
