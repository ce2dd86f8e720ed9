package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/app/sessionfile"
)

// A session of what project has.
func projectSession(t *testing.T) (file string) {
	t.Helper()
	dir := project(t)
	file = filepath.Join(dir, "shot.iceview")
	if _, err := play(t, "wait loaded\nwait idle\nsave-session '"+file+"'\nquit\n", "--no-convert", filepath.Join(dir, "caches", "fire")); err != nil {
		t.Fatal(err)
	}
	return file
}

func gridOf(t *testing.T, file string) bool {
	t.Helper()
	s, err := sessionfile.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	return s.Look.Grid
}

// The three answers to the question of a window that is closed with changes.
func TestTheQuestionAboutChangesIsAnsweredByTheMouse(t *testing.T) {
	needDisplay(t)
	file := projectSession(t)
	const question = "Unsaved changes"
	change := func(d *desktop) {
		t.Helper()
		d.titled("shot - ICE Explorer")
		d.do("wait idle") // what is in the file is known then
		d.keys("g")
		d.titled("shot* - ICE Explorer")
		d.keys("ctrl+q")
	}

	d := opened(t, t.TempDir(), "--no-convert", file)
	change(d)
	d.click(question, "Cancel")
	d.gone(question, "Cancel")
	if !gridOf(t, file) {
		t.Fatal("Cancel saves")
	}
	d.keys("ctrl+q")
	d.click(question, "Don't save")
	d.ends()
	if !gridOf(t, file) {
		t.Error("Don't save saves")
	}

	d = opened(t, t.TempDir(), "--no-convert", file)
	change(d)
	d.click(question, "Save")
	d.ends()
	if gridOf(t, file) {
		t.Error("Save does not save")
	}

	d = opened(t, t.TempDir(), "--no-convert", file)
	d.titled("shot - ICE Explorer")
	d.do("wait idle")
	d.keys("ctrl+q")
	d.ends() // unasked: there are no changes
}

// Restoring the session of a crash closed what was open, unasked.
func TestWhatIsOpenIsAskedAboutBeforeASessionIsRestored(t *testing.T) {
	needDisplay(t)
	dir, config := project(t), t.TempDir()
	d := opened(t, config, "--no-convert", filepath.Join(dir, "caches", "fire"))
	d.wait("what is kept for the case of a crash", func() bool {
		kept, _ := filepath.Glob(filepath.Join(config, "running-*.iceview"))
		return len(kept) > 0
	})
	if err := d.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	d.ends()

	d = opened(t, config, "--no-convert", filepath.Join(dir, "caches", "smoke"))
	running := filepath.Join(config, fmt.Sprintf("running-*-%d.iceview", d.cmd.Process.Pid))
	folder := func() string {
		found, _ := filepath.Glob(running)
		if len(found) != 1 {
			return ""
		}
		s, err := sessionfile.Open(found[0])
		if err != nil || len(s.Sequences) != 1 {
			return ""
		}
		return filepath.Base(string(s.Sequences[0].Was))
	}
	answer := func(by string) {
		t.Helper()
		d.keys("ctrl+shift+p")
		d.types("restore")
		d.sees("##Popup_", "Restore session")
		d.keys("Return")
		d.click("Unsaved changes", by)
		d.gone("Unsaved changes", by)
	}
	d.wait("smoke among what is kept", func() bool { return folder() == "smoke" })
	answer("Cancel")
	if got := layersOf(*d.state()); !strings.HasPrefix(got, "fountain;") || folder() != "smoke" {
		t.Fatalf("%s, from %s, is open after Cancel", got, folder())
	}
	answer("Don't save")
	d.wait("fire among what is kept", func() bool { return folder() == "fire" })
}
