package widget

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
)

// gridDemo is a grid that fills the window, with what it cost.
type gridDemo struct {
	Grid
	d     *demo
	asked int // cells, in the last frame
	times []time.Duration
}

func newGridDemo(d *demo) *gridDemo {
	g := &gridDemo{d: d}
	g.Grid = Grid{
		ID: "g", Rows: 4_000_000_000, Frozen: 2, Cursor: -1,
		Cell: func(row int64, col int) GridCell {
			g.asked++
			return GridCell{Text: strconv.FormatInt(row+int64(col), 10)}
		},
		Marked:   func(row int64) bool { return row%7 == 0 },
		OnPick:   func(row int64, how Pick) { d.seen["picked"] = fmt.Sprint(row, how.Toggle, how.Extend, how.Anchor) },
		OnHeader: func(col int) { d.seen["header"] = col },
		OnResize: func(col int, width float32) {
			d.seen["resized"] = fmt.Sprint(col, width)
			g.Columns[col].Width = width
		},
		OnMove:  func(col, to int) { d.seen["moved"] = fmt.Sprint(col, to) },
		Head:    func(col int) { d.seen["headMenu"] = col },
		Context: func(row int64, col int) { d.seen["menu"] = fmt.Sprint(row, col) },
	}
	for i := range 1200 {
		g.Columns = append(g.Columns, GridColumn{Title: "Column." + strconv.Itoa(i), Width: 100, Right: i%2 == 0})
	}
	return g
}

func (g *gridDemo) build() {
	g.Font = g.d.w.Fonts().Mono
	view := imgui.MainViewport()
	imgui.SetNextWindowPos(view.WorkPos())
	imgui.SetNextWindowSize(view.WorkSize())
	imgui.BeginV("Grid", nil, imgui.WindowFlagsNoDocking|imgui.WindowFlagsNoDecoration|imgui.WindowFlagsNoSavedSettings)
	g.asked = 0
	begun := time.Now()
	g.Build()
	g.times = append(g.times, time.Since(begun))
	imgui.End()
}

// cellAt is the middle of a cell, by its place in the view; row -1 is the header.
func (g *gridDemo) cellAt(row, col int) func() imgui.Vec2 {
	return func() imgui.Vec2 {
		y := g.m.pos.Y + g.m.header/2
		if row >= 0 {
			y = g.rowY(g.top+int64(row)) + g.m.row/2
		}
		return vec((g.at(col)+g.end(col))/2, y)
	}
}

func (d *demo) gridSteps() {
	d.do(func() {
		imgui.CurrentIO().AddFocusEvent(true)
		d.grid = newGridDemo(d)
	})
	g := func() *gridDemo { return d.grid }
	at := func(row, col int) { d.move(func() imgui.Vec2 { return g().cellAt(row, col)() }) }
	d.rest(5)
	at(3, 4)
	d.click(0)
	d.see("clicked", func() any { return d.seen["picked"] })
	d.do(func() { g().top = 3_999_000_001 })
	d.rest(2)
	at(7, 1)
	d.do(func() { imgui.CurrentIO().AddKeyEvent(imgui.ModShift, true) })
	d.click(0)
	d.do(func() { imgui.CurrentIO().AddKeyEvent(imgui.ModShift, false) })
	d.see("exact", func() any { return d.seen["picked"] })
	d.tap(imgui.KeyEnd)
	d.see("end", func() any { return fmt.Sprint(g().Cursor, g().top+g().visible == g().Rows) })
	d.tap(imgui.KeyHome)
	at(-1, 3)
	d.click(0)
	d.see("sorted", func() any { return d.seen["header"] })
	d.click(1)
	d.rest(2)
	d.tap(imgui.KeyEscape)
	at(4, 3)
	d.click(1)
	d.rest(2)
	d.tap(imgui.KeyEscape)
	edge := func(by float32) {
		d.move(func() imgui.Vec2 { return vec(g().at(4)+by-1, g().m.pos.Y+5) })
	}
	edge(0)
	d.press(0, true)
	edge(50)
	d.press(0, false)
	at(-1, 2)
	d.press(0, true)
	at(-1, 5)
	d.move(func() imgui.Vec2 { return vec(g().at(6)-10, g().m.pos.Y+5) })
	d.press(0, false)
	d.do(func() { g().left = 1 << 40 })
	d.rest(2)
	d.see("lastColumn", func() any { return slices.Max(g().cols) })
	d.do(func() { g().ScrollToColumn(700) })
	d.rest(2)
	d.see("revealed", func() any {
		return []bool{slices.Contains(g().cols, 700), g().end(700) <= g().m.pos.X+g().m.body.X, g().at(700) >= g().m.pos.X+g().m.frozen}
	})
	d.do(func() { g().left = 1 << 40 })
	d.rest(2)
	d.see("frozen", func() any { // their last column was empty
		lo, hi := g().span(1)
		return hi-lo == g().m.x[2]-g().m.x[1]
	})
	d.do(func() { g().times = nil })
	for range 60 {
		d.do(func() { g().top += 12_345_678 })
	}
	d.see("asked", func() any { return g().asked })
	d.see("drawn", func() any { return len(g().cols) * int(g().visible+1) })
	d.see("micros", func() any {
		slices.Sort(g().times)
		return g().times[len(g().times)/2].Microseconds()
	})
	d.shot("grid")
	d.close()
}

func TestTheGridReachesEveryCellAndAsksForThoseInView(t *testing.T) {
	t.Parallel()
	seen := scenario(t, "grid")
	for name, want := range map[string]any{
		"clicked": "3 false false -1", "exact": "3999000008 false true 3", "end": "3999999999 true", "sorted": 3.0, "headMenu": 3.0, "menu": "4 3",
		"resized": "3 150", "moved": "2 6", "lastColumn": 1199.0, "frozen": true, "revealed": "[true true true]", "panic": nil,
	} {
		if got := seen[name]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if seen["asked"] != seen["drawn"] {
		t.Errorf("%v cells are asked for, and %v seen", seen["asked"], seen["drawn"])
	}
	t.Logf("%v cells of 4,000,000,000 rows and 1,200 columns are built in %v us", seen["drawn"], seen["micros"])
}
