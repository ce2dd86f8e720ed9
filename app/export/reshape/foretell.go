package reshape

import (
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/jobs/task"
)

// Foretell is what Apply will tell of a frame, and the index of what it makes of it, without a look at values.
// Attributes that are yet to be derived are not among its columns.
func Foretell(f *cache.Frame, c *task.Change) (*cache.Index, export.Told) {
	told := &telling{}
	if c.Where != "" || c.Selected != "" {
		g := shell(f)
		for _, a := range f.Attributes {
			if goes(&a.Column) {
				told.gone(goneWith, a.Name)
			} else {
				g.Attributes = append(g.Attributes, a)
			}
		}
		g.Header.Edges, g.Header.Polygons, g.Header.Samples = 0, 0, 0
		f = g
	}
	t := turn{up: c.Up == "z", scale: 1, kinds: c.Kinds, told: told}
	if c.Scale != 0 {
		t.scale = c.Scale
	}
	t.foretell(f)
	names := slices.DeleteFunc(slices.Clone(c.Attrs), func(name string) bool {
		return slices.ContainsFunc(c.Derive, func(text string) bool {
			derived, _, err := derivation(text)
			return err == nil && same(derived, name)
		})
	})
	if c.Attrs == nil {
		names = nil
	}
	return ordered(f, names, told).Index(), told.Told
}

// foretell tells what frame would.
func (t *turn) foretell(f *cache.Frame) {
	if !t.up && t.scale == 1 {
		return
	}
	t.lacking(f)
	for _, a := range f.Attributes {
		t.kindOf(a, f)
	}
}
