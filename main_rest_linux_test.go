package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iceexplorer/app"
)

// rest is something a user does with the mouse over the scene, after which the window
// must come to rest.
type rest struct {
	name  string
	input string // of xdotool
	done  func(before, after app.State) bool
}

var rests = []rest{
	{"the mouse rests", over + "sleep 0.5", func(b, a app.State) bool { return a.Pictures > b.Pictures }},
	{"play, stop", "sleep 0.4 key space sleep 1.5 key k", func(b, a app.State) bool { return a.Pictures > b.Pictures+2 && !a.Playing }},
	{"step", "key Home sleep 0.3 key Right", func(_, a app.State) bool { return a.Frame == 2 }},
	{"orbit by the mouse", "mousedown 1 " + away + over + away + "mouseup 1", func(b, a app.State) bool { return a.Pictures > b.Pictures }},
	{"orbit by keys", over + "key ctrl+Left key ctrl+Up", func(b, a app.State) bool { return a.Pictures > b.Pictures }},
	{"wheel", "click 4 click 4 click 5", func(b, a app.State) bool { return a.Pictures > b.Pictures }},
	{"focus on a point", "click --repeat 2 --delay 60 1", func(b, a app.State) bool { return a.Pictures > b.Pictures }},
	{"select in a rectangle", "key a sleep 0.5 key s mousemove 500 250 sleep 0.1 mousedown 1 mousemove 700 500 sleep 0.1 mousemove 1150 700 sleep 0.1 mouseup 1 " + over,
		func(_, a app.State) bool { return a.Selected > 100 }},
	{"pick a point", "key s " + over + "click 1", func(b, a app.State) bool { return a.Selected < 2 && a.Loops > b.Loops }},
	{"menu of a point, closed", over + "click 3 sleep 0.8 key Escape", func(b, a app.State) bool { return a.Loops > b.Loops+2 }},
	// The mouse comes over the scene and presses in one frame of the window: the press was lost.
	{"select as the mouse comes", "key s mousemove 60 500 sleep 0.5 mousemove 500 250 mousedown 1 sleep 0.1 mousemove 1150 700 sleep 0.1 mouseup 1 " + over,
		func(_, a app.State) bool { return a.Selected > 100 }},
	{"measure two points", "key o key a sleep 0.5 key m " + over + "click 1 sleep 0.3 mousemove 820 460 sleep 0.1 click 1 sleep 0.5 key shift+m key o", func(b, a app.State) bool { return a.Pictures > b.Pictures }},
	{"the scene alone and back", over + "key Tab sleep 0.8 key Tab", func(b, a app.State) bool { return a.Pictures > b.Pictures+1 }},
	{"turntable, stopped by the mouse", over + "key ctrl+shift+p sleep 0.4 type --args 1 turntable key Return sleep 0.4 key Return sleep 0.8 mousedown 1 " + away + "mouseup 1",
		func(b, a app.State) bool { return a.Pictures > b.Pictures+2 && a.Turning == 0 }},
	{"full screen and back", over + "key F11 sleep 1 key F11", func(b, a app.State) bool { return a.Pictures > b.Pictures }},
	{"failed load", "key End sleep 0.2 key ctrl+r", func(_, a app.State) bool {
		return a.Layers[0].States["failed"] == 1 && int(a.Frame) == a.Layers[0].Frames
	}},
	{"dialog, closed", "key Home key ctrl+o sleep 0.7 key Escape", func(b, a app.State) bool { return a.Loops > b.Loops && a.Frame == 1 }},
	{"filter", over + "key ctrl+shift+p sleep 0.4 type --args 1 filter key Return sleep 0.6 type --args 1 Age>0 key Return", func(_, a app.State) bool { return a.Sheet.Filter == "Age>0" }},
	{"close all", "key ctrl+w", func(_, a app.State) bool { return len(a.Layers) == 0 }},
}

const (
	restInput = 3500 * time.Millisecond // for the input, and what it starts
	restToast = 7 * time.Second         // longer than a warning is in view
	restSpan  = 5 * time.Second
	// restTicks is how much of the processor's time, in 10 ms, may be used meanwhile.
	restTicks = 1
)

// A window that had played with the mouse over the scene drew for ever after: tests
// of resting windows ran scripts only, with no mouse there.
func TestWindowRestsAfterAnythingDoneWithTheMouseOverTheScene(t *testing.T) {
	needDisplay(t)
	if _, err := exec.LookPath("xdotool"); err != nil {
		t.Skip("no xdotool: make deps installs it")
	}
	dir, _ := caches(t)
	damageLast(t, dir)
	left := rests
	// Something else may take the processor meanwhile: what was not at rest is tried again.
	for try := 0; len(left) > 0; try++ {
		failed := tryRests(t, dir, left, try == 2)
		if try == 2 || t.Failed() {
			return
		}
		left = failed
	}
}

// damageLast makes the last frame one that cannot be read.
func damageLast(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.icecache"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	if err := os.WriteFile(files[len(files)-1], []byte("this is no cache"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// tryRests does things in one window after the other, and returns those after which
// it was not at rest.
func tryRests(t *testing.T, dir string, todo []rest, last bool) (failed []rest) {
	t.Helper()
	var script strings.Builder
	// A rate at which every frame is late, as those of large clouds are.
	script.WriteString("wait converted\nfps 240\nwait " + restToast.String() + "\n")
	settle := func(r rest) time.Duration {
		if r.name == "failed load" {
			return restInput + restToast
		}
		return restInput
	}
	for _, r := range todo {
		script.WriteString("print state\nwait " + settle(r).String() + "\nprint state\nwait " + (restSpan + 3*time.Second/2).String() + "\nprint state\n")
	}
	cmd, out := startWindow(t, script.String(), dir)
	next := func() (s app.State) {
		if !out.Scan() {
			t.Fatal("the window is gone")
		}
		if err := json.Unmarshal(out.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, r := range todo {
		before := next()
		if b, err := exec.Command("xdotool", strings.Fields(r.input)...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", r.name, err, b)
		}
		from := next()
		time.Sleep(time.Second) // the script's own frames are drawn
		start := ticks(t, cmd.Process.Pid)
		time.Sleep(restSpan)
		used := ticks(t, cmd.Process.Pid) - start
		to := next()
		switch {
		case !r.done(before, from):
			if last {
				t.Errorf("%s: was not done: %+v, then %+v", r.name, before, from)
			}
			failed = append(failed, r)
		case used > restTicks || to.Pictures != from.Pictures:
			if last {
				t.Errorf("%s: %d ticks of 10 ms in %v of rest, %d pictures of the scene drawn, %d loops", r.name, used, restSpan, to.Pictures-from.Pictures, to.Loops-from.Loops)
			}
			failed = append(failed, r)
		}
		t.Logf("%s: %d ticks, %d pictures, %d loops", r.name, used, to.Pictures-from.Pictures, to.Loops-from.Loops)
	}
	cmd.Process.Kill()
	cmd.Wait()
	return failed
}
