package display

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/AllenDang/giu"

	"iceexplorer/app/look"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/gfx/style"
)

func (d *display) color() giu.Layout {
	v, desk := &d.now, d.host.Look
	list := widget.Lazy(func() giu.Widget {
		items := giu.Layout{
			giu.Selectable("Color").Selected(v.ColorMode == style.ColorAttribute).OnClick(desk.ColorByAttribute),
			giu.Selectable("constant").Selected(v.ColorMode == style.ColorConstant).OnClick(desk.ColorByConstant),
			giu.Separator(),
		}
		for _, sc := range stage.Scalars(d.attributes()) {
			on := v.ColorMode == style.ColorScalar && v.ScalarTitle == sc.Title
			items = append(items, giu.Selectable(sc.Title).Selected(on).OnClick(func() { desk.ColorByScalar(sc) }))
		}
		return items
	})
	by := giu.ComboCustom("##by", v.ColorBy()).Flags(giu.ComboFlagsHeightLarge).Layout(list)
	l := giu.Layout{
		row("Colour by", "An attribute, one of its components, or its magnitude", by),
		d.colors.field(d.host, "color-by", "Expression", "Any expression that gives numbers, such as v.mag or Age / AgeLimit.\nEnter colours by it; docs/expressions.md describes the language", v.Expression, ""),
	}
	switch v.ColorMode {
	case style.ColorAttribute:
		l = append(l, d.lacks("Color"))
	case style.ColorConstant:
		l = append(l, d.tint("Colour", "Colour of all points", look.Points))
	case style.ColorScalar:
		if v.Expression == "" {
			l = append(l, d.lacks(v.Scalar))
		} else if why := d.stage.Why(); why != "" {
			l = append(l, widget.Wrapped{Text: "Not in this frame: " + why + "."})
		}
		l = append(l, d.scalar())
	}
	return l
}

// ownMap is what a colormap of one's own is called.
const ownMap = "your own"

func (d *display) scalar() giu.Layout {
	v, desk := &d.now, d.host.Look
	maps := append(slices.Clone(style.Colormaps()), ownMap)
	at := max(slices.Index(maps, v.Colormap), 0)
	if style.IsStops(v.Colormap) {
		at = len(maps) - 1
	}
	scale := d.stage.Scale()
	modes := []string{look.RangeFrame: "this frame", look.RangeSequence: "all frames", look.RangeFixed: "fixed", look.RangePercent: "percentiles of this frame", look.RangePercentAll: "percentiles of all frames"}
	l := giu.Layout{
		combo("Colormap", "Categorical is for whole numbers such as IDs", maps, at, func(i int) { d.setMap(maps[i]) }),
		mapPreview(v.Colormap),
		d.stops(),
		combo("Range", "The values at the ends of the colormap", modes, int(v.RangeMode), func(i int) {
			switch m := look.RangeMode(i); m {
			case look.RangeFixed:
				lo, hi := min(scale.Lo, scale.Hi), max(scale.Lo, scale.Hi)
				if lo == hi {
					lo, hi = look.Around(lo)
				}
				d.host.Failed(desk.Fix(lo, hi))
			case look.RangePercent, look.RangePercentAll:
				d.host.Failed(desk.Percent(v.PercentLow, v.PercentHigh, m == look.RangePercentAll))
			default:
				desk.RangeOf(m == look.RangeSequence)
			}
		}),
	}
	switch v.RangeMode {
	case look.RangeFixed:
		l = append(l, d.ends())
	default:
		if v.RangeMode == look.RangePercent || v.RangeMode == look.RangePercentAll {
			l = append(l, d.percent())
		}
		text := "no values"
		if scale.Known {
			text = fmt.Sprintf("%.5g to %.5g", min(scale.Lo, scale.Hi), max(scale.Lo, scale.Hi))
		}
		l = append(l, below(widget.Dim(text)))
		if scale.Note != "" {
			l = append(l, widget.Wrapped{Text: scale.Note + "."}, d.measuring())
		}
	}
	return append(l, d.more()...)
}

// setMap chooses a colormap; one's own begins as the one before.
func (d *display) setMap(name string) {
	if name == ownMap {
		stops, err := style.StopsOf(d.now.Colormap, 5)
		if err != nil {
			return
		}
		name = style.FormatStops(stops)
	}
	d.host.Failed(d.host.Look.SetColormap(name))
}

// stops edits a colormap of one's own.
func (d *display) stops() giu.Widget {
	stops, err := style.ParseStops(d.now.Colormap)
	if err != nil {
		return giu.Layout{}
	}
	w := widget.Stops{Most: style.MaxStops, Change: func(now []widget.Stop) {
		var out []style.Stop
		for _, s := range now {
			out = append(out, style.Stop{At: s.At, Color: s.Color})
		}
		d.host.Failed(d.host.Look.SetColormap(style.FormatStops(out)))
	}}
	for _, s := range stops {
		w.Stops = append(w.Stops, widget.Stop{At: s.At, Color: s.Color})
	}
	return below(widget.Scope{ID: "stops", Of: w})
}

// measuring stops measuring a range, or goes on with it.
func (d *display) measuring() giu.Widget {
	if _, ok := d.now.Overall(); !ok {
		return giu.Layout{}
	}
	if d.stage.Measuring() {
		return below(widget.Tip{Text: "Stop measuring; what is measured is kept", Of: giu.Button("Cancel").OnClick(func() { d.host.Run("color-measure", "off") })})
	}
	return below(widget.Tip{Text: "Measure the frames that are not measured", Of: giu.Button("Measure").OnClick(func() { d.host.Run("color-measure", "on") })})
}

// percent edits the percentiles that the colormap's ends stand for.
func (d *display) percent() giu.Widget {
	all := d.now.RangeMode == look.RangePercentAll
	help := "How many percent of this frame's values lie below the two ends.\nDrag, or click to type"
	if all {
		help = strings.Replace(help, "this frame's values", "the values of all frames", 1)
	}
	return row("Percent", help, widget.Tip{Text: help, Of: widget.DragPair{
		ID: "##percent", Values: [2]float32{float32(d.now.PercentLow), float32(d.now.PercentHigh)}, Format: "%.4g %%", Speed: 0.1,
		Change: func(v [2]float32) {
			lo, hi := min(max(float64(v[0]), 0), 99.9), min(float64(v[1]), 100)
			d.host.Failed(d.host.Look.Percent(lo, max(hi, lo+0.1), all))
		},
	}})
}

// more is how the colormap is turned around, whose it is, and what is outside of it.
func (d *display) more() giu.Layout {
	l := giu.Layout{widget.Halves{
		Left:  d.check("Reversed", "Turn the colormap around", look.Reversed),
		Right: d.check("Own scales", "Each sequence has its own range of the colours, rather than one for all", look.OwnScales),
	}, d.check("Mark outside", "Values below and above the range have colours of their own", look.Outside)}
	if d.now.Outside {
		l = append(l, d.tint("Below", "Of values below the range", look.Below), d.tint("Above", "Of values above the range", look.Above))
	}
	return append(l, d.tint("No number", "Of values that are no number, or infinite", look.NoNumber))
}

// ends edits a fixed range, which may be inverted.
func (d *display) ends() giu.Widget {
	const help = "The values at the two ends of the colormap.\nDrag, or click to type. The first may be greater than the second"
	v, desk := &d.now, d.host.Look
	drag := widget.DragPair{
		ID: "##ends", Values: [2]float32{float32(v.Low), float32(v.High)}, Format: "%.4g",
		Speed: max(float32(math.Abs(v.High-v.Low))/200, 1e-6),
		Change: func(v [2]float32) {
			if v[0]-v[0] == 0 && v[1]-v[1] == 0 && v[0] != v[1] { // one end is dragged over the other
				d.host.Failed(desk.Fix(float64(v[0]), float64(v[1])))
			}
		},
	}
	invert := giu.Layout{widget.Tip{Text: "Swap the two values", Of: giu.Button("Invert").OnClick(func() { d.host.Failed(desk.Invert()) })}}
	if v.High < v.Low {
		invert = append(invert, widget.OnLine{widget.Aligned{Of: widget.Dim("inverted")}})
	}
	return giu.Layout{row("Ends", help, widget.Tip{Text: help, Of: drag}), below(invert)}
}

// mapPreview draws a colormap below its name.
func mapPreview(name string) giu.Widget {
	colors, err := style.ColormapColors(name)
	if err != nil {
		return giu.Layout{}
	}
	return below(widget.Gradient{Colors: colors, Apart: name == style.Categorical, Height: 8})
}
