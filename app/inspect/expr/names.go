package expr

import (
	"fmt"
	"slices"
	"strings"

	"iceexplorer/cache"
)

// Short is the attribute that a short name stands for, and its component if it means one;
// ok is false if it is no short name.
func Short(name string) (attribute, component string, ok bool) { return cache.ShortName(name) }

// find is the attribute that a name means, and the component if it means one.
func (b *binder) find(name string) (a *cache.Attribute, component string) {
	if a := b.frame.Attribute(name); a != nil {
		return a, ""
	}
	if attribute, component, ok := Short(name); ok {
		return b.frame.Attribute(attribute), component
	}
	return nil, ""
}

func (b *binder) name(at span, name string) value {
	a, component := b.find(name)
	if a == nil {
		b.lacks(at, "%s: no such attribute%s", name, b.suggestion(name))
	}
	v := b.attribute(at, a)
	if component != "" {
		return b.component(at, v, component)
	}
	return v
}

// attribute is the value of an attribute that points have.
func (b *binder) attribute(at span, a *cache.Attribute) value {
	name := cache.TrimPadding(a.Name)
	points := a.Context == cache.Context0D || a.Context == cache.ContextSingleton
	switch {
	case !points && uint64(b.n) != a.NumRows():
		b.stop(at, "%s belongs to a %v, not to a point", name, a.Context)
	case a.Type.Elem() == cache.ElemNone:
		b.stop(at, "%s has no values: it is of type %v", name, a.Type)
	case a.Type == cache.TypeCustom || a.Type == cache.TypeLocation:
		b.stop(at, "%s cannot be computed with: it is of type %v", name, a.Type)
	case !a.HasData() && b.n > 0:
		b.lacks(at, "%s has no values in this frame", name)
	}
	if a.Structure == cache.Array && !slices.Contains(b.arrays, a) {
		b.arrays = append(b.arrays, a)
	}
	b.use(a)
	return value{span: at, comps: b.components(a), names: a.Type.ComponentNames(), whole: a}
}

func (b *binder) variable(s *variableSyntax) value {
	switch strings.ToLower(s.name) {
	case "index":
		return scalar(s.span, b.index())
	case "frame":
		return scalar(s.span, fixedF64(float64(b.frame.Number)))
	case "time":
		return scalar(s.span, fixedF64(float64(b.frame.Number)/b.frame.FPS))
	case "n":
		return scalar(s.span, fixedInt(int64(b.n)))
	}
	b.stop(s.span, "there is no $%s: there are $index, $frame, $time and $n", s.name)
	return value{}
}

// member is a component, or an attribute with a dot in its name.
func (b *binder) member(s *memberSyntax) value {
	if of, ok := s.of.(*nameSyntax); ok {
		if a := b.frame.Attribute(of.name + "." + s.name); a != nil {
			return b.attribute(s.span, a)
		}
	}
	v := b.value(s.of)
	v.span = s.of.place()
	return b.component(s.span, v, s.name)
}

// component is .x .y .z .w .r .g .b .a .m00, or .mag, the length.
func (b *binder) component(at span, v value, name string) value {
	name = strings.ToLower(name)
	if len(v.comps) == 1 {
		b.stop(at, "%s is a %s, which has no components", b.said(v.span), kindOf(v))
	}
	if name == "mag" {
		return scalar(at, b.length(v))
	}
	i, ok := ComponentIndex(v.names, len(v.comps), name)
	if !ok {
		b.stop(at, "%s has no .%s; it has %s and .mag", b.said(v.span), name, componentList(v))
	}
	return value{span: at, comps: v.comps[i : i+1]}
}

// ComponentIndex is the component that a name such as x, r or m00 means, of a vector of n
// components with these names; nil: they have none of their own.
func ComponentIndex(names []string, n int, name string) (i int, ok bool) {
	name = strings.ToLower(name)
	if i := slices.Index(names, name); i >= 0 {
		return i, true
	}
	if i = strings.Index("xyzw", name); i < 0 {
		i = strings.Index("rgba", name)
	}
	quaternion := len(names) > 0 && names[0] == "w" // their x is not the first
	return i, len(name) == 1 && i >= 0 && i < n && !quaternion && n <= 4
}

// at is one value of each row's array.
func (b *binder) at(s *indexSyntax) value {
	was := b.inAny
	b.inAny = true // arrays may be named here
	arrays := b.arrays
	v := b.value(s.of)
	b.inAny, b.arrays = was, arrays
	if v.whole == nil || v.whole.Structure != cache.Array {
		b.stop(s.span, "%s is not an array", b.said(s.of.place()))
	}
	n := b.one(s.at)
	if n.typ == Float32 || n.typ == Float64 {
		b.stop(s.at.place(), "%s is not a whole number", b.said(s.at.place()))
	}
	at := b.as(Int, n)
	out := value{span: s.span, names: v.names}
	for c := range v.comps {
		out.comps = append(out.comps, b.valueAt(v.whole, c, at))
		out.comps[c].shape = v.comps[c].shape
		out.comps[c].array = at.array
	}
	return out
}

// valueAt is the value of each row's array at the place that another node gives.
func (b *binder) valueAt(a *cache.Attribute, c int, at node) node {
	element := b.element(a, c, func(k *block, i int) uint32 { return k.elem[i] })
	inner := func(r *run, k *block) *block {
		places := make([]uint32, k.n)
		for i, v := range at.i64(r, k) {
			places[i] = uint32(max(min(v, 1<<31-1), -1<<31)) // no value has more
		}
		return &block{n: k.n, serial: k.serial, base: k.base, rows: k.rows, elem: places}
	}
	out := node{typ: element.typ}
	switch element.typ {
	case Float32:
		out.f32 = func(r *run, k *block) []float32 { return element.f32(r, inner(r, k)) }
	case Float64:
		out.f64 = func(r *run, k *block) []float64 { return element.f64(r, inner(r, k)) }
	case Bool:
		out.bits = func(r *run, k *block) []uint64 { return element.bits(r, inner(r, k)) }
	case String:
		out.text = func(r *run, k *block) [][]byte { return element.text(r, inner(r, k)) }
	}
	return out
}

// suggestion is a hint at a name that was probably meant, such as "; did you mean Age?".
func (b *binder) suggestion(name string) string {
	if b.shorten == nil {
		for _, a := range b.frame.Attributes {
			b.shorten = append(b.shorten, cache.TrimPadding(a.Name))
		}
		for _, s := range cache.ShortNames() {
			if of, _, _ := Short(s); b.frame.Attribute(of) != nil {
				b.shorten = append(b.shorten, s)
			}
		}
	}
	return Suggest(name, b.shorten)
}

// Suggest is a hint at the one of some names that was probably meant, "" if none is like it.
func Suggest(name string, names []string) string {
	best, least := "", max(1, len([]rune(name))/3)+1
	for _, n := range names {
		if len([]rune(name)) == 1 && !strings.EqualFold(name, n) { // any other letter is as near
			continue
		}
		if d := distance(strings.ToLower(name), strings.ToLower(n)); d < least {
			best, least = n, d
		}
	}
	if best == "" {
		for _, n := range names { // the beginning or the end of a long name
			if len(name) >= 3 && strings.Contains(strings.ToLower(n), strings.ToLower(name)) {
				best = n
				break
			}
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", best)
}

// distance is how many letters must be inserted, removed, changed or swapped to turn a into
// b.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before, last []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		before, last = last, row
		row = make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			change := last[j]
			if x[i] != y[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(y)]
}

// Quote is an attribute's name as expressions write it: in backquotes if it is more than
// one word.
func Quote(name string) string {
	l := lexer{text: name}
	t, err := l.next()
	if err == nil && t.kind == tokName && t.plain && t.end == len(name) && !slices.Contains([]string{"and", "or", "not", "in", "true", "false"}, strings.ToLower(name)) {
		return name
	}
	return "`" + strings.NewReplacer("\\", "\\\\", "`", "\\`").Replace(name) + "`"
}
