// Package probe is the panel with the values of single points over all frames: as curves
// and as a table.
package probe

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	followed "iceexplorer/app/inspect/probe"
	"iceexplorer/app/inspect/probing"
	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// Name of the panel.
const Name = "Probe"

// New makes the panel. font is that of tables of numbers, and copied takes text to the
// clipboard.
func New(h *panel.Host, p *probing.Probe, font func() *imgui.Font, copied func(text string)) panel.Panel {
	v := &view{host: h, probe: p, font: font, copy: copied, chosen: -1, hovered: -1}
	v.table.v = v
	v.table.grid = widget.Grid{ID: "moments", Cell: v.table.cell, Tip: v.table.tip, Marked: v.table.marked, OnPick: v.table.pick, OnResize: v.table.resize, Context: v.table.menu}
	return panel.Panel{
		Name: Name, Side: panel.Bottom, Part: "data", Icon: assets.IconCrosshairs, Share: 0.38, Least: [2]float32{0, 180}, Still: true, Hidden: true,
		Layout: v.layout, Due: v.due, Unseen: func() { p.Seen = false },
	}
}

// view is the panel with what it remembers.
type view struct {
	host  *panel.Host
	probe *probing.Probe
	font  func() *imgui.Font
	copy  func(text string)

	points  string // as they are typed
	columns string
	editing bool

	data    data
	plots   []*plot
	table   table
	tab     int // which of the parts is seen where there is no room for all
	chosen  int // the point that stands out, -1: none
	hovered int // the point whose line of the legend the mouse is over
	resume  bool
}

// data is what the panel shows of a trace.
type data struct {
	version uint64
	taken   time.Time
	trace   *followed.Trace
	parts   []followed.Part
	frames  []float64
	lives   []followed.Life
	gaps    [][2]float64 // frames of which nothing is known
	faults  []string     // columns that no frame has
	failed  string
}

// refreshEvery is how often what is shown changes while frames are looked at.
const refreshEvery = 200 * time.Millisecond

// refresh takes what is found.
func (v *view) refresh() {
	d, t := &v.data, v.probe.Trace()
	_, _, _, busy := v.probe.Busy()
	if v.probe.Version() == d.version || busy && t == d.trace && time.Since(d.taken) < refreshEvery {
		return
	}
	if t != d.trace {
		v.chosen, v.hovered = -1, -1
	}
	*d = data{version: v.probe.Version(), taken: time.Now(), trace: t}
	if t == nil {
		return
	}
	d.parts = t.Parts()
	for i := range t.Moments {
		d.frames = append(d.frames, float64(t.Moments[i].Number))
	}
	d.lives = make([]followed.Life, len(t.Points))
	for k := range d.lives {
		d.lives[k] = t.Life(k)
	}
	for i := 0; i < len(t.Moments); i++ {
		from := i
		for i < len(t.Moments) && t.Moments[i].Rows == nil {
			i++
		}
		if i > from {
			d.gaps = append(d.gaps, [2]float64{d.frames[from] - 0.5, d.frames[i-1] + 0.5})
		}
	}
	for k, e := range t.Columns {
		if err := t.Fault(k); err != nil {
			d.faults = append(d.faults, e.String()+": "+strings.TrimPrefix(err.Error(), e.String()+": "))
		}
	}
	if n, why := probing.Failed(t); n > 0 {
		d.failed = fmt.Sprintf("%s left out: %s", unit.Plural(n, "frame"), why)
	}
	v.plots = v.plots[:0]
	for _, p := range d.parts {
		v.plots = append(v.plots, newPlot(v, p))
	}
	v.table.columns()
}

// due has the progress drawn.
func (v *view) due(now time.Time) (time.Time, bool) {
	_, _, _, busy := v.probe.Busy()
	return now.Add(100 * time.Millisecond), busy || v.probe.Seen && v.probe.Version() != v.data.version
}

func (v *view) layout() giu.Layout {
	v.probe.Seen = true
	v.refresh()
	if v.host.Session.Active() == nil {
		return giu.Layout{widget.Wrapped{Text: "The values that points have over all frames of what you open appear here."}}
	}
	if v.data.trace == nil {
		return giu.Layout{v.bar(), widget.Wrapped{Text: "Select points in the scene or in the spreadsheet: their values over all frames appear here, as curves and as a table. Or type the numbers of points above."}}
	}
	return giu.Layout{v.bar(), v.status(), giu.Custom(v.body)}
}

// bar is the line of fields and buttons.
func (v *view) bar() giu.Widget {
	k, avail := v.host.Scale(), imgui.ContentRegionAvail().X
	if !v.editing {
		v.points = ""
		if v.probe.Given() {
			v.points = strings.ReplaceAll(strings.Trim(fmt.Sprint(v.data.points()), "[]"), " ", ",")
		}
		v.columns = strings.Join(v.probe.Columns(), ", ")
	}
	v.editing = false
	hint := "Points: what is selected"
	points := v.field("##points", hint, &v.points, min(190*k, avail), func() {
		if v.points = strings.Trim(v.points, " ,"); v.points == "" {
			v.host.Run("probe")
			return
		}
		v.host.Run("probe-points", v.points)
	})
	columns := v.field("##columns", "Columns, such as Age, v.mag", &v.columns, min(260*k, avail), func() {
		if v.columns = strings.TrimSpace(v.columns); v.columns == "" {
			v.host.Run("probe-columns")
			return
		}
		v.host.Run("probe-columns", "expression="+v.columns)
	})
	parts := []widget.Part{
		{Of: widget.Tip{Text: "Which points are followed: IDs with commas between them, or indices in a cache without IDs.\nEmpty: those that are selected", Of: points}},
		{Needs: 260 * k, Of: widget.Tip{Text: "What of them: attributes and expressions with commas between them.\nEmpty: Age, and what points are coloured by", Of: columns}},
		{Needs: 60 * k, Of: widget.Beside{Gap: 3, Of: []giu.Widget{
			widget.Icon{ID: "selection", Glyph: assets.IconSelect, Tip: "Follow the selection again", Disabled: !v.probe.Given(), Click: func() { v.host.Run("probe") }},
			widget.Action{Action: v.host.Actions.Find("probe-copy"), Failed: v.host.Failed},
		}}},
	}
	if v.narrow() && v.data.trace != nil {
		for i, name := range []string{"Curves", "Table", "Points"} {
			parts = append(parts, widget.Part{Needs: widget.CheckboxWidth(name), Of: giu.RadioButton(name, v.tab == i).OnChange(func() { v.tab = i })})
		}
	}
	return widget.Flow{Gap: 8, Parts: parts}
}

// narrow reports whether there is no room for all parts beside each other.
func (v *view) narrow() bool { return imgui.ContentRegionAvail().X < 900*v.host.Scale() }

func (d *data) points() []int32 {
	if d.trace == nil {
		return nil
	}
	return d.trace.Points
}

// field is a field that is carried out by Enter.
func (v *view) field(id, hint string, text *string, width float32, do func()) giu.Widget {
	enter := false
	return giu.Layout{
		giu.InputText(text).ID(giu.ID(id)).Hint(hint).Size(width).Flags(giu.InputTextFlagsEnterReturnsTrue | giu.InputTextFlagsAutoSelectAll).OnChange(func() { enter = true }),
		giu.Custom(func() {
			v.editing = v.editing || imgui.IsItemActive()
			if enter {
				do()
			}
		}),
	}
}

// status says how the points are followed, and how far that is.
func (v *view) status() giu.Widget {
	done, total, waits, busy := v.probe.Busy()
	parts := []widget.Part{{Of: widget.Aligned{Of: widget.Dim(v.told())}}}
	if busy {
		text := fmt.Sprintf("%s of %s frames", unit.Count(done), unit.Count(total))
		if waits {
			text += ", waiting for the others to load"
		}
		width := 300 * v.host.Scale()
		parts = append(parts, widget.Part{Needs: width + imgui.FrameHeight(), Of: widget.Beside{Gap: 3, Of: []giu.Widget{
			widget.Progress{Fraction: float64(done) / float64(max(total, 1)), Text: text, Width: width},
			widget.Icon{ID: "cancel", Glyph: assets.IconCancel, Tip: "Stop; what is found stays", Click: func() { v.host.Run("probe-cancel") }},
		}}})
	} else if done < total {
		parts = append(parts, widget.Part{Of: widget.Aligned{Of: widget.Colored{Text: fmt.Sprintf("stopped after %s of %s frames", unit.Count(done), unit.Count(total)), Color: window.Colors().Warning}}})
	}
	for _, fault := range append(v.data.faults, v.data.failed) {
		if fault != "" {
			parts = append(parts, widget.Part{Needs: widget.TextWidth(fault), Of: widget.Aligned{Of: widget.Short{Text: assets.IconWarning + " " + fault, Color: window.Colors().Warning}}})
		}
	}
	return widget.Flow{Gap: 14, Parts: parts}
}

// told is how the points are followed.
func (v *view) told() string {
	t := v.data.trace
	text := unit.Plural(len(t.Points), "point")
	if n := v.probe.Selected(); n > len(t.Points) {
		text = fmt.Sprintf("The first %d of %s selected points", len(t.Points), unit.Count(n))
	}
	switch {
	case t.ByID:
		text += ", followed by ID"
	case v.probe.HasIDs():
		text += ", followed by index"
	default:
		text += ", followed by index: this cache has no IDs"
	}
	s := v.host.Session
	if l := s.Active(); l != nil {
		if b, ok := s.Between(l, s.Shown(l)); ok {
			text += fmt.Sprintf("; the scene is between frames %v and %v of the sequence", b.From, b.To)
		}
	}
	return text
}

// body is the legend, the curves and the table, beside each other where there is room.
func (v *view) body() {
	room := imgui.ContentRegionAvail()
	k, gap := v.host.Scale(), imgui.CurrentStyle().ItemSpacing().X
	legend := 230 * k
	if v.narrow() {
		switch v.tab {
		case 0:
			child("curves", imgui.Vec2{}, v.curves)
		case 1:
			v.table.build()
		default:
			child("legend", imgui.Vec2{}, v.legend)
		}
		return
	}
	child("legend", imgui.Vec2{X: legend}, v.legend)
	imgui.SameLineV(0, gap)
	left := room.X - legend - 2*gap
	table := min(left*0.45, v.table.width()*k)
	child("curves", imgui.Vec2{X: left - table}, v.curves)
	imgui.SameLineV(0, gap)
	v.table.build()
}

func child(id string, size imgui.Vec2, f func()) {
	if imgui.BeginChildStrV(id, size, imgui.ChildFlagsNone, imgui.WindowFlagsNone) {
		f()
	}
	imgui.EndChild()
}

// head is the place of the play head's frame, -1 if the sequence has none there.
func (v *view) head() int {
	head := v.host.ActiveNumber()
	if i := v.data.nearest(float64(head)); i >= 0 && v.data.trace.Moments[i].Number == head {
		return i
	}
	return -1
}

// seek moves the play head to a frame.
func (v *view) seek(i int) {
	v.host.SeekActive(cache.Number(v.data.frames[i]))
}

// color is that of a point's curves: hues far from each other, and two lightnesses.
func (v *view) color(point int) imgui.Vec4 {
	_, hue := math.Modf(0.58 + float64(point)*0.618034)
	curve := window.Colors().Curve
	value := curve[1] * [2]float32{1, 0.74}[point/8%2]
	var r, g, b float32
	imgui.ColorConvertHSVtoRGB(float32(hue), curve[0], value, &r, &g, &b)
	c := imgui.Vec4{X: r, Y: g, Z: b, W: 1}
	if at := v.standing(); at >= 0 && at != point {
		c.W = 0.25
	}
	return c
}

// standing is the point that stands out, -1: none.
func (v *view) standing() int {
	if v.hovered >= 0 {
		return v.hovered
	}
	return v.chosen
}
