package display

import (
	"fmt"
	"math"
	"slices"

	"github.com/AllenDang/giu"

	"iceexplorer/app/look"
	"iceexplorer/app/widget"
	"iceexplorer/gfx"
)

func (d *display) scene() giu.Layout {
	return append(d.forAll(), giu.Layout{
		widget.Halves{
			Left:  d.check("Grid", "Show the ground grid, with numbers", look.Grid),
			Right: d.check("Axes", "Show the axes at the bottom left; click one to look along it", look.CornerAxes),
		},
		widget.Halves{
			Left:  d.check("Bounds", "Show the box around all points", look.BoundingBox),
			Right: d.check("Legend", "Show the colour legend", look.Legend),
		},
		d.valuesOf(),
		d.check("Tool help", "Show what the mouse does at the bottom of the scene", look.Help),
		d.slider("Depth cue", "Far points fade into the background", look.DepthCue, widget.Slider{Max: 1, Format: "%.2f"}),
		d.tint("Top", "Background colour at the top", look.BackgroundTop),
		d.tint("Bottom", "Background colour at the bottom", look.BackgroundBottom),
	}...)
}

// valuesOf chooses the values that stand beside points.
func (d *display) valuesOf() giu.Widget {
	const none = "none"
	const help = "Write values beside the selected points,\nor where none is selected beside those near the mouse"
	names := []string{none}
	for _, a := range d.attributes() {
		if a.Points && !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	now := d.now.Values
	at := 0
	if now != "" {
		if at = slices.Index(names, now); at < 0 {
			at, names = len(names), append(names, now)
		}
	}
	return giu.Layout{
		combo("Values", help, names, at, func(i int) { d.host.Run("show-values", names[i]) }),
		d.values.field(d.host, "show-values", "", help+".\nAny expression; Enter shows its values", now, none),
	}
}

func (d *display) clipping() giu.Layout {
	v, desk, box := &d.now, d.host.Look, d.stage.Bounds()
	modes := []string{look.ClipNone: "everything", look.ClipBox: "a box", look.ClipSlab: "a slab"}
	const help = "Hide everything outside a box, or outside a slab across an axis.\nDrag the discs in the scene to move the faces"
	l := append(d.forAll(), combo("Show", help, modes, int(v.ClipMode), func(i int) {
		switch look.ClipMode(i) {
		case look.ClipBox:
			desk.ClipIn(box.Min, box.Max)
		case look.ClipSlab:
			desk.ClipAcross(v.SlabAxis, box.Min, box.Max)
		default:
			desk.ClipNothing()
		}
	}))
	axes := []string{"X", "Y", "Z"}
	switch v.ClipMode {
	case look.ClipBox:
		for i := range axes {
			l = append(l, d.clipAxis(axes[i], i, box))
		}
	case look.ClipSlab:
		l = append(l,
			combo("Axis", "The axis that the slab is perpendicular to", axes, int(v.SlabAxis), func(i int) { desk.ClipAcross(look.Axis(i), box.Min, box.Max) }),
			d.clipAxis("Kept", int(v.SlabAxis), box),
		)
	}
	return l
}

// clipAxis edits the range that is kept along an axis, within the bounds and a little more.
func (d *display) clipAxis(label string, axis int, box gfx.Box) giu.Widget {
	low, high := d.now.ClipMin[axis], d.now.ClipMax[axis]
	lo, hi := low, high
	if !box.Empty() {
		pad := box.Size()[axis] * 0.05
		lo, hi = math.Min(lo, box.Min[axis]-pad), math.Max(hi, box.Max[axis]+pad)
	}
	text := func(x float64) string { return placeText(x, hi-lo) }
	slider := &d.clip[axis]
	slider.ID, slider.Low, slider.High, slider.Min, slider.Max, slider.Format = "##"+label, low, high, lo, hi, text
	slider.Change = func(low, high float64) {
		v := d.host.Look.Now()
		v.ClipMin[axis], v.ClipMax[axis] = low, high
		d.host.Look.MoveClip(v.ClipMin, v.ClipMax)
	}
	typed := &d.typed[axis]
	typed.ID, typed.Values, typed.Format = "##typed"+label, []float64{low, high}, fmt.Sprintf("%%.%dg", placeDigits(math.Max(math.Abs(low), math.Abs(high)), hi-lo))
	typed.Change = func(v []float64) { slider.Change(v[0], v[1]) }
	return giu.Layout{
		row(label, "From and to, in world units", slider),
		below(widget.Tip{Text: "From and to, in world units; Enter takes them", Of: typed}),
	}
}

// placeText writes a coordinate with four digits relative to the span that it lies in, as far
// as float32 has them.
func placeText(x, span float64) string { return fmt.Sprintf("%.*g", placeDigits(x, span), x) }

func placeDigits(x, span float64) int {
	if r := math.Abs(x) / span; r > 1 {
		return 4 + int(math.Min(math.Log10(r), 5))
	}
	return 4
}
