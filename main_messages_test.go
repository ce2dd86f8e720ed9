package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/app/sample"
	"iceexplorer/app/session"
)

// What failed is tried again by the mouse: by a message's button, by its menu, and by the
// toast. The frame is whole by then.
func TestAFrameThatCouldNotBeReadIsTriedAgainByTheMouse(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	for _, c := range []struct{ name, folder, script, input string }{
		{"button", "", "messages\nwait 500ms\n", "mousemove 340 310 sleep 0.3 click 1"},
		{"menu", "", "messages\nwait 500ms\n", "mousemove 500 287 sleep 0.3 click 3 sleep 0.5 mousemove 525 302 sleep 0.3 click 1"},
		{"toast", "a folder with quite a long name, so that the message fills its lines", "", "mousemove 938 837 sleep 0.5 click 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			short, err := os.MkdirTemp("", "m") // the message is one line of the dialog
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.RemoveAll(short) })
			dir := filepath.Join(short, c.folder)
			if err := sample.Write(t.Context(), dir, sample.Options{Points: 100, Frames: 2}); err != nil {
				t.Fatal(err)
			}
			second := filepath.Join(dir, sample.FileName(2))
			whole, err := os.ReadFile(second)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(second, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			config := t.TempDir()
			if err := os.WriteFile(filepath.Join(config, "settings.json"), []byte(`{"window": {"width": 1400, "height": 900}}`), 0o600); err != nil {
				t.Fatal(err)
			}
			_, out := windowWith(t, config, "preference-ui-scale 1\nwait loaded\n"+c.script+strings.Repeat("print state\nwait 200ms\n", 60)+"quit\n", "--no-convert", dir)
			for i := 0; out.Scan(); i++ {
				var s app.State
				if err := json.Unmarshal(out.Bytes(), &s); err != nil {
					t.Fatal(err)
				}
				failed := s.Layers[0].States[session.Failed.String()]
				switch {
				case i == 0 && failed != 1:
					t.Fatalf("%d frames failed", failed)
				case i > 0 && failed == 0:
					return
				case i == 0:
					if err := os.WriteFile(second, whole, 0o600); err != nil {
						t.Fatal(err)
					}
					if b, err := exec.Command("xdotool", strings.Fields(c.input)...).CombinedOutput(); err != nil {
						t.Fatalf("%v: %s", err, b)
					}
				}
			}
			t.Error("the frame is not read again")
		})
	}
}
