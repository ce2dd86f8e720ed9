package expr

import (
	"math"
	"slices"
	"unicode/utf8"

	"iceexplorer/cache"
)

// functionNames lists all functions, for messages and completion.
func functionNames() []string {
	names := []string{"pow", "min", "max", "clamp", "length", "dot", "dist", "isfinite", "isnan", "if", "len", "any", "all", "atan2"}
	for n := range functions {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// call is a call of a function.
func (b *binder) call(s *callSyntax) value {
	switch s.name {
	case "len":
		b.arity(s, 1, 1)
		return b.len(s)
	case "any", "all":
		b.arity(s, 1, 1)
		return b.quantified(s)
	case "if":
		b.arity(s, 3, 3)
		return b.choice(s)
	case "min", "max":
		b.arity(s, 2, 16)
		v := b.number(s.args[0])
		for _, a := range s.args[1:] {
			v = b.pairs(s.span, v, b.number(a), func(x, y node) node { return b.binary(s.name, x, y) })
		}
		return v
	case "clamp":
		b.arity(s, 3, 3)
		v := b.pairs(s.span, b.number(s.args[0]), b.number(s.args[1]), func(x, y node) node { return b.binary("max", x, y) })
		return b.pairs(s.span, v, b.number(s.args[2]), func(x, y node) node { return b.binary("min", x, y) })
	case "pow":
		b.arity(s, 2, 2)
		return b.pairs(s.span, b.number(s.args[0]), b.number(s.args[1]), func(x, y node) node { return b.binary("pow", x, y) })
	case "atan2":
		b.arity(s, 2, 2)
		return scalar(s.span, b.binary("atan2", b.one(s.args[0]), b.one(s.args[1])))
	case "length":
		b.arity(s, 1, 1)
		return scalar(s.span, b.length(b.number(s.args[0])))
	case "dot":
		b.arity(s, 2, 2)
		return scalar(s.span, b.dot(s.span, b.number(s.args[0]), b.number(s.args[1])))
	case "dist":
		b.arity(s, 2, 2)
		d := b.pairs(s.span, b.number(s.args[0]), b.number(s.args[1]), func(x, y node) node { return b.binary("-", x, y) })
		return scalar(s.span, b.length(d))
	case "isfinite", "isnan":
		b.arity(s, 1, 1)
		return b.finite(s)
	}
	f, ok := functions[s.name]
	if !ok {
		b.stop(s.at, "%s: no such function%s", b.said(s.at), Suggest(s.name, functionNames()))
	}
	b.arity(s, 1, 1)
	return b.each(s.span, b.number(s.args[0]), func(x node) node { return b.function(s.name, f, x) })
}

func (b *binder) arity(s *callSyntax, least, most int) {
	if n := len(s.args); n < least || n > most {
		wanted := []string{"nothing", "one value", "two values", "three values"}[min(least, 3)]
		if most > least {
			wanted = "at least " + wanted
		}
		b.stop(s.span, "%s takes %s", s.name, wanted)
	}
}

// exact are the functions that keep whole numbers whole.
var exact = []string{"abs", "floor", "ceil", "round", "sign"}

func (b *binder) function(name string, f func(float64) float64, x node) node {
	if x.typ == Bool {
		x = b.as(Int, x)
	}
	free := x.free
	if x.typ == Int && !slices.Contains(exact, name) {
		x = b.as(Float64, x)
	}
	slot := b.slot()
	out := node{typ: x.typ, array: x.array}
	switch x.typ {
	case Float32:
		out.f32 = mapped(f, x.f32, func(r *run, n int) []float32 { return buffer(&r.f32, slot, n) })
	case Float64:
		out.f64 = mapped(f, x.f64, func(r *run, n int) []float64 { return buffer(&r.f64, slot, n) })
	default:
		out.i64 = mapped(f, x.i64, func(r *run, n int) []int64 { return buffer(&r.i64, slot, n) })
	}
	if x.fixed != nil {
		out = folded(out)
	}
	out.free = free
	return out
}

func mapped[T number](f func(float64) float64, in func(*run, *block) []T, to func(*run, int) []T) func(*run, *block) []T {
	return func(r *run, k *block) []T {
		out := to(r, k.n)
		for i, v := range in(r, k) {
			out[i] = T(f(float64(v)))
		}
		return out
	}
}

// dot is the sum of the products of components.
func (b *binder) dot(at span, v, w value) node {
	if len(v.comps) != len(w.comps) || len(v.comps) == 1 {
		b.stop(at, "dot takes two vectors with the same number of components")
	}
	products := b.pairs(at, v, w, func(x, y node) node { return b.binary("*", x, y) })
	sum := products.comps[0]
	for _, p := range products.comps[1:] {
		sum = b.binary("+", sum, p)
	}
	return sum
}

// length is that of a vector, in float64 as cache's ranges of lengths are.
func (b *binder) length(v value) node {
	if len(v.comps) == 1 {
		return b.function("abs", math.Abs, v.comps[0])
	}
	if a := v.whole; a != nil && v.comps[0].typ == Float32 && v.comps[0].fixed == nil && !v.comps[0].array {
		return b.columnLength(a)
	}
	wide := b.each(v.span, v, func(x node) node { return b.as(Float64, x) })
	root := b.function("sqrt", math.Sqrt, b.dot(v.span, wide, wide))
	if v.comps[0].typ == Float32 {
		return b.as(Float32, root)
	}
	return root
}

// columnLength is the length of a column's vectors, computed in one go.
func (b *binder) columnLength(a *cache.Attribute) node {
	data, step, slot := a.Float32s(), a.Type.Components(), b.slot()
	return node{typ: Float32, f32: func(r *run, k *block) []float32 {
		out := buffer(&r.f32, slot, k.n)
		for i := range out {
			at := (k.base + i) * step
			if k.rows != nil {
				at = int(k.rows[i]) * step
			}
			var sum float64
			for _, v := range data[at : at+step] {
				sum += float64(v) * float64(v)
			}
			out[i] = float32(math.Sqrt(sum))
		}
		return out
	}}
}

// finite tells whether all components are finite; isnan whether one is NaN.
func (b *binder) finite(s *callSyntax) value {
	v := b.number(s.args[0])
	out := fixedBool(s.name == "isfinite")
	for _, c := range v.comps {
		x := b.as(Float64, c)
		slot := b.slot()
		test := func(f float64) bool { return f-f == 0 }
		op := "and"
		if s.name == "isnan" {
			test, op = func(f float64) bool { return f != f }, "or"
		}
		bits := func(r *run, k *block) []uint64 {
			in := x.f64(r, k)
			return gather(buffer(&r.bits, slot, k.words()), k.n, func(i int) bool { return test(in[i]) })
		}
		out = node{typ: Bool, array: c.array, bits: both(b.slot(), op, out.bits, bits)}
	}
	return scalar(s.span, out)
}

// len is how many values an array has, or how many characters a text.
func (b *binder) len(s *callSyntax) value {
	was, arrays := b.inAny, b.arrays
	b.inAny = true
	v := b.value(s.args[0])
	b.inAny, b.arrays = was, arrays
	if v.whole != nil && v.whole.Structure == cache.Array {
		return scalar(s.span, b.lengths(v.whole))
	}
	if v.comps[0].typ != String {
		b.stop(v.span, "%s is neither an array nor text", b.said(v.span))
	}
	text, slot := v.comps[0].text, b.slot()
	return scalar(s.span, node{typ: Int, array: v.comps[0].array, i64: func(r *run, k *block) []int64 {
		out := buffer(&r.i64, slot, k.n)
		for i, t := range text(r, k) {
			out[i] = int64(utf8.RuneCount(t))
		}
		return out
	}})
}

// quantified is any(...) or all(...) over the values of each row's array.
func (b *binder) quantified(s *callSyntax) value {
	if b.inAny {
		b.stop(s.span, "%s cannot be used inside any or all", s.name)
	}
	b.inAny, b.arrays = true, nil
	of := b.truth(s.args[0])
	arrays := b.arrays
	b.inAny, b.arrays = false, nil
	if len(arrays) == 0 || !of.array {
		b.stop(s.span, "%s needs an array: there is none in %s", s.name, b.said(s.args[0].place()))
	}
	slot, all := b.slot(), s.name == "all"
	return scalar(s.span, node{typ: Bool, bits: func(r *run, k *block) []uint64 {
		out := buffer(&r.bits, slot, k.words())
		clear(out)
		if all {
			for i := range out {
				out[i] = ^uint64(0)
			}
		}
		overValues(r, k, arrays, of, func(i int, hit bool) {
			if hit != all {
				out[i/64] = out[i/64]&^(1<<(i%64)) | bit(hit)<<(i%64)
			}
		})
		return out
	}})
}

// overValues evaluates a node for every value of the block's arrays, and passes on the row
// and the result of each.
func overValues(r *run, k *block, arrays []*cache.Attribute, of node, tell func(i int, hit bool)) {
	inner := &block{rows: make([]uint32, 0, blockSize), elem: make([]uint32, 0, blockSize)}
	places := make([]int, 0, blockSize)
	flush := func() {
		inner.n = len(inner.rows)
		r.begin(inner)
		bits := of.bits(r, inner)
		for j, i := range places {
			tell(i, bits[j/64]>>(j%64)&1 != 0)
		}
		inner.rows, inner.elem, places = inner.rows[:0], inner.elem[:0], places[:0]
	}
	for i := range k.n {
		row, n := k.row(i), uint64(0)
		for _, a := range arrays {
			from, to := a.Row(row)
			n = max(n, to-from)
		}
		for e := range n {
			if len(places) == blockSize {
				flush()
			}
			inner.rows, inner.elem, places = append(inner.rows, uint32(row)), append(inner.elem, uint32(e)), append(places, i)
		}
	}
	if len(places) > 0 {
		flush()
	}
}

// choice is if(condition, then, else).
func (b *binder) choice(s *callSyntax) value {
	cond := b.truth(s.args[0])
	v, w := b.value(s.args[1]), b.value(s.args[2])
	b.rows(v)
	b.rows(w)
	if (v.comps[0].typ == String) != (w.comps[0].typ == String) {
		b.stop(s.span, "%s is a %s and %s is a %s: both must be of one kind", b.said(v.span), kindOf(v), b.said(w.span), kindOf(w))
	}
	return b.pairs(s.span, v, w, func(x, y node) node {
		out := node{typ: String, array: cond.array || x.array || y.array}
		slot := b.slot()
		if x.typ == String {
			out.text = either(cond, x.text, y.text, func(r *run, n int) [][]byte { return buffer(&r.texts, slot, n) })
			return out
		}
		free := x.free && y.free
		x, y = b.common(x, y)
		switch out.typ = x.typ; x.typ {
		case Float32:
			out.f32 = either(cond, x.f32, y.f32, func(r *run, n int) []float32 { return buffer(&r.f32, slot, n) })
		case Float64:
			out.f64 = either(cond, x.f64, y.f64, func(r *run, n int) []float64 { return buffer(&r.f64, slot, n) })
		default:
			out.i64 = either(cond, x.i64, y.i64, func(r *run, n int) []int64 { return buffer(&r.i64, slot, n) })
		}
		out.free = free
		return out
	})
}

func either[T any](cond node, f, g func(*run, *block) []T, to func(*run, int) []T) func(*run, *block) []T {
	return func(r *run, k *block) []T {
		bits, out := cond.bits(r, k), to(r, k.n)
		a, b := f(r, k), g(r, k)
		for i := range out {
			if out[i] = b[i]; bits[i/64]>>(i%64)&1 != 0 {
				out[i] = a[i]
			}
		}
		return out
	}
}
