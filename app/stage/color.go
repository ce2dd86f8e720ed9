package stage

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/derived"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
)

// Scale is what the ends of the colormap stand for, in all clouds of a picture alike.
type Scale struct {
	Lo, Hi float64
	Known  bool   // false: no value is known
	Note   string // what the range lacks to be what it is called
	Odd    bool   // some values are no number, or infinite, as far as is known
}

// Scales are what the colormaps of looks stand for in clouds whose values have these extents:
// one scale for all that are coloured by the same, so that equal values have equal colours,
// unless each is to have its own. Hi is less than Lo where a map is turned around.
func Scales(looks []look.Look, spans []derived.Extent, notes []string) []Scale {
	out := make([]Scale, len(spans))
	for i, e := range spans {
		v, span := &looks[i], e.Span
		sc := Scale{Hi: 1, Note: notes[i]}
		for k, o := range spans {
			if !v.OwnScales && k != i && v.SameColors(&looks[k]) {
				span = span.Union(o.Span)
			}
		}
		switch {
		case v.ColorMode != style.ColorScalar:
		case v.RangeMode == look.RangeFixed:
			sc = Scale{Lo: v.Low, Hi: v.High, Known: true}
		case !span.Empty():
			sc.Lo, sc.Hi, sc.Known = span.Lo, span.Hi, true
		}
		if v.Reversed {
			sc.Lo, sc.Hi = sc.Hi, sc.Lo
		}
		sc.Odd = e.Odd
		out[i] = sc
	}
	return out
}

// coloring is the view's colouring for a frame. One without the scalar has the constant
// colour, and the legend all the same.
func coloring(f *cache.Frame, v *look.Look, scale Scale) gfx.Coloring {
	k := v.Constant
	c := gfx.Coloring{Constant: [4]float32{k[0], k[1], k[2], 1}, Map: v.Colormap, Min: float32Of(scale.Lo), Max: float32Of(scale.Hi)}
	k = v.NoNumber
	c.Bad, c.Finite = [4]float32{k[0], k[1], k[2], 1}, !scale.Odd
	if v.Outside {
		c.Below = [4]float32{v.Below[0], v.Below[1], v.Below[2], 1}
		c.Above = [4]float32{v.Above[0], v.Above[1], v.Above[2], 1}
	}
	switch v.ColorMode {
	case style.ColorConstant:
		c.Mode = style.ColorConstant
	case style.ColorScalar:
		c.Mode, c.Component, c.Title, c.Note, c.NoRange = style.ColorScalar, v.Component, v.ColorBy(), scale.Note, !scale.Known
		if v.Expression != "" {
			c.Component = 0
			break
		}
		a := f.Attribute(v.Scalar)
		if a == nil {
			break
		}
		c.Title = scalarTitle(a.Name, a.Type, v.Component)
		if a.Type.Components() == 1 {
			c.Component = 0
		} else if v.Component >= a.Type.Components() {
			c.Component = style.Magnitude
		}
	}
	return c
}

// float32Of is v, or the greatest float32 where that is no more: lengths of vectors of the
// greatest floats are greater.
func float32Of(v float64) float32 {
	return float32(min(max(v, -math.MaxFloat32), math.MaxFloat32))
}

// NameLegends gives the legends of clouds their names: that of the attribute, and of the
// layers where they differ. layers are the names of the clouds' layers.
func NameLegends(clouds []gfx.Cloud, layers []string) {
	nameMissing(clouds, layers)
	type legend struct {
		first  *gfx.Coloring
		clouds []int
	}
	var all []legend
	plain := false // some clouds have no legend
	for i := range clouds {
		c := &clouds[i].Coloring
		if c.Mode != style.ColorScalar {
			plain = plain || clouds[i].N > 0
			continue
		}
		at := slices.IndexFunc(all, func(l legend) bool { return sameLegend(l.first, c) })
		if at < 0 {
			at, all = len(all), append(all, legend{first: c})
		}
		all[at].clouds = append(all[at].clouds, i)
	}
	if len(all) < 2 && !plain {
		return
	}
	for _, l := range all {
		var names, valued []string
		for _, i := range l.clouds {
			if names = append(names, layers[i]); clouds[i].Scalar.Present() {
				valued = append(valued, layers[i])
			}
		}
		if len(valued) > 0 { // below their legend it says of the others why they have none
			names = valued
		}
		title := fmt.Sprintf("%s (%s)", l.first.Title, strings.Join(names, ", "))
		for _, i := range l.clouds {
			clouds[i].Coloring.Title = title
		}
	}
}

// sameLegend reports whether one legend tells of two clouds, as the renderer does.
func sameLegend(a, b *gfx.Coloring) bool {
	return a.Title == b.Title && a.Map == b.Map && a.Min == b.Min && a.Max == b.Max && a.NoRange == b.NoRange
}

// nameMissing spells titles that differ in their case alone as the first cloud does that has
// values, and says of clouds without values why: below the first legend, rather than by itself.
func nameMissing(clouds []gfx.Cloud, layers []string) {
	var titles []string // that clouds have values for
	place := func(title string) int {
		return slices.IndexFunc(titles, func(t string) bool { return strings.EqualFold(t, title) })
	}
	for i := range clouds {
		if c := &clouds[i]; c.Coloring.Mode == style.ColorScalar && c.Scalar.Present() && place(c.Coloring.Title) < 0 {
			titles = append(titles, c.Coloring.Title)
		}
	}
	for i := range clouds {
		c := &clouds[i]
		if c.Coloring.Mode != style.ColorScalar {
			continue
		}
		at := place(c.Coloring.Title)
		if !c.Scalar.Present() {
			if c.N > 0 && c.Coloring.Missing == "" {
				c.Coloring.Missing = "not in this frame"
			}
			if c.N > 0 && len(clouds) > 1 {
				c.Coloring.Missing = layers[i] + ": " + c.Coloring.Missing
			}
			at = max(at, 0)
		}
		if len(titles) > 0 {
			c.Coloring.Title = titles[at]
		}
	}
}

// scalarTitle names a component of an attribute as people write it:
// PointVelocity.mag, Color.r, Age.
func scalarTitle(name string, t cache.DataType, component int) string {
	names := t.ComponentNames()
	switch {
	case len(names) == 0:
		return name
	case component < 0 || component >= len(names):
		return name + ".mag"
	}
	return name + "." + names[component]
}

// maxVector is the most components of which the renderer takes the length.
const maxVector = 4

// Scalars are what points with these attributes can be coloured by, each title once.
func Scalars(attributes []inspect.Attribute) []look.Scalar {
	var out []look.Scalar
	add := func(a *inspect.Attribute, component int) {
		s := look.Scalar{Attribute: a.Name, Component: component, Title: scalarTitle(a.Name, a.Type, component)}
		if !slices.ContainsFunc(out, func(o look.Scalar) bool { return strings.EqualFold(o.Title, s.Title) }) {
			out = append(out, s)
		}
	}
	for i := range attributes {
		a := &attributes[i]
		n := a.Type.Components()
		if !a.Points {
			continue
		}
		if n > 1 && n <= maxVector {
			add(a, style.Magnitude)
		}
		for c := range n {
			add(a, c)
		}
	}
	return out
}

// The names of the colourings that are no attribute's numbers.
const (
	OwnColor = "Color"
	OneColor = "constant"
)

// Colorings are the names of all that points with these attributes can be coloured by.
func Colorings(attributes []inspect.Attribute) []string {
	names := []string{OwnColor, OneColor}
	for _, sc := range Scalars(attributes) {
		if sc.Title != OwnColor {
			names = append(names, sc.Title)
		}
	}
	return names
}

// ParseScalar reads "PointVelocity.mag", "v.mag", "Color.r", "Age", of points with these
// attributes.
func ParseScalar(attributes []inspect.Attribute, text string) (look.Scalar, error) {
	scalars := Scalars(attributes)
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for _, s := range scalars {
			if same(s.Title, text) || same(s.Attribute, text) {
				return s, nil
			}
		}
	}
	points := slices.DeleteFunc(slices.Clone(attributes), func(a inspect.Attribute) bool { return !a.Points })
	if a, c, ok := inspect.ParseComponent(points, text); ok {
		for _, s := range scalars {
			if s.Attribute == a.Name && s.Component == c {
				return s, nil
			}
		}
	}
	if a, ok := inspect.Named(attributes, text); ok && a.Type == cache.TypeString {
		return look.Scalar{}, fmt.Errorf("%s is text and cannot colour points", cache.TrimPadding(a.Name))
	}
	have := "nothing"
	var names []string
	for _, s := range scalars {
		if n := len(names); n == 0 || names[n-1] != s.Attribute {
			names = append(names, s.Attribute)
		}
	}
	if len(names) > 0 {
		have = strings.Join(names, ", ")
	}
	return look.Scalar{}, fmt.Errorf("there is no %q to colour by, only %s%s", text, have, expr.Suggest(text, names))
}

// IsOwn reports whether a text means the colours that points have of their own, as Color and
// Cd do.
func IsOwn(attributes []inspect.Attribute, text string) bool {
	a, ok := inspect.Named(attributes, text)
	return ok && a.Same(OwnColor) && a.Type == cache.TypeColor4
}

// Vectors are the names of the attributes that can be drawn as arrows.
func Vectors(attributes []inspect.Attribute) []string {
	var out []string
	for i := range attributes {
		if a := &attributes[i]; a.Points && a.Type == cache.TypeVector3 && !a.Same(inspect.Position) {
			out = append(out, a.Name)
		}
	}
	return out
}

// ParseVector is the attribute to be drawn as arrows that a name means.
func ParseVector(attributes []inspect.Attribute, text string) (string, error) {
	have := Vectors(attributes)
	if slices.Contains(have, text) {
		return text, nil
	}
	if a, ok := inspect.Named(attributes, text); ok && slices.Contains(have, a.Name) {
		return a.Name, nil
	}
	return "", fmt.Errorf("there is no vector attribute %q%s", text, expr.Suggest(text, have))
}
