package order

import (
	"context"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
)

// Sortable is an *expr.Error if rows cannot be sorted by an expression.
func Sortable(p *expr.Program) error {
	if p.Components() > 1 {
		return p.Whole("rows cannot be sorted by a vector: write .mag behind it, or one of its components")
	}
	return nil
}

// By sorts rows, nil being all, by an expression. The error is that of Sortable, that of
// ctx, or fault.Err.
func By(ctx context.Context, p *expr.Program, rows []uint32, opt Options) ([]uint32, error) {
	n := p.Rows()
	if rows != nil {
		n = len(rows)
	}
	if err := Sortable(p); err != nil {
		return nil, err
	}
	switch {
	case p.Type() == expr.String:
		keys := make([]string, n)
		if err := p.Strings(ctx, rows, keys); err != nil {
			return nil, err
		}
		return Strings(ctx, rows, keys, opt)
	case p.Type() == expr.Float32:
		keys := make([]float32, n)
		if err := p.Float32s(ctx, 0, rows, keys); err != nil {
			return nil, err
		}
		return Float32s(ctx, rows, keys, opt)
	case p.Type() == expr.Float64:
		keys := make([]float64, n)
		if err := p.Float64s(ctx, 0, rows, keys); err != nil {
			return nil, err
		}
		return Float64s(ctx, rows, keys, opt)
	}
	keys := make([]int64, n)
	if err := p.Int64s(ctx, 0, rows, keys); err != nil {
		return nil, err
	}
	return Int64s(ctx, rows, keys, opt)
}

// Rows are the indices of the bits that are set, in ascending order.
func Rows(mask *bitset.BitSet) []uint32 {
	rows := make([]uint32, 0, mask.Count())
	for i, ok := mask.NextSet(0); ok; i, ok = mask.NextSet(i + 1) {
		rows = append(rows, uint32(i))
	}
	return rows
}
