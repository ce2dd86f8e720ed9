package panel

import (
	"fmt"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/scene"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/cache"
	"iceexplorer/gfx"
)

// displayPanel is how the points are drawn and coloured.
type displayPanel struct {
	host   *Host
	window *window.Window
}

func (d *displayPanel) draw() {
	v := &d.host.Session.View
	imgui.PushItemWidth(-imgui.FontSize() * 6)
	imgui.SeparatorText("Colour")
	d.color(v)
	imgui.SeparatorText("Points")
	byPixels := v.FixedSize > 0
	if imgui.Checkbox("Fixed size", &byPixels) {
		v.FixedSize = 0
		if byPixels {
			v.FixedSize = v.PointSize
		}
	}
	widget.Tooltip("Draw every point with the same size in pixels instead of its Size")
	if byPixels {
		imgui.SliderFloatV("Pixels", &v.FixedSize, 1, 32, "%.1f px", imgui.SliderFlagsAlwaysClamp)
	} else {
		imgui.SliderFloatV("Scale", &v.PointScale, 0.05, 10, "%.2f x", imgui.SliderFlagsAlwaysClamp|imgui.SliderFlagsLogarithmic)
	}
	imgui.Checkbox("Shapes", &v.Shapes)
	widget.Tooltip("Draw particles by their Shape, Orientation and Scale")
	imgui.Checkbox("Density", &v.Density)
	widget.Tooltip("Add the light of points up, for very large clouds")
	imgui.SeparatorText("Lines")
	d.vectors(v)
	imgui.Checkbox("Strands", &v.Strands)
	imgui.SeparatorText("Scene")
	imgui.Checkbox("Grid", &v.Grid)
	imgui.SameLine()
	imgui.Checkbox("Axes", &v.Axes)
	imgui.Checkbox("Bounding box", &v.Bounds)
	imgui.SameLine()
	imgui.Checkbox("Legend", &v.Legend)
	imgui.PopItemWidth()
}

// first is a frame that is shown, to learn which attributes there are.
func (d *displayPanel) first() *cache.Frame {
	for _, l := range d.host.Session.Layers() {
		if sh := d.host.Session.Shown(l); sh.Frame != nil {
			return sh.Frame
		}
	}
	return nil
}

// preview is what the colouring is called.
func preview(v *session.View) string {
	switch v.ColorMode {
	case session.ColorAttribute:
		return "Color"
	case session.ColorConstant:
		return "constant"
	}
	return v.ScalarTitle
}

func (d *displayPanel) color(v *session.View) {
	f := d.first()
	if imgui.BeginComboV("Colour by", preview(v), imgui.ComboFlagsHeightLarge) {
		if imgui.SelectableBoolV("Color", v.ColorMode == session.ColorAttribute, 0, imgui.Vec2{}) {
			v.ColorMode = session.ColorAttribute
		}
		if imgui.SelectableBoolV("constant", v.ColorMode == session.ColorConstant, 0, imgui.Vec2{}) {
			v.ColorMode = session.ColorConstant
		}
		imgui.Separator()
		if f != nil {
			for _, sc := range scene.Scalars(f) {
				if imgui.SelectableBoolV(sc.Title, v.ColorMode == session.ColorScalar && v.ScalarTitle == sc.Title, 0, imgui.Vec2{}) {
					setScalar(v, sc)
				}
			}
		}
		imgui.EndCombo()
	}
	switch v.ColorMode {
	case session.ColorConstant:
		imgui.ColorEdit3V("Colour", &v.Constant, imgui.ColorEditFlagsNoInputs)
	case session.ColorScalar:
		d.scalar(v)
	}
}

func (d *displayPanel) scalar(v *session.View) {
	if imgui.BeginCombo("Colormap", v.Colormap) {
		for _, name := range gfx.Colormaps() {
			if imgui.SelectableBoolV(name, name == v.Colormap, 0, imgui.Vec2{}) {
				v.Colormap = name
			}
		}
		imgui.EndCombo()
	}
	names := [...]string{session.RangeFrame: "this frame", session.RangeSequence: "all frames seen", session.RangeFixed: "fixed"}
	if imgui.BeginCombo("Range", names[v.RangeMode]) {
		for m, name := range names {
			if imgui.SelectableBoolV(name, session.RangeMode(m) == v.RangeMode, 0, imgui.Vec2{}) {
				if session.RangeMode(m) == session.RangeFixed {
					d.freeze(v)
				}
				v.RangeMode = session.RangeMode(m)
			}
		}
		imgui.EndCombo()
	}
	lo, hi := float32(v.Low), float32(v.High)
	if v.RangeMode != session.RangeFixed {
		for _, l := range d.host.Session.Layers() {
			a, b := d.host.Session.ScalarRange(l, d.host.Session.Shown(l))
			widget.TextDim(fmt.Sprintf("%.5g to %.5g", a, b))
			return
		}
		return
	}
	speed := max((hi-lo)/200, 1e-6)
	if imgui.DragFloatRange2V("Low, high", &lo, &hi, speed, 0, 0, "%.4g", "%.4g", 0) {
		v.Low, v.High = float64(lo), float64(hi)
	}
}

// freeze takes the range that is shown as the fixed one.
func (d *displayPanel) freeze(v *session.View) {
	for _, l := range d.host.Session.Layers() {
		v.Low, v.High = d.host.Session.ScalarRange(l, d.host.Session.Shown(l))
		return
	}
}

func (d *displayPanel) vectors(v *session.View) {
	name := v.Vectors
	if name == "" {
		name = "none"
	}
	if imgui.BeginCombo("Vectors", name) {
		if imgui.SelectableBoolV("none", v.Vectors == "", 0, imgui.Vec2{}) {
			v.Vectors = ""
		}
		if f := d.first(); f != nil {
			for _, a := range f.Attributes {
				if a.Type != cache.TypeVector3 || a.Structure != cache.Single || cache.TrimPadding(a.Name) == "PointPosition" {
					continue
				}
				if imgui.SelectableBoolV(a.Name, v.Vectors == a.Name, 0, imgui.Vec2{}) {
					v.Vectors = a.Name
				}
			}
		}
		imgui.EndCombo()
	}
	if v.Vectors != "" {
		imgui.SliderFloatV("Length", &v.VectorScale, 0.001, 1, "%.3f x", imgui.SliderFlagsAlwaysClamp|imgui.SliderFlagsLogarithmic)
	}
}

func setScalar(v *session.View, sc scene.Scalar) {
	v.ColorMode, v.Scalar, v.Component, v.ScalarTitle = session.ColorScalar, sc.Attribute, sc.Component, sc.Title
}

// colorBy sets the colouring by name, for scripts.
func colorBy(s *session.Session, name string) error {
	switch name {
	case "Color":
		s.View.ColorMode = session.ColorAttribute
		return nil
	case "constant":
		s.View.ColorMode = session.ColorConstant
		return nil
	}
	for _, l := range s.Layers() {
		if sh := s.Shown(l); sh.Frame != nil {
			sc, err := scene.ParseScalar(sh.Frame, name)
			if err == nil {
				setScalar(&s.View, sc)
			}
			return err
		}
	}
	return fmt.Errorf("nothing is shown that could be coloured by %q", name)
}
