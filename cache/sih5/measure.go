package sih5

import (
	"context"
	"slices"

	"iceexplorer/cache"
)

// MeasureRanges adds to the index the ranges that the file does not give, as is the case with
// other writers, by reading the values. It reads nothing if the file gives all of them.
func (f *File) MeasureRanges(ctx context.Context) error {
	columns := f.checked.index.Columns
	if !slices.ContainsFunc(columns, lacksRanges) {
		return nil
	}
	measured, err := f.measured(ctx, true)
	if err != nil {
		return err
	}
	for i := range columns {
		columns[i].Take(measured.Columns[i].Ranges, measured.Columns[i].Lengths)
	}
	return nil
}

func lacksRanges(c cache.Column) bool {
	return c.HasData() && c.Data.Len > 0 && len(c.Ranges) != c.Type.Components()
}
