// Package order sorts rows by a column of keys, on all cores and without comparisons. Sorts
// are stable; NaN comes last, whichever way the rest is sorted. The result is that of
// numpy's argsort(kind="stable").
package order

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"iceexplorer/app/inspect/cores"
)

// Options of a sort.
type Options struct {
	Descending bool          // from the greatest; rows with equal keys keep their order
	Progress   func(float64) // called now and then with the fraction that is done, from any goroutine; may be nil
}

// Float32s sorts rows by keys, one for each row; rows nil means all, from 0. The result is
// a new slice. The error is that of ctx.
func Float32s(ctx context.Context, rows []uint32, keys []float32, opt Options) ([]uint32, error) {
	return sort32(ctx, rows, len(keys), opt, func(i int) uint32 { return key32(keys[i], opt.Descending) })
}

// Float64s is Float32s for keys of float64.
func Float64s(ctx context.Context, rows []uint32, keys []float64, opt Options) ([]uint32, error) {
	return sort64(ctx, rows, len(keys), opt, func(i int) uint64 { return key64(keys[i], opt.Descending) })
}

// Int64s is Float32s for whole numbers.
func Int64s(ctx context.Context, rows []uint32, keys []int64, opt Options) ([]uint32, error) {
	return sort64(ctx, rows, len(keys), opt, func(i int) uint64 {
		u := uint64(keys[i]) ^ 1<<63
		if opt.Descending {
			return ^u
		}
		return u
	})
}

// Strings is Float32s for texts, sorted by their bytes.
func Strings(ctx context.Context, rows []uint32, keys []string, opt Options) ([]uint32, error) {
	distinct := map[string]int64{} // points have few names
	for i, k := range keys {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		distinct[k] = 0
	}
	sorted := make([]string, 0, len(distinct))
	for k := range distinct {
		sorted = append(sorted, k)
	}
	slices.SortFunc(sorted, cmp.Compare[string])
	for i, k := range sorted {
		distinct[k] = int64(i)
	}
	ranks := make([]int64, len(keys))
	for i, k := range keys {
		ranks[i] = distinct[k]
	}
	return Int64s(ctx, rows, ranks, opt)
}

// key32 maps floats to whole numbers in the order they are sorted in: NaN last, and
// both zeros alike.
func key32(f float32, descending bool) uint32 {
	if f != f {
		return math.MaxUint32
	}
	u := math.Float32bits(f + 0) // -0 + 0 is 0
	// Negative ones are reversed, the others put above them.
	u ^= uint32(int32(u)>>31) | 1<<31
	if descending {
		return ^u
	}
	return u
}

func key64(f float64, descending bool) uint64 {
	if f != f {
		return math.MaxUint64
	}
	u := math.Float64bits(f + 0)
	u ^= uint64(int64(u)>>63) | 1<<63
	if descending {
		return ^u
	}
	return u
}

// bits of a pass: 2048 counters stay in the processor's first cache.
const (
	digits = 11
	radix  = 1 << digits
)

// step is how many rows are moved between two checks of ctx.
const step = 1 << 16

// parts are the runs of rows that goroutines take, one each.
func parts(n int) [][2]int {
	workers := max(1, min(cores.Count(), n/step))
	out := make([][2]int, workers)
	for w := range out {
		out[w] = [2]int{n * w / workers, n * (w + 1) / workers}
	}
	return out
}

// pair is a row with its key in one word, which sorting moves together.
type pair uint64

// item is a row with a key of twice the size.
type item struct {
	key uint64
	row uint32
}

// spares are the memory of sorts that have ended. While a sequence plays every frame is
// sorted, and the collector, which all that allocates has to help, would run for each.
type spares[T any] struct{ sync.Pool }

var (
	pairs spares[pair]
	items spares[item]
)

// take returns n values, of any contents.
func (s *spares[T]) take(n int) []T {
	if p, ok := s.Get().(*[]T); ok && cap(*p) >= n {
		return (*p)[:n]
	}
	return make([]T, n)
}

func (s *spares[T]) give(all ...[]T) {
	for _, v := range all {
		s.Put(&v)
	}
}

func rowAt(rows []uint32, i int) uint32 {
	if rows == nil {
		return uint32(i)
	}
	return rows[i]
}

func sort32(ctx context.Context, rows []uint32, n int, opt Options, key func(int) uint32) ([]uint32, error) {
	const passes = 3
	split := parts(n)
	from, to := pairs.take(n), pairs.take(n)
	defer func() { pairs.give(from, to) }()
	counts := make([][passes][radix]uint32, len(split))
	cores.Together(len(split), func(w int) {
		c := &counts[w]
		for i := split[w][0]; i < split[w][1]; i++ {
			if i%step == 0 && ctx.Err() != nil {
				return
			}
			k := key(i)
			c[0][k%radix]++
			c[1][k>>digits%radix]++
			c[2][k>>(2*digits)]++
			from[i] = pair(k)<<32 | pair(rowAt(rows, i))
		}
	})
	out := make([]uint32, n)
	for pass := range passes {
		opt.report(1+pass, passes+1)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		shift := 32 + pass*digits
		if pass > 0 { // the parts have other rows now
			cores.Together(len(split), func(w int) {
				c := &counts[w][pass]
				clear(c[:])
				for _, p := range from[split[w][0]:split[w][1]] {
					c[p>>shift%radix]++
				}
			})
		}
		at := make([][radix]uint32, len(split))
		if !places(len(split), func(w int) *[radix]uint32 { return &counts[w][pass] }, at, n) && pass < passes-1 {
			continue // one digit for all
		}
		last := pass == passes-1
		cores.Together(len(split), func(w int) {
			part := from[split[w][0]:split[w][1]]
			if last {
				scatterRows(ctx, part, out, shift, &at[w])
			} else {
				scatter(ctx, part, to, shift, &at[w])
			}
		})
		from, to = to, from
	}
	opt.report(1, 1)
	return out, ctx.Err()
}

// line is how many pairs are gathered for a digit before they are written together: as
// many as memory moves at a time.
const line = 8

// scatter moves pairs to the places of their digits. They are gathered in lines first,
// as scattered single ones would each wait for memory.
func scatter(ctx context.Context, from, to []pair, shift int, at *[radix]uint32) {
	var lines [radix][line]pair
	var n [radix]uint32
	for len(from) > 0 && ctx.Err() == nil {
		part := from[:min(step, len(from))]
		from = from[len(part):]
		for _, p := range part {
			d := p >> shift % radix
			k := n[d] % line
			lines[d][k] = p
			if n[d] = k + 1; k == line-1 {
				*(*[line]pair)(to[at[d]:]) = lines[d]
				at[d] += line
				n[d] = 0
			}
		}
	}
	for d := range n {
		copy(to[at[d]:], lines[d][:n[d]])
	}
}

// scatterRows is scatter of the rows alone.
func scatterRows(ctx context.Context, from []pair, to []uint32, shift int, at *[radix]uint32) {
	var lines [radix][2 * line]uint32
	var n [radix]uint32
	for len(from) > 0 && ctx.Err() == nil {
		part := from[:min(step, len(from))]
		from = from[len(part):]
		for _, p := range part {
			d := p >> shift % radix
			k := n[d] % (2 * line)
			lines[d][k] = uint32(p)
			if n[d] = k + 1; k == 2*line-1 {
				*(*[2 * line]uint32)(to[at[d]:]) = lines[d]
				at[d] += 2 * line
				n[d] = 0
			}
		}
	}
	for d := range n {
		copy(to[at[d]:], lines[d][:n[d]])
	}
}

// places turns the counts of digits in each part into the places where the part's rows
// go, and reports whether there is more than one digit.
func places(parts int, counts func(w int) *[radix]uint32, at [][radix]uint32, n int) bool {
	sum, several := uint32(0), false
	for d := range radix {
		before := sum
		for w := range parts {
			at[w][d] = sum
			sum += counts(w)[d]
		}
		several = several || sum != before && int(sum-before) != n
	}
	return several
}

func sort64(ctx context.Context, rows []uint32, n int, opt Options, key func(int) uint64) ([]uint32, error) {
	const passes = 6
	split := parts(n)
	from, to := items.take(n), items.take(n)
	defer func() { items.give(from, to) }()
	cores.Together(len(split), func(w int) {
		for i := split[w][0]; i < split[w][1]; i++ {
			from[i] = item{key(i), rowAt(rows, i)}
		}
	})
	counts := make([][radix]uint32, len(split))
	at := make([][radix]uint32, len(split))
	for pass := range passes {
		opt.report(1+pass, passes+1)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		shift := pass * digits
		cores.Together(len(split), func(w int) {
			c := &counts[w]
			clear(c[:])
			for i := split[w][0]; i < split[w][1]; i++ {
				c[from[i].key>>shift%radix]++
			}
		})
		if !places(len(split), func(w int) *[radix]uint32 { return &counts[w] }, at, n) {
			continue // one digit for all, as in the upper digits of small numbers
		}
		cores.Together(len(split), func(w int) {
			a := &at[w]
			for i := split[w][0]; i < split[w][1]; i++ {
				if i%step == 0 && ctx.Err() != nil {
					return
				}
				d := from[i].key >> shift % radix
				to[a[d]] = from[i]
				a[d]++
			}
		})
		from, to = to, from
	}
	out := make([]uint32, n)
	for i, it := range from {
		out[i] = it.row
	}
	opt.report(1, 1)
	return out, ctx.Err()
}

func (o *Options) report(done, of int) {
	if o.Progress != nil {
		o.Progress(float64(done) / float64(of))
	}
}
