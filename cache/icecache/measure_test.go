package icecache

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"iceexplorer/cache"
)

// sameMeasured reports in what Measure differs from Fill.
func sameMeasured(t *testing.T, src []byte, opt Options) error {
	t.Helper()
	var d Decoder
	file, err := d.OpenBytes(t.Context(), src, opt)
	if err != nil {
		return nil
	}
	filled, fillErr := file.Fill(t.Context(), alignedBytes(file.Need()))
	measured, err := file.Measure(t.Context())
	if fillErr != nil || err != nil {
		if fmt.Sprint(fillErr) != fmt.Sprint(err) {
			return fmt.Errorf("errors %v and %v", fillErr, err)
		}
		return nil
	}
	if len(filled.Columns) != len(measured.Columns) {
		return errors.New("numbers of columns differ")
	}
	for i := range filled.Columns {
		a, b := filled.Columns[i], measured.Columns[i]
		if err := sameRanges(a.Ranges, b.Ranges); err != nil {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		a.Ranges, b.Ranges = nil, nil
		if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) {
			return fmt.Errorf("columns %+v and %+v", a, b)
		}
	}
	return nil
}

// sameRanges compares ranges whose values were added up in another order.
func sameRanges(a, b []cache.Range) error {
	if len(a) != len(b) {
		return fmt.Errorf("ranges of %d and %d components", len(a), len(b))
	}
	for i := range a {
		x, y := a[i], b[i]
		if math.Abs(x.Mean-y.Mean) <= 1e-9*max(math.Abs(x.Min), math.Abs(x.Max)) {
			x.Mean, y.Mean = 0, 0
		}
		if x != y {
			return fmt.Errorf("component %d: %+v and %+v", i, a[i], b[i])
		}
	}
	return nil
}

func TestMeasureFindsWhatFillFinds(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 4000, 8001} {
		for name, attrs := range subjects(n) {
			for i, m := range []maker{
				{}, {noTrailing: true, bool1: true, constOnce: true, barePos: true}, {text: true}, {text: true, bareText: true, sep: "\n"},
			} {
				src := m.file(n, append([]made{positions(n)}, attrs...))
				if err := sameMeasured(t, src, Options{}); err != nil {
					t.Errorf("%d points, %s, %d: %v", n, name, i, err)
				}
			}
		}
	}
	mixed := madeOf("Size", 4, 9000, floatsOf(1))
	mixed.flags = []bool{true, false, true}
	for i := range 4000 {
		mixed.elems[i], mixed.elems[min(8000+i, 8999)] = mixed.elems[0], mixed.elems[8000]
	}
	if err := sameMeasured(t, new(maker).file(9000, []made{mixed}), Options{}); err != nil {
		t.Errorf("chunks that are constant or not: %v", err)
	}
	if err := sameMeasured(t, []byte(magic+" 103 0 2 0 0 0 1 0 1 1 A___ 4 1 2 0 2 0 1.5 1e"), Options{}); err != nil {
		t.Errorf("text that is no number: %v", err)
	}
}
