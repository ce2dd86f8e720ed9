package cache

import (
	"maps"
	"slices"
	"strings"
)

// short are names that users of Houdini know. They apply if no attribute has that name;
// some mean a component.
var short = map[string]struct{ name, component string }{
	"p": {"PointPosition", ""}, "v": {"PointVelocity", ""}, "n": {"PointNormal", ""}, "cd": {"Color", ""}, "alpha": {"Color", "a"},
	"id": {"ID", ""}, "pscale": {"Size", ""}, "age": {"Age", ""}, "life": {"AgeLimit", ""}, "orient": {"Orientation", ""},
}

// ShortName is the attribute that a short name stands for, and its component if it means one;
// ok is false if it is no short name.
func ShortName(name string) (attribute, component string, ok bool) {
	s, ok := short[strings.ToLower(name)]
	return s.name, s.component, ok
}

// ShortNames are all of them, sorted.
func ShortNames() []string { return slices.Sorted(maps.Keys(short)) }

// Meant is which of some attributes a name means, its own or a short one: the first, whatever case and padding; -1:
// none of them.
func Meant(columns []Column, name string) int {
	called := func(name string) int {
		name = TrimPadding(name)
		return slices.IndexFunc(columns, func(c Column) bool { return strings.EqualFold(TrimPadding(c.Name), name) })
	}
	if i := called(name); i >= 0 {
		return i
	}
	if long, component, ok := ShortName(TrimPadding(name)); ok && component == "" {
		return called(long)
	}
	return -1
}

// Meant is the attribute that a name means, its own or a short one; nil: the frame has none.
func (f *Frame) Meant(name string) *Attribute {
	if a := f.Attribute(name); a != nil {
		return a
	}
	if long, component, ok := ShortName(TrimPadding(name)); ok && component == "" {
		return f.Attribute(long)
	}
	return nil
}
