package display

import (
	"slices"

	"github.com/AllenDang/giu"

	"iceexplorer/app/inspect"
	"iceexplorer/app/look"
	"iceexplorer/app/widget"
	"iceexplorer/cache/unit"
)

func (d *display) points() giu.Layout {
	v, desk := &d.now, d.host.Look
	at, size := 0, d.slider("Scale", "A multiple of the attribute Size", look.PointScale, widget.Slider{Min: 0.05, Max: 10, Format: "%.2f x", Log: true})
	if v.FixedSize > 0 {
		at, size = 1, d.slider("Diameter", "Diameter of every point", look.Diameter, widget.Slider{Min: 1, Max: 32, Format: "%.1f px"})
	}
	shapes, why := d.shapes()
	l := giu.Layout{
		combo("Size", "Use the attribute Size, or one diameter for every point", []string{"by attribute", "in pixels"}, at, func(i int) {
			if i == 0 {
				desk.Set(look.Diameter, 0)
			} else {
				desk.Set(look.Diameter, max(v.Amount(look.DefaultDiameter), 1))
			}
		}),
		size,
		d.slider("Opacity", "Below 1 other sequences are seen through", look.Opacity, widget.Slider{Min: 0.05, Max: 1, Format: "%.2f"}),
		widget.Halves{Left: d.check("Density", "Add up the light of overlapping points of all sequences, for very large clouds", look.Density), Right: shapes},
		why,
	}
	if v.Density {
		l = append(l, d.slider("Exposure", "Brightness of the density display", look.Exposure, widget.Slider{Min: 0.02, Max: 50, Format: "%.2f x", Log: true}))
	}
	return l
}

// shapes is the switch for shapes, and what they lack; it is disabled if no frame has a Shape.
func (d *display) shapes() (box giu.Widget, why giu.Layout) {
	const name = "Shape"
	s := d.host.Session
	box = d.check("Shapes", "Draw particles by their Shape, Orientation and Scale", look.Shapes)
	if s.HasAttribute(name) || len(s.Layers()) == 0 {
		if d.now.Shapes {
			why = d.lacks(name)
		}
		return box, why
	}
	text := "Shapes: no frame has a Shape."
	if measured := s.MeasuredText(); measured != "" {
		text = "Shapes: no Shape in " + measured + "."
	}
	return widget.Disabled{Off: true, Of: box}, giu.Layout{widget.Wrapped{Text: text}}
}

func (d *display) lines() giu.Layout {
	v, s := &d.now, d.host.Session
	names := append([]string{"none"}, d.vectors(v.Vectors)...)
	l := giu.Layout{combo("Vectors", "Draw a vector attribute as arrows", names, max(slices.Index(names, v.Vectors), 0), func(i int) {
		if i == 0 {
			d.host.Look.DrawVectors("")
		} else {
			d.host.Look.DrawVectors(names[i])
		}
	})}
	if v.Vectors != "" {
		l = append(l, d.lacks(v.Vectors), d.slider("Length", "World units per unit of the vector", look.VectorLength, widget.Slider{Min: 0.001, Max: 10, Format: "%.3f x", Log: true}))
	}
	format := "%d frames"
	switch v.Trails {
	case 0:
		format = "none"
	case 1:
		format = "%d frame"
	}
	const help = "Show where points were in earlier frames, by their ID.\nOnly loaded frames count. Ctrl+click to type"
	l = append(l, d.slider("Trails", help, look.Trails, widget.Slider{Max: 120, Format: format, Whole: true}))
	if v.Trails > 0 && len(s.Lack("ID")) > 0 {
		l = append(l, widget.Wrapped{Text: "Trails need points with an ID."}, d.lacks("ID"))
	}
	if v.Vectors != "" || v.Trails > 0 || v.Strands && hasStrands(s.Attributes()) {
		l = append(l, d.slider("Width", "Width of vectors, trails and strands", look.LineWidth, widget.Slider{Min: 0.5, Max: 8, Format: "%.1f px"}))
	}
	return append(l, d.check("Strands", "Draw StrandPosition as lines", look.Strands))
}

func hasStrands(attributes []inspect.Attribute) bool {
	return slices.ContainsFunc(attributes, func(a inspect.Attribute) bool { return a.Same("StrandPosition") })
}

// pointLimits are offered for thinning.
var pointLimits = [...]int{0, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000}

func (d *display) limits() giu.Layout {
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
	return append(d.forAll(), giu.Layout{
		widget.Wrapped{Text: "The scene says how much is left out."},
		combo("Points", "Draw at most this many points, thinned evenly", names, at, func(i int) { d.host.Look.Set(look.PointLimit, float64(limits[i])) }),
		d.slider("Shapes", "Clouds with more points than this are drawn as points, not shapes", look.ShapeLimit,
			widget.Slider{Min: 1000, Max: 5_000_000, Format: "up to %d", Log: true, Whole: true}),
	}...)
}
