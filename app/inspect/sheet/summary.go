package sheet

import (
	"context"
	"errors"
	"math"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/cache"
)

// Summed is a summary of a component's values over all rows there are.
type Summed struct {
	stats.Summary
	Numbers bool // there is more than a count
	Whole   bool // distinct ones are counted: whole numbers, or shapes
	Ints    bool // they are written as whole numbers, be it in hexadecimal
	Err     error
}

// Text writes one of the values, or what lies between two of them.
func (s *Summed) Text(st Style, v float64) string {
	if s.Whole && v == math.Trunc(v) {
		if st.Decimals = -1; s.Ints && math.Abs(v) <= 1<<53 { // greater ones are not known exactly
			text, _ := st.Text(int64(v))
			return text
		}
	}
	return st.Number(v, 64)
}

// sumKey is what a summary depends on: rows in any order have the same.
type sumKey struct {
	of        wish
	column    string
	component int
}

// sumJob is a summary that is being computed.
type sumJob struct {
	key    sumKey
	cancel context.CancelFunc
}

// maxSums is how many summaries are kept.
const maxSums = 4096

// Summary sums up a component of a column over all rows there are. It is nil while that is
// being computed, beside the caller's goroutine and one after the other, and of a column
// that holds nothing to sum up; posted tells when there is one. Where the filter could not
// be carried out its error is that.
func (s *Sheet) Summary(column, component int, posted func()) *Summed {
	v := s.view
	if v == nil {
		return nil
	}
	c := s.Columns()[column]
	if v.Fault != nil {
		return &Summed{Err: v.Fault}
	}
	if c.Bound == nil || c.Bound.Program() == nil {
		return nil
	}
	key := sumKey{of: v.wish, column: c.Text, component: component}
	key.of.order = Order{}
	if sum := s.sums[key]; sum != nil || s.sum != nil {
		return sum
	}
	ctx, cancel := context.WithCancel(context.Background())
	j := &sumJob{key, cancel}
	s.sum = j
	release := v.Hold()
	col, within, n := c.Bound, v.within, v.Rows()
	go func() {
		sum := sumUp(ctx, col, component, within, n)
		release()
		s.post(func() {
			if s.sum == j {
				s.sum = nil
			}
			cancel()
			if len(s.sums) >= maxSums || s.sums == nil {
				s.sums = map[sumKey]*Summed{}
			}
			if !errors.Is(sum.Err, context.Canceled) {
				s.sums[key] = sum
			}
			posted()
		})
	}()
	return nil
}

func sumUp(ctx context.Context, c *column.Column, component int, within *bitset.BitSet, rows int) *Summed {
	p := c.Program()
	array := c.Attribute != nil && c.Attribute.Structure == cache.Array
	if p.Type() == expr.String || array {
		return &Summed{Summary: stats.Summary{Count: uint64(rows)}}
	}
	sum := &Summed{Numbers: c.Numeric() || p.Type() == expr.Bool, Whole: p.Type() == expr.Int || p.Type() == expr.Bool, Ints: p.Type() == expr.Int}
	sum.Summary, sum.Err = stats.Of(ctx, p, component, within)
	return sum
}

// stopSum ends a summary that nobody waits for any longer.
func (s *Sheet) stopSum() {
	if s.sum != nil {
		s.sum.cancel()
		s.sum = nil
	}
}
