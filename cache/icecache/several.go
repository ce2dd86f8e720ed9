package icecache

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"iceexplorer/cache"
)

// partio declares attributes of several floats as float, those of four for the most part
// (Color, Orientation). Nothing in a file says which are: any float attribute may be, and
// the reading has to use the stream to its end.

const (
	// maxSeveral is how many attributes may be taken for several floats in turn.
	maxSeveral = 6
	// severalAttempts is how many layouts are tried for each choice of them: partio's
	// own is among the first.
	severalAttempts = 64
)

// severalFloats is the reading in which some attributes declared float are of several
// floats. It is nil if none fits, and an error if several do and no name tells them
// apart.
func (a *attempts) severalFloats(opt Options) (*File, error) {
	candidates := a.best.defs.floats(func(string) bool { return true })
	if len(candidates) > maxSeveral {
		candidates = a.best.defs.floats(usuallyFour)
	}
	if len(candidates) > maxSeveral {
		return nil, nil
	}
	var fits, named []*walked
	for _, floats := range []int{4, 3, 2} {
		for set := 1; set < 1<<len(candidates); set++ {
			k := a.widened(candidates, set, floats)
			if k == nil {
				continue
			}
			fits = append(fits, k)
			if floats == 4 && !slices.ContainsFunc(k.defs.several, func(name string) bool { return !usuallyFour(name) }) {
				named = append(named, k)
			}
		}
	}
	switch {
	case a.work.err != nil:
		return nil, a.work.err
	case len(fits) == 0:
		return nil, nil
	case len(fits) == 1:
		return fits[0].file(opt)
	case len(named) != 1:
		return nil, &cache.FormatError{Offset: -1, Field: "data", Msg: "longer than declared, as if attributes of type float had several; " +
			"nothing tells which: " + alternatives(fits)}
	}
	f, err := named[0].file(opt)
	if err == nil {
		f.index.Warnings = append(f.index.Warnings, fmt.Sprintf(
			"Attributes declared float have several, as it may be: %s. The first was taken, by its name.", alternatives(append(named, fits...))))
	}
	return f, err
}

// widened is the first reading that fits with a set of the candidates taken for so many
// floats; nil if none does.
func (a *attempts) widened(candidates []int, set, floats int) *walked {
	try := attempts{stream: a.stream, work: a.work, alter: func(d *definitions) {
		d.eachFloats = floats
		for i, c := range candidates {
			if set>>i&1 != 0 && c < len(d.attrs) {
				d.widen(c, floats)
			}
		}
	}}
	n := 0
	search(func(l *layout) bool {
		n++
		return try.try(l) || n == severalAttempts
	})
	if k := try.fitting; k != nil && len(k.defs.several) == bits.OnesCount(uint(set)) {
		return k
	}
	return nil
}

// alternatives lists the attributes of each reading once.
func alternatives(fits []*walked) string {
	var list []string
	for _, k := range fits {
		if text := k.defs.severalText(); !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	const most = 4
	if len(list) > most {
		list = append(list[:most], "others")
	}
	return strings.Join(list, ", or ")
}

// severalText is "four floats in Color and Orientation".
func (d *definitions) severalText() string {
	return [...]string{2: "two", 3: "three", 4: "four"}[d.eachFloats] + " floats in " + strings.Join(d.several, " and ")
}

// usuallyFour reports whether an attribute of that name has four floats as a rule.
func usuallyFour(name string) bool {
	return strings.EqualFold(name, "Color") || strings.EqualFold(name, "Orientation")
}

// floats are the places of the attributes declared float that have values and whose
// name is taken.
func (d *definitions) floats(take func(name string) bool) []int {
	var found []int
	for i := range d.attrs {
		a := &d.attrs[i]
		if a.col.Type == cache.TypeFloat && a.kind == kindFixed && a.elements > 0 && take(cache.TrimPadding(a.col.Name)) {
			found = append(found, i)
		}
	}
	return found
}

// widen makes an attribute declared float one of so many.
func (d *definitions) widen(i, floats int) {
	c := &d.attrs[i].col
	if c.Type != cache.TypeFloat {
		return
	}
	name := cache.TrimPadding(c.Name)
	switch lower := strings.ToLower(name); {
	case floats == 2:
		c.Type = cache.TypeVector2
	case floats == 3:
		c.Type = cache.TypeVector3
	case strings.Contains(lower, "color"), strings.Contains(lower, "colour"):
		c.Type = cache.TypeColor4
	case strings.Contains(lower, "orientation"), strings.Contains(lower, "rotation"):
		c.Type = cache.TypeRotation
	default:
		c.Type = cache.TypeVector4
	}
	d.several = append(d.several, name)
}
