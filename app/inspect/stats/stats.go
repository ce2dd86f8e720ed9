// Package stats summarizes the values of an expression over the points of a frame: count,
// range, mean, quantiles, distinct values, histogram. It works on all cores and copies only
// a block at a time. Values that are not finite are counted and otherwise left out.
package stats

import (
	"context"
	"math"
	"math/bits"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/order"
)

// Summary sums up values.
type Summary struct {
	Count     uint64 // of all values
	NonFinite uint64 // of them: NaN and infinities
	// Over the finite values; NaN if there are none.
	Min, Max, Mean float64
	Deviation      float64 // standard deviation of the values themselves (divided by n)
	Median         float64 // the mean of the two middle values if their number is even
	Distinct       uint64  // how many different values; only of whole numbers
}

// moments are count, mean and squared deviation, in a form that can be combined.
type moments struct {
	n, nonFinite uint64
	lo, hi       float64
	mean, m2     float64
}

func newMoments() moments { return moments{lo: math.Inf(1), hi: math.Inf(-1)} }

// take adds a block of values (Chan, Golub and LeVeque's formula joins them, without the
// loss that a sum of squares has).
func take[T float32 | float64 | int64](m *moments, values []T) {
	b := newMoments()
	if clean(values) {
		b.n = uint64(len(values))
		lo, hi, sum := sums(values)
		b.lo, b.hi, b.mean = float64(lo), float64(hi), sum/float64(b.n)
		b.m2 = squares(values, b.mean)
		m.join(&b)
		return
	}
	finite := make([]T, 0, len(values))
	for _, v := range values {
		if v-v == 0 {
			finite = append(finite, v)
		}
	}
	m.nonFinite += uint64(len(values) - len(finite))
	if len(finite) > 0 {
		take(m, finite)
	}
}

// clean reports whether there are values, and all are finite. This and the next are
// summed up in four, which the processor adds at the same time.
func clean[T float32 | float64 | int64](values []T) bool {
	var s [4]T
	i := 0
	for ; i+4 <= len(values); i += 4 {
		v := values[i : i+4 : i+4]
		s[0] += v[0] - v[0] // 0, or NaN
		s[1] += v[1] - v[1]
		s[2] += v[2] - v[2]
		s[3] += v[3] - v[3]
	}
	for ; i < len(values); i++ {
		s[0] += values[i] - values[i]
	}
	return s[0]+s[1]+s[2]+s[3] == 0 && len(values) > 0
}

// sums are the least and the greatest value, and the sum.
func sums[T float32 | float64 | int64](values []T) (lo, hi T, sum float64) {
	var s [4]float64
	lo, hi = values[0], values[0]
	i := 0
	for ; i+4 <= len(values); i += 4 {
		v := values[i : i+4 : i+4]
		s[0] += float64(v[0])
		s[1] += float64(v[1])
		s[2] += float64(v[2])
		s[3] += float64(v[3])
		for _, x := range v {
			if x < lo {
				lo = x
			}
			if x > hi {
				hi = x
			}
		}
	}
	for ; i < len(values); i++ {
		s[0] += float64(values[i])
		lo, hi = min(lo, values[i]), max(hi, values[i])
	}
	return lo, hi, s[0] + s[1] + s[2] + s[3]
}

// squares is the sum of the squared distances from the mean.
func squares[T float32 | float64 | int64](values []T, mean float64) float64 {
	var s [4]float64
	i := 0
	for ; i+4 <= len(values); i += 4 {
		v := values[i : i+4 : i+4]
		a, b, c, d := float64(v[0])-mean, float64(v[1])-mean, float64(v[2])-mean, float64(v[3])-mean
		s[0] += a * a
		s[1] += b * b
		s[2] += c * c
		s[3] += d * d
	}
	for ; i < len(values); i++ {
		d := float64(values[i]) - mean
		s[0] += d * d
	}
	return s[0] + s[1] + s[2] + s[3]
}

func (m *moments) join(b *moments) {
	m.nonFinite += b.nonFinite
	if b.n == 0 {
		return
	}
	n := m.n + b.n
	d := b.mean - m.mean
	m.mean += d * float64(b.n) / float64(n)
	m.m2 += b.m2 + d*d*float64(m.n)*float64(b.n)/float64(n)
	m.n, m.lo, m.hi = n, min(m.lo, b.lo), max(m.hi, b.hi)
}

// Of summarizes a component of the rows whose bit is set; mask nil means all. The error is
// an *expr.Error for text, that of ctx, or fault.Err.
func Of(ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet) (Summary, error) {
	switch p.Type() {
	case expr.Float32:
		return of[float32](ctx, p, component, mask)
	case expr.Float64:
		return of[float64](ctx, p, component, mask)
	}
	return of[int64](ctx, p, component, mask)
}

func of[T float32 | float64 | int64](ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet) (Summary, error) {
	samples := make([][]T, expr.Workers())
	all, err := momentsOf(ctx, p, component, mask, func(w int, v []T) { samples[w] = sample(samples[w], v) })
	s := all.summary()
	if err != nil || all.n == 0 {
		return s, err
	}
	if s.Median, err = median(ctx, p, component, mask, all.n, slices.Concat(samples...)); err != nil {
		return Summary{}, err
	}
	if p.Type() == expr.Int || p.Type() == expr.Bool {
		s.Distinct, err = distinct(ctx, p, component, mask, all.n, int64(all.lo), int64(all.hi))
	}
	return s, err
}

// Brief is Of without median and distinct values, which take most of its time.
func Brief(ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet) (Summary, error) {
	var all moments
	var err error
	switch p.Type() {
	case expr.Float32:
		all, err = momentsOf(ctx, p, component, mask, func(int, []float32) {})
	case expr.Float64:
		all, err = momentsOf(ctx, p, component, mask, func(int, []float64) {})
	default:
		all, err = momentsOf(ctx, p, component, mask, func(int, []int64) {})
	}
	return all.summary(), err
}

func momentsOf[T float32 | float64 | int64](ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, seen func(worker int, values []T)) (moments, error) {
	parts := make([]moments, expr.Workers())
	for i := range parts {
		parts[i] = newMoments()
	}
	all := newMoments()
	if err := expr.Each(ctx, p, component, mask, func(w int, v []T) {
		take(&parts[w], v)
		seen(w, v)
	}); err != nil {
		return all, err
	}
	for i := range parts {
		all.join(&parts[i])
	}
	return all, nil
}

// summary is the part of a Summary that follows from moments.
func (m *moments) summary() Summary {
	nan := math.NaN()
	s := Summary{Count: m.n + m.nonFinite, NonFinite: m.nonFinite, Min: nan, Max: nan, Mean: nan, Deviation: nan, Median: nan}
	if m.n > 0 {
		s.Min, s.Max, s.Mean, s.Deviation = m.lo, m.hi, m.mean, math.Sqrt(m.m2/float64(m.n))
	}
	return s
}

// mapLimit is the widest range of whole numbers, in bits, that is counted by a bitmap; wider
// ones are sorted.
const mapLimit = 1 << 28

func distinct(ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, n uint64, lo, hi int64) (uint64, error) {
	span := uint64(hi - lo)
	if hi < lo || span >= mapLimit || hi > 1<<53 || lo < -1<<53 {
		return distinctSorted(ctx, p, component, mask, n)
	}
	seen := make([][]uint64, expr.Workers())
	err := expr.Each(ctx, p, component, mask, func(w int, values []int64) {
		if seen[w] == nil {
			seen[w] = make([]uint64, span/64+1)
		}
		for _, v := range values {
			u := uint64(v - lo)
			seen[w][u/64] |= 1 << (u % 64)
		}
	})
	if err != nil {
		return 0, err
	}
	count := uint64(0)
	for i := range span/64 + 1 {
		m := uint64(0)
		for _, s := range seen {
			if s != nil {
				m |= s[i]
			}
		}
		count += uint64(bits.OnesCount64(m))
	}
	return count, nil
}

func distinctSorted(ctx context.Context, p *expr.Program, component int, mask *bitset.BitSet, n uint64) (uint64, error) {
	parts := make([][]int64, expr.Workers())
	err := expr.Each(ctx, p, component, mask, func(w int, v []int64) { parts[w] = append(parts[w], v...) })
	if err != nil {
		return 0, err
	}
	all := make([]int64, 0, n)
	for _, part := range parts {
		all = append(all, part...)
	}
	rows, err := order.Int64s(ctx, nil, all, order.Options{})
	if err != nil {
		return 0, err
	}
	count := uint64(0)
	for i, r := range rows {
		if i == 0 || all[r] != all[rows[i-1]] {
			count++
		}
	}
	return count, nil
}

// Join adds another summary's values, as far as summaries allow: the median and the number
// of distinct values are lost.
func (s *Summary) Join(o *Summary) {
	a, b := s.moments(), o.moments()
	a.join(&b)
	s.Count, s.NonFinite = s.Count+o.Count, a.nonFinite
	s.Median, s.Distinct = math.NaN(), 0
	if a.n > 0 {
		s.Min, s.Max, s.Mean, s.Deviation = a.lo, a.hi, a.mean, math.Sqrt(a.m2/float64(a.n))
	}
}

func (s *Summary) moments() moments {
	m := newMoments()
	m.nonFinite = s.NonFinite
	if m.n = s.Count - s.NonFinite; m.n > 0 {
		m.lo, m.hi, m.mean, m.m2 = s.Min, s.Max, s.Mean, s.Deviation*s.Deviation*float64(m.n)
	}
	return m
}
