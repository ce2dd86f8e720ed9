package panel

import (
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/inspect"
	"iceexplorer/app/look"
	"iceexplorer/cache/unit"
)

func (d *displayPanel) points() {
	v, desk := &d.now, d.host.Look
	at := 0
	if v.FixedSize > 0 {
		at = 1
	}
	switch d.combo("Size", "By the attribute Size, or the same for every point", []string{"by attribute", "in pixels"}, at) {
	case 0:
		desk.Set(look.Diameter, 0)
	case 1:
		desk.Set(look.Diameter, max(v.Amount(look.DefaultDiameter), 1))
	}
	if v.FixedSize > 0 {
		d.slider("Diameter", "Of every point", look.Diameter, 1, 32, "%.1f px", linSlider)
	} else {
		d.slider("Scale", "Times the attribute Size", look.PointScale, 0.05, 10, "%.2f x", logSlider)
	}
	d.check("Density", "Add the light of points up, for very large clouds", look.Density)
	d.second()
	d.shapes()
	if v.Density {
		d.slider("Exposure", "Brightness of the density", look.Exposure, 0.02, 50, "%.2f x", logSlider)
	}
}

// shapes draws the choice of Shapes; where no frame has a Shape it is grey, and the reason
// stands below.
func (d *displayPanel) shapes() {
	const name = "Shape"
	s := d.host.Session
	draw := func() { d.check("Shapes", "Draw particles by their Shape, Orientation and Scale", look.Shapes) }
	if s.HasAttribute(name) || len(s.Layers()) == 0 {
		if draw(); d.now.Shapes {
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

func (d *displayPanel) lines() {
	v, s := &d.now, d.host.Session
	names := append([]string{"none"}, d.vectors(v.Vectors)...)
	switch i := d.combo("Vectors", "Draw a vector attribute as arrows", names, max(slices.Index(names, v.Vectors), 0)); {
	case i == 0:
		d.host.Look.DrawVectors("")
	case i > 0:
		d.host.Look.DrawVectors(names[i])
	}
	if v.Vectors != "" {
		d.lacks(v.Vectors)
		d.slider("Length", "World units per unit of the vector", look.VectorLength, 0.001, 10, "%.3f x", logSlider)
	}
	format := "%d frames"
	switch v.Trails {
	case 0:
		format = "none"
	case 1:
		format = "%d frame"
	}
	const help = "Where points were in the frames before, by their ID"
	d.wholeSlider("Trails", help, help+".\nOnly frames that are loaded count. Ctrl+click to type", look.Trails, 0, 120, format, linSlider)
	if v.Trails > 0 && len(s.Lack("ID")) > 0 {
		wrapped("Trails need the points' ID.", nil)
		d.lacks("ID")
	}
	if v.Vectors != "" || v.Trails > 0 || v.Strands && hasStrands(s.Attributes()) {
		d.slider("Width", "Of vectors, trails and strands", look.LineWidth, 0.5, 8, "%.1f px", linSlider)
	}
	d.check("Strands", "Draw StrandPosition as lines", look.Strands)
}

func hasStrands(attributes []inspect.Attribute) bool {
	return slices.ContainsFunc(attributes, func(a inspect.Attribute) bool { return a.Same("StrandPosition") })
}

// pointLimits are offered for thinning.
var pointLimits = [...]int{0, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000}

func (d *displayPanel) limits() {
	wrapped("What is left out is told in the scene.", nil)
	names, at := make([]string, len(pointLimits)), -1
	for i, n := range pointLimits {
		if names[i] = unit.Count(n); n == 0 {
			names[i] = "all"
		}
		if n == d.now.PointLimit {
			at = i
		}
	}
	limits := pointLimits[:]
	if at < 0 { // one that an action has set
		at, names, limits = len(names), append(names, unit.Count(d.now.PointLimit)), append(limits, d.now.PointLimit)
	}
	if i := d.combo("Points", "Draw at most as many, thinned evenly", names, at); i >= 0 {
		d.host.Look.Set(look.PointLimit, float64(limits[i]))
	}
	d.wholeSlider("Shapes", "", "Shapes of clouds with more points are drawn as points", look.ShapeLimit, 1000, 5_000_000, "up to %d", logSlider)
}
