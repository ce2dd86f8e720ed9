package expr

import "iceexplorer/cache"

// blockSize is how many rows are computed at a time, so that the values of a few nodes fit
// the processor's first cache. It is a multiple of 64.
const blockSize = 2048

// block is a run of rows that are computed together.
type block struct {
	n      int
	serial int      // another for each block of a run
	base   int      // the first row, where rows is nil
	rows   []uint32 // the rows, in any order
	elem   []uint32 // inside any and all: which value of the row's array
}

func (b *block) row(i int) uint64 {
	if b.rows != nil {
		return uint64(b.rows[i])
	}
	return uint64(b.base + i)
}

func (b *block) words() int { return (b.n + 63) / 64 }

// run is one goroutine's memory: a buffer for each node that needs one.
type run struct {
	blocks int   // so far
	last   []int // serial of the block that a slot has the values of

	f32   [][]float32
	i32   [][]int32
	f64   [][]float64
	i64   [][]int64
	bits  [][]uint64
	texts [][][]byte
}

// begin makes k the block that is computed next.
func (r *run) begin(k *block) {
	r.blocks++
	k.serial = r.blocks
}

// has reports whether a slot has a block's values already, and notes that it will.
func (r *run) has(slot int, k *block) bool {
	for len(r.last) <= slot {
		r.last = append(r.last, 0)
	}
	if r.last[slot] == k.serial {
		return true
	}
	r.last[slot] = k.serial
	return false
}

func buffer[T any](all *[][]T, slot, n int) []T {
	for len(*all) <= slot {
		*all = append(*all, nil)
	}
	if cap((*all)[slot]) < n {
		(*all)[slot] = make([]T, blockSize)
	}
	return (*all)[slot][:n]
}

// number is what numbers are computed in, element what they are stored in besides.
type number interface{ float32 | float64 | int64 }
type element interface{ number | int32 }

// node computes one component for each row of a block. Only the function for its type is
// set. Its result belongs to the node or to the frame, and is valid until the next call;
// of bits only the first n count.
type node struct {
	typ  Type
	f32  func(*run, *block) []float32
	f64  func(*run, *block) []float64
	i64  func(*run, *block) []int64
	bits func(*run, *block) []uint64
	text func(*run, *block) [][]byte

	lane32 lane[float32] // of a column: as it lies in the frame
	laneI  lane[int32]

	fixed *fixed // it is the same for every row
	free  bool   // it is written in the text, and takes the type of its partner
	array bool   // it differs between the values of a row's array
	shape bool   // Int: shapes have names
}

// fixed is the value of a node that is the same for all rows.
type fixed struct {
	num   float64
	whole int64
	truth bool
	text  []byte
}

// binder turns syntax into nodes.
type binder struct {
	text    string
	frame   Frame
	n       int // rows
	slots   int
	used    []*cache.Attribute
	inAny   bool               // arrays have one value at a time
	arrays  []*cache.Attribute // that were met in the current any or all
	shorten []string           // names for suggestions, made when they are needed
}

func (b *binder) slot() int {
	b.slots++
	return b.slots - 1
}

// repeat is a function that gives the same value for all rows.
func repeat[T any](v T) func(*run, *block) []T {
	all := make([]T, blockSize)
	for i := range all {
		all[i] = v
	}
	return func(_ *run, b *block) []T { return all[:b.n] }
}

func fixedF64(v float64) node {
	return node{typ: Float64, fixed: &fixed{num: v}, f64: repeat(v)}
}

func fixedF32(v float32) node {
	return node{typ: Float32, fixed: &fixed{num: float64(v)}, f32: repeat(v)}
}

func fixedInt(v int64) node {
	return node{typ: Int, fixed: &fixed{num: float64(v), whole: v}, i64: repeat(v)}
}

func fixedText(v []byte) node {
	return node{typ: String, fixed: &fixed{text: v}, text: repeat(v)}
}

func fixedBool(v bool) node {
	word := uint64(0)
	if v {
		word = ^word
	}
	words := make([]uint64, blockSize/64)
	for i := range words {
		words[i] = word
	}
	return node{typ: Bool, fixed: &fixed{truth: v}, bits: func(_ *run, b *block) []uint64 { return words[:b.words()] }}
}

// as converts the node's values to numbers of another type. Text cannot be converted.
func (b *binder) as(t Type, x node) node {
	if x.typ == t {
		x.free = false
		return x
	}
	if x.fixed != nil {
		v := x.fixed.num
		if x.typ == Bool && x.fixed.truth {
			v = 1
		}
		switch t {
		case Int:
			return fixedInt(int64(v))
		case Float32:
			return fixedF32(float32(v))
		}
		return fixedF64(v)
	}
	out := node{typ: t, array: x.array}
	slot := b.slot()
	if x.typ == Bool {
		whole := node{typ: Int, array: x.array, i64: func(r *run, k *block) []int64 {
			to, bits := buffer(&r.i64, slot, k.n), x.bits(r, k)
			for i := range to {
				to[i] = int64(bits[i/64] >> (i % 64) & 1)
			}
			return to
		}}
		return b.as(t, whole)
	}
	switch t {
	case Float32:
		out.f32 = converted(x, func(r *run, n int) []float32 { return buffer(&r.f32, slot, n) })
	case Float64:
		out.f64 = converted(x, func(r *run, n int) []float64 { return buffer(&r.f64, slot, n) })
	case Int:
		out.i64 = converted(x, func(r *run, n int) []int64 { return buffer(&r.i64, slot, n) })
	}
	return out
}

func converted[T number](x node, to func(*run, int) []T) func(*run, *block) []T {
	switch x.typ {
	case Float32:
		return convert(x.f32, to)
	case Float64:
		return convert(x.f64, to)
	}
	return convert(x.i64, to)
}

func convert[F, T number](from func(*run, *block) []F, to func(*run, int) []T) func(*run, *block) []T {
	return func(r *run, k *block) []T {
		in, out := from(r, k), to(r, k.n)
		for i, v := range in {
			out[i] = T(v)
		}
		return out
	}
}

// common converts two nodes to the type that both are computed in.
func (b *binder) common(x, y node) (node, node) {
	t := commonType(x, y)
	return b.as(t, x), b.as(t, y)
}

func commonType(x, y node) Type {
	kind := func(n node) Type {
		if n.typ == Bool {
			return Int
		}
		return n.typ
	}
	p, q := kind(x), kind(y)
	switch {
	case x.free && !y.free:
		p, q, x, y = q, p, y, x
		fallthrough
	case y.free && !x.free:
		if p == Float32 || p == Float64 || q == Int {
			return p // 2.5 becomes float32 beside float32, 2 whole beside whole
		}
		return Float64
	case p == q:
		return p
	}
	return Float64
}
