package expr

import (
	"fmt"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/fault"
)

// Frame is what an expression is evaluated on.
type Frame struct {
	*cache.Frame
	Number cache.Number
	FPS    float64 // what $time counts seconds by; 0: 24
}

// value is what a part of an expression is: a number, a yes or no, a text, or a vector of
// several components.
type value struct {
	span
	comps []node
	names []string         // of the components of a vector; nil: x y z w
	whole *cache.Attribute // an attribute, as it is
}

// Bind checks an expression against a frame's attributes. The program may be used until
// the frame is closed. The error is an *Error, or fault.Err.
func (e *Expr) Bind(f Frame) (p *Program, err error) {
	if f.FPS <= 0 {
		f.FPS = 24
	}
	b := &binder{text: e.text, frame: f, n: int(f.Header.Points)}
	lost := fault.Guard(func() { // constants are read
		defer func() {
			if r := recover(); r != nil {
				e, ok := r.(*Error)
				if !ok {
					panic(r)
				}
				err = e
			}
		}()
		v := b.value(e.root)
		b.rows(v)
		p = &Program{text: e.text, n: b.n, value: v, used: b.used, slots: b.slots}
	})
	if lost != nil {
		return nil, lost
	}
	return p, err
}

func (b *binder) stop(at span, format string, args ...any) {
	panic(&Error{Text: b.text, Pos: at.pos, End: at.end, Msg: fmt.Sprintf(format, args...)})
}

// lacks is stop where the frame is at fault, not the text.
func (b *binder) lacks(at span, format string, args ...any) {
	panic(&Error{Text: b.text, Pos: at.pos, End: at.end, Msg: fmt.Sprintf(format, args...), Lacks: true})
}

// said is a part as it was written.
func (b *binder) said(at span) string { return b.text[at.pos:at.end] }

// rows refuses arrays, which do not have one value per row.
func (b *binder) rows(v value) {
	if v.comps[0].array && !b.inAny {
		b.stop(v.span, "%s has an array for each point: write %s[0], len(%s), or any(...) and all(...) around a comparison", b.said(v.span), b.said(v.span), b.said(v.span))
	}
}

func scalar(at span, n node) value { return value{span: at, comps: []node{n}} }

// value is what a node of syntax means.
func (b *binder) value(s syntax) value {
	switch s := s.(type) {
	case *numberSyntax:
		n := fixedF64(s.value)
		if s.whole {
			n = fixedInt(int64(s.value))
		}
		n.free = true
		return scalar(s.span, n)
	case *stringSyntax:
		return scalar(s.span, fixedText([]byte(s.value)))
	case *boolSyntax:
		return scalar(s.span, fixedBool(s.value))
	case *nameSyntax:
		return b.name(s.span, s.name)
	case *variableSyntax:
		return b.variable(s)
	case *memberSyntax:
		return b.member(s)
	case *indexSyntax:
		return b.at(s)
	case *listSyntax:
		return b.vector(s)
	case *rangeSyntax:
		b.stop(s.span, "a range can only follow in: ID in [%s]", b.said(s.span))
	case *callSyntax:
		return b.call(s)
	case *unarySyntax:
		if s.op == "not" {
			x := b.truth(s.of)
			return scalar(s.span, node{typ: Bool, array: x.array, bits: inverted(b.slot(), x.bits)})
		}
		minus := fixedInt(-1)
		minus.free = true
		return b.each(s.span, b.number(s.of), func(x node) node { return b.binary("*", x, minus) })
	case *binarySyntax:
		return b.operation(s)
	}
	panic(fmt.Sprintf("expr: unknown syntax %T", s))
}

func (b *binder) operation(s *binarySyntax) value {
	switch s.op {
	case "and", "or":
		x, y := b.truth(s.a), b.truth(s.b)
		return scalar(s.span, node{typ: Bool, array: x.array || y.array, bits: both(b.slot(), s.op, x.bits, y.bits)})
	case "in":
		return b.in(s)
	case "+", "-", "*", "/", "%":
		return b.pairs(s.span, b.number(s.a), b.number(s.b), func(x, y node) node { return b.binary(s.op, x, y) })
	}
	return b.comparison(s.span, s.op, b.value(s.a), b.value(s.b))
}

// number is a part that must be a number or vector.
func (b *binder) number(s syntax) value {
	v := b.value(s)
	b.rows(v)
	if v.comps[0].typ == String {
		b.stop(v.span, "%s is text, not a number", b.said(v.span))
	}
	return v
}

// one is a part that must be one number.
func (b *binder) one(s syntax) node {
	v := b.number(s)
	b.single(v)
	return v.comps[0]
}

func (b *binder) single(v value) {
	if len(v.comps) > 1 {
		b.stop(v.span, "%s has %d components: write %s.mag, or one of %s", b.said(v.span), len(v.comps), b.said(v.span), componentList(v))
	}
}

func componentList(v value) string {
	names := v.names
	if names == nil {
		names = []string{"x", "y", "z", "w"}[:min(len(v.comps), 4)]
	}
	if len(names) > 4 {
		return "." + names[0] + " to ." + names[len(names)-1]
	}
	return "." + strings.Join(names, ", .")
}

// truth is a part that must be yes or no.
func (b *binder) truth(s syntax) node {
	v := b.value(s)
	b.rows(v)
	if v.comps[0].typ != Bool || len(v.comps) > 1 {
		b.stop(v.span, "%s is a %s, not yes or no: compare it with something, such as %s", b.said(v.span), kindOf(v), comparisonOf(b.said(v.span), v))
	}
	return v.comps[0]
}

// comparisonOf is an example of a comparison that a value can stand in.
func comparisonOf(text string, v value) string {
	switch {
	case v.comps[0].typ == String:
		return text + " == 'ash'"
	case len(v.comps) == 1:
		return text + " > 0"
	}
	if e, err := Parse(text); err == nil {
		if _, _, ok := e.Member(); ok {
			return text + ".mag > 0"
		}
	}
	return "length(" + text + ") > 0"
}

func kindOf(v value) string {
	switch {
	case len(v.comps) > 1:
		return "vector"
	case v.comps[0].typ == String:
		return "text"
	}
	return "number"
}

// each computes all components alike.
func (b *binder) each(at span, v value, f func(node) node) value {
	out := value{span: at, names: v.names}
	for _, c := range v.comps {
		out.comps = append(out.comps, f(c))
	}
	return out
}

// pairs computes the components of two vectors pair by pair; a number is paired with each.
func (b *binder) pairs(at span, v, w value, f func(x, y node) node) value {
	if len(v.comps) > 1 && len(w.comps) > 1 && len(v.comps) != len(w.comps) {
		b.stop(at, "%s has %d components and %s has %d", b.said(v.span), len(v.comps), b.said(w.span), len(w.comps))
	}
	out := value{span: at, names: v.names}
	if len(w.comps) > len(v.comps) {
		out.names = w.names
	}
	for i := range max(len(v.comps), len(w.comps)) {
		out.comps = append(out.comps, f(v.comps[min(i, len(v.comps)-1)], w.comps[min(i, len(w.comps)-1)]))
	}
	return out
}

// binary is arithmetic of two numbers.
func (b *binder) binary(op string, x, y node) node {
	t := commonType(x, y)
	if t == Int && (op == "/" || op == "pow" || op == "atan2" || op == "%" && (y.fixed == nil || y.fixed.num == 0)) {
		t = Float64
	}
	free := x.free && y.free
	x, y = b.as(t, x), b.as(t, y)
	slot := b.slot()
	out := node{typ: t, array: x.array || y.array}
	switch t {
	case Float32:
		out.f32 = arith(op, x.f32, y.f32, func(r *run, n int) []float32 { return buffer(&r.f32, slot, n) })
	case Float64:
		out.f64 = arith(op, x.f64, y.f64, func(r *run, n int) []float64 { return buffer(&r.f64, slot, n) })
	default:
		out.i64 = arith(op, x.i64, y.i64, func(r *run, n int) []int64 { return buffer(&r.i64, slot, n) })
	}
	if x.fixed != nil && y.fixed != nil {
		out = folded(out)
	}
	out.free = free
	return out
}

func arith[T number](op string, f, g func(*run, *block) []T, to func(*run, int) []T) func(*run, *block) []T {
	return func(r *run, k *block) []T {
		out := to(r, k.n)
		arithmetic(op, out, f(r, k), g(r, k))
		return out
	}
}

// folded is a node whose parts are fixed, computed once.
func folded(n node) node {
	r, k := &run{}, &block{n: 1, serial: 1}
	switch n.typ {
	case Float32:
		return fixedF32(n.f32(r, k)[0])
	case Float64:
		return fixedF64(n.f64(r, k)[0])
	}
	return fixedInt(n.i64(r, k)[0])
}

// vector is [x, y, z].
func (b *binder) vector(s *listSyntax) value {
	if len(s.items) < 2 || len(s.items) > 4 {
		b.stop(s.span, "a vector has 2 to 4 numbers")
	}
	out := value{span: s.span}
	for _, item := range s.items {
		out.comps = append(out.comps, b.one(item))
	}
	t := out.comps[0]
	for _, c := range out.comps[1:] { // one type for all
		t = node{typ: commonType(t, c), free: t.free && c.free}
	}
	if !t.free {
		for i, c := range out.comps {
			out.comps[i] = b.as(t.typ, c)
		}
	}
	return out
}

func (b *binder) use(a *cache.Attribute) {
	if !slices.Contains(b.used, a) {
		b.used = append(b.used, a)
	}
}
