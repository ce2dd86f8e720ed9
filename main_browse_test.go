package main

import (
	"fmt"
	"os"
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
	d := opened(t, config, "--no-convert")
	shows := func(want string) {
		t.Helper()
		d.wait(want, func() bool { return browsed(*d.state()) == want })
	}
	goInto := func(label, want string) {
		t.Helper()
		// On a slow machine the clicks may be too far from each other for a double click: they then do no more than choose.
		at := d.on("###files", label)
		d.wait(want, func() bool {
			d.doubleClick(at)
			for range 100 {
				if browsed(*d.state()) == want {
					return true
				}
			}
			return false
		})
	}
	top, below := base+" [fire, 1 sequence; shots, 1 sequence below]", " [smoke, 1 sequence] "
	d.keys("ctrl+o")
	shows(top + " []")
	d.keys("s")
	shows(top + " [shots]")
	d.keys("Return")
	shows(filepath.Dir(smoke) + below + "[]")
	d.keys("BackSpace")
	shows(top + " [shots]")
	d.keys("ctrl+l")
	d.types("shots/smoke")
	d.keys("Return")
	shows(smoke + " [fountain, frames 1-3, 1 missing: 2] []")
	d.keys("ctrl+d", "alt+Up")
	shows(filepath.Dir(smoke) + below + "[smoke]")
	goInto("smoke", smoke+" [fountain, frames 1-3, 1 missing: 2] []")
	goInto("fountain", "open: fountain")
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
