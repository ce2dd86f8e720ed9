package main

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"iceexplorer/app"
	"iceexplorer/app/sample"
)

// touch is something that the mouse opens in a window of 800x600 at twice the scale.
type touch struct {
	name, begin string
	input       string // of xdotool
	above       string // what it is called
}

func touches() []touch {
	menu := func(name string, x int) touch {
		return touch{name, "", fmt.Sprintf("mousemove %d 23 sleep 0.1 click 1", x), "##Menu_"}
	}
	return []touch{
		menu("File", 47), menu("Edit", 126), menu("View", 214), menu("Playback", 335), menu("Help", 453),
		{"point", "", "mousemove 400 440 sleep 0.1 click 3", "##Popup_"},
		{"tool", "", "mousemove 40 85 sleep 0.2 mousemove 42 86", "##Tooltip_"},
		{"last tool", "", "mousemove 438 143 sleep 0.2 mousemove 440 144", "##Tooltip_"},
		{"sequence", "panel-browser off\npanel-browser on", "mousemove 300 262 sleep 0.1 click 3", "##Popup_"},
		{"line of a sequence", "panel-browser off\npanel-browser on", "mousemove 300 262 sleep 0.2 mousemove 302 263", "##Tooltip_"},
		{"ruler", "panel-timeline off\npanel-timeline on", "mousemove 400 480 sleep 0.1 click 3", "##Popup_"},
		{"frame", "panel-timeline off\npanel-timeline on", "mousemove 400 480 sleep 0.2 mousemove 402 481", "##Tooltip_"},
		{"title of a column", "panel-spreadsheet on", "mousemove 400 445 sleep 0.1 click 3", "##Popup_"},
	}
}

// Menus are as long as their words, and tooltips were one line however long.
func TestMenusAndTooltipsAreWholeInASmallWindow(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 5000, Frames: 12}); err != nil {
		t.Fatal(err)
	}
	left := touches()
	// Something else may take the processor meanwhile: what came too late is tried again.
	for _, span := range []time.Duration{time.Second, 3 * time.Second, 6 * time.Second} {
		var late []touch
		for i, seen := range touchAll(t, dir, left, span) {
			if !strings.Contains(strings.Join(seen.Above, " "), left[i].above) {
				t.Logf("within %v: %s opens nothing: %v", span, left[i].name, seen.Above)
				late = append(late, left[i])
			}
			for _, f := range seen.Faults {
				if !scrolls(f) {
					t.Errorf("%s: %s in %s: %q at %v", left[i].name, f.Kind, f.Window, f.Text, f.At)
				}
			}
		}
		if left = late; len(left) == 0 {
			return
		}
	}
	t.Errorf("%d menus and tooltips do not open", len(left))
}

// touchAll does each thing in one window, and returns what is seen then.
func touchAll(t *testing.T, dir string, all []touch, span time.Duration) (seen []app.Legibility) {
	t.Helper()
	script := "wait loaded\nwait idle\nwindow-size 800 600\npreference-ui-scale 2\n" + settled
	for _, c := range all {
		script += c.begin + "\n" + settled + "print state\nwait " + span.String() + "\nprint faults\n"
	}
	cmd, out := startWindow(t, script+"quit\n", "--no-convert", dir)
	for _, c := range all {
		if !out.Scan() {
			t.Fatal("the window is gone")
		}
		if b, err := exec.Command("xdotool", strings.Fields("key Escape mousemove 790 590 sleep 0.1 "+c.input)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, b)
		}
		var l app.Legibility
		if !out.Scan() {
			t.Fatal("the window is gone")
		}
		if err := json.Unmarshal(out.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		seen = append(seen, l)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	return seen
}
