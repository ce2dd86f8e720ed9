package main

import (
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/app"
	"iceexplorer/app/sample"
	"iceexplorer/app/session"
)

// What failed is tried again by the mouse: by a message's button, by its menu, and by the
// toast. The frame is whole by then.
func TestAFrameThatCouldNotBeReadIsTriedAgainByTheMouse(t *testing.T) {
	needDisplay(t)
	for _, c := range []struct {
		name, folder string
		retry        func(d *desktop, path string)
	}{
		{"button", "", func(d *desktop, _ string) {
			d.do("messages")
			d.click("Messages", "Retry")
		}},
		{"menu", "", func(d *desktop, path string) {
			d.do("messages")
			d.choose(d.on("Messages", path), "Retry")
		}},
		{"toast", "a folder with quite a long name, so that the message fills its lines", func(d *desktop, _ string) {
			d.wait("a toast under the mouse", func() bool {
				button, ok := d.text("##toast", "Retry")
				if !ok { // it has gone before the machine came to look for it
					d.do("reload", "wait loaded")
					return false
				}
				d.moveTo(middle(button))
				still, ok := d.text("##toast", "Retry")
				return ok && still == button // and now stays
			})
			d.click("##toast", "Retry")
		}},
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
			d := opened(t, t.TempDir(), "--no-convert", dir)
			d.do("wait loaded")
			failed := func(s *app.State) int { return s.Layers[0].States[session.Failed.String()] }
			if n := failed(d.state()); n != 1 {
				t.Fatalf("%d frames failed", n)
			}
			if err := os.WriteFile(second, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			c.retry(d, second)
			d.until("the frame that is whole now", func(s *app.State) bool { return failed(s) == 0 })
		})
	}
}
