package inspect

import (
	"strings"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/gfx/style"
)

// Named is the attribute that a text is the name of: its own, or the short one that
// expressions know too, with @ and in backquotes if need be. ok is false if none of the
// attributes is meant.
func Named(attributes []Attribute, text string) (a *Attribute, ok bool) {
	if a := called(attributes, text); a != nil {
		return a, true
	}
	name, component, ok := member(attributes, text)
	if a = called(attributes, name); !ok || component != "" || a == nil {
		return nil, false
	}
	return a, true
}

// ParseComponent reads the names of an attribute and one of its components, as people and
// expressions write them: Age, PointVelocity.mag, v.mag, @P.x, Color.r. Of a vector without
// a component it is the magnitude. ok is false if none of the attributes is meant.
func ParseComponent(attributes []Attribute, text string) (a *Attribute, component int, ok bool) {
	for i := range attributes {
		a := &attributes[i]
		for _, c := range a.Components() {
			whole := a.Same(text) && (c == style.Magnitude || a.Type.Components() == 1)
			if whole || strings.EqualFold(a.Title(c), text) {
				return a, c, true
			}
		}
	}
	name, part, ok := member(attributes, text)
	if !ok {
		return nil, 0, false
	}
	for i := range attributes {
		a := &attributes[i]
		if !a.Same(name) {
			continue
		}
		if c, ok := a.component(part); ok {
			return a, c, true
		}
	}
	return nil, 0, false
}

// component is the one that a name means; of "" the magnitude, or the only one.
func (a *Attribute) component(name string) (int, bool) {
	all, n := a.Components(), a.Type.Components()
	switch {
	case len(all) == 0:
		return 0, false
	case name == "":
		return all[0], true
	case n == 1:
		return 0, false
	case strings.EqualFold(name, "mag"):
		return style.Magnitude, true
	}
	return expr.ComponentIndex(a.Type.ComponentNames(), n, name)
}

// member is the attribute's name and the component that a text means as an expression.
func member(attributes []Attribute, text string) (name, component string, ok bool) {
	e, err := expr.Parse(text)
	if err != nil {
		return "", "", false
	}
	name, component, ok = e.Member()
	if !ok || called(attributes, name) != nil {
		return name, component, ok
	}
	long, part, short := expr.Short(name)
	if !short || part != "" && component != "" {
		return name, component, true
	}
	if part != "" {
		component = part
	}
	return long, component, true
}

// called is the first attribute of a name.
func called(attributes []Attribute, name string) *Attribute {
	for i := range attributes {
		if attributes[i].Same(name) {
			return &attributes[i]
		}
	}
	return nil
}
