package names

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
)

// Target is a kind of file with the attributes that it takes.
type Target struct {
	Format string // in the table
	// Fits says what is left out of an attribute, and why; all: nothing of it is there.
	Fits func(c *cache.Column, points uint64) (left string, all bool)
	// Parts are the names of an attribute's components; nil: it has its name alone.
	Parts func(name string, c *cache.Column) []string
	// Spelled is a name in characters that the format knows; nil: it knows all.
	Spelled func(name string) string
}

// Choice is an attribute with its place in a file.
type Choice struct {
	Column int // of the index; -1: the frame has no such attribute
	export.Place
}

// Options are those that every format with a Target has.
func Options() []export.Option {
	return []export.Option{
		{Name: "attrs", Arg: "A,B,...", Help: "write only these attributes, in this order"},
		{Name: "map", Arg: "A=x,...", Help: "names of attributes in the file, such as Mass=density;\nseveral names, separated by spaces, name the components"},
	}
}

// Check finds what is wrong with the values of Options.
func Check(v export.Values) error {
	_, err := ParseMap(v.Text("map"))
	return err
}

// ParseMap reads the names that attributes are given: Mass=density, Color=r g b a.
func ParseMap(text string) ([]Mapping, error) {
	var out []Mapping
	for _, m := range List(text) {
		from, to, _ := strings.Cut(m, "=")
		as := strings.Fields(to)
		if from = strings.TrimSpace(from); from == "" || len(as) == 0 {
			return nil, fmt.Errorf("map %q: want an attribute and its name in the file, such as Mass=density", m)
		}
		out = append(out, Mapping{from, as})
	}
	return out, nil
}

// List reads names with commas between them.
func List(text string) []string {
	var out []string
	for _, s := range strings.Split(text, ",") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Choose says which attributes of a frame a file has, in which order and under which
// names, and which it has not. v is right, as Check finds it. No two names are the same.
func (t *Target) Choose(ix *cache.Index, v export.Values) []Choice {
	own := meant(ix, v)
	maps := append(slices.Clip(own), Table(t.Format)...)
	used := map[string]bool{}
	out := wanted(ix, List(v.Text("attrs")))
	for _, mapped := range []bool{true, false} { // names that readers look for are not left to others
		for i := range out {
			c := &out[i]
			if c.Column < 0 {
				continue
			}
			col := &ix.Columns[c.Column]
			as := mapping(maps, col)
			if (as != nil) != mapped {
				continue
			}
			all := false
			if c.Left, all = t.Fits(col, ix.Header.Elements(cache.Context0D)); !all {
				c.As = t.named(col, as, used)
			}
			if c.As != nil && slices.ContainsFunc(own, func(m Mapping) bool { return same(m.Attribute, col.Name) && !m.Fits(col) }) {
				c.AsIs = "they have another number of components than names were given for"
			}
		}
	}
	return out
}

// meant are the names that are chosen, of attributes as the frame calls them where they have a short name.
func meant(ix *cache.Index, v export.Values) []Mapping {
	own, _ := ParseMap(v.Text("map"))
	for i := range own {
		if at := cache.Meant(ix.Columns, own[i].Attribute); at >= 0 {
			own[i].Attribute = ix.Columns[at].Name
		}
	}
	return own
}

// mapping is what an attribute is called otherwise; nil: it keeps its name.
func mapping(maps []Mapping, c *cache.Column) []string {
	for _, m := range maps {
		if same(m.Attribute, c.Name) && m.Fits(c) {
			return m.As
		}
	}
	return nil
}

// wanted are the attributes that are asked for.
func wanted(ix *cache.Index, attrs []string) []Choice {
	var out []Choice
	if len(attrs) == 0 {
		for i := range ix.Columns {
			out = append(out, Choice{i, export.Place{Attribute: ix.Columns[i].Name}})
		}
		return out
	}
	for _, name := range attrs {
		i := cache.Meant(ix.Columns, name)
		switch {
		case i < 0:
			out = append(out, Choice{-1, export.Place{Attribute: name, Left: export.NoSuch}})
		case !slices.ContainsFunc(out, func(c Choice) bool { return c.Column == i }):
			out = append(out, Choice{i, export.Place{Attribute: ix.Columns[i].Name}})
		}
	}
	return out
}

func same(a, b string) bool {
	return strings.EqualFold(cache.TrimPadding(a), cache.TrimPadding(b))
}

// named gives an attribute the names it has in the file, which become used.
func (t *Target) named(c *cache.Column, as []string, used map[string]bool) []string {
	if as == nil {
		as = []string{strings.ToValidUTF8(c.Name, "\uFFFD")}
	}
	for n := 1; ; n++ {
		got := slices.Clone(as)
		if n > 1 {
			for i := range got {
				got[i] += "_" + strconv.Itoa(n)
			}
		}
		if len(got) == 1 && t.Parts != nil {
			if parts := t.Parts(got[0], c); parts != nil {
				got = parts
			}
		}
		free := true
		for i, name := range got {
			if t.Spelled != nil {
				got[i] = t.Spelled(name)
			}
			free = free && !used[got[i]]
		}
		if !free {
			continue
		}
		for _, name := range got {
			used[name] = true
		}
		return got
	}
}

// Places are the choices as a format declares them, and attributes that Options name and that the frame
// has not.
func (t *Target) Places(ix *cache.Index, v export.Values) []export.Place {
	var out []export.Place
	for _, c := range t.Choose(ix, v) {
		out = append(out, c.Place)
	}
	own, _ := ParseMap(v.Text("map"))
	for _, m := range own {
		if cache.Meant(ix.Columns, m.Attribute) < 0 {
			out = append(out, export.Place{Attribute: m.Attribute, AsIs: "some frames have no attribute that a name was given for"})
		}
	}
	return out
}

// Fits reports whether the names are as many as an attribute needs.
func (m *Mapping) Fits(c *cache.Column) bool {
	return len(m.As) == 1 || len(m.As) == c.Type.Components() && c.Structure == cache.Single
}

// Per point: what is left out of files that have a row for each.
const (
	LeftEmpty   = "they hold no values"
	leftRows    = "they have not a value for each point"
	leftArrays  = "arrays have no place in it"
	leftStrings = "strings and bytes have no place in it"
	LeftShapes  = "of shapes that are instances or references the kind alone is there"
)

// PerPoint is what Fits of a file with a row for each point finds of any attribute. One
// that has a single value gives it to every point.
func PerPoint(c *cache.Column, points uint64) (left string, all bool) {
	switch {
	case c.Type.Elem() == cache.ElemNone || c.Rows == 0 && points > 0:
		return LeftEmpty, true
	case !Repeated(c) && c.Rows != points:
		return leftRows, true
	}
	return "", false
}

// Repeated reports that an attribute has one value, which every point has.
func Repeated(c *cache.Column) bool { return c.Constant || c.Rows == 1 }

// Numbers is PerPoint of a file that has a number of numbers for each point, and for
// shapes that of their kind.
func Numbers(c *cache.Column, points uint64) (left string, all bool) {
	if left, all = PerPoint(c, points); all {
		return left, all
	}
	switch {
	case c.Structure == cache.Array:
		return leftArrays, true
	case c.Type.Variable():
		return leftStrings, true
	case c.Type == cache.TypeShape && c.Records.Len > 0:
		return LeftShapes, false
	}
	return "", false
}

// Components are the names of components with a separator behind the attribute's; nil
// where there is one.
func Components(name, separator string, c *cache.Column) []string {
	var out []string
	for _, of := range c.Type.ComponentNames() {
		out = append(out, name+separator+of)
	}
	return out
}

// WithAlpha names the parts of a colour in a format that keeps its alpha elsewhere, of the
// attribute that has the colour's name there.
func WithAlpha(colour, alpha string) func(name string, c *cache.Column) []string {
	return func(name string, c *cache.Column) []string {
		if name == colour && c.Type == cache.TypeColor4 && c.Structure == cache.Single {
			return []string{colour, alpha}
		}
		return nil
	}
}

// Split says which components each name stands for: all of them, one each, or a colour and
// its alpha. Quaternions that have one name are in the order x, y, z, w, which all programs
// but Softimage keep them in.
func Split(as []string, t cache.DataType) [][]int {
	n := t.Components()
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	switch {
	case len(as) == n:
		out := make([][]int, n)
		for i := range out {
			out[i] = all[i : i+1]
		}
		return out
	case len(as) == 2 && t == cache.TypeColor4:
		return [][]int{all[:3], all[3:]}
	case t == cache.TypeQuaternion || t == cache.TypeRotation:
		return [][]int{{1, 2, 3, 0}}
	}
	return [][]int{all}
}

// Word is a name of ASCII's letters, digits and _, which does not begin with a digit.
func Word(name string) string {
	word := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
	if word == "" || word[0] >= '0' && word[0] <= '9' {
		word = "_" + word
	}
	return word
}
