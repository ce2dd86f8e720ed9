package display

import (
	"fmt"
	"math"
	"slices"

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
	l := giu.Layout{row("Colour by", "An attribute, one of its components, or its magnitude", by)}
	switch v.ColorMode {
	case style.ColorAttribute:
		l = append(l, d.lacks("Color"))
	case style.ColorConstant:
		l = append(l, d.tint("Colour", "Colour of all points", look.Points))
	case style.ColorScalar:
		l = append(l, d.lacks(v.Scalar), d.scalar())
	}
	return l
}

func (d *display) scalar() giu.Layout {
	v, desk := &d.now, d.host.Look
	maps := style.Colormaps()
	scale := stage.ScaleOf(d.host.Session, v)
	modes := []string{look.RangeFrame: "this frame", look.RangeSequence: "all frames", look.RangeFixed: "fixed"}
	l := giu.Layout{
		combo("Colormap", "Categorical is for whole numbers such as IDs", maps, max(slices.Index(maps, v.Colormap), 0), func(i int) { d.host.Failed(desk.SetColormap(maps[i])) }),
		mapPreview(v.Colormap),
		combo("Range", "The values at the ends of the colormap", modes, int(v.RangeMode), func(i int) {
			if m := look.RangeMode(i); m == look.RangeFixed {
				d.host.Failed(desk.Fix(scale.Lo, scale.Hi))
			} else {
				desk.RangeOf(m == look.RangeSequence)
			}
		}),
	}
	if v.RangeMode == look.RangeFixed {
		return append(l, d.ends())
	}
	text := "no values"
	if scale.Known {
		text = fmt.Sprintf("%.5g to %.5g", scale.Lo, scale.Hi)
	}
	l = append(l, below(widget.Dim(text)))
	if scale.Note != "" {
		l = append(l, widget.Wrapped{Text: scale.Note + "."})
	}
	return l
}

// ends edits a fixed range, which may be inverted.
func (d *display) ends() giu.Widget {
	const help = "The values at the two ends of the colormap.\nDrag, or double-click to type. The first may be greater than the second"
	v, desk := &d.now, d.host.Look
	drag := widget.DragPair{
		ID: "##ends", Values: [2]float32{float32(v.Low), float32(v.High)}, Format: "%.4g",
		Speed: max(float32(math.Abs(v.High-v.Low))/200, 1e-6),
		Change: func(v [2]float32) {
			if v[0]-v[0] == 0 && v[1]-v[1] == 0 { // finite
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
