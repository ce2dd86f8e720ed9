package expr

import (
	"context"
	"math/bits"
	"strings"
	"sync/atomic"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/cores"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
)

// Program is an expression that is bound to a frame: it can be evaluated until the
// frame is closed, by several goroutines at a time.
type Program struct {
	text  string
	n     int
	value value
	used  []*cache.Attribute
	slots int // of buffers
}

// Rows is how many rows the frame has: its points.
func (p *Program) Rows() int { return p.n }

// Type is what each component is.
func (p *Program) Type() Type { return p.value.comps[0].typ }

// Components is how many components there are: 1, or more for a vector.
func (p *Program) Components() int { return len(p.value.comps) }

// ComponentNames are those of a vector, nil of other values.
func (p *Program) ComponentNames() []string {
	n := len(p.value.comps)
	switch {
	case n == 1:
		return nil
	case len(p.value.names) == n:
		return p.value.names
	}
	return []string{"x", "y", "z", "w"}[:n]
}

// Attributes are the ones that it reads.
func (p *Program) Attributes() []*cache.Attribute { return p.used }

// Attribute is the attribute that the expression consists of, or nil if it is more.
func (p *Program) Attribute() *cache.Attribute { return p.value.whole }

// Fixed reports whether the value is the same for all rows.
func (p *Program) Fixed() bool {
	for _, c := range p.value.comps {
		if c.fixed == nil {
			return false
		}
	}
	return true
}

// Length is the program of a vector's length; of one component it is the program itself.
func (p *Program) Length() *Program {
	if len(p.value.comps) == 1 {
		return p
	}
	b := &binder{text: p.text, n: p.n, slots: p.slots}
	q := *p
	q.value = scalar(p.value.span, b.length(p.value))
	q.slots = b.slots
	return &q
}

// Whole makes an *Error about the whole expression.
func (p *Program) Whole(msg string) error {
	return &Error{Text: p.text, End: len(p.text), Msg: msg}
}

// Condition is an *Error if the expression is no yes or no.
func (p *Program) Condition() error {
	if p.Type() == Bool && p.Components() == 1 {
		return nil
	}
	short := strings.TrimSpace(p.text)
	if len(short) > 60 {
		short = "..."
	}
	return p.Whole("this is a " + kindOf(p.value) + ", not yes or no: compare it with something, such as " + comparisonOf(short, p.value))
}

// Mask sets the bits of the rows for which a yes or no is yes. The error is that of
// Condition, that of ctx, or fault.Err.
func (p *Program) Mask(ctx context.Context) (*bitset.BitSet, error) {
	if err := p.Condition(); err != nil {
		return nil, err
	}
	c := p.value.comps[0]
	words := make([]uint64, (p.n+63)/64)
	err := p.blocks(ctx, nil, func(_ int, r *run, k *block) { copy(words[k.base/64:], c.bits(r, k)) })
	if err != nil {
		return nil, err
	}
	if tail := p.n % 64; tail != 0 {
		words[len(words)-1] &= 1<<tail - 1
	}
	return bitset.FromWithLength(uint(p.n), words), nil
}

// Float64s writes a component's values for rows, or for all rows if rows is nil, to dst,
// which must be as long. Yes is 1; text is an error.
func (p *Program) Float64s(ctx context.Context, component int, rows []uint32, dst []float64) error {
	return fill(ctx, p, component, Float64, rows, func(r *run, k *block, c node, at int) { copy(dst[at:], c.f64(r, k)) })
}

// Float32s is Float64s for float32.
func (p *Program) Float32s(ctx context.Context, component int, rows []uint32, dst []float32) error {
	return fill(ctx, p, component, Float32, rows, func(r *run, k *block, c node, at int) { copy(dst[at:], c.f32(r, k)) })
}

// Int64s is Float64s for whole numbers.
func (p *Program) Int64s(ctx context.Context, component int, rows []uint32, dst []int64) error {
	return fill(ctx, p, component, Int, rows, func(r *run, k *block, c node, at int) { copy(dst[at:], c.i64(r, k)) })
}

// Strings writes the texts of rows to dst.
func (p *Program) Strings(ctx context.Context, rows []uint32, dst []string) error {
	c := p.value.comps[0]
	if c.typ != String {
		return p.Whole("this is a " + kindOf(p.value) + ", not text")
	}
	return p.blocks(ctx, rows, func(_ int, r *run, k *block) {
		for i, t := range c.text(r, k) {
			dst[k.base+i] = strings.ToValidUTF8(string(t), "\uFFFD")
		}
	})
}

func fill(ctx context.Context, p *Program, component int, t Type, rows []uint32, put func(*run, *block, node, int)) error {
	c := p.value.comps[component]
	if c.typ == String {
		return p.Whole("this is text, not a number")
	}
	if c.typ != t {
		c = (&binder{slots: p.slots}).as(t, c)
	}
	return p.blocks(ctx, rows, func(_ int, r *run, k *block) { put(r, k, c, k.base) })
}

// Workers is how many goroutines evaluate at a time, at most.
func Workers() int { return cores.Count() }

// Each calls f with the values of a component, block by block, of the rows whose bit is
// set; mask nil means all. Blocks come in any order and from several goroutines at a
// time, each with a number from 0 to Workers()-1 of its own. values belong to f until it
// returns.
func Each[T float32 | float64 | int64](ctx context.Context, p *Program, component int, mask *bitset.BitSet, f func(worker int, values []T)) error {
	c := p.value.comps[component]
	if c.typ == String {
		return p.Whole("this is text, not a number")
	}
	b := &binder{slots: p.slots}
	var get func(*run, *block) []T
	switch g := any(&get).(type) {
	case *func(*run, *block) []float32:
		*g = b.as(Float32, c).f32
	case *func(*run, *block) []float64:
		*g = b.as(Float64, c).f64
	case *func(*run, *block) []int64:
		*g = b.as(Int, c).i64
	}
	buffers := make([][]T, Workers())
	var words []uint64
	if mask != nil {
		words = mask.Words()
	}
	return p.blocks(ctx, nil, func(w int, r *run, k *block) {
		if mask == nil {
			f(w, get(r, k))
			return
		}
		from := min(k.base/64, len(words))
		set := words[from:min(from+k.words(), len(words))]
		n := 0
		for _, m := range set {
			n += bits.OnesCount64(m)
		}
		if n == 0 {
			return
		}
		if buffers[w] == nil {
			buffers[w] = make([]T, blockSize)
		}
		f(w, picked(buffers[w][:0], get(r, k), set))
	})
}

// picked appends the values whose bit is set.
func picked[T any](out, values []T, set []uint64) []T {
	for i, m := range set {
		for ; m != 0; m &= m - 1 {
			if at := i*64 + bits.TrailingZeros64(m); at < len(values) {
				out = append(out, values[at])
			}
		}
	}
	return out
}

// blocks calls f for blocks that cover all rows, on all cores; each goroutine has a number
// of its own.
func (p *Program) blocks(ctx context.Context, rows []uint32, f func(worker int, r *run, k *block)) error {
	n := p.n
	if rows != nil {
		n = len(rows)
	}
	const batch = 16 // blocks between two checks of ctx
	workers := min(Workers(), (n+batch*blockSize-1)/(batch*blockSize))
	var next atomic.Int64
	errs := make([]error, max(workers, 1))
	work := func(w int) {
		errs[w] = fault.Guard(func() {
			var r run
			for ctx.Err() == nil {
				from := int(next.Add(batch)-batch) * blockSize
				for i := range batch {
					base := from + i*blockSize
					if base >= n {
						return
					}
					k := &block{n: min(blockSize, n-base), base: base}
					if rows != nil {
						k.rows = rows[base : base+k.n]
					}
					r.begin(k)
					f(w, &r, k)
				}
			}
		})
	}
	cores.Together(max(workers, 1), work)
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
