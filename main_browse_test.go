package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iceexplorer/app"
	"iceexplorer/app/sample"
	"iceexplorer/app/settings"
)

// Keys and clicks lead through folders to a sequence, which opens; the folder and a bookmark
// are there after a restart.
func TestASequenceIsOpenedByKeysAndClicks(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	base, config := t.TempDir(), t.TempDir()
	smoke := filepath.Join(base, "shots", "smoke")
	for _, dir := range []string{filepath.Join(base, "fire"), smoke} {
		if err := sample.Write(t.Context(), dir, sample.Options{Points: 100, Frames: 3}); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(smoke, "fountain_2.icecache")); err != nil {
		t.Fatal(err)
	}
	kept := settings.Default(config)
	kept.Window = settings.Window{Width: 1000, Height: 700}
	kept.Folder = base
	keep(t, kept)
	steps := []struct{ input, want string }{
		{"mousemove 500 500 key ctrl+o", base + " [fire, 1 sequence; shots, 1 sequence below] []"},
		{"key s", base + " [fire, 1 sequence; shots, 1 sequence below] [shots]"},
		{"key Return", filepath.Dir(smoke) + " [smoke, 1 sequence] []"},
		{"key BackSpace", base + " [fire, 1 sequence; shots, 1 sequence below] [shots]"},
		{"key ctrl+l|type --delay 30 shots/smoke|key Return", smoke + " [fountain, frames 1-3, 1 missing: 2] []"},
		{"key ctrl+d key alt+Up", filepath.Dir(smoke) + " [smoke, 1 sequence] [smoke]"},
		{"mousemove 480 DOUBLE", smoke + " [fountain, frames 1-3, 1 missing: 2] []"},
		{"mousemove 480 DOUBLE", "open: fountain"},
	}
	script := ""
	for range steps {
		script += "wait 3s\nprint state\n"
	}
	file := filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(file, []byte("wait 2s\nprint state\n"+script+"quit\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, "--no-convert", "--run", file)
	cmd.Env = append(cmd.Env, "ICEEXPLORER_CONFIG_DIR="+config)
	out := begin(t, cmd)
	next := func() (s app.State) {
		if !out.Scan() {
			t.Fatal("the window is gone")
		}
		if err := json.Unmarshal(out.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	next()
	for _, step := range steps {
		for input := range strings.SplitSeq(strings.ReplaceAll(step.input, "DOUBLE", firstLine+" sleep 0.3 click --repeat 2 --delay 120 1"), "|") {
			if b, err := exec.Command("xdotool", strings.Fields(input)...).CombinedOutput(); err != nil {
				t.Fatalf("%s: %v: %s", step.input, err, b)
			}
			time.Sleep(200 * time.Millisecond) // a slow machine loses keys that come with others
		}
		if got := browsed(next()); got != step.want {
			t.Errorf("%s: %s, want %s", step.input, got, step.want)
		}
	}
	var s *settings.Settings
	until(t, "the folder is remembered", func() bool {
		s, _ = settings.Load(config)
		return s.Folder == smoke && len(s.Recent) > 0
	})
	if len(s.Bookmarks) != 1 || s.Bookmarks[0] != smoke {
		t.Errorf("bookmarks %q", s.Bookmarks)
	}
	if s.Recent[0] != filepath.Join(smoke, "fountain_#.icecache") {
		t.Errorf("opened lately %q", s.Recent)
	}
}

// firstLine is where the first line of the list is in a window of 1000 by 700.
const firstLine = "159"

// browsed is what the dialog shows, or what is open.
func browsed(s app.State) string {
	if s.Browse == nil {
		return "open: " + s.Active
	}
	return fmt.Sprintf("%s [%s] %v", s.Browse.Folder, strings.Join(s.Browse.Lines, "; "), s.Browse.Selected)
}

// keep writes settings as the program does.
func keep(t *testing.T, s *settings.Settings) {
	t.Helper()
	k := settings.NewKeeper()
	if err := s.Save(k); err != nil {
		t.Fatal(err)
	}
	if err := k.Flush(10 * time.Second); err != nil {
		t.Fatal(err)
	}
}
