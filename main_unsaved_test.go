package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"iceexplorer/app/sessionfile"
)

// desktop is a window that people use: no script, the mouse and keys alone.
type desktop struct {
	t     *testing.T
	cmd   *exec.Cmd
	ended chan error
}

// opened opens a window of 1400 by 900 that keeps what it remembers in a folder.
func opened(t *testing.T, config string, args ...string) *desktop {
	t.Helper()
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	settings := filepath.Join(config, "settings.json")
	if _, err := os.Stat(settings); err != nil {
		if err := os.WriteFile(settings, []byte(`{"window": {"width": 1400, "height": 900}}`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := &desktop{t: t, cmd: program(t, append([]string{"--no-convert"}, args...)...), ended: make(chan error, 1)}
	d.cmd.Env = append(d.cmd.Env, "ICEEXPLORER_CONFIG_DIR="+config)
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { d.ended <- d.cmd.Wait() }()
	t.Cleanup(func() { _ = d.cmd.Process.Kill() })
	return d
}

// input does something with mouse and keys.
func (d *desktop) input(words string) {
	d.t.Helper()
	if b, err := exec.Command("xdotool", strings.Fields(words)...).CombinedOutput(); err != nil {
		d.t.Fatalf("%v: %s", err, b)
	}
}

// titled waits until the window has a title, doing something now and then: it may not have
// the keyboard yet.
func (d *desktop) titled(title, words string) {
	d.t.Helper()
	for end := time.Now().Add(40 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		out, _ := exec.Command("xdotool", "search", "--name", "ICE Explorer", "getwindowname").Output()
		if strings.TrimSpace(string(out)) == title {
			return
		}
		if words != "" {
			d.input(words)
			time.Sleep(1500 * time.Millisecond)
		}
	}
	d.t.Fatalf("the title is never %q", title)
}

// open reports that the window still is, some time after.
func (d *desktop) open(after time.Duration) bool {
	select {
	case err := <-d.ended:
		d.ended <- err
		return false
	case <-time.After(after):
		return true
	}
}

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
	const ask, cancel, discard, save = "key ctrl+q sleep 1", "mousemove 805 472 sleep 0.3 click 1 sleep 0.5", "mousemove 698 472 sleep 0.3 click 1", "mousemove 593 472 sleep 0.3 click 1"
	change := "mousemove 700 350 sleep 0.3 key g"

	d := opened(t, t.TempDir(), file)
	d.titled("shot - ICE Explorer", "")
	d.titled("shot* - ICE Explorer", change)
	d.input(ask)
	d.input(cancel)
	if !d.open(time.Second) || !gridOf(t, file) {
		t.Fatal("Cancel closes the window, or saves")
	}
	d.input("mousemove 700 350 sleep 0.3 " + ask)
	d.input(discard)
	if d.open(10*time.Second) || !gridOf(t, file) {
		t.Error("Don't save does not close the window, or saves")
	}

	d = opened(t, t.TempDir(), file)
	d.titled("shot - ICE Explorer", "")
	d.titled("shot* - ICE Explorer", change)
	d.input(ask)
	d.input(save)
	if d.open(10*time.Second) || gridOf(t, file) {
		t.Error("Save does not close the window, or does not save")
	}

	d = opened(t, t.TempDir(), file)
	d.titled("shot - ICE Explorer", "")
	d.input("mousemove 700 350 sleep 0.3 " + ask)
	if d.open(10 * time.Second) {
		t.Error("a window without changes asks")
	}
}

// Restoring the session of a crash closed what was open, unasked.
func TestWhatIsOpenIsAskedAboutBeforeASessionIsRestored(t *testing.T) {
	needDisplay(t)
	dir, config := project(t), t.TempDir()
	d := opened(t, config, filepath.Join(dir, "caches", "fire"))
	for end := time.Now().Add(40 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		if kept, _ := filepath.Glob(filepath.Join(config, "running-*.iceview")); len(kept) > 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatal("nothing is kept for the case of a crash")
		}
	}
	if err := d.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	d.open(10 * time.Second)

	d = opened(t, config, filepath.Join(dir, "caches", "smoke"))
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
	becomes := func(want string) {
		t.Helper()
		for end := time.Now().Add(30 * time.Second); folder() != want; time.Sleep(100 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%q is open, want %q", folder(), want)
			}
		}
	}
	becomes("smoke")
	restore := "mousemove 700 350 sleep 0.5 key ctrl+shift+p sleep 1 type --delay 40 restore"
	d.input(restore)
	d.input("sleep 0.7 key Return sleep 1.5")
	d.input("mousemove 805 472 sleep 0.3 click 1 sleep 3") // Cancel
	if got := folder(); got != "smoke" {
		t.Fatalf("%q is open after Cancel", got)
	}
	d.input(restore)
	d.input("sleep 0.7 key Return sleep 1.5")
	d.input("mousemove 698 472 sleep 0.3 click 1") // Don't save
	becomes("fire")
}
