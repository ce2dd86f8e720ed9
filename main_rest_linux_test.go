package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/app"
)

// rest is something a user does with the mouse over the scene, after which the window
// must come to rest. It waits until it is done.
type rest struct {
	name string
	do   func(d *desktop, over, away spot, before app.State)
}

// drawn waits until more pictures of the scene were drawn than before.
func drawn(d *desktop, before app.State, pictures uint64) {
	d.t.Helper()
	d.until("further pictures", func(s *app.State) bool { return s.Pictures >= before.Pictures+pictures })
}

// many waits until many points are selected, and few until at most one is.
func many(s *app.State) bool { return s.Selected > 100 }
func few(s *app.State) bool  { return s.Selected < 2 }

var rests = []rest{
	{"the mouse rests", func(d *desktop, over, away spot, before app.State) {
		d.moveTo(away)
		d.moveTo(over)
		drawn(d, before, 1)
	}},
	{"play, stop", func(d *desktop, _, _ spot, before app.State) {
		d.keys("space")
		drawn(d, before, 3)
		d.keys("k")
		d.until("a stop", func(s *app.State) bool { return !s.Playing })
	}},
	{"step", func(d *desktop, _, _ spot, _ app.State) {
		d.keys("Home")
		d.until("the first frame", func(s *app.State) bool { return s.Frame == 1 })
		d.keys("Right")
		d.until("the second frame", func(s *app.State) bool { return s.Frame == 2 })
	}},
	{"orbit by the mouse", func(d *desktop, over, away spot, before app.State) {
		d.drag(leftButton, over, away, over, away)
		drawn(d, before, 1)
	}},
	{"orbit by keys", func(d *desktop, over, _ spot, before app.State) {
		d.moveTo(over)
		d.keys("ctrl+Left", "ctrl+Up")
		drawn(d, before, 1)
	}},
	{"wheel", func(d *desktop, over, _ spot, before app.State) {
		d.wheel(over, up)
		drawn(d, before, 1)
	}},
	{"focus on a point", func(d *desktop, over, _ spot, before app.State) {
		d.doubleClick(over)
		drawn(d, before, 1)
	}},
	{"select in a rectangle", func(d *desktop, over, _ spot, _ app.State) {
		d.keys("a")
		d.do("wait idle")
		d.keys("s")
		d.drag(leftButton, d.within("Scene", 0.1, 0.1), over, d.within("Scene", 0.9, 0.9))
		d.until("a selection", many)
		d.moveTo(over)
	}},
	{"pick a point", func(d *desktop, over, _ spot, _ app.State) {
		d.keys("s")
		d.clickAt(over, leftButton)
		d.until("a point or none", few)
	}},
	{"menu of a point, closed", func(d *desktop, over, _ spot, _ app.State) {
		d.clickAt(over, rightButton)
		d.sees("##Popup_", "Select all")
		d.keys("Escape")
		d.gone("##Popup_", "Select all")
	}},
	// The mouse comes over the scene and presses in one frame of the window: the press was lost.
	{"select as the mouse comes", func(d *desktop, over, _ spot, _ app.State) {
		from, to := d.within("Scene", 0.1, 0.1), d.within("Scene", 0.9, 0.9)
		d.keys("s")
		d.moveTo(d.within("Browser", 0.2, 0.8))
		d.move(from.x, from.y)
		d.hold(leftButton)
		d.moveTo(to)
		d.release(leftButton)
		d.until("a selection", many)
		d.moveTo(over)
	}},
	{"measure two points", func(d *desktop, over, _ spot, before app.State) {
		d.keys("o", "a")
		d.do("wait idle")
		d.keys("m")
		for _, at := range []spot{over, {over.x + 20, over.y + 20}} {
			d.clickAt(at, leftButton)
			d.do("wait idle")
		}
		d.keys("shift+m", "o")
		drawn(d, before, 1)
	}},
	{"the scene alone and back", func(d *desktop, over, _ spot, _ app.State) {
		d.moveTo(over)
		d.keys("Tab")
		d.gone("DockSpace", "Browser")
		d.keys("Tab")
		d.sees("DockSpace", "Browser")
	}},
	{"turntable, stopped by the mouse", func(d *desktop, over, away spot, before app.State) {
		d.moveTo(over)
		d.keys("ctrl+shift+p")
		d.types("turntable")
		d.sees("##Popup_", "Turntable")
		d.keys("Return")
		d.until("a camera that turns", func(s *app.State) bool { return s.Turning > 0 })
		drawn(d, before, 3)
		d.drag(leftButton, over, away)
		d.until("a camera that stands", func(s *app.State) bool { return s.Turning == 0 })
	}},
	{"full screen and back", func(d *desktop, over, _ spot, before app.State) {
		d.moveTo(over)
		edge := d.within("Timeline", 1, 1)
		for _, full := range []bool{true, false} {
			d.keys("F11")
			d.wait("another size", func() bool { return (d.within("Timeline", 1, 1) == edge) != full })
		}
		drawn(d, before, 1)
	}},
	{"failed load", func(d *desktop, _, _ spot, _ app.State) {
		d.keys("End", "ctrl+r")
		d.until("a failure", func(s *app.State) bool {
			return s.Layers[0].States["failed"] == 1 && int(s.Frame) == s.Layers[0].Frames
		})
	}},
	{"dialog, closed", func(d *desktop, _, _ spot, _ app.State) {
		d.keys("Home", "ctrl+o")
		d.sees("###files", "Cancel")
		d.keys("Escape")
		d.gone("###files", "Cancel")
		d.until("the first frame", func(s *app.State) bool { return s.Frame == 1 })
	}},
	{"filter", func(d *desktop, over, _ spot, _ app.State) {
		d.moveTo(over)
		d.keys("ctrl+shift+p")
		d.types("filter")
		d.sees("##Popup_", "Filter")
		d.keys("Return")
		d.frames(3) // the field that asks for it has the keyboard
		d.types("Age>0")
		d.keys("Return")
		d.until("a filter", func(s *app.State) bool { return s.Sheet.Filter == "Age>0" })
	}},
	{"close all", func(d *desktop, _, _ spot, _ app.State) {
		d.keys("ctrl+w")
		d.until("an empty window", func(s *app.State) bool { return len(s.Layers) == 0 })
	}},
}

const (
	restSpan = 2 * time.Second
	// restTicks is how much of the processor's time, in 10 ms, may be used meanwhile.
	restTicks = 1
)

// A window that had played with the mouse over the scene drew for ever after: tests
// of resting windows ran scripts only, with no mouse there.
func TestWindowRestsAfterAnythingDoneWithTheMouseOverTheScene(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	damageLast(t, dir)
	d := opened(t, t.TempDir(), dir)
	d.do("wait converted", "fps 240") // a rate at which every frame is late, as those of large clouds are
	over, away := d.within("Scene", 0.5, 0.5), d.within("Scene", 0.55, 0.58)
	for _, r := range rests {
		r.do(d, over, away, *d.state())
		rested(d, r.name)
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

// rested waits until the window has come to rest: it draws nothing, and takes no time of the processor. Warnings
// are in view for some seconds, and a collection of garbage may come in between.
func rested(d *desktop, after string) {
	d.t.Helper()
	for begun := time.Now(); ; {
		from := *d.state()
		time.Sleep(time.Second) // for what the question itself has drawn
		start := ticks(d.t, d.cmd.Process.Pid)
		time.Sleep(restSpan)
		used := ticks(d.t, d.cmd.Process.Pid) - start
		to := d.state()
		if used <= restTicks && to.Pictures == from.Pictures {
			return
		}
		if time.Since(begun) > patience {
			d.t.Errorf("%s: %d ticks of 10 ms in %v of rest, %d pictures of the scene drawn, %d loops", after, used, restSpan, to.Pictures-from.Pictures, to.Loops-from.Loops)
			return
		}
	}
}
