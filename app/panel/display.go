package panel

import (
	"fmt"
	"math"
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/inspect"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
)

// displayPanel is how the points are drawn and coloured.
type displayPanel struct {
	host   *Host
	window *window.Window
	clip   [3]widget.RangeSlider
}

const (
	logSlider = imgui.SliderFlagsAlwaysClamp | imgui.SliderFlagsLogarithmic
	linSlider = imgui.SliderFlagsAlwaysClamp
)

func (d *displayPanel) draw() {
	v := &d.host.Session.View
	section := func(name string, open bool, body func(*look.Look)) {
		flags := imgui.TreeNodeFlags(imgui.TreeNodeFlagsNone)
		if open {
			flags = imgui.TreeNodeFlagsDefaultOpen
		}
		if imgui.CollapsingHeaderTreeNodeFlagsV(name, flags) {
			imgui.PushIDStr(name)
			body(v)
			imgui.PopID()
			imgui.Spacing()
		}
	}
	d.active()
	section("Colour", true, d.color)
	section("Points", true, d.points)
	section("Lines", true, d.lines)
	section("Clipping", v.ClipMode != look.ClipNone, d.clipping)
	section("Scene", true, d.scene)
	section("Large clouds", false, d.limits)
	imgui.Spacing()
	if imgui.ButtonV(assets.IconUndo+"  Reset", imgui.Vec2{X: imgui.ContentRegionAvail().X}) {
		d.host.Run("reset-display")
	}
	widget.Tooltip("Draw everything as a new window does")
}

// row begins a line with a label; what follows takes the rest of the width.
func (d *displayPanel) row(label, help string) {
	imgui.AlignTextToFramePadding()
	imgui.TextUnformatted(label)
	widget.Tooltip(help)
	imgui.SameLineV(6.2*imgui.FontSize(), -1)
	imgui.SetNextItemWidth(-math.SmallestNonzeroFloat32)
}

// below begins a line that belongs to the row above.
func (d *displayPanel) below() { imgui.SetCursorPosX(6.2 * imgui.FontSize()) }

func (d *displayPanel) slider(label, help string, v *float32, lo, hi float32, format string, flags imgui.SliderFlags) {
	d.row(label, help)
	imgui.SliderFloatV("##"+label, v, lo, hi, format, flags)
	widget.Tooltip(help)
}

func (d *displayPanel) check(label, help string, on *bool) {
	imgui.Checkbox(label, on)
	widget.Tooltip(help)
}

// pair draws two checkboxes in a line, in columns.
func (d *displayPanel) pair(a, helpA string, onA *bool, b, helpB string, onB *bool) {
	d.check(a, helpA, onA)
	d.second()
	d.check(b, helpB, onB)
}

// second goes on in the line, in the second column.
func (d *displayPanel) second() {
	imgui.SameLineV(max(imgui.ContentRegionAvail().X/2, 8*imgui.FontSize()), -1)
}

// combo draws a choice of names and returns the one chosen now, else -1.
func (d *displayPanel) combo(label, help string, names []string, at int) int {
	chosen := -1
	d.row(label, help)
	preview := ""
	if at >= 0 && at < len(names) {
		preview = names[at]
	}
	if imgui.BeginComboV("##"+label, preview, imgui.ComboFlagsHeightLarge) {
		for i, n := range names {
			if imgui.SelectableBoolV(n, i == at, 0, imgui.Vec2{}) {
				chosen = i
			}
		}
		imgui.EndCombo()
	}
	return chosen
}

// lacks says below a row what this frame or all are without, each reason on a line.
func (d *displayPanel) lacks(name string) {
	for _, line := range d.host.Session.Lack(name) {
		wrapped(line+".", nil)
	}
}

// shapes draws the choice of Shapes; where no frame has a Shape it is grey, and the reason
// stands below.
func (d *displayPanel) shapes(v *look.Look) {
	const name = "Shape"
	s := d.host.Session
	draw := func() { d.check("Shapes", "Draw particles by their Shape, Orientation and Scale", &v.Shapes) }
	if s.HasAttribute(name) || len(s.Layers()) == 0 {
		if draw(); v.Shapes {
			d.lacks(name)
		}
		return
	}
	imgui.BeginDisabled()
	draw()
	imgui.EndDisabled()
	if text := s.MeasuredText(); text != "" {
		wrapped("Shapes: no Shape in "+text+".", nil)
	} else {
		wrapped("Shapes: no frame has Shape.", nil)
	}
}

func (d *displayPanel) color(v *look.Look) {
	d.row("Colour by", "An attribute, one of its components, or its magnitude")
	if imgui.BeginComboV("##by", v.ColorBy(), imgui.ComboFlagsHeightLarge) {
		if imgui.SelectableBoolV("Color", v.ColorMode == look.ColorAttribute, 0, imgui.Vec2{}) {
			v.ColorMode = look.ColorAttribute
		}
		if imgui.SelectableBoolV("constant", v.ColorMode == look.ColorConstant, 0, imgui.Vec2{}) {
			v.ColorMode = look.ColorConstant
		}
		imgui.Separator()
		for _, sc := range stage.Scalars(d.attributes()) {
			if imgui.SelectableBoolV(sc.Title, v.ColorMode == look.ColorScalar && v.ScalarTitle == sc.Title, 0, imgui.Vec2{}) {
				setScalar(v, sc)
			}
		}
		imgui.EndCombo()
	}
	switch v.ColorMode {
	case look.ColorAttribute:
		d.lacks("Color")
	case look.ColorConstant:
		d.row("Colour", "Of all points")
		imgui.ColorEdit3V("##colour", &v.Constant, imgui.ColorEditFlagsDisplayHex)
	case look.ColorScalar:
		d.lacks(v.Scalar)
		d.scalar(v)
	}
}

func (d *displayPanel) scalar(v *look.Look) {
	maps := gfx.Colormaps()
	at := 0
	for i, m := range maps {
		if m == v.Colormap {
			at = i
		}
	}
	if i := d.combo("Colormap", "Categorical is for whole numbers such as IDs", maps, at); i >= 0 {
		v.Colormap = maps[i]
	}
	d.mapPreview(v.Colormap)
	modes := []string{look.RangeFrame: "this frame", look.RangeSequence: "all frames", look.RangeFixed: "fixed"}
	if m := d.combo("Range", "Which values the ends of the colormap stand for", modes, int(v.RangeMode)); m >= 0 {
		if look.RangeMode(m) == look.RangeFixed {
			v.Low, v.High, _ = d.host.Session.ScalarRange()
		}
		v.RangeMode = look.RangeMode(m)
	}
	if v.RangeMode != look.RangeFixed {
		d.below()
		if lo, hi, ok := d.host.Session.ScalarRange(); ok {
			widget.TextDim(fmt.Sprintf("%.5g to %.5g", lo, hi))
		} else {
			widget.TextDim("no values")
		}
		if note := d.host.Session.RangeNote(); note != "" {
			wrapped(note+".", nil)
		}
		return
	}
	d.ends(v)
}

// ends edits a fixed range, which may be turned around.
func (d *displayPanel) ends(v *look.Look) {
	const help = "What the two ends of the colormap stand for.\nDrag, or double click to type. The first may be the greater one"
	ends := [2]float32{float32(v.Low), float32(v.High)}
	speed := max(float32(math.Abs(float64(ends[1]-ends[0])))/200, 1e-6)
	d.row("Ends", help)
	if imgui.DragFloat2V("##ends", &ends, speed, 0, 0, "%.4g", 0) && ends[0]-ends[0] == 0 && ends[1]-ends[1] == 0 {
		v.Low, v.High = float64(ends[0]), float64(ends[1])
	}
	widget.Tooltip(help)
	d.below()
	if imgui.Button("Invert") {
		v.Low, v.High = v.High, v.Low
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
	colors, err := gfx.ColormapColors(name)
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
	if name == gfx.Categorical {
		n = len(colors)
	}
	for i := range n {
		a, b := colors[i*(len(colors)-1)/n], colors[(i+1)*(len(colors)-1)/n]
		if name == gfx.Categorical {
			a, b = colors[i], colors[i]
		}
		x0, x1 := p.X+width*float32(i)/float32(n), p.X+width*float32(i+1)/float32(n)
		dl.AddRectFilledMultiColor(imgui.Vec2{X: x0, Y: p.Y}, imgui.Vec2{X: x1, Y: p.Y + h}, pack(a), pack(b), pack(b), pack(a))
	}
}

func (d *displayPanel) points(v *look.Look) {
	byPixels := v.FixedSize > 0
	at := 0
	if byPixels {
		at = 1
	}
	switch d.combo("Size", "By the attribute Size, or the same for every point", []string{"by attribute", "in pixels"}, at) {
	case 0:
		v.FixedSize = 0
	case 1:
		v.FixedSize = max(v.PointSize, 1)
	}
	if v.FixedSize > 0 {
		d.slider("Diameter", "Of every point", &v.FixedSize, 1, 32, "%.1f px", linSlider)
	} else {
		d.slider("Scale", "Times the attribute Size", &v.PointScale, 0.05, 10, "%.2f x", logSlider)
	}
	d.check("Density", "Add the light of points up, for very large clouds", &v.Density)
	d.second()
	d.shapes(v)
	if v.Density {
		d.slider("Exposure", "Brightness of the density", &v.Exposure, 0.02, 50, "%.2f x", logSlider)
	}
}

func (d *displayPanel) lines(v *look.Look) {
	s := d.host.Session
	names := append([]string{"none"}, d.vectors(v.Vectors)...)
	at := max(slices.Index(names, v.Vectors), 0)
	if i := d.combo("Vectors", "Draw a vector attribute as arrows", names, at); i >= 0 {
		if v.Vectors = ""; i > 0 {
			v.Vectors = names[i]
		}
	}
	if v.Vectors != "" {
		d.lacks(v.Vectors)
		d.slider("Length", "World units per unit of the vector", &v.VectorScale, 0.001, 10, "%.3f x", logSlider)
	}
	trails := int32(v.Trails)
	d.row("Trails", "Where points were in the frames before, by their ID")
	format := "%d frames"
	switch trails {
	case 0:
		format = "none"
	case 1:
		format = "%d frame"
	}
	if imgui.SliderIntV("##trails", &trails, 0, 120, format, linSlider) {
		v.Trails = int(min(max(trails, 0), look.MaxTrails))
	}
	widget.Tooltip("Where points were in the frames before, by their ID.\nOnly frames that are loaded count. Ctrl+click to type")
	if v.Trails > 0 && len(s.Lack("ID")) > 0 {
		wrapped("Trails need the points' ID.", nil)
		d.lacks("ID")
	}
	if v.Vectors != "" || v.Trails > 0 || v.Strands && hasStrands(s.Attributes()) {
		d.slider("Width", "Of vectors, trails and strands", &v.LineWidth, 0.5, 8, "%.1f px", linSlider)
	}
	d.check("Strands", "Draw StrandPosition as lines", &v.Strands)
}

func hasStrands(attributes []inspect.Attribute) bool {
	return slices.ContainsFunc(attributes, func(a inspect.Attribute) bool { return a.Same("StrandPosition") })
}

func (d *displayPanel) clipping(v *look.Look) {
	box := d.host.Stage.Bounds()
	modes := []string{look.ClipNone: "everything", look.ClipBox: "a box", look.ClipSlab: "a slab"}
	if m := d.combo("Show", "Hide what is outside a box, or outside a slab along an axis.\nTheir faces can be dragged by the discs in the scene too", modes, int(v.ClipMode)); m >= 0 {
		if v.ClipMode == look.ClipNone && !box.Empty() {
			v.ClipMin, v.ClipMax = box.Min, box.Max
			if look.ClipMode(m) == look.ClipSlab {
				mid, half := box.Center()[v.SlabAxis], box.Size()[v.SlabAxis]/8
				v.ClipMin[v.SlabAxis], v.ClipMax[v.SlabAxis] = mid-half, mid+half
			}
		}
		v.ClipMode = look.ClipMode(m)
	}
	axes := []string{"X", "Y", "Z"}
	switch v.ClipMode {
	case look.ClipBox:
		for i := range 3 {
			d.clipAxis(axes[i], i, v, box)
		}
	case look.ClipSlab:
		if i := d.combo("Axis", "The slab lies across this axis", axes, v.SlabAxis); i >= 0 && i != v.SlabAxis {
			v.SlabAxis = i
			if !box.Empty() {
				mid, half := box.Center()[i], box.Size()[i]/8
				v.ClipMin[i], v.ClipMax[i] = mid-half, mid+half
			}
		}
		d.clipAxis("Kept", v.SlabAxis, v, box)
	}
}

// clipAxis edits what is kept along an axis, within the bounds and a little more.
func (d *displayPanel) clipAxis(label string, axis int, v *look.Look, box gfx.Box) {
	lo, hi := v.ClipMin[axis], v.ClipMax[axis]
	if !box.Empty() {
		pad := box.Size()[axis] * 0.05
		lo, hi = math.Min(lo, box.Min[axis]-pad), math.Max(hi, box.Max[axis]+pad)
	}
	d.row(label, "From and to, in world units")
	text := func(x float64) string { return placeText(x, hi-lo) }
	slider := &d.clip[axis]
	slider.ID, slider.Low, slider.High, slider.Min, slider.Max, slider.Format = "##"+label, v.ClipMin[axis], v.ClipMax[axis], lo, hi, text
	slider.Change = func(low, high float64) { v.ClipMin[axis], v.ClipMax[axis] = low, high }
	slider.Build()
	d.below()
	widget.TextDim(text(v.ClipMin[axis]) + " to " + text(v.ClipMax[axis]))
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

func (d *displayPanel) scene(v *look.Look) {
	d.pair("Grid", "The ground, with numbers", &v.Grid, "Axes", "At the bottom left; click an arm to look along it", &v.Axes)
	d.pair("Bounds", "The box around all points", &v.Bounds, "Legend", "Of the colours", &v.Legend)
	d.check("Help of the tool", "Show at the bottom what the mouse does", &v.Help)
	d.slider("Depth cue", "Far points fade into the background", &v.DepthCue, 0, 1, "%.2f", linSlider)
	d.row("Top", "Colour of the background at the top")
	imgui.ColorEdit3V("##top", &v.Top, imgui.ColorEditFlagsDisplayHex)
	d.row("Bottom", "Colour of the background at the bottom")
	imgui.ColorEdit3V("##bottom", &v.Bottom, imgui.ColorEditFlagsDisplayHex)
}

// pointLimits are offered for thinning.
var pointLimits = [...]int{0, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000}

func (d *displayPanel) limits(v *look.Look) {
	wrapped("What is left out is told in the scene.", nil)
	names, at := make([]string, len(pointLimits)), 0
	for i, n := range pointLimits {
		if names[i] = unit.Count(n); n == 0 {
			names[i] = "all"
		}
		if n == v.PointLimit {
			at = i
		}
	}
	if i := d.combo("Points", "Draw at most as many, thinned evenly", names, at); i >= 0 {
		v.PointLimit = pointLimits[i]
	}
	shapes := int32(v.ShapeLimit)
	d.row("Shapes", "")
	if imgui.SliderIntV("##shapes", &shapes, 1000, 5_000_000, "up to %d", logSlider) {
		v.ShapeLimit = int(shapes)
	}
	widget.Tooltip("Shapes of clouds with more points are drawn as points")
}

func setScalar(v *look.Look, sc stage.Scalar) {
	v.ColorMode, v.Scalar, v.Component, v.ScalarTitle = look.ColorScalar, sc.Attribute, sc.Component, sc.Title
}

// colorings are what the points of the active layer's frames can be coloured by, by name.
func (d *displayPanel) colorings() []string {
	names := []string{"Color", "constant"}
	for _, sc := range stage.Scalars(d.attributes()) {
		if sc.Title != "Color" {
			names = append(names, sc.Title)
		}
	}
	return names
}

// colorBy sets the colouring by name, for scripts. The active layer's attributes come
// first, and those of the others are known too.
func colorBy(s *session.Session, name string) error {
	switch name {
	case "Color":
		s.View.ColorMode = look.ColorAttribute
		return nil
	case "constant":
		s.View.ColorMode = look.ColorConstant
		return nil
	}
	if len(s.Layers()) == 0 {
		return fmt.Errorf("nothing is open that could be coloured by %q", name)
	}
	sc, err := stage.ParseScalar(s.Attributes(), name)
	if err != nil {
		if text := s.MeasuredText(); text != "" {
			err = fmt.Errorf("%w; %s so far", err, text)
		}
		return err
	}
	setScalar(&s.View, sc)
	return nil
}
