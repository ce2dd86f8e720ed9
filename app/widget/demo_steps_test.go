package widget

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
)

func (d *demo) do(fs ...func()) { d.steps = append(d.steps, fs...) }

// rest draws n frames without input.
func (d *demo) rest(n int) {
	for range n {
		d.do(func() {})
	}
}

// until waits for a condition, for a few seconds.
func (d *demo) until(f func() bool) {
	var wait func()
	limit := time.Time{}
	wait = func() {
		if limit.IsZero() {
			limit = time.Now().Add(5 * time.Second)
		}
		if !f() && time.Now().Before(limit) {
			d.steps = append([]func(){wait}, d.steps...)
		}
	}
	d.do(wait)
}

func (d *demo) shot(name string) {
	if d.shots == "" {
		return
	}
	taken := false
	d.do(func() {
		d.w.Screenshot(filepath.Join(d.shots, name+os.Getenv(envScale)+".png"), func(err error) {
			taken = true
			if err != nil {
				d.w.Fail(err)
			}
		})
	})
	d.until(func() bool { return taken })
}

func (d *demo) move(at func() imgui.Vec2) {
	d.do(func() { p := at(); imgui.CurrentIO().AddMousePosEvent(p.X, p.Y) })
	d.rest(1)
}

func (d *demo) press(button int32, down bool) {
	d.do(func() { imgui.CurrentIO().AddMouseButtonEvent(button, down) })
	d.rest(1)
}

func (d *demo) click(button int32) {
	d.press(button, true)
	d.press(button, false)
}

func (d *demo) tap(keys ...imgui.Key) {
	d.do(func() {
		for _, k := range keys {
			imgui.CurrentIO().AddKeyEvent(k, true)
		}
	})
	d.rest(1)
	d.do(func() {
		for _, k := range keys {
			imgui.CurrentIO().AddKeyEvent(k, false)
		}
	})
	d.rest(1)
}

func (d *demo) see(name string, f func() any) { d.do(func() { d.seen[name] = f() }) }

func (d *demo) close() { d.do(func() { d.w.Close() }); d.rest(1000) }

// rulerX returns the place of a frame on the ruler, which shows all.
func (d *demo) rulerX(frame int) float32 {
	a := axis{from: -20.5, to: 219.5, x: d.rulerAt.X, width: d.rulerWidth()}
	return a.at(float64(frame))
}

func (d *demo) rulerWidth() float32 { return float32(d.ruler.key.width) }

func (d *demo) lookSteps() {
	d.do(func() { imgui.CurrentIO().AddFocusEvent(true) })
	d.shot("widgets")
	d.move(func() imgui.Vec2 { return vec(d.rulerX(100), d.rulerAt.Y+50) })
	d.rest(3)
	d.shot("widgets-ruler-tooltip")
	d.close()
}

func (d *demo) driveSteps() {
	d.do(func() { imgui.CurrentIO().AddFocusEvent(true) })
	row := func(n float32) func() imgui.Vec2 {
		return func() imgui.Vec2 {
			h := imgui.FontSize() + scaled(6)
			return vec(d.tableAt.X+60, d.tableAt.Y+h*(n+1.5))
		}
	}
	d.move(row(5))
	d.click(0)
	d.see("clicked", func() any { return d.table.Cursor })
	d.tap(imgui.KeyEnd)
	d.see("last", func() any { return d.table.Cursor })
	d.see("endVisible", func() any { return d.table.Top()+d.table.Visible() == d.rows })
	d.tap(imgui.KeyUpArrow)
	d.tap(imgui.KeyPageUp)
	d.see("pageUp", func() any { return d.rows - 1 - d.table.Cursor - d.table.Visible() })
	d.tap(imgui.KeyEnter)
	d.tap(imgui.KeyHome)
	d.do(func() { imgui.CurrentIO().AddMouseWheelEvent(0, -2) })
	d.rest(2)
	d.see("wheel", func() any { return d.table.Top() })
	d.move(row(2))
	d.click(1)
	d.rest(2)
	d.tap(imgui.KeyEscape)
	var entered any
	d.do(func() { entered, d.slow = d.seen["openedRow"], 160*time.Millisecond })
	d.do(func() { d.table.SetTop(0) })
	d.move(row(1))
	for _, down := range []bool{true, false, true, false} { // frame by frame
		d.do(func() { imgui.CurrentIO().AddMouseButtonEvent(0, down) })
	}
	d.rest(1)
	d.see("openedSlowly", func() any { return d.seen["openedRow"] })
	d.do(func() { d.seen["openedRow"], d.slow = entered, 0 })
	d.tap(imgui.KeyEnd)
	d.do(func() { d.rows = 4 })
	d.rest(2)
	d.see("shrunk", func() any { return []int64{d.table.Top(), d.table.Cursor} })

	d.move(func() imgui.Vec2 { return vec(d.rulerX(100), d.rulerAt.Y+40) })
	d.press(0, true)
	d.move(func() imgui.Vec2 { return vec(d.rulerX(150), d.rulerAt.Y+40) })
	d.see("dragged", func() any { return d.in.Head })
	d.move(func() imgui.Vec2 { return vec(d.rulerX(900), d.rulerAt.Y+40) })
	d.press(0, false)
	d.move(func() imgui.Vec2 { return vec(d.rulerX(0)-4, d.rulerAt.Y+5) })
	d.press(0, true)
	d.move(func() imgui.Vec2 { return vec(d.rulerX(30), d.rulerAt.Y+5) })
	d.press(0, false)
	d.see("headAfterHandle", func() any { return d.in.Head })
	d.move(func() imgui.Vec2 { return vec(d.rulerX(150), d.rulerAt.Y+40) })
	d.press(0, true)
	d.do(func() { // in one frame, as where frames are slow: the head stayed where it was
		imgui.CurrentIO().AddMousePosEvent(d.rulerX(120), d.rulerAt.Y+40)
		imgui.CurrentIO().AddMouseButtonEvent(0, false)
	})
	d.rest(1)
	d.see("letGo", func() any { return d.in.Head })
	d.move(func() imgui.Vec2 { return vec(d.rulerX(100), d.rulerAt.Y-60) }) // a tooltip asks, too
	d.see("askedBefore", func() any { d.asked = 0; return d.asked })
	d.rest(5)
	d.move(func() imgui.Vec2 { return vec(d.rulerX(100), d.rulerAt.Y+40) })
	d.see("asked", func() any { return d.asked })
	d.do(func() { imgui.CurrentIO().AddMouseWheelEvent(0, 5) })
	d.rest(2)
	d.see("zoomed", func() any { return d.ruler.zoomed })
	d.close()
}

func (d *demo) millionSteps() {
	frames := make([]float64, 3_000_000)
	for i := range frames {
		frames[i] = float64(i - 1_500_000)
	}
	d.do(func() {
		d.in = RulerInput{Frames: frames, Head: 0, States: demoStates, Version: 7, State: func(i int) int {
			d.asked++
			if i == 2_000_000 {
				return 5
			}
			return 4
		}}
		d.asked = 0
	})
	d.rest(10)
	d.see("asked", func() any { return d.asked })
	d.see("failedShows", func() any { return slices.Contains(d.ruler.bins, 5) })
	d.see("vertices", func() any { return imgui.CurrentDrawData().TotalVtxCount() })
	d.shot("widgets-millions")
	d.close()
}
