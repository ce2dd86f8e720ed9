// Package inspect answers questions about the values of sequences. It knows neither
// giu nor OpenGL.
package inspect

import (
	"math"
	"reflect"
	"slices"
	"strings"

	"iceexplorer/cache"
)

// Span is the range from the least to the greatest of some values.
type Span struct{ Lo, Hi float64 }

// NoSpan is the Span of no values.
func NoSpan() Span { return Span{math.Inf(1), math.Inf(-1)} }

// Empty reports whether there are no values.
func (s Span) Empty() bool { return !(s.Lo <= s.Hi) }

// Union is the Span of the values of both.
func (s Span) Union(o Span) Span { return Span{math.Min(s.Lo, o.Lo), math.Max(s.Hi, o.Hi)} }

// Attribute is an attribute that some frames of a sequence have.
type Attribute struct {
	Name      string // as the first frame spells it
	Type      cache.DataType
	Structure cache.Structure
	Context   cache.Context
	Points    bool // in some frame it has one value for each point, or one for all, so that it can be drawn
}

// Same reports whether both have the same name; writers disagree on case and padding.
func (a *Attribute) Same(name string) bool {
	return strings.EqualFold(cache.TrimPadding(a.Name), cache.TrimPadding(name))
}

// Survey is what is known of all frames of a sequence without looking at values: attributes,
// their ranges, the bounds. It grows while frames are measured, and remembers frames that
// are no longer in memory. Frames go by their numbers.
type Survey struct {
	frames     map[cache.Number]*facts
	attributes []Attribute
	known      int // frames of which all is known

	whole []spans // by attribute: the union over all frames
	stale bool    // whole has to be rebuilt

	forgotten uint64 // counts frames that were forgotten
}

// facts are what is known of one frame.
type facts struct {
	points  uint32
	columns []column
	known   bool
}

type column struct {
	attribute int
	points    bool // it can be drawn in this frame
	measured  bool
	spans
	means []float64 // by component, 0 where there is no finite value
}

// spans are those of an attribute's components, and of the lengths.
type spans struct {
	components []Span
	lengths    Span
	odd        bool // some values are no number, or infinite, or that is not known
}

// NewSurvey is a survey that knows nothing yet.
func NewSurvey() *Survey { return &Survey{frames: map[cache.Number]*facts{}} }

// Take notes what an index says about a frame, replacing what was known of it.
func (s *Survey) Take(number cache.Number, ix *cache.Index) {
	f := &facts{points: ix.Header.Points, known: true, columns: make([]column, 0, len(ix.Columns))}
	for i := range ix.Columns {
		c := &ix.Columns[i]
		k := column{attribute: s.attribute(c, ix.Header, i), points: ofPoints(c, ix.Header), measured: c.Measured(), spans: spansOf(c), means: meansOf(c)}
		f.columns = append(f.columns, k)
		f.known = f.known && k.measured
	}
	if old := s.frames[number]; old != nil && reflect.DeepEqual(old, f) {
		return // converted, most likely
	}
	s.Forget(number)
	s.frames[number] = f
	if f.known {
		s.known++
	}
	if !s.stale {
		s.add(f)
	}
}

// Forget drops what is known of a frame.
func (s *Survey) Forget(number cache.Number) {
	f := s.frames[number]
	if f == nil {
		return
	}
	if f.known {
		s.known--
	}
	delete(s.frames, number)
	s.forgotten++
	s.stale = true
}

// attribute is the index of a column's attribute in the list, to which it is added if it is
// new. The place given is tried first, as frames of a sequence are mostly alike.
func (s *Survey) attribute(c *cache.Column, h cache.Header, first int) int {
	a := Attribute{Name: c.Name, Type: c.Type, Structure: c.Structure, Context: c.Context, Points: ofPoints(c, h)}
	is := func(o *Attribute) bool {
		return o.Type == a.Type && o.Structure == a.Structure && o.Context == a.Context && (o.Name == a.Name || o.Same(a.Name))
	}
	if first >= len(s.attributes) || !is(&s.attributes[first]) {
		first = slices.IndexFunc(s.attributes, func(o Attribute) bool { return is(&o) })
	}
	if first >= 0 {
		o := &s.attributes[first]
		o.Points = o.Points || a.Points
		return first
	}
	s.attributes = append(s.attributes, a)
	s.whole = append(s.whole, noSpans(c.Type.Components()))
	return len(s.attributes) - 1
}

// ofPoints reports whether a column can be drawn: an empty frame is no reason why not.
func ofPoints(c *cache.Column, h cache.Header) bool {
	return c.Structure == cache.Single && c.Context == cache.Context0D && c.Type.Components() > 0 &&
		(c.Rows == 1 || c.Rows == uint64(h.Points))
}

func noSpans(components int) spans {
	s := spans{components: make([]Span, components), lengths: NoSpan()}
	for i := range s.components {
		s.components[i] = NoSpan()
	}
	return s
}

func spansOf(c *cache.Column) spans {
	s := noSpans(c.Type.Components())
	for i := range min(len(c.Ranges), len(s.components)) {
		if r := &c.Ranges[i]; r.Finite > 0 {
			s.components[i] = Span{r.Min, r.Max}
		}
	}
	s.odd = oddOf(c)
	if c.Lengths.Finite > 0 {
		s.lengths = Span{c.Lengths.Min, c.Lengths.Max}
	}
	return s
}

func oddOf(c *cache.Column) bool {
	for i := range c.Ranges {
		if c.Ranges[i].NonFinite > 0 {
			return true
		}
	}
	return c.Lengths.NonFinite > 0 || !c.Measured()
}

// of is the Span of a component, or of the lengths: values with one component have only
// that, and a component that does not exist means the lengths.
func (s *spans) of(component int) Span {
	switch n := len(s.components); {
	case n == 0:
		return NoSpan()
	case n == 1:
		return s.components[0]
	case component < 0 || component >= n:
		return s.lengths
	}
	return s.components[component]
}

func (s *Survey) add(f *facts) {
	for _, c := range f.columns {
		if !c.points {
			continue
		}
		w := &s.whole[c.attribute]
		for i, o := range c.components {
			w.components[i] = w.components[i].Union(o)
		}
		w.lengths = w.lengths.Union(c.lengths)
		w.odd = w.odd || c.odd
	}
}

// refresh rebuilds the unions and the list of attributes if frames were forgotten.
func (s *Survey) refresh() {
	if !s.stale {
		return
	}
	s.stale = false
	used := make([]bool, len(s.attributes))
	for i, a := range s.attributes {
		s.whole[i] = noSpans(a.Type.Components())
	}
	for _, f := range s.frames {
		s.add(f)
		for _, c := range f.columns {
			used[c.attribute] = true
		}
	}
	s.drop(used)
}

// drop removes attributes that no frame has any more.
func (s *Survey) drop(used []bool) {
	place, n := make([]int, len(used)), 0
	for i, u := range used {
		if place[i] = n; u {
			s.attributes[n], s.whole[n] = s.attributes[i], s.whole[i]
			n++
		}
	}
	if n == len(used) {
		return
	}
	s.attributes, s.whole = s.attributes[:n], s.whole[:n]
	for _, f := range s.frames {
		for i := range f.columns {
			f.columns[i].attribute = place[f.columns[i].attribute]
		}
	}
}

// Count is the number of frames that are fully known.
func (s *Survey) Count() int { return s.known }

// Forgotten changes when a frame turns out to have changed.
func (s *Survey) Forgotten() uint64 { return s.forgotten }

// Known reports whether a frame is fully known.
func (s *Survey) Known(number cache.Number) bool {
	f := s.frames[number]
	return f != nil && f.known
}

// Attributes are those that any frame has, in the order in which they were met.
func (s *Survey) Attributes() []Attribute {
	s.refresh()
	return s.attributes
}

// Range is the Span of an attribute's component over all known frames. It covers the
// attributes of that name that can be drawn.
func (s *Survey) Range(name string, component int) Span {
	s.refresh()
	out := NoSpan()
	for i := range s.attributes {
		if s.attributes[i].Same(name) {
			out = out.Union(s.whole[i].of(component))
		}
	}
	return out
}

// FrameRange is Range in one frame.
func (s *Survey) FrameRange(number cache.Number, name string, component int) Span {
	if f := s.frames[number]; f != nil {
		if c := f.column(s.called(name)); c != nil {
			return c.of(component)
		}
	}
	return NoSpan()
}

// Odd reports whether an attribute that can be drawn has values in a known frame that are no
// number, or infinite, in any of its components.
func (s *Survey) Odd(name string) bool {
	s.refresh()
	for i := range s.attributes {
		if s.attributes[i].Same(name) && s.whole[i].odd {
			return true
		}
	}
	return false
}

// called lists the attributes with a name.
func (s *Survey) called(name string) []bool {
	out := make([]bool, len(s.attributes))
	for i := range s.attributes {
		out[i] = s.attributes[i].Same(name)
	}
	return out
}

// column is the frame's first column of one of some attributes that can be drawn.
func (f *facts) column(of []bool) *column {
	for i := range f.columns {
		if f.columns[i].points && of[f.columns[i].attribute] {
			return &f.columns[i]
		}
	}
	return nil
}

// Has counts the frames known to have an attribute that can be drawn, and those that
// have points but not the attribute.
func (s *Survey) Has(name string) (have, lack int) {
	of := s.called(name)
	for _, f := range s.frames {
		switch {
		case f.column(of) != nil:
			have++
		case f.points > 0:
			lack++
		}
	}
	return have, lack
}

// Lacks reports whether a frame is known to have points without the attribute.
func (s *Survey) Lacks(number cache.Number, name string) bool {
	f := s.frames[number]
	return f != nil && f.points > 0 && f.column(s.called(name)) == nil
}

// FrameBounds is the smallest box around the finite positions of a frame; ok is false if it
// has none or is not known.
func (s *Survey) FrameBounds(number cache.Number) (lo, hi [3]float64, ok bool) {
	f := s.frames[number]
	if f == nil {
		return lo, hi, false
	}
	c := f.column(s.called(Position))
	if c == nil {
		return lo, hi, false
	}
	for i := range lo {
		span := c.of(i)
		if span.Empty() {
			return lo, hi, false
		}
		lo[i], hi[i] = span.Lo, span.Hi
	}
	return lo, hi, true
}

// Position is the attribute with the points' positions.
const Position = "PointPosition"
