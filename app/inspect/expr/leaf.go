package expr

import (
	"encoding/binary"
	"math"

	"iceexplorer/cache"
)

// components are an attribute's as nodes, of arrays those of the value that any and all
// are at.
func (b *binder) components(a *cache.Attribute) []node {
	n := max(a.Type.Components(), 1)
	out := make([]node, n)
	for c := range out {
		switch {
		case a.Structure == cache.Array:
			out[c] = b.element(a, c, func(k *block, i int) uint32 { return k.elem[i] })
			out[c].array = true
		case a.Constant || a.Context == cache.ContextSingleton:
			out[c] = fixedOf(a, c)
		default:
			out[c] = b.column(a, c)
		}
		out[c].shape = a.Type == cache.TypeShape
	}
	return out
}

// fixedOf is a component of an attribute that has one value for all rows.
func fixedOf(a *cache.Attribute, c int) node {
	v := a.Value(0)
	if a.Type.Variable() {
		return fixedText(v)
	}
	switch a.Type.Elem() {
	case cache.ElemFloat32:
		if len(v) < 4*(c+1) {
			return fixedF32(float32(math.NaN()))
		}
		return fixedF32(math.Float32frombits(binary.LittleEndian.Uint32(v[4*c:])))
	case cache.ElemInt32:
		if len(v) < 4 {
			return fixedF64(math.NaN())
		}
		return fixedInt(int64(int32(binary.LittleEndian.Uint32(v))))
	}
	return fixedBool(len(v) > 0 && v[0] != 0)
}

// column is a component of an attribute with one value for each row.
func (b *binder) column(a *cache.Attribute, c int) node {
	slot := b.slot()
	if a.Type.Variable() {
		return node{typ: String, text: func(r *run, k *block) [][]byte {
			out := buffer(&r.texts, slot, k.n)
			for i := range out {
				out[i] = a.Value(k.row(i))
			}
			return out
		}}
	}
	switch a.Type.Elem() {
	case cache.ElemFloat32:
		data, step := a.Float32s(), a.Type.Components()
		values := func(r *run, k *block) []float32 {
			if k.rows == nil && step == 1 {
				return data[k.base : k.base+k.n]
			}
			out := buffer(&r.f32, slot, k.n)
			if r.has(slot, k) {
				return out
			}
			if k.rows == nil {
				from := data[k.base*step+c:]
				for i := range out {
					out[i] = from[i*step]
				}
				return out
			}
			for i, row := range k.rows {
				out[i] = data[int(row)*step+c]
			}
			return out
		}
		return node{typ: Float32, f32: values, lane32: func(r *run, k *block) ([]float32, int) {
			if k.rows != nil {
				return values(r, k), 1
			}
			return data[k.base*step+c:], step
		}}
	case cache.ElemInt32:
		data := a.Int32s()
		stored := b.slot()
		return node{typ: Int, laneI: func(r *run, k *block) ([]int32, int) {
			if k.rows == nil {
				return data[k.base : k.base+k.n], 1
			}
			out := buffer(&r.i32, stored, k.n)
			for i, row := range k.rows {
				out[i] = data[row]
			}
			return out, 1
		}, i64: func(r *run, k *block) []int64 {
			out := buffer(&r.i64, slot, k.n)
			if r.has(slot, k) {
				return out
			}
			if k.rows == nil {
				for i, v := range data[k.base : k.base+k.n] {
					out[i] = int64(v)
				}
				return out
			}
			for i, row := range k.rows {
				out[i] = int64(data[row])
			}
			return out
		}}
	}
	data := a.Bytes()
	return node{typ: Bool, bits: func(r *run, k *block) []uint64 {
		return gather(buffer(&r.bits, slot, k.words()), k.n, func(i int) bool { return data[k.row(i)] != 0 })
	}}
}

// gather sets the bits of the rows for which f is true, and no other.
func gather(out []uint64, n int, f func(i int) bool) []uint64 {
	clear(out)
	for i := range n {
		if f(i) {
			out[i/64] |= 1 << (i % 64)
		}
	}
	return out
}

// element is a component of one value of each row's array. Where the array is too short
// it is NaN, false or an empty text. A negative one counts from the end.
func (b *binder) element(a *cache.Attribute, c int, at func(k *block, i int) uint32) node {
	value := func(k *block, i int) []byte {
		from, to := a.Row(k.row(i))
		e := at(k, i)
		v := from + uint64(e)
		if int32(e) < 0 {
			v = to - uint64(-int32(e))
		}
		if v < from || v >= to {
			return nil
		}
		return a.Value(v)
	}
	slot := b.slot()
	if a.Type.Variable() {
		return node{typ: String, text: func(r *run, k *block) [][]byte {
			out := buffer(&r.texts, slot, k.n)
			for i := range out {
				out[i] = value(k, i)
			}
			return out
		}}
	}
	switch a.Type.Elem() {
	case cache.ElemFloat32:
		nan := float32(math.NaN())
		return node{typ: Float32, f32: func(r *run, k *block) []float32 {
			out := buffer(&r.f32, slot, k.n)
			for i := range out {
				out[i] = nan
				if v := value(k, i); v != nil {
					out[i] = math.Float32frombits(binary.LittleEndian.Uint32(v[4*c:]))
				}
			}
			return out
		}}
	case cache.ElemInt32: // as float64, which has them all, and NaN
		return node{typ: Float64, f64: func(r *run, k *block) []float64 {
			out := buffer(&r.f64, slot, k.n)
			for i := range out {
				out[i] = math.NaN()
				if v := value(k, i); v != nil {
					out[i] = float64(int32(binary.LittleEndian.Uint32(v)))
				}
			}
			return out
		}}
	}
	return node{typ: Bool, bits: func(r *run, k *block) []uint64 {
		return gather(buffer(&r.bits, slot, k.words()), k.n, func(i int) bool {
			v := value(k, i)
			return v != nil && v[0] != 0
		})
	}}
}

// lengths is how many values each row's array has.
func (b *binder) lengths(a *cache.Attribute) node {
	slot := b.slot()
	return node{typ: Int, i64: func(r *run, k *block) []int64 {
		out := buffer(&r.i64, slot, k.n)
		for i := range out {
			from, to := a.Row(k.row(i))
			out[i] = int64(to - from)
		}
		return out
	}}
}

// index is the number of each row.
func (b *binder) index() node {
	slot := b.slot()
	return node{typ: Int, i64: func(r *run, k *block) []int64 {
		out := buffer(&r.i64, slot, k.n)
		for i := range out {
			out[i] = int64(k.row(i))
		}
		return out
	}}
}
