package icecache

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"iceexplorer/cache"
)

// partio declares attributes of four floats as float. Nothing in a file says which are:
// each float attribute may be, and the reading has to use the stream to its end.

const (
	// maxFour is how many attributes may be taken for four floats in turn.
	maxFour = 6
	// fourAttempts is how many layouts are tried for each choice of them: partio's own
	// is among the first.
	fourAttempts = 64
)

// fourFloats is the reading in which some attributes declared float are of four floats.
// It is nil if none fits, and an error if several do and no name tells them apart.
func (a *attempts) fourFloats(opt Options) (*File, error) {
	candidates := a.best.defs.floats(func(string) bool { return true })
	if len(candidates) > maxFour {
		candidates = a.best.defs.floats(knownFour)
	}
	if len(candidates) == 0 || len(candidates) > maxFour {
		return nil, nil
	}
	var fits, named []*walked
	for set := 1; set < 1<<len(candidates); set++ {
		try := attempts{stream: a.stream, work: a.work, alter: func(d *definitions) {
			for i, c := range candidates {
				if set>>i&1 != 0 && c < len(d.attrs) {
					d.widen(c)
				}
			}
		}}
		n := 0
		search(func(l *layout) bool {
			n++
			return try.try(l) || n == fourAttempts
		})
		k := try.fitting
		if k == nil || len(k.defs.four) != bits.OnesCount(uint(set)) {
			continue
		}
		fits = append(fits, k)
		if !slices.ContainsFunc(k.defs.four, func(name string) bool { return !knownFour(name) }) {
			named = append(named, k)
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
		return nil, &cache.FormatError{Offset: -1, Field: "data", Msg: "longer than declared, as if attributes of type float were of four floats; " +
			"nothing tells which: " + alternatives(fits)}
	}
	f, err := named[0].file(opt)
	if err == nil {
		f.index.Warnings = append(f.index.Warnings, fmt.Sprintf(
			"Some attributes declared float are of four floats, and it may be %s: the first was taken, by its name.", alternatives(append(named, fits...))))
	}
	return f, err
}

// alternatives lists the attributes of each reading once.
func alternatives(fits []*walked) string {
	var list []string
	for _, k := range fits {
		if names := strings.Join(k.defs.four, " and "); !slices.Contains(list, names) {
			list = append(list, names)
		}
	}
	const most = 4
	if len(list) > most {
		list = append(list[:most], "others")
	}
	return strings.Join(list, " or ")
}

// knownFour reports whether an attribute of that name has four floats as a rule.
func knownFour(name string) bool {
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

// widen makes an attribute declared float one of four floats.
func (d *definitions) widen(i int) {
	c := &d.attrs[i].col
	if c.Type != cache.TypeFloat {
		return
	}
	name := cache.TrimPadding(c.Name)
	switch lower := strings.ToLower(name); {
	case strings.Contains(lower, "color"), strings.Contains(lower, "colour"):
		c.Type = cache.TypeColor4
	case strings.Contains(lower, "orientation"), strings.Contains(lower, "rotation"):
		c.Type = cache.TypeRotation
	default:
		c.Type = cache.TypeVector4
	}
	d.four = append(d.four, name)
}
