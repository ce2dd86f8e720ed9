package charts

import (
	"math"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
	"iceexplorer/cache/value"
	"iceexplorer/gfx/style"
)

// Kind says what an attribute has values of.
type Kind uint8

const (
	PerElement Kind = iota // each point, edge or the like has one of its own
	Constant               // all have the same
	PerObject              // there is one, of the object
	Elsewhere              // the shown frame does not have it, but others of the sequence do
)

// Attribute is a line of the list of attributes. It holds nothing of the frame.
type Attribute struct {
	Name     string // without padding
	Expr     string // as expressions write it
	Type     string
	Context  string
	Kind     Kind
	Drawable bool // points can be coloured by it
	Numbers  bool // it has a histogram and a profile
	Rows     uint64
	Frames   int // Elsewhere: that are known to have it

	// Values are the range, of vectors of the lengths, or the one value; of what is
	// elsewhere the range over the sequence. "" where no number is known.
	Values    string
	NonFinite uint64
	Parts     []Part
}

// Part is a component, or the magnitude, of an attribute.
type Part struct {
	Title string
	Span  inspect.Span
	Mean  float64 // NaN: not known
}

// listKey is what a list was made of.
type listKey struct {
	layer    int
	frame    uint64
	surveyed uint64
}

// Attributes are those of the active layer: what the shown frame has, in its order, and
// then what other frames have. It may be used until the next call.
func (c *Charts) Attributes() ([]Attribute, session.Shown) {
	l := c.session.Active()
	if l == nil {
		return nil, session.Shown{}
	}
	sh, _ := c.session.Inspect(l)
	if key := (listKey{l.ID, sh.Key, c.session.Surveyed()}); key != c.listed {
		c.listed, c.list = key, list(l, sh)
	}
	return c.list, sh
}

func list(l *session.Layer, sh session.Shown) []Attribute {
	type id struct {
		name      string
		kind      cache.DataType
		structure cache.Structure
		context   cache.Context
	}
	idOf := func(name string, t cache.DataType, s cache.Structure, c cache.Context) id {
		return id{strings.ToLower(cache.TrimPadding(name)), t, s, c}
	}
	here := map[id]bool{}
	var out []Attribute
	if sh.Frame != nil {
		for _, a := range sh.Frame.Attributes {
			here[idOf(a.Name, a.Type, a.Structure, a.Context)] = true
			out = append(out, ofFrame(l, sh, a))
		}
	}
	for _, a := range l.Attributes() {
		if !here[idOf(a.Name, a.Type, a.Structure, a.Context)] {
			out = append(out, elsewhere(l, &a))
		}
	}
	return out
}

// described is what an attribute of the frame or of another says of itself.
func described(a *inspect.Attribute) Attribute {
	name := cache.TrimPadding(a.Name)
	out := Attribute{Name: name, Expr: expr.Quote(name), Type: a.Type.String(), Context: a.Context.String(), Drawable: a.Points, Numbers: len(a.Components()) > 0}
	if a.Structure == cache.Array {
		out.Type += "[]"
	}
	return out
}

func ofFrame(l *session.Layer, sh session.Shown, a *cache.Attribute) Attribute {
	of := inspect.Attribute{Name: a.Name, Type: a.Type, Structure: a.Structure, Context: a.Context}
	of.Points = a.Structure == cache.Single && a.Context == cache.Context0D && a.Type.Components() > 0 && (a.Rows == 1 || a.Rows == uint64(sh.Frame.Header.Points))
	out := described(&of)
	out.Rows = a.NumRows()
	switch {
	case a.Context == cache.ContextSingleton:
		out.Kind = PerObject
	case a.Constant:
		out.Kind = Constant
	}
	for i := range a.Ranges {
		out.NonFinite = max(out.NonFinite, a.Ranges[i].NonFinite)
	}
	lookup := func(component int) inspect.Values { return known(&a.Column, component) }
	if !a.Measured() { // of an old file; it may have been measured since
		lookup = func(component int) inspect.Values {
			v, _ := l.Lookup(a.Name, component)(sh.Number)
			return v
		}
	}
	for _, c := range of.Components() {
		v := lookup(c)
		out.Parts = append(out.Parts, Part{Title: of.Title(c), Span: v.Span, Mean: v.Mean})
	}
	if a.Values == 1 && a.Structure == cache.Single {
		out.Values = one(out.Parts)
	} else {
		out.Values = Range(out.Parts)
	}
	return out
}

func elsewhere(l *session.Layer, a *inspect.Attribute) Attribute {
	out := described(a)
	out.Kind, out.Frames = Elsewhere, l.Has(a.Name)
	for _, c := range a.Components() {
		out.Parts = append(out.Parts, Part{Title: a.Title(c), Span: l.Range(a.Name, c), Mean: math.NaN()})
	}
	out.Values = Range(out.Parts)
	return out
}

// known is what an index tells of a component, or of the lengths.
func known(c *cache.Column, component int) inspect.Values {
	v := inspect.Values{Span: inspect.NoSpan(), Mean: math.NaN()}
	switch {
	case component == style.Magnitude && c.Lengths.Finite > 0:
		v.Span = inspect.Span{Lo: c.Lengths.Min, Hi: c.Lengths.Max}
	case component >= 0 && component < len(c.Ranges) && c.Ranges[component].Finite > 0:
		r := &c.Ranges[component]
		v.Span, v.Mean = inspect.Span{Lo: r.Min, Hi: r.Max}, r.Mean
	}
	return v
}

// Range is the range of an attribute in words: of vectors that of the lengths.
func Range(parts []Part) string {
	if len(parts) == 0 || parts[0].Span.Empty() {
		return ""
	}
	s := parts[0].Span
	if s.Lo == s.Hi {
		return value.Short(s.Lo)
	}
	return value.Short(s.Lo) + " to " + value.Short(s.Hi)
}

// one is a single value in words, by the ranges of its components.
func one(parts []Part) string {
	if len(parts) > 1 {
		parts = parts[1:] // without the magnitude
	}
	const most = 4
	var texts []string
	for i, p := range parts {
		switch {
		case i == most:
			return strings.Join(texts, ", ") + ", ..."
		case p.Span.Empty():
			texts = append(texts, "not finite")
		default:
			texts = append(texts, value.Short(p.Span.Lo))
		}
	}
	return strings.Join(texts, ", ")
}

// About says in a few words what an attribute has values of: "of 1,000 points".
func (a *Attribute) About() string {
	switch a.Kind {
	case Constant:
		return "the same for all"
	case PerObject:
		return "of the object"
	case Elsewhere:
		return "not in this frame, but in " + unit.Plural(a.Frames, "frame")
	}
	return unit.Plural(a.Rows, "row")
}
