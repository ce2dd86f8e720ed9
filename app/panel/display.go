package panel

import (
	"fmt"
	"math"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/scene"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache"
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
	section := func(name string, open bool, body func(*session.View)) {
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
	section("Colour", true, d.color)
	section("Points", true, d.points)
	section("Lines", true, d.lines)
	section("Clipping", v.ClipMode != session.ClipNone, d.clipping)
	section("Scene", true, d.scene)
	section("Large clouds", false, d.limits)
	imgui.Spacing()
	if imgui.ButtonV(assets.IconUndo+"  Reset", imgui.Vec2{X: imgui.ContentRegionAvail().X}) {
		tellError(d.host, d.host.Actions.Run("reset-display"))
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
	imgui.SameLineV(max(imgui.ContentRegionAvail().X/2, 8*imgui.FontSize()), -1)
	d.check(b, helpB, onB)
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

// first is a frame that is shown, to learn which attributes there are.
func (d *displayPanel) first() *cache.Frame {
	for _, l := range d.host.Session.Layers() {
		if sh := d.host.Session.Shown(l); sh.Frame != nil {
			return sh.Frame
		}
	}
	return nil
}

func (d *displayPanel) color(v *session.View) {
	f := d.first()
	d.row("Colour by", "An attribute, one of its components, or its magnitude")
	if imgui.BeginComboV("##by", v.ColorBy(), imgui.ComboFlagsHeightLarge) {
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
	case session.ColorAttribute:
		if f != nil && f.Attribute("Color") == nil {
			wrapped("There is no Color: the points have one colour.", nil)
		}
	case session.ColorConstant:
		d.row("Colour", "Of all points")
		imgui.ColorEdit3V("##colour", &v.Constant, imgui.ColorEditFlagsDisplayHex)
	case session.ColorScalar:
		d.scalar(v)
	}
}

func (d *displayPanel) scalar(v *session.View) {
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
	modes := []string{session.RangeFrame: "this frame", session.RangeSequence: "all frames loaded", session.RangeFixed: "fixed"}
	if m := d.combo("Range", "Which values the ends of the colormap stand for", modes, int(v.RangeMode)); m >= 0 {
		if session.RangeMode(m) == session.RangeFixed {
			v.Low, v.High = d.measured()
		}
		v.RangeMode = session.RangeMode(m)
	}
	if v.RangeMode != session.RangeFixed {
		lo, hi := d.measured()
		d.below()
		widget.TextDim(fmt.Sprintf("%.5g to %.5g", lo, hi))
		return
	}
	lo, hi := float32(v.Low), float32(v.High)
	speed := max((hi-lo)/200, 1e-6)
	d.row("Ends", "Drag, or double click to type")
	if imgui.DragFloatRange2V("##ends", &lo, &hi, speed, 0, 0, "%.4g", "%.4g", 0) {
		v.Low, v.High = float64(lo), float64(hi)
	}
	widget.Tooltip("Drag, or double click to type")
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

// measured is the range that is shown of the first sequence.
func (d *displayPanel) measured() (lo, hi float64) {
	for _, l := range d.host.Session.Layers() {
		if sh := d.host.Session.Shown(l); sh.Frame != nil && l.Visible {
			return d.host.Session.ScalarRange(l, sh)
		}
	}
	return d.host.Session.View.Low, d.host.Session.View.High
}

func (d *displayPanel) points(v *session.View) {
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
	d.pair("Shapes", "Draw particles by their Shape, Orientation and Scale", &v.Shapes,
		"Density", "Add the light of points up, for very large clouds", &v.Density)
	if v.Density {
		d.slider("Exposure", "Brightness of the density", &v.Exposure, 0.02, 50, "%.2f x", logSlider)
	}
}

func (d *displayPanel) lines(v *session.View) {
	f := d.first()
	names, at := []string{"none"}, 0
	if f != nil {
		for _, a := range f.Attributes {
			if a.Type != cache.TypeVector3 || a.Structure != cache.Single || cache.TrimPadding(a.Name) == "PointPosition" {
				continue
			}
			if names = append(names, a.Name); a.Name == v.Vectors {
				at = len(names) - 1
			}
		}
	}
	if i := d.combo("Vectors", "Draw a vector attribute as arrows", names, at); i >= 0 {
		if v.Vectors = ""; i > 0 {
			v.Vectors = names[i]
		}
	}
	if v.Vectors != "" {
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
		v.Trails = int(min(max(trails, 0), session.MaxTrails))
	}
	widget.Tooltip("Where points were in the frames before, by their ID.\nOnly frames that are loaded count. Ctrl+click to type")
	if v.Trails > 0 && f != nil && session.IDs(f) == nil {
		wrapped("The points have no ID, which trails need.", nil)
	}
	if v.Vectors != "" || v.Trails > 0 || v.Strands && f != nil && f.Attribute("StrandPosition") != nil {
		d.slider("Width", "Of vectors, trails and strands", &v.LineWidth, 0.5, 8, "%.1f px", linSlider)
	}
	d.check("Strands", "Draw StrandPosition as lines", &v.Strands)
}

// bounds is the box of all shown points.
func (d *displayPanel) bounds() gfx.Box {
	box := gfx.EmptyBox()
	for _, l := range d.host.Session.Layers() {
		if sh := d.host.Session.Shown(l); sh.Frame != nil && l.Visible {
			box = box.Union(scene.Bounds(sh.Frame))
		}
	}
	return box
}

func (d *displayPanel) clipping(v *session.View) {
	box := d.bounds()
	modes := []string{session.ClipNone: "everything", session.ClipBox: "a box", session.ClipSlab: "a slab"}
	if m := d.combo("Show", "Hide what is outside a box, or outside a slab along an axis.\nTheir faces can be dragged by the discs in the scene too", modes, int(v.ClipMode)); m >= 0 {
		if v.ClipMode == session.ClipNone && !box.Empty() {
			v.ClipMin, v.ClipMax = box.Min, box.Max
			if session.ClipMode(m) == session.ClipSlab {
				mid, half := box.Center()[v.SlabAxis], box.Size()[v.SlabAxis]/8
				v.ClipMin[v.SlabAxis], v.ClipMax[v.SlabAxis] = mid-half, mid+half
			}
		}
		v.ClipMode = session.ClipMode(m)
	}
	axes := []string{"X", "Y", "Z"}
	switch v.ClipMode {
	case session.ClipBox:
		for i := range 3 {
			d.clipAxis(axes[i], i, v, box)
		}
	case session.ClipSlab:
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
func (d *displayPanel) clipAxis(label string, axis int, v *session.View, box gfx.Box) {
	lo, hi := v.ClipMin[axis], v.ClipMax[axis]
	if !box.Empty() {
		pad := box.Size()[axis] * 0.05
		lo, hi = math.Min(lo, box.Min[axis]-pad), math.Max(hi, box.Max[axis]+pad)
	}
	d.row(label, "From and to, in world units")
	d.clip[axis].Draw("##"+label, &v.ClipMin[axis], &v.ClipMax[axis], lo, hi, 0, func(x float64) string { return fmt.Sprintf("%.4g", x) })
	d.below()
	widget.TextDim(fmt.Sprintf("%.4g to %.4g", v.ClipMin[axis], v.ClipMax[axis]))
}

func (d *displayPanel) scene(v *session.View) {
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

func (d *displayPanel) limits(v *session.View) {
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

func setScalar(v *session.View, sc scene.Scalar) {
	v.ColorMode, v.Scalar, v.Component, v.ScalarTitle = session.ColorScalar, sc.Attribute, sc.Component, sc.Title
}

// colorings are what the shown points can be coloured by, by name.
func (d *displayPanel) colorings() []string {
	names := []string{"Color", "constant"}
	if f := d.first(); f != nil {
		for _, sc := range scene.Scalars(f) {
			if sc.Title != "Color" {
				names = append(names, sc.Title)
			}
		}
	}
	return names
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
