// Package display sets how the points are drawn and coloured. Its controls call the commands
// of the look, as the actions do.
package display

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/look"
	"iceexplorer/app/panel"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/gfx"
)

// Scene is what is asked of the stage.
type Scene interface {
	Bounds() gfx.Box // of the points of all frames, without strays
	Scale() stage.Scale
	Why() string
	Measuring() bool
}

// New makes the panel.
func New(h *panel.Host, s Scene) panel.Panel {
	d := &display{host: h, stage: s}
	return panel.Panel{Name: "Display", Side: panel.Right, Icon: assets.IconPalette, Share: 0.2, Least: [2]float32{305, 0}, Layout: d.layout}
}

type display struct {
	host   *panel.Host
	stage  Scene
	clip   [3]widget.RangeSlider
	typed  [3]widget.Numbers // the same as text
	now    look.Look         // as it is when a section begins to be built
	colors expression
	values expression
}

func (d *display) layout() giu.Layout {
	d.now = d.host.Look.Now()
	reset := giu.Button(assets.IconUndo+"  Reset").Size(imgui.ContentRegionAvail().X, 0).OnClick(func() { d.host.Run("reset-display") })
	return giu.Layout{
		d.active(),
		d.section("Colour", true, d.color),
		d.section("Points", true, d.points),
		d.section("Lines", true, d.lines),
		d.section("Clipping", d.now.ClipMode != look.ClipNone, d.clipping),
		d.section("Scene", true, d.scene),
		d.section("Large clouds", false, d.limits),
		giu.Spacing(),
		widget.Tip{Text: "Restore the display settings of a new window", Of: reset},
	}
}

// section is a part of the panel that can be collapsed.
func (d *display) section(name string, open bool, body func() giu.Layout) giu.Widget {
	flags := giu.TreeNodeFlagsCollapsingHeader
	if open {
		flags |= giu.TreeNodeFlagsDefaultOpen
	}
	inside := widget.Lazy(func() giu.Widget {
		d.now = d.host.Look.Now()
		return body()
	})
	return giu.TreeNode(name).Flags(flags).Layout(widget.Scope{ID: name, Of: inside}, giu.Spacing())
}

// column is where the controls begin, beside the labels.
func column() float32 { return widget.Em(6.2) }

// row is a label, and a control over the rest of the width.
func row(label, help string, of giu.Widget) giu.Widget {
	return widget.Field{Label: label, Help: help, Column: column(), Of: widget.Wide{Of: of}}
}

// below is a line that belongs to the row above it.
func below(of giu.Widget) giu.Widget { return widget.Below{Column: column(), Of: of} }

// slider sets a number between lo and hi, the useful part of its bounds.
func (d *display) slider(label, help string, a look.Amount, s widget.Slider) giu.Widget {
	s.Label, s.Value = "##"+label, float32(d.now.Amount(a))
	s.Change = func(v float32) { d.host.Look.Set(a, float64(v)) }
	return row(label, help, widget.Tip{Text: help, Of: s})
}

func (d *display) check(label, help string, o look.Option) giu.Widget {
	on := d.now.On(o)
	return widget.Tip{Text: help, Of: giu.Checkbox(label, &on).OnChange(func() { d.host.Look.Turn(o, on) })}
}

func (d *display) tint(label, help string, t look.Tint) giu.Widget {
	return row(label, help, widget.Tint{ID: "##" + label, Color: d.now.Tint(t), Change: func(c [3]float32) { d.host.Look.Paint(t, c) }})
}

// combo is a choice of names; chosen is called with the one chosen.
func combo(label, help string, names []string, at int, chosen func(i int)) giu.Widget {
	return row(label, help, widget.Choice{ID: "##" + label, Names: names, At: at, Chosen: chosen})
}

// lacks says below a row what this frame, or every frame, lacks, one reason a line.
func (d *display) lacks(name string) (lines giu.Layout) {
	for _, line := range d.host.Session.Lack(name) {
		lines = append(lines, widget.Wrapped{Text: line + "."})
	}
	return lines
}
