// Package histogram shows how the values of an expression spread over the points of the
// active sequence, in the frame that is shown and in all frames.
package histogram

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect/charts"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/unit"
	"iceexplorer/cache/value"
)

// Name of the panel, as its tab shows it.
const Name = "Histogram"

// New makes the panel. choices are the numbers that attributes have.
func New(h *panel.Host, of *charts.Histogram, choices func() []string) panel.Panel {
	v := &view{host: h, of: of, choices: choices, frame: widget.Plot{ID: "frame", Counts: true}, sequence: widget.Plot{ID: "sequence", Counts: true}}
	return panel.Panel{
		Name: Name, Side: panel.Right, Icon: assets.IconPalette, Share: 0.2, Least: [2]float32{305, 0}, Layout: v.layout,
		Unseen: func() { of.Seen = false },
	}
}

type view struct {
	host            *panel.Host
	of              *charts.Histogram
	choices         func() []string
	frame, sequence widget.Plot
	text            string // as it is typed
	editing         bool
	known           string // what was shown last
	fault           error  // in it
}

func (v *view) layout() giu.Layout {
	v.of.Seen = true
	if v.host.Session.Active() == nil {
		return giu.Layout{widget.Wrapped{Text: "How the values of an attribute spread over the points of what you open appears here."}}
	}
	l := giu.Layout{v.field(), v.complaint(), v.options()}
	r, q := v.of.Result(), v.of.Sequence()
	switch {
	case v.of.Text() == "":
		return append(l, widget.Wrapped{Text: "Write an attribute or an expression, such as Age or v.mag * 2, or choose an attribute by the arrow."})
	case r == nil && v.of.Busy():
		l = append(l, widget.Dim("Counting..."))
	case r == nil:
		l = append(l, widget.Wrapped{Text: "No frame is shown."})
	}
	counted := r != nil && r.Fault == nil
	if _, counting := v.of.Counting(); q != nil && !counted && !counting && (!q.Counted || q.Frames == 0) {
		q = nil // what is wrong with the frame is all there is to say
	}
	height := v.height(q != nil && counted)
	if counted {
		l = append(l, v.title(r), v.bars(&v.frame, &r.Counts, r.Title, height, false))
		if len(r.Counts.Bins) > 0 || q != nil && len(q.Counts.Bins) > 0 {
			l = append(l, v.within(r.Title))
		}
	}
	if q != nil {
		l = append(l, v.whole(q, height))
	}
	switch {
	case counted:
		l = append(l, widget.Facts{Rows: v.facts(r), Wrap: true})
	case q != nil && q.Counted && len(q.Counts.Bins) > 0:
		l = append(l, v.within(q.Title))
	}
	return l
}

// height is that of a plot, or of each of two.
func (v *view) height(two bool) float32 {
	avail := imgui.ContentRegionAvail()
	const lines = 16 // that all else takes
	height := avail.Y - lines*imgui.TextLineHeightWithSpacing() - 2*imgui.FrameHeightWithSpacing()
	if two {
		height /= 2
	}
	return max(min(height, 0.8*avail.X), widget.Em(7))
}

// field takes an expression, or offers the attributes.
func (v *view) field() giu.Widget {
	if now := v.of.Text(); now != v.known {
		v.text, v.known = now, now
	} else if !v.editing && v.fault == nil {
		v.text = now
	}
	run := func() {
		if v.fault == nil {
			v.host.Run("histogram", v.text)
		}
	}
	arrow := imgui.FrameHeight() + imgui.CurrentStyle().ItemSpacing().X
	text := giu.InputText(&v.text).ID("##expression").Hint("Age, v.mag * 2, ...").Size(-arrow)
	return giu.Layout{
		text,
		giu.Custom(func() {
			v.editing = imgui.IsItemActive()
			v.mark()
		}),
		widget.After(run),
		widget.OnLine{giu.ComboCustom("##attributes", "").Flags(giu.ComboFlagsNoPreview | giu.ComboFlagsHeightLarge).Layout(widget.Lazy(func() giu.Widget {
			var items giu.Layout
			for _, name := range v.choices() {
				items = append(items, giu.Selectable(name).Selected(name == v.of.Text()).OnClick(func() { v.host.Run("histogram", expression(name)) }))
			}
			return items
		}))},
	}
}

// expression is how the name of a component is written in an expression: an attribute's
// name may hold more than a word can.
func expression(name string) string {
	if _, err := expr.Parse(name); err == nil {
		return name
	}
	return expr.Quote(name)
}

// mark draws a line below what is wrong in the field.
func (v *view) mark() {
	v.fault = nil
	if v.text != "" {
		_, v.fault = expr.Parse(v.text)
	}
	var e *expr.Error
	if r := v.of.Result(); v.fault != nil {
		errors.As(v.fault, &e)
	} else if r != nil && v.text == v.of.Text() {
		errors.As(r.Fault, &e)
	}
	if e == nil || e.Text != v.text {
		return
	}
	lo, hi, pad := imgui.ItemRectMin(), imgui.ItemRectMax(), imgui.CurrentStyle().FramePadding()
	from := lo.X + pad.X + widget.TextWidth(e.Text[:e.Pos])
	to := max(lo.X+pad.X+widget.TextWidth(e.Text[:e.End]), from+widget.Em(0.4))
	if from < hi.X { // a long text may be scrolled
		imgui.WindowDrawList().AddLineV(imgui.Vec2{X: from, Y: hi.Y - 2}, imgui.Vec2{X: min(to, hi.X), Y: hi.Y - 2}, imgui.ColorU32Vec4(window.Colors().Error), 2)
	}
}

// complaint says what is wrong with the expression.
func (v *view) complaint() giu.Widget {
	err := v.fault
	if r := v.of.Result(); err == nil && r != nil && v.text == v.of.Text() {
		err = r.Fault
	}
	if err == nil {
		return giu.Layout{}
	}
	return widget.Wrapped{Text: assets.IconWarning + " " + err.Error(), Color: window.Colors().Error}
}

// options are which points are counted, and how counts are drawn.
func (v *view) options() giu.Widget {
	log := v.of.Log
	names := []string{"all points", "the filter's points", "selected points"}
	return giu.Row(
		widget.Tip{Text: "Which points of the frame are counted", Of: widget.Wide{Width: widget.Em(10), Of: widget.Choice{
			ID: "##over", Names: names, At: int(v.of.Over()), Chosen: func(i int) { v.host.Run("histogram-of", charts.Overs[i]) },
		}}},
		widget.Tip{Text: "Draw counts by their magnitude: 1, 10, 100", Of: giu.Checkbox("log", &log).OnChange(func() { v.host.Run("histogram-log") })},
	)
}

func (v *view) title(r *charts.Result) giu.Widget {
	text := fmt.Sprintf("Frame %v, %s", r.Number, unit.Plural(r.Summary.Count, "point"))
	if !v.of.Current() {
		text += "..."
	}
	return widget.Dim(text)
}

// bars is a plot of counts, on which a range can be dragged.
func (v *view) bars(p *widget.Plot, h *stats.Histogram, title string, height float32, ofAll bool) giu.Widget {
	p.Size, p.Log, p.Empty, p.Band = imgui.Vec2{Y: height}, v.of.Log, "", nil
	if len(h.Bins) == 0 {
		p.Empty = "No finite values"
		if h.NonFinite == 0 {
			p.Empty = "No points"
		}
		return p
	}
	p.From, p.To, p.Low, p.Top = h.Lo, h.Hi, 0, 1
	for _, n := range h.Bins {
		p.Top = max(p.Top, float64(n))
	}
	p.Bars = append(p.Bars[:0], widget.Bars{Lo: h.Lo, Hi: h.Hi, Counts: h.Bins, Color: window.Colors().Busy})
	if lo, hi, ok := v.of.Range(); ok {
		p.Band = &[2]float64{max(lo, h.Lo), min(hi, h.Hi)}
		if p.Band[0] >= p.Band[1] {
			p.Band = nil
		}
	}
	p.Drag = func(d widget.Drag) {
		if d.Click {
			v.of.SetRange(0, 0, false, false)
		} else {
			v.of.SetRange(min(d.From, d.To), max(d.From, d.To), true, ofAll)
		}
	}
	p.Tooltip = func(x float64) string {
		i := min(max(int((x-h.Lo)/(h.Hi-h.Lo)*float64(len(h.Bins))), 0), len(h.Bins)-1)
		lo, hi := h.Holds(i)
		at := value.Short(lo)
		if end := value.Short(hi); end != at {
			at += " to " + end
		}
		return fmt.Sprintf("%s\n%s: %s", title, at, unit.Plural(h.Bins[i], "point"))
	}
	return p
}

// within is what can be done with a range that was dragged.
func (v *view) within(title string) giu.Widget {
	lo, hi, ok := v.of.Range()
	if !ok {
		return widget.Dim("Drag a range to use it.")
	}
	ends := []string{strconv.FormatFloat(lo, 'g', -1, 64), strconv.FormatFloat(hi, 'g', -1, 64)}
	button := func(label, to, tip string) widget.Part {
		return widget.Part{Needs: widget.TextWidth(label) + 2*imgui.CurrentStyle().FramePadding().X, Of: widget.Tip{Text: tip, Of: giu.Button(label).OnClick(func() {
			v.host.Run("histogram-to", append([]string{to}, ends...)...)
		})}}
	}
	if part, searching := v.of.Searching(); searching {
		return giu.Row(widget.Progress{Fraction: part, Text: fmt.Sprintf("%.0f %%", 100*part), Width: widget.Em(8)}, widget.Action{Action: v.host.Actions.Find("histogram-cancel"), Failed: v.host.Failed})
	}
	where, selects, tip := "", "selection", "Select the points of the range in this frame"
	if v.of.RangeOfAll() {
		where, selects, tip = " in all frames", "selection-all", "Select the points, by their IDs, that have a value of the range in any frame"
	}
	return giu.Layout{
		giu.Label(fmt.Sprintf("%s to %s%s", value.Short(lo), value.Short(hi), where)),
		widget.Flow{Gap: 4, Parts: []widget.Part{
			button("Colours", "colours", "Colour by "+title+", from one end of the range to the other"),
			button("Filter", "filter", "Show only points of the range in the spreadsheet"),
			button("Select", selects, tip),
		}},
	}
}

// whole is the histogram over all frames.
func (v *view) whole(q *charts.Sequence, height float32) giu.Widget {
	title := [...]string{charts.All: "All frames", charts.Filtered: "All frames, the filter's points", charts.Selected: "All frames, selected points"}[v.of.Over()]
	part, counting := v.of.Counting()
	action := giu.Widget(giu.Layout{})
	switch {
	case counting:
		action = giu.Row(widget.Progress{Fraction: part, Text: fmt.Sprintf("%.0f %%", 100*part), Width: widget.Em(8)}, widget.Action{Action: v.host.Actions.Find("histogram-cancel"), Failed: v.host.Failed})
	case !q.Counted:
		action = widget.Tip{Text: "Count the values of all frames, one after the other", Of: giu.Button("Count").OnClick(func() { v.host.Run("histogram-sequence") })}
	}
	if q.Counted {
		title += fmt.Sprintf(": %s", unit.Plural(total(&q.Counts), "value"))
		if q.Skipped > 0 {
			title += fmt.Sprintf(", %s left out", unit.Plural(q.Skipped, "frame"))
		}
		return giu.Layout{widget.Tip{Text: q.Why, Of: widget.Wrapped{Text: title}}, v.bars(&v.sequence, &q.Counts, q.Title+" in all frames", height, true)}
	}
	if !q.Range.Empty() {
		title += ": " + value.Short(q.Range.Lo) + " to " + value.Short(q.Range.Hi)
	}
	return giu.Layout{widget.Dim(title), action}
}

func total(h *stats.Histogram) (n uint64) {
	for _, c := range h.Bins {
		n += c
	}
	return n + h.Below + h.Above + h.NonFinite
}
