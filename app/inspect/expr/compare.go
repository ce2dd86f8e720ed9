package expr

import (
	"math"
	"strings"

	"iceexplorer/cache"
)

// comparison compares numbers, texts, names of shapes and whole vectors.
func (b *binder) comparison(at span, op string, v, w value) value {
	b.rows(v)
	b.rows(w)
	v, w = b.shapeName(v, w), b.shapeName(w, v)
	text := v.comps[0].typ == String
	switch {
	case text != (w.comps[0].typ == String):
		b.stop(at, "%s is a %s and %s is a %s: they cannot be compared", b.said(v.span), kindOf(v), b.said(w.span), kindOf(w))
	case text && op != "==" && op != "!=":
		b.stop(at, "texts can only be compared by == and !=")
	case text:
		f := sameText(b.slot(), v.comps[0].text, w.comps[0].text)
		if op == "!=" {
			f = inverted(b.slot(), f)
		}
		return scalar(at, node{typ: Bool, array: v.comps[0].array || w.comps[0].array, bits: f})
	case op != "==" && op != "!=":
		b.single(v)
		b.single(w)
	}
	all := b.pairs(at, v, w, func(x, y node) node { return b.compared(op, x, y) })
	out := all.comps[0]
	for _, c := range all.comps[1:] { // vectors are equal if all components are
		join := "and"
		if op == "!=" {
			join = "or"
		}
		out = node{typ: Bool, array: out.array, bits: both(b.slot(), join, out.bits, c.bits)}
	}
	return scalar(at, out)
}

func (b *binder) compared(op string, x, y node) node {
	if x.fixed != nil && y.fixed == nil {
		op, x, y = mirrored(op), y, x
	}
	laneI, lane32 := x.laneI, x.lane32
	x, y = b.common(x, y)
	out := node{typ: Bool, array: x.array || y.array}
	slot := b.slot()
	if y.fixed != nil && x.fixed == nil {
		if out.bits = compareFixed(slot, op, x, y.fixed, lane32, laneI); out.bits != nil {
			return out
		}
	}
	switch x.typ {
	case Float32:
		out.bits = compare(slot, op, x.f32, y.f32)
	case Float64:
		out.bits = compare(slot, op, x.f64, y.f64)
	default:
		out.bits = compare(slot, op, x.i64, y.i64)
	}
	return out
}

// compareFixed compares with one number, nil where that is to be done as everything is.
// What is at most a number is below the next one.
func compareFixed(slot int, op string, x node, c *fixed, lane32 lane[float32], laneI lane[int32]) func(*run, *block) []uint64 {
	up, down := math.Inf(1), math.Inf(-1)
	switch x.typ {
	case Float32:
		v := float32(c.num)
		if v-v != 0 {
			return nil
		}
		if lane32 == nil {
			lane32 = dense(x.f32)
		}
		switch op {
		case "<=":
			op, v = "<", math.Nextafter32(v, float32(up))
		case ">=":
			op, v = ">", math.Nextafter32(v, float32(down))
		}
		return against(slot, op, lane32, v)
	case Float64:
		v := c.num
		if v-v != 0 {
			return nil
		}
		switch op {
		case "<=":
			op, v = "<", math.Nextafter(v, up)
		case ">=":
			op, v = ">", math.Nextafter(v, down)
		}
		return against(slot, op, dense(x.f64), v)
	}
	v := c.whole
	if v <= math.MinInt32 || v >= math.MaxInt32 {
		return nil
	}
	switch op {
	case "<=":
		op, v = "<", v+1
	case ">=":
		op, v = ">", v-1
	}
	if laneI != nil {
		return against(slot, op, laneI, int32(v))
	}
	return against(slot, op, dense(x.i64), v)
}

// shapeName turns the name of a shape into its number, where it meets shapes.
func (b *binder) shapeName(v, other value) value {
	if v.comps[0].typ != String || v.comps[0].fixed == nil || !other.comps[0].shape {
		return v
	}
	name := string(v.comps[0].fixed.text)
	for s := range int32(cache.ShapeReference + 1) {
		if strings.EqualFold(cache.ShapeName(s), name) {
			return scalar(v.span, fixedInt(int64(s)))
		}
	}
	b.stop(v.span, "there is no shape %q: they are called point, segment, disc, rectangle, sphere, box, cylinder, capsule, cone, blob, instance and reference", name)
	return v
}

// in is whether a value is among those of a list: [3, 7..20].
func (b *binder) in(s *binarySyntax) value {
	v := b.value(s.a)
	b.rows(v)
	b.single(v)
	list, ok := s.b.(*listSyntax)
	if !ok {
		b.stop(s.b.place(), "a list must follow in, such as [3, 7..20]")
	}
	out := fixedBool(false)
	for _, item := range list.items {
		var hit value
		if r, ok := item.(*rangeSyntax); ok {
			from, to := b.comparison(s.span, ">=", v, b.value(r.from)), b.comparison(s.span, "<=", v, b.value(r.to))
			hit = scalar(s.span, node{typ: Bool, array: from.comps[0].array, bits: both(b.slot(), "and", from.comps[0].bits, to.comps[0].bits)})
		} else {
			hit = b.comparison(s.span, "==", v, b.value(item))
		}
		out = node{typ: Bool, array: hit.comps[0].array, bits: both(b.slot(), "or", out.bits, hit.comps[0].bits)}
	}
	return scalar(s.span, out)
}
