// Package reshape makes of a frame what is to be written: points are chosen, attributes
// derived, lengths scaled, axes turned. It works in the memory that the frame lies in, which
// must be the caller's alone: there is no second copy. docs/export.md has the rules.
package reshape

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/measure"
	"iceexplorer/jobs/task"
)

// telling gathers what people are told of a frame.
type telling struct{ export.Told }

func (t *telling) gone(why, name string) {
	t.LeftOut = export.AddLeft(t.LeftOut, export.Left{Why: why, Attributes: []string{name}})
}

func (t *telling) asIs(why, name string) {
	t.AsIs = export.AddLeft(t.AsIs, export.Left{Why: why, Attributes: []string{name}})
}

// Check finds what is wrong with a change, whatever the frame.
func Check(c *task.Change) error {
	if c.Where != "" {
		if _, err := expr.Parse(c.Where); err != nil {
			return fmt.Errorf("the condition: %w", err)
		}
	}
	for _, text := range c.Derive {
		if _, _, err := derivation(text); err != nil {
			return err
		}
	}
	for _, name := range c.Kinds {
		if _, ok := kindNames[name]; !ok {
			return fmt.Errorf("%q is no kind of attribute: want %s", name, KindNames())
		}
	}
	return nil
}

// Apply reshapes the frame of an index in mem, whose values change. The frame that it returns lives as
// long as mem does. Errors do not name the file.
func Apply(ctx context.Context, was *cache.Index, mem []byte, number cache.Number, c *task.Change) (*cache.Frame, export.Told, error) {
	ix := *was
	ix.Columns = slices.Clone(was.Columns)
	told := &telling{}
	f, err := cache.NewFrame(&ix, mem, nil)
	if err != nil {
		return nil, export.Told{}, err
	}
	on := expr.Frame{Frame: f, Number: number, FPS: c.FPS}
	var mask *bitset.BitSet
	if c.Where != "" {
		if mask, err = chosen(ctx, on, c.Where); err != nil {
			return nil, export.Told{}, err
		}
	}
	if c.Selected != "" {
		if mask, err = selected(ctx, f, number, string(c.Selected), mask); err != nil {
			return nil, export.Told{}, err
		}
	}
	derived, err := derive(ctx, on, mask, c.Derive)
	if err != nil {
		return nil, export.Told{}, err
	}
	if mask != nil {
		if err := keep(ctx, f, &ix, mask, told); err != nil {
			return nil, export.Told{}, err
		}
		if f, err = cache.NewFrame(&ix, mem, nil); err != nil {
			return nil, export.Told{}, err
		}
	}
	t := turn{up: c.Up == "z", scale: 1, kinds: c.Kinds, told: told}
	if c.Scale != 0 {
		t.scale = c.Scale
	}
	if err := t.frame(ctx, f); err != nil {
		return nil, export.Told{}, err
	}
	for _, a := range f.Attributes {
		if err := measure.ColumnContext(ctx, &a.Column, a.Bytes()); err != nil {
			return nil, export.Told{}, err
		}
	}
	return ordered(with(f, derived), c.Attrs, told), told.Told, nil
}

// chosen are the points that meet a condition.
func chosen(ctx context.Context, on expr.Frame, where string) (*bitset.BitSet, error) {
	e, err := expr.Parse(where)
	if err != nil {
		return nil, fmt.Errorf("the condition: %w", err)
	}
	p, err := e.Bind(on)
	if err != nil {
		return nil, fmt.Errorf("the condition: %w", err)
	}
	mask, err := p.Mask(ctx)
	if err != nil {
		return nil, fmt.Errorf("the condition: %w", err)
	}
	return mask, nil
}

// Bind finds what the condition and the derived attributes of a change do not find in a frame, and computes nothing.
func Bind(on expr.Frame, c *task.Change) error {
	if c.Where != "" {
		e, err := expr.Parse(c.Where)
		if err == nil {
			_, err = e.Bind(on)
		}
		if err != nil {
			return fmt.Errorf("the condition: %w", err)
		}
	}
	for _, text := range c.Derive {
		name, e, err := derivation(text)
		if err != nil {
			return err
		}
		if _, err := e.Bind(on); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// with is the frame with further attributes, which take the place of those of their names.
func with(f *cache.Frame, more []*cache.Attribute) *cache.Frame {
	if len(more) == 0 {
		return f
	}
	g := shell(f)
	g.Attributes = slices.Clone(f.Attributes)
	for _, a := range more {
		i := slices.IndexFunc(g.Attributes, func(b *cache.Attribute) bool { return same(a.Name, b.Name) })
		if i < 0 {
			g.Attributes = append(g.Attributes, a)
		} else {
			g.Attributes[i] = a
		}
	}
	return g
}

// ordered is the frame with these attributes alone, in this order; nil: all.
func ordered(f *cache.Frame, names []string, told *telling) *cache.Frame {
	if names == nil {
		return f
	}
	g := shell(f)
	for _, name := range names {
		switch a := f.Meant(name); {
		case a == nil:
			told.gone(export.NoSuch, name)
		case !slices.Contains(g.Attributes, a):
			g.Attributes = append(g.Attributes, a)
		}
	}
	return g
}

func shell(f *cache.Frame) *cache.Frame {
	return &cache.Frame{Header: f.Header, Storage: f.Storage, Dialect: f.Dialect, Warnings: f.Warnings, Damage: f.Damage}
}

func same(a, b string) bool {
	return strings.EqualFold(cache.TrimPadding(a), cache.TrimPadding(b))
}

// step is how many values are changed between two looks at the context.
const step = 1 << 18
