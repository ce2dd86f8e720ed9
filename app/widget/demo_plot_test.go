package widget

import (
	"fmt"
	"math"
	"testing"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/window"
)

// plotDemo is two plots: bars of ten bins from 0 to 10, and curves over 100,000 places.
type plotDemo struct {
	bars, curves Plot
	at           imgui.Vec2
	ground       ground
	drags        []Drag
}

func (p *plotDemo) build() {
	imgui.Begin("Pieces")
	p.at = imgui.CursorScreenPos()
	p.bars.Build()
	lo, hi := imgui.ItemRectMin(), imgui.ItemRectMax()
	p.ground, _, _ = p.bars.ground(box{lo, hi})
	p.curves.Build()
	(&Plot{ID: "nothing", Size: vec(0, 40), Empty: "100 % nothing"}).Build()
	(&Plot{ID: "one", Size: vec(0, 40), From: 3, To: 3}).Build()
	imgui.End()
}

func (d *demo) plotSteps() {
	const n = 100_000
	x, y, low := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], y[i], low[i] = float64(i), math.Sin(float64(i)/9000), -2
		if i%20_000 < 3000 {
			y[i] = math.NaN()
		}
	}
	y[1000] = 0.5 // alone
	p := &plotDemo{
		bars: Plot{
			ID: "bars", Size: vec(0, 120), From: 0, To: 10, Top: 5000, Counts: true, Log: true, Band: &[2]float64{2, 4},
			Bars: []Bars{{Lo: 0, Hi: 10, Counts: []uint64{0, 1, 10, 100, 1000, 5000, 7, 0, 0, 3}, Color: window.Colors().Busy}},
		},
		curves: Plot{
			ID: "curves", Size: vec(0, 120), From: 0, To: n, Low: -2, Top: 1, Gaps: [][2]float64{{0, 3000}},
			Curves: []Curve{{X: x, Y: y, Low: low, Color: window.Colors().Pressed}, {X: x, Y: y, Color: window.Colors().Text, Width: 1.5}},
			Marks:  []Mark{{At: 50_000, Label: "50,000", Color: window.Colors().Accent}},
		},
	}
	p.bars.Drag = func(drag Drag) { p.drags = append(p.drags, drag) }
	p.bars.Tooltip = func(v float64) string {
		d.seen["hovered"] = math.Round(v)
		return "100 % of it"
	}
	d.plot = p
	at := func(v float64) func() imgui.Vec2 {
		return func() imgui.Vec2 { return vec(p.ground.x(v), p.at.Y+60) }
	}
	d.do(func() { imgui.CurrentIO().AddFocusEvent(true) })
	d.shot("widgets-plot")
	d.move(at(3))
	d.press(0, true)
	d.move(at(5))
	d.move(at(7))
	d.press(0, false)
	d.see("dragged", func() any {
		first, last := p.drags[0], p.drags[len(p.drags)-1]
		return fmt.Sprintf("%v %.1f, %v %.1f to %.1f %v", first.Begin, first.From, last.End, last.From, last.To, last.Click)
	})
	d.do(func() { p.drags = nil })
	d.move(at(2))
	d.click(0)
	d.see("clicked", func() any {
		last := p.drags[len(p.drags)-1]
		return fmt.Sprintf("%v %.1f %v", last.End, last.To, last.Click)
	})
	d.move(at(9))
	d.press(0, true)
	d.move(at(14)) // beyond the edge
	d.press(0, false)
	d.see("beyond", func() any { return p.drags[len(p.drags)-1].To })
	d.close()
}

func TestPlotFollowsTheMouse(t *testing.T) {
	t.Parallel()
	seen := scenario(t, "plot")
	for name, want := range map[string]any{
		"hovered": 9.0, "dragged": "true 3.0, true 3.0 to 7.0 false", "clicked": "true 2.0 true", "beyond": 10.0, "panic": nil,
	} {
		if got := seen[name]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
