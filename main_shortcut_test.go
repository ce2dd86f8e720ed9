package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app"
)

// keptKeys waits until the preferences have lines.
func keptKeys(d *desktop, config string, lines ...string) {
	d.t.Helper()
	d.wait("kept "+strings.Join(lines, ", "), func() bool {
		text, _ := os.ReadFile(filepath.Join(config, "preferences.toml"))
		for _, l := range lines {
			if !strings.Contains(string(text), l) {
				return false
			}
		}
		return true
	})
}

func TestKeysThatAreChangedByPressingThemHoldAfterARestart(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	config := t.TempDir()
	d := opened(t, config, "--no-convert", dir)
	d.do("wait loaded", "change-shortcut select-all")
	d.sees("Keyboard shortcuts", "Press the keys for")
	d.keys("ctrl+F9")
	keptKeys(d, config, `select-all = ["Ctrl+F9"]`)
	if err := d.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	d.ends()

	d = opened(t, config, "--no-convert", dir)
	d.do("wait loaded", "panel-keyboard-shortcuts off")
	d.keys("ctrl+F9")
	d.until("what the new keys select", func(s *app.State) bool { return s.Selected > 0 })
}

// Keys that another action has are taken from it by a button.
func TestKeysAreTakenFromAnotherActionByTheMouse(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	config := t.TempDir()
	d := opened(t, config, "--no-convert", dir)
	d.do("wait loaded", "change-shortcut select-all")
	d.sees("Keyboard shortcuts", "Press the keys for")
	d.keys("g")
	d.click("Keyboard shortcuts", "Take it from Grid")
	keptKeys(d, config, `select-all = ["G"]`, "show-grid = []")
}
