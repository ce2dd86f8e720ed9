package sheet

import (
	"context"
	"errors"
	"math"
	"sync/atomic"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/order"
)

// job finds rows beside the caller's goroutine.
type job struct {
	wish   wish
	cancel context.CancelFunc
	part   atomic.Uint64 // bits of a float64
}

func (s *Sheet) begin(src *Source, w wish) {
	s.stop()
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{wish: w, cancel: cancel}
	s.job = j
	filter, by, selected := s.filter, s.by, src.Selected
	if w.filter == "" {
		filter = nil
	}
	onlySelected, rows := s.scope == Selected, !s.masks
	v := s.newView(src, w)
	go func() {
		v.Fault = v.mask(ctx, filter, selected, onlySelected)
		if v.Fault == nil && rows {
			v.Fault = v.order(ctx, j, by)
		}
		s.post(func() {
			if s.job != j { // another wish came
				v.drop()
				return
			}
			s.job = nil
			s.take(v)
		})
	}()
}

// mask finds out what there are rows of.
func (v *View) mask(ctx context.Context, filter *expr.Expr, selected *bitset.BitSet, onlySelected bool) error {
	if filter != nil {
		p, err := filter.Bind(v.Frame)
		if err != nil {
			return err
		}
		if v.Mask, err = p.Mask(ctx); err != nil {
			return err
		}
	}
	v.within = v.Mask
	switch {
	case onlySelected && selected == nil:
		v.within = &bitset.BitSet{}
	case onlySelected && v.Mask == nil:
		v.within = selected
	case onlySelected:
		v.within = v.Mask.Intersection(selected)
	}
	if v.within != nil {
		v.passed = int(v.within.Count())
	}
	return nil
}

// order finds the rows, in their order. What rows of this frame cannot be sorted by leaves
// them as in the file.
func (v *View) order(ctx context.Context, j *job, by *expr.Expr) error {
	if v.within != nil {
		v.rows = order.Rows(v.within)
	}
	if by == nil {
		if j.wish.order.Descending {
			v.turnAround()
		}
		return nil
	}
	j.report(0.01)
	p, err := by.Bind(v.Frame)
	if err == nil {
		err = order.Sortable(p)
	}
	if errors.As(err, new(*expr.Error)) {
		v.Unsorted = err
		return nil
	}
	if err != nil {
		return err
	}
	rows, err := order.By(ctx, p, v.rows, order.Options{Descending: j.wish.order.Descending, Progress: j.report})
	if err == nil {
		v.rows = rows
	}
	return err
}

func (j *job) report(part float64) { j.part.Store(math.Float64bits(part)) }

// turnAround has the last row first.
func (v *View) turnAround() {
	n := v.Rows()
	rows := make([]uint32, n)
	for i := range rows {
		rows[i] = v.Row(n - 1 - i)
	}
	v.rows = rows
}
