package sih5

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// left is an attribute that is left out of what is read, and why: a cache.FormatError or a
// cache.UnsupportedError.
type left struct {
	name string
	why  error
}

// leaving leaves attributes out, whose file is read without them.
type leaving struct {
	whole bool // it is not
	list  []left
}

// leave leaves an attribute out, or returns the error if it is not that of the file alone.
func (l *leaving) leave(name string, err error) error {
	why := fault(err)
	if l.whole || !cache.Permanent(why) {
		return err
	}
	l.list = append(l.list, left{name, why})
	return nil
}

// all is the error of a file of which nothing would be read: that of its first attribute.
func (l *leaving) all(columns int) error {
	if columns > 0 || len(l.list) == 0 {
		return nil
	}
	return l.list[0].why
}

// tell adds what is left out to what is known of a file's damage.
func (l *leaving) tell(d *cache.Damage) *cache.Damage {
	if len(l.list) == 0 {
		return d
	}
	told := &cache.Damage{What: reasons(l.list), At: -1}
	told.Foreign = d == nil && !slices.ContainsFunc(l.list, func(x left) bool {
		var other *cache.UnsupportedError
		return !errors.As(x.why, &other)
	})
	if d != nil {
		told.What, told.At, told.Missing = told.What+"; "+d.What, d.At, slices.Clone(d.Missing)
	}
	for _, x := range l.list {
		told.Missing = append(told.Missing, x.name)
	}
	return told
}

// reasons are why attributes are left out, each once, with their names if there are several.
func reasons(list []left) string {
	type group struct{ names, why string }
	var groups []group
	for _, x := range list {
		why := x.reason()
		name := fmt.Sprintf("%.200s", x.name)
		if i := slices.IndexFunc(groups, func(g group) bool { return g.why == why }); i < 0 {
			groups = append(groups, group{name, why})
		} else if n := len(groups[i].names); n < 200 {
			groups[i].names += ", " + name
		}
	}
	if len(groups) == 1 {
		return groups[0].why
	}
	const most = 3
	var out []string
	for _, g := range groups[:min(most, len(groups))] {
		out = append(out, g.names+": "+g.why)
	}
	if more := len(groups) - most; more > 0 {
		out = append(out, fmt.Sprintf("and %s", unit.Plural(more, "more reason")))
	}
	return strings.Join(out, "; ")
}

// reason is why, without the attribute's name.
func (x *left) reason() string {
	text := x.why.Error()
	if s, ok := strings.CutPrefix(text, "attribute "); ok {
		for _, name := range []string{x.name, cache.PadName(x.name)} {
			if s, ok := strings.CutPrefix(s, fmt.Sprintf("%.200s: ", name)); ok {
				return s
			}
		}
	}
	return text
}

// called is the name of the attribute of a link.
func (r *rawFile) called(link string) string {
	if r.ours() {
		link = paddedName(link)
	}
	return cache.TrimPadding(link)
}

// each hands all columns to do, and leaves those out of the index whose values it cannot have.
func (f *File) each(ctx context.Context, ix *cache.Index, whole bool, do func(g *hdf5.Group, raw *rawColumn, c *cache.Column) error) error {
	out := leaving{whole: whole, list: slices.Clone(f.raw.out.list)}
	err := f.attribs(func(g *hdf5.Group) error {
		kept := ix.Columns[:0]
		for i := range ix.Columns {
			c := ix.Columns[i]
			err := do(g, f.checked.raws[i], &c)
			if err != nil {
				err = fmt.Errorf("attribute %s: %w", c.Name, err)
				if ctx.Err() != nil {
					return err
				}
				if err := out.leave(c.Name, err); err != nil {
					return err
				}
				continue
			}
			kept = append(kept, c)
		}
		ix.Columns = kept
		return out.all(len(kept))
	})
	ix.Damage = out.tell(f.checked.damage)
	return err
}
