package panel

import (
	"fmt"
	"math"
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/look"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/gfx/style"
)

func (d *displayPanel) color() {
	v, desk := &d.now, d.host.Look
	d.row("Colour by", "An attribute, one of its components, or its magnitude")
	if imgui.BeginComboV("##by", v.ColorBy(), imgui.ComboFlagsHeightLarge) {
		if imgui.SelectableBoolV("Color", v.ColorMode == style.ColorAttribute, 0, imgui.Vec2{}) {
			desk.ColorByAttribute()
		}
		if imgui.SelectableBoolV("constant", v.ColorMode == style.ColorConstant, 0, imgui.Vec2{}) {
			desk.ColorByConstant()
		}
		imgui.Separator()
		for _, sc := range stage.Scalars(d.attributes()) {
			if imgui.SelectableBoolV(sc.Title, v.ColorMode == style.ColorScalar && v.ScalarTitle == sc.Title, 0, imgui.Vec2{}) {
				desk.ColorByScalar(sc)
			}
		}
		imgui.EndCombo()
	}
	switch v.ColorMode {
	case style.ColorAttribute:
		d.lacks("Color")
	case style.ColorConstant:
		d.tint("Colour", "Of all points", look.Points)
	case style.ColorScalar:
		d.lacks(v.Scalar)
		d.scalar()
	}
}

func (d *displayPanel) scalar() {
	v, desk := &d.now, d.host.Look
	maps := style.Colormaps()
	if i := d.combo("Colormap", "Categorical is for whole numbers such as IDs", maps, max(slices.Index(maps, v.Colormap), 0)); i >= 0 {
		d.host.Failed(desk.SetColormap(maps[i]))
	}
	d.mapPreview(v.Colormap)
	scale := stage.ScaleOf(d.host.Session, v)
	modes := []string{look.RangeFrame: "this frame", look.RangeSequence: "all frames", look.RangeFixed: "fixed"}
	switch m := d.combo("Range", "Which values the ends of the colormap stand for", modes, int(v.RangeMode)); {
	case m < 0:
	case look.RangeMode(m) == look.RangeFixed:
		d.host.Failed(desk.Fix(scale.Lo, scale.Hi))
	default:
		desk.RangeOf(look.RangeMode(m) == look.RangeSequence)
	}
	if v.RangeMode == look.RangeFixed {
		d.ends()
		return
	}
	d.below()
	if scale.Known {
		widget.TextDim(fmt.Sprintf("%.5g to %.5g", scale.Lo, scale.Hi))
	} else {
		widget.TextDim("no values")
	}
	if scale.Note != "" {
		wrapped(scale.Note+".", nil)
	}
}

// ends edits a fixed range, which may be turned around.
func (d *displayPanel) ends() {
	const help = "What the two ends of the colormap stand for.\nDrag, or double click to type. The first may be the greater one"
	v, desk := &d.now, d.host.Look
	ends := [2]float32{float32(v.Low), float32(v.High)}
	speed := max(float32(math.Abs(float64(ends[1]-ends[0])))/200, 1e-6)
	d.row("Ends", help)
	if imgui.DragFloat2V("##ends", &ends, speed, 0, 0, "%.4g", 0) && ends[0]-ends[0] == 0 && ends[1]-ends[1] == 0 {
		d.host.Failed(desk.Fix(float64(ends[0]), float64(ends[1])))
	}
	widget.Tooltip(help)
	d.below()
	if imgui.Button("Invert") {
		d.host.Failed(desk.Invert())
	}
	widget.Tooltip("Swap the two ends")
	if v.High < v.Low {
		imgui.SameLine()
		imgui.AlignTextToFramePadding()
		widget.TextDim("inverted")
	}
}

// mapPreview draws a colormap below its name.
func (d *displayPanel) mapPreview(name string) {
	colors, err := style.ColormapColors(name)
	if err != nil {
		return
	}
	d.below()
	p, k := imgui.CursorScreenPos(), d.window.Scale()
	width, h := imgui.ContentRegionAvail().X, 8*k
	imgui.Dummy(imgui.Vec2{X: width, Y: h})
	dl := imgui.WindowDrawList()
	pack := func(c [3]float32) uint32 {
		return imgui.ColorU32Vec4(imgui.Vec4{X: c[0], Y: c[1], Z: c[2], W: 1})
	}
	const steps = 24
	n := steps
	if name == style.Categorical {
		n = len(colors)
	}
	for i := range n {
		a, b := colors[i*(len(colors)-1)/n], colors[(i+1)*(len(colors)-1)/n]
		if name == style.Categorical {
			a, b = colors[i], colors[i]
		}
		x0, x1 := p.X+width*float32(i)/float32(n), p.X+width*float32(i+1)/float32(n)
		dl.AddRectFilledMultiColor(imgui.Vec2{X: x0, Y: p.Y}, imgui.Vec2{X: x1, Y: p.Y + h}, pack(a), pack(b), pack(b), pack(a))
	}
}
