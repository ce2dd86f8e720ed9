package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/cache/pathname"
)

// What the window saves of its display, the window and render read.
func TestDisplaySettingsAreKeptInFiles(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	to := t.TempDir()
	file := filepath.Join(to, "look.json")
	states, err := play(t, "wait loaded\ncolor-by PointVelocity.mag\ncolormap magma\nshow-grid off\nsave-display "+file+"\n"+
		"reset-display\nprint state\nopen-display "+file+"\nprint state\nundo\nprint state\nredo\nprint state\nquit\n", "--no-convert", dir)
	if err != nil || len(states) != 4 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	for i, want := range []string{"Color", "PointVelocity.mag", "Color", "PointVelocity.mag"} {
		if states[i].ColorBy != want {
			t.Errorf("state %d: coloured by %s, want %s", i, states[i].ColorBy, want)
		}
	}
	if _, err := play(t, "wait loaded\nopen-display "+filepath.Join(to, "none.json")+"\nquit\n", "--no-convert", dir); err == nil || !strings.Contains(err.Error(), "open display settings: "+pathname.Reason(&fs.PathError{Err: syscall.ENOENT}).Error()+": ") {
		t.Errorf("a file that there is not: %v", err)
	}
}

func TestRenderTakesDisplaySettings(t *testing.T) {
	t.Parallel()
	dir, _ := caches(t)
	to := t.TempDir()
	file := filepath.Join(to, "look.json")
	if err := os.WriteFile(file, []byte(`{"colorMode": "scalar", "scalar": "PointVelocity", "scalarTitle": "PointVelocity.mag", "colormap": "magma", "range": "all", "top": [0, 0, 0], "bottom": [0, 0, 0]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	picture := func(name string, args ...string) []byte {
		out := filepath.Join(to, name+".png")
		args = append([]string{"render", "--size", "200x120", "--frames", "3", "-o", out}, args...)
		if b, err := program(t, append(args, dir)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, b)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	byFile := picture("file", "--look", file)
	byFlags := picture("flags", "--color-by", "PointVelocity.mag", "--colormap", "magma", "--range", "all", "--background", "000000")
	if !bytes.Equal(byFile, byFlags) {
		t.Error("a file and flags that say the same draw different pictures")
	}
	if bytes.Equal(byFile, picture("both", "--look", file, "--colormap", "grey")) {
		t.Error("a flag does not go before the file")
	}
	if err := os.WriteFile(file, []byte(`{"gird": false}`), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := program(t, "render", "--look", file, "-o", filepath.Join(to, "x.png"), dir).CombinedOutput()
	if err == nil || !strings.Contains(string(b), `open display settings: there is no display setting "gird": `+file) {
		t.Errorf("%v: %s", err, b)
	}
}
