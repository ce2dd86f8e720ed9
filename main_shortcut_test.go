package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iceexplorer/app"
)

// windowWith is a window that keeps what it remembers in a folder, and what it prints.
func windowWith(t *testing.T, config, script string, args ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, append([]string{"--run", file}, args...)...)
	cmd.Env = append(cmd.Env, "ICEEXPLORER_CONFIG_DIR="+config)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	return cmd, lines
}

func TestKeysThatAreChangedByPressingThemHoldAfterARestart(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	input := func(words string) {
		t.Helper()
		if b, err := exec.Command("xdotool", strings.Fields(words)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, b)
		}
	}
	dir, _ := caches(t)
	config := t.TempDir()
	first, out := windowWith(t, config, "wait loaded\nchange-shortcut select-all\nwait 500ms\nprint state\nwait 60s\n", "--no-convert", dir)
	if !out.Scan() {
		t.Fatal("the window is gone")
	}
	input("mousemove 800 440 sleep 0.5 key ctrl+F9")
	preferences := filepath.Join(config, "preferences.toml")
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		text, _ := os.ReadFile(preferences)
		if strings.Contains(string(text), `select-all = ["Ctrl+F9"]`) {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the keys are not kept:\n%s", text)
		}
	}
	first.Process.Kill()
	first.Wait()

	_, out = windowWith(t, config, "wait loaded\n"+strings.Repeat("print state\nwait 200ms\n", 100), "--no-convert", dir)
	for i := 0; out.Scan(); i++ {
		var s app.State
		if err := json.Unmarshal(out.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		if i%10 == 1 { // the window may not have the keyboard yet
			input("mousemove 800 440 key ctrl+F9")
		}
		if s.Selected > 0 {
			return
		}
	}
	t.Error("the keys do nothing after a restart")
}

// Keys that another action has are taken from it by a button.
func TestKeysAreTakenFromAnotherActionByTheMouse(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	dir, _ := caches(t)
	config := t.TempDir()
	if err := os.WriteFile(filepath.Join(config, "settings.json"), []byte(`{"window": {"width": 1400, "height": 900}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	_, out := windowWith(t, config, "preference-ui-scale 1\nwait loaded\nchange-shortcut select-all\nwait 500ms\nprint state\nwait 60s\nquit\n", "--no-convert", dir)
	if !out.Scan() {
		t.Fatal("the window is gone")
	}
	preferences := filepath.Join(config, "preferences.toml")
	for try, end := 0, time.Now().Add(30*time.Second); ; try++ {
		input := "mousemove 800 440 sleep 0.5 key g sleep 1 mousemove 459 323 sleep 0.5 click 1 sleep 1"
		if try > 0 { // the keys have arrived by now
			input = "mousemove 459 323 sleep 0.5 click 1 sleep 1"
		}
		if b, err := exec.Command("xdotool", strings.Fields(input)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, b)
		}
		text, _ := os.ReadFile(preferences)
		if strings.Contains(string(text), `select-all = ["G"]`) && strings.Contains(string(text), "show-grid = []") {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the keys are not taken:\n%s", text)
		}
	}
}
