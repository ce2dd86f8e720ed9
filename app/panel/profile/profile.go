// Package profile shows how something changes over all frames of the active sequence: how
// many points there are, or the values of an attribute.
package profile

import (
	"fmt"
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect/charts"
	curves "iceexplorer/app/inspect/profile"
	"iceexplorer/app/panel"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/unit"
)

// Name of the panel, as its tab shows it.
const Name = "Profile"

// New makes the panel.
func New(h *panel.Host, p *charts.Profile) panel.Panel {
	v := &view{host: h, profile: p, plot: NewPlot(h, p)}
	return panel.Panel{Name: Name, Side: panel.Right, Icon: assets.IconClock, Share: 0.2, Least: [2]float32{305, 0}, Layout: v.layout}
}

type view struct {
	host    *panel.Host
	profile *charts.Profile
	plot    *Plot
}

func (v *view) layout() giu.Layout {
	l := v.host.Session.Active()
	if l == nil {
		return giu.Layout{widget.Wrapped{Text: "How the number of points and the values of attributes change over the frames of what you open appears here."}}
	}
	curve, err := v.profile.Curve()
	choice := widget.Tip{Text: "What the curve is of: the number of points, or the least, mean and greatest value of an attribute", Of: widget.Wide{Of: v.choice()}}
	if err != nil {
		return giu.Layout{choice, widget.Wrapped{Text: err.Error() + ".", Color: window.Colors().Warning}}
	}
	avail := imgui.ContentRegionAvail()
	const lines = 12 // that the facts may take
	height := avail.Y - imgui.FrameHeightWithSpacing() - lines*imgui.TextLineHeightWithSpacing()
	size := imgui.Vec2{Y: max(min(height, avail.X), widget.Em(9))}
	return giu.Layout{choice, v.plot.At(size), widget.Facts{Rows: v.facts(curve), Wrap: true}}
}

// choice is the list of what there are curves of.
func (v *view) choice() giu.Widget {
	list := widget.Lazy(func() giu.Widget {
		var items giu.Layout
		for _, of := range v.profile.Choices() {
			items = append(items, giu.Selectable(of.Title).Selected(of.Title == v.profile.Name()).OnClick(func() { v.host.Run("profile", of.Title) }))
		}
		return items
	})
	return giu.ComboCustom("##of", v.profile.Name()).Flags(giu.ComboFlagsHeightLarge).Layout(list)
}

// facts are what one asks of a curve at once.
func (v *view) facts(c *curves.Curve) [][2]string {
	var rows [][2]string
	head := v.host.ActiveNumber()
	if i, ok := slices.BinarySearch(c.Frames, head); ok {
		rows = append(rows, [2]string{fmt.Sprintf("frame %v", head), At(c, i)})
	}
	if at, value, ok := c.Peak(); ok {
		rows = append(rows, [2]string{"greatest", fmt.Sprintf("%s in frame %v", Number(c, value), at)})
	}
	rise, fall, rises, falls := c.Steps()
	step := func(name string, s curves.Step) {
		rows = append(rows, [2]string{name, fmt.Sprintf("at frame %v, from %s to %s", s.Frame, Number(c, s.From), Number(c, s.To))})
	}
	if rises {
		step("largest rise", rise)
	}
	if falls {
		step("largest drop", fall)
	}
	_, without, unmeasured := c.Counts()
	if without > 0 {
		rows = append(rows, [2]string{"no values", "in " + unit.Plural(without, "frame")})
	}
	if unmeasured > 0 {
		rows = append(rows, [2]string{"not measured", unit.Plural(unmeasured, "frame") + ", grey above"})
	}
	return rows
}
