package profile

import (
	"fmt"
	"math"
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/charts"
	curves "iceexplorer/app/inspect/profile"
	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
	"iceexplorer/cache/value"
)

// Plot draws the curve with the play head in it, which follows the mouse.
type Plot struct {
	host    *panel.Host
	profile *charts.Profile
	plot    widget.Plot
	resume  bool // playback goes on when the play head is let go

	of     *curves.Curve // that the numbers are of
	frames []float64
	gaps   [][2]float64
}

// NewPlot makes one.
func NewPlot(h *panel.Host, p *charts.Profile) *Plot {
	return &Plot{host: h, profile: p, plot: widget.Plot{ID: "profile", Frames: true}}
}

// At is the plot in a size, from the first to the last frame.
func (p *Plot) At(size imgui.Vec2) giu.Widget {
	c := p.take()
	p.plot.Size, p.plot.Bare = size, false
	if c == nil {
		return &p.plot
	}
	first, last := p.frames[0], p.frames[len(p.frames)-1]
	p.plot.From, p.plot.To = first, last
	if first == last {
		p.plot.From, p.plot.To = first-0.5, last+0.5
	}
	return &p.plot
}

// Strip is the plot without axes, from a number to another.
func (p *Plot) Strip(size imgui.Vec2, from, to float64) giu.Widget {
	p.take()
	p.plot.Size, p.plot.Bare, p.plot.From, p.plot.To = size, true, from, to
	return &p.plot
}

// take fills the plot with the curve, and returns it; nil if there is nothing to draw.
func (p *Plot) take() *curves.Curve {
	c, err := p.profile.Curve()
	p.plot.Empty = ""
	if err != nil {
		p.plot.Empty = err.Error()
		return nil
	}
	if c == nil || len(c.Frames) == 0 {
		p.plot.Empty = "No frames"
		return nil
	}
	if c != p.of {
		p.fill(c)
	}
	p.plot.Marks = append(p.plot.Marks[:0], widget.Mark{At: float64(p.host.ActiveNumber()), Color: window.Colors().Accent})
	if values, _, unmeasured := c.Counts(); values == 0 && unmeasured == 0 {
		p.plot.Empty = "No frame has finite values of " + c.Title
	} else if values == 0 {
		p.plot.Empty = "Not measured yet"
	}
	p.plot.Drag = p.drag
	p.plot.Tooltip = func(x float64) string {
		i := p.nearest(x)
		return fmt.Sprintf("Frame %v\n%s: %s", c.Frames[i], c.Title, At(c, i))
	}
	return c
}

func (p *Plot) fill(c *curves.Curve) {
	p.of, p.frames, p.gaps = c, make([]float64, len(c.Frames)), nil
	for i, n := range c.Frames {
		p.frames[i] = float64(n)
	}
	for i := 0; i < len(c.Known); i++ {
		if c.Known[i] != inspect.Unmeasured {
			continue
		}
		from := i
		for i+1 < len(c.Known) && c.Known[i+1] == inspect.Unmeasured {
			i++
		}
		p.gaps = append(p.gaps, [2]float64{p.frames[from] - 0.5, p.frames[i] + 0.5})
	}
	p.plot.Gaps = p.gaps
	p.plot.Counts = c.Attribute == ""
	span := c.Span()
	p.plot.Low, p.plot.Top = span.Lo, span.Hi
	if p.plot.Counts {
		p.plot.Low, p.plot.Top = 0, max(span.Hi, 1)
		p.plot.Curves = []widget.Curve{{X: p.frames, Y: c.Max, Color: window.Colors().Busy, Width: 1.5}}
		return
	}
	area := window.Colors().Busy
	area.W = 0.3
	p.plot.Curves = []widget.Curve{
		{X: p.frames, Y: c.Max, Low: c.Min, Color: area, Width: 1}, {X: p.frames, Y: c.Max, Color: window.Colors().Busy, Width: 1},
		{X: p.frames, Y: c.Min, Color: window.Colors().Busy, Width: 1}, {X: p.frames, Y: c.Mean, Color: window.Colors().Text, Width: 1.5},
	}
}

// nearest is the frame next to a number.
func (p *Plot) nearest(x float64) int {
	i, _ := slices.BinarySearch(p.frames, x)
	if i == len(p.frames) || i > 0 && x-p.frames[i-1] <= p.frames[i]-x {
		i--
	}
	return i
}

// drag moves the play head.
func (p *Plot) drag(d widget.Drag) {
	s := p.host.Session
	if d.Begin {
		p.resume = s.Playing()
		s.Stop()
	}
	p.host.SeekActive(cache.Number(p.frames[p.nearest(d.To)]))
	if d.End && p.resume {
		s.Play()
	}
}

// At is what a curve tells of its i-th frame.
func At(c *curves.Curve, i int) string {
	switch {
	case c.Known[i] == inspect.Unmeasured:
		return "not measured"
	case c.Known[i] == inspect.Lacking:
		return "not in this frame"
	case math.IsNaN(c.Max[i]):
		return "no finite values"
	case c.Attribute == "":
		return unit.Count(int64(c.Max[i]))
	case c.Min[i] == c.Max[i]:
		return value.Short(c.Max[i])
	}
	text := value.Short(c.Min[i]) + " to " + value.Short(c.Max[i])
	if !math.IsNaN(c.Mean[i]) {
		text += ", mean " + value.Short(c.Mean[i])
	}
	return text
}

// Number is a value of a curve.
func Number(c *curves.Curve, v float64) string {
	if c.Attribute == "" {
		return unit.Count(int64(v))
	}
	return value.Short(v)
}
