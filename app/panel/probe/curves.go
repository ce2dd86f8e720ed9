package probe

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"

	followed "iceexplorer/app/inspect/probe"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
)

// plot is a component of all points over the frames.
type plot struct {
	v    *view
	part followed.Part
	made bool
	at   int // the point that stands out in it
	plot widget.Plot
}

func newPlot(v *view, part followed.Part) *plot {
	return &plot{v: v, part: part, plot: widget.Plot{ID: fmt.Sprintf("%d.%d", part.Column, part.Component), Frames: true}}
}

// curves are the plots, one below the other.
func (v *view) curves() {
	if len(v.plots) == 0 {
		return
	}
	room := imgui.ContentRegionAvail()
	title := imgui.TextLineHeightWithSpacing()
	height := max(room.Y/float32(len(v.plots))-title-imgui.CurrentStyle().ItemSpacing().Y, widget.Em(6))
	margin := float32(0)
	for _, p := range v.plots {
		p.ready()
		margin = max(margin, p.plot.AxisWidth(height))
	}
	for _, p := range v.plots {
		top := imgui.CursorPosY()
		if y := top - imgui.ScrollY(); y > room.Y || y+title+height < 0 { // out of view
			imgui.Dummy(imgui.Vec2{X: 1, Y: title + height})
			continue
		}
		imgui.TextUnformatted(p.part.Title)
		p.plot.Margin = margin
		p.build(imgui.Vec2{Y: height})
	}
}

// ready has the curves of the point that stands out made.
func (p *plot) ready() {
	if at := p.v.standing(); !p.made || at != p.at {
		p.made, p.at = true, at
		p.fill()
	}
}

func (p *plot) build(size imgui.Vec2) {
	v := p.v
	p.plot.Size = size
	p.plot.Marks = append(p.plot.Marks[:0], widget.Mark{At: float64(v.host.ActiveNumber()), Color: window.Colors().Accent})
	p.plot.Build()
}

// most is how many places the curves of a plot have together: each is drawn by a call.
const most = 8_000

// fill makes the curves.
func (p *plot) fill() {
	d := &p.v.data
	pl := &p.plot
	pl.Curves, pl.Spots, pl.Empty, pl.Gaps, pl.Tooltip, pl.Drag = nil, nil, "", d.gaps, p.tooltip, p.drag
	pl.From, pl.To = d.frames[0], d.frames[len(d.frames)-1]
	if pl.From == pl.To {
		pl.From, pl.To = pl.From-0.5, pl.To+0.5
	}
	pl.Low, pl.Top = math.Inf(1), math.Inf(-1)
	kind := 0 // of values there are: 1 other than numbers, 2 none that is finite
	var curves [][]float64
	for k := range d.trace.Points {
		y := d.trace.Curve(p.part, k)
		for i, f := range y {
			switch {
			case f-f == 0:
				pl.Low, pl.Top = min(pl.Low, f), max(pl.Top, f)
			case d.trace.Cell(i, p.part, k) != nil && !number(d.trace.Cell(i, p.part, k)):
				kind = max(kind, 1)
			case d.trace.Cell(i, p.part, k) != nil:
				kind = 2
			}
		}
		curves = append(curves, y)
	}
	if pl.Low > pl.Top {
		pl.Empty = []string{"No frame has values here", "These are not numbers: the table has them", "No value is finite"}[kind]
		return
	}
	each := max(most/len(curves), 100)
	order := make([]int, 0, len(curves)) // what stands out is drawn last
	for k := range curves {
		if k != p.at {
			order = append(order, k)
		}
	}
	if p.at >= 0 {
		order = append(order, p.at)
	}
	for _, k := range order {
		p.curve(k, curves[k], each)
	}
}

func number(cell any) bool {
	switch cell.(type) {
	case float32, float64, int64, bool:
		return true
	}
	return false
}

// curve adds a point's curve, and signs where it is born, dies or is no finite number.
func (p *plot) curve(k int, y []float64, most int) {
	d, pl := &p.v.data, &p.plot
	c := p.v.color(k)
	width := float32(1.5)
	if k == p.at {
		width = 2.5
	}
	xs, ys := thinned(d.frames, y, most)
	pl.Curves = append(pl.Curves, widget.Curve{X: xs, Y: ys, Color: c, Width: width})
	const mostSigns = 500
	for _, in := range d.lives[k] {
		if f := y[in.First]; in.Born && f-f == 0 && len(pl.Spots) < mostSigns {
			pl.Spots = append(pl.Spots, widget.Spot{X: d.frames[in.First], Y: f, Sign: widget.SignBegins, Color: c})
		}
		if f := y[in.Last]; in.Died && f-f == 0 && len(pl.Spots) < mostSigns {
			pl.Spots = append(pl.Spots, widget.Spot{X: d.frames[in.Last], Y: f, Sign: widget.SignEnds, Color: c})
		}
	}
	for i, f := range y {
		if f-f != 0 && len(pl.Spots) < mostSigns && number(d.trace.Cell(i, p.part, k)) {
			pl.Spots = append(pl.Spots, widget.Spot{X: d.frames[i], Y: pl.Low, Sign: widget.SignWrong, Color: window.Colors().Error})
		}
	}
}

// thinned leaves of a curve the least and the greatest value of each stretch, so that at
// most as many places are left as given.
func thinned(x, y []float64, most int) (xs, ys []float64) {
	if len(y) <= most {
		return x, y
	}
	step := (2*len(y) + most - 1) / most
	for from := 0; from < len(y); from += step {
		lo, hi := -1, -1
		for i := from; i < min(from+step, len(y)); i++ {
			if math.IsNaN(y[i]) {
				continue
			}
			if lo < 0 || y[i] < y[lo] {
				lo = i
			}
			if hi < 0 || y[i] > y[hi] {
				hi = i
			}
		}
		if lo < 0 {
			lo, hi = from, from
		}
		xs, ys = append(xs, x[min(lo, hi)]), append(ys, y[min(lo, hi)])
		if lo != hi {
			xs, ys = append(xs, x[max(lo, hi)]), append(ys, y[max(lo, hi)])
		}
	}
	return xs, ys
}

// nearest is the place of the frame next to a number, -1 if there are none.
func (d *data) nearest(x float64) int {
	i, _ := slices.BinarySearch(d.frames, x)
	if i == len(d.frames) || i > 0 && x-d.frames[i-1] <= d.frames[i]-x {
		i--
	}
	return i
}

// tooltip tells the values of a frame.
func (p *plot) tooltip(x float64) string {
	d := &p.v.data
	i := d.nearest(x)
	lines := []string{fmt.Sprintf("Frame %v: %s", d.trace.Moments[i].Number, p.part.Title)}
	const mostLines = 12
	for k, point := range d.trace.Points {
		if !d.trace.Has(i, k) || p.at >= 0 && k != p.at {
			continue
		}
		if len(lines) > mostLines {
			lines = append(lines, "...")
			break
		}
		text, _ := sheet.Style{Decimals: -1}.Text(d.trace.Cell(i, p.part, k))
		lines = append(lines, fmt.Sprintf("%d: %s", point, text))
	}
	switch m := &d.trace.Moments[i]; {
	case m.Err != nil:
		lines = append(lines, m.Err.Error())
	case m.Rows == nil:
		lines = append(lines, "not looked at yet")
	case len(lines) == 1:
		lines = append(lines, "none of the points is there")
	}
	return strings.Join(lines, "\n")
}

// drag moves the play head.
func (p *plot) drag(g widget.Drag) {
	s := p.v.host.Session
	if g.Begin {
		p.v.resume = s.Playing()
		s.Stop()
	}
	p.v.seek(p.v.data.nearest(g.To))
	if g.End && p.v.resume {
		s.Play()
	}
}
