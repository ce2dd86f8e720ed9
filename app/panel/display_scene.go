package panel

import (
	"fmt"
	"math"

	"iceexplorer/app/look"
	"iceexplorer/app/widget"
	"iceexplorer/gfx"
)

func (d *displayPanel) scene() {
	d.check("Grid", "The ground, with numbers", look.Grid)
	d.second()
	d.check("Axes", "At the bottom left; click an arm to look along it", look.CornerAxes)
	d.check("Bounds", "The box around all points", look.BoundingBox)
	d.second()
	d.check("Legend", "Of the colours", look.Legend)
	d.check("Help of the tool", "Show at the bottom what the mouse does", look.Help)
	d.slider("Depth cue", "Far points fade into the background", look.DepthCue, 0, 1, "%.2f", linSlider)
	d.tint("Top", "Colour of the background at the top", look.BackgroundTop)
	d.tint("Bottom", "Colour of the background at the bottom", look.BackgroundBottom)
}

func (d *displayPanel) clipping() {
	v, desk, box := &d.now, d.host.Look, d.host.Stage.Bounds()
	modes := []string{look.ClipNone: "everything", look.ClipBox: "a box", look.ClipSlab: "a slab"}
	switch m := d.combo("Show", "Hide what is outside a box, or outside a slab along an axis.\nTheir faces can be dragged by the discs in the scene too", modes, int(v.ClipMode)); {
	case m < 0:
	case look.ClipMode(m) == look.ClipBox:
		desk.ClipIn(box.Min, box.Max)
	case look.ClipMode(m) == look.ClipSlab:
		desk.ClipAcross(v.SlabAxis, box.Min, box.Max)
	default:
		desk.ClipNothing()
	}
	axes := []string{"X", "Y", "Z"}
	switch v.ClipMode {
	case look.ClipBox:
		for i := range axes {
			d.clipAxis(axes[i], i, box)
		}
	case look.ClipSlab:
		if i := d.combo("Axis", "The slab lies across this axis", axes, int(v.SlabAxis)); i >= 0 {
			desk.ClipAcross(look.Axis(i), box.Min, box.Max)
		}
		d.clipAxis("Kept", int(v.SlabAxis), box)
	}
}

// clipAxis edits what is kept along an axis, within the bounds and a little more.
func (d *displayPanel) clipAxis(label string, axis int, box gfx.Box) {
	low, high := d.now.ClipMin[axis], d.now.ClipMax[axis]
	lo, hi := low, high
	if !box.Empty() {
		pad := box.Size()[axis] * 0.05
		lo, hi = math.Min(lo, box.Min[axis]-pad), math.Max(hi, box.Max[axis]+pad)
	}
	d.row(label, "From and to, in world units")
	text := func(x float64) string { return placeText(x, hi-lo) }
	slider := &d.clip[axis]
	slider.ID, slider.Low, slider.High, slider.Min, slider.Max, slider.Format = "##"+label, low, high, lo, hi, text
	slider.Change = func(low, high float64) {
		v := d.host.Look.Now()
		v.ClipMin[axis], v.ClipMax[axis] = low, high
		d.host.Look.MoveClip(v.ClipMin, v.ClipMax)
	}
	slider.Build()
	d.below()
	widget.TextDim(text(low) + " to " + text(high))
}

// placeText writes a coordinate with four digits of the span that it lies in, as far as
// float32 has them.
func placeText(x, span float64) string {
	digits := 4
	if r := math.Abs(x) / span; r > 1 {
		digits += int(math.Min(math.Log10(r), 5))
	}
	return fmt.Sprintf("%.*g", digits, x)
}
