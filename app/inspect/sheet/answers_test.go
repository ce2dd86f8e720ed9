package sheet

import (
	"math"
	"testing"
	"time"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/column"
	"iceexplorer/cache"
)

// until runs what is posted until a condition holds.
func (d *desk) until(t testing.TB, met func() bool) {
	t.Helper()
	for !met() {
		select {
		case f := <-d.queue:
			f()
		case <-time.After(10 * time.Second):
			t.Fatal("no answer came")
		}
	}
}

// Nothing selected, without a filter, was taken for all points.
func TestOnlySelectedRowsAreNoneWhereNothingIsSelected(t *testing.T) {
	t.Parallel()
	d := newDesk()
	s := d.sheet()
	src := d.source(t, 1, 3, 1, 2)
	d.settled(t, s, src)
	s.SetScope(Selected)
	if v := d.settled(t, s, src); v.Rows() != 0 {
		t.Error(v.Rows())
	}
	s.Close()
}

func TestSummariesAreOfTheRowsThereAre(t *testing.T) {
	t.Parallel()
	d := newDesk()
	s := d.sheet()
	src := d.source(t, 1, 3, 1, 2, nan, 8)
	s.SetColumns([]string{"Age", "ID % 2", "Heat"})
	d.settled(t, s, src)
	sum := func(column int) *Summed {
		var out *Summed
		d.until(t, func() bool {
			out = s.Summary(column, 0, func() {})
			return out != nil
		})
		return out
	}
	if a := sum(0); a.Count != 5 || a.NonFinite != 1 || a.Min != 1 || a.Max != 8 || a.Mean != 3.5 || a.Median != 2.5 || a.Whole {
		t.Errorf("%+v", a)
	}
	if b := sum(1); b.Distinct != 2 || !b.Whole {
		t.Errorf("%+v", b)
	}
	if s.Summary(2, 0, func() {}) != nil || s.sum != nil {
		t.Error("a column that is not there is summed up")
	}
	s.SetFilter("Age > 1")
	s.Sort(Order{By: "Age"})
	d.settled(t, s, src)
	if a := sum(0); a.Count != 3 || a.Min != 2 {
		t.Errorf("filtered: %+v", a)
	}
	s.Sort(Order{})
	d.settled(t, s, src)
	if a := s.Summary(0, 0, func() {}); a == nil || a.Count != 3 {
		t.Error("another order of the same rows is summed up again")
	}
	s.Close()
	d.until(t, func() bool { return d.held.Load() == 0 })
}

func TestCopiedRowsAreThoseShownInTheirOrder(t *testing.T) {
	t.Parallel()
	only := bitset.New(5).Set(0).Set(4)
	for _, c := range []struct {
		opt  CopyOptions
		want Copied
	}{
		{CopyOptions{Format: "tsv", Head: true}, Copied{"index\tID\tAge\n2\t102\t2\n0\t100\t3\n4\t104\t8.5\n", 3, 3}},
		{CopyOptions{Format: "csv", Only: only}, Copied{"0,100,3\n4,104,8.5\n", 2, 2}},
		{CopyOptions{Format: "json", Only: only}, Copied{"[\n{\"index\":0,\"ID\":100,\"Age\":3},\n{\"index\":4,\"ID\":104,\"Age\":8.5}\n]\n", 2, 2}},
	} {
		d := newDesk()
		s := d.sheet()
		src := d.source(t, 1, 3, 1, 2, nan, 8.5)
		s.SetColumns([]string{"ID", "Age", "Heat"})
		s.SetFilter("Age > 1")
		s.Sort(Order{By: "Age"})
		d.settled(t, s, src)
		var got *Copied
		c.opt.Limit = 1 << 20
		s.Copy(t.Context(), c.opt, func(out Copied, err error) {
			if err != nil {
				t.Error(err)
			}
			got = &out
		})
		d.until(t, func() bool { return got != nil })
		if *got != c.want {
			t.Errorf("%+v: %+v", c.opt, *got)
		}
		s.Close()
	}
}

func TestACopyEndsAtItsLimitAndSaysOfHowMuch(t *testing.T) {
	t.Parallel()
	d := newDesk()
	s := d.sheet()
	s.SetColumns([]string{"Age"})
	d.settled(t, s, d.source(t, 1, make([]float32, 100_000)...))
	var got *Copied
	s.Copy(t.Context(), CopyOptions{Format: "tsv", Limit: 10_000}, func(out Copied, err error) { got = &out })
	d.until(t, func() bool { return got != nil })
	if got.Of != 100_000 || got.Rows == 0 || got.Rows > 10_000 || len(got.Text) > 30_000 {
		t.Errorf("%d rows of %d, %d bytes", got.Rows, got.Of, len(got.Text))
	}
	s.Close()
}

func TestRowsAreFound(t *testing.T) {
	t.Parallel()
	d := newDesk()
	s := d.sheet()
	s.SetFilter("Age > 1")
	s.Sort(Order{By: "Age"})
	d.settled(t, s, d.source(t, 1, 3, 1, 2, nan, 8)) // rows of points 2, 0, 4
	for _, c := range []struct {
		target     Target
		row        int
		ok, exists bool
	}{
		{Target{Index: 4}, 2, true, true},
		{Target{Index: 1}, 0, false, true},
		{Target{Index: 5}, 0, false, false},
		{Target{ID: 102, ByID: true}, 0, true, true},
		{Target{ID: 2, ByID: true}, 0, false, false},
		{Target{Selected: bitset.New(5).Set(0).Set(2), After: -1}, 0, true, true},
		{Target{Selected: bitset.New(5).Set(0).Set(2), After: 0}, 1, true, true},
		{Target{Selected: bitset.New(5).Set(0).Set(2), After: 1}, 0, true, true},
		{Target{Selected: bitset.New(5).Set(1), After: 1}, 0, false, true},
	} {
		asked := false
		s.Find(c.target, func(row int, ok, exists bool) {
			asked = true
			if row != c.row && c.ok || ok != c.ok || exists != c.exists {
				t.Errorf("%+v: %d %v %v", c.target, row, ok, exists)
			}
		})
		d.until(t, func() bool { return asked })
	}
	s.Close()
}

// The greatest ID had an exponent in the summary, and hexadecimal left it as it was.
func TestTheSummaryOfWholeNumbersIsWrittenAsTheirCellsAre(t *testing.T) {
	t.Parallel()
	plain, two, hex := Style{Decimals: -1}, Style{Decimals: 2}, Style{Decimals: 2, Hex: true}
	ints, flags, floats := &Summed{Whole: true, Ints: true}, &Summed{Whole: true}, &Summed{}
	for _, c := range []struct {
		sum   *Summed
		style Style
		v     float64
		want  string
	}{
		{ints, plain, math.MaxInt32, "2147483647"}, {ints, plain, math.MinInt32, "-2147483648"}, {ints, two, 123456789, "123456789"},
		{ints, hex, 255, "0x000000ff"}, {ints, hex, -1, "0xffffffff"}, {ints, hex, 2.5, "2.50"}, {ints, plain, 1e17, "1e+17"},
		{flags, hex, 1, "1"}, {floats, hex, 255, "255.00"}, {floats, plain, math.MaxInt32, "2147483647"}, {floats, plain, 0.1, "0.1"},
	} {
		if got := c.sum.Text(c.style, c.v); got != c.want {
			t.Errorf("%v of %+v, %+v: %q, want %q", c.v, c.sum, c.style, got, c.want)
		}
	}
}

func TestCellsAreWritten(t *testing.T) {
	t.Parallel()
	plain, two, hex := Style{Decimals: -1}, Style{Decimals: 2}, Style{Decimals: -1, Hex: true}
	for _, c := range []struct {
		style Style
		cell  any
		want  string
		odd   bool
	}{
		{plain, float32(0.1), "0.1", false},
		{plain, float32(1234567.8), "1.23457e+06", false},
		{plain, float32(3), "3", false},
		{plain, math.Copysign(0, -1), "0", false},
		{plain, float32(math.NaN()), "NaN", true},
		{plain, math.Inf(-1), "-inf", true},
		{two, float32(0.1), "0.10", false},
		{two, 3.0, "3.00", false},
		{two, int64(3), "3", false},
		{hex, int64(255), "0x000000ff", false},
		{hex, int64(-1), "0xffffffff", false},
		{hex, int64(1) << 40, "0x0000010000000000", false},
		{hex, float32(10), "10", false},
		{plain, nil, "", false},
		{plain, true, "true", false},
		{plain, "a\tb", `a\tb`, false},
		{plain, cache.ShapeRecord{Type: cache.ShapeInstance, Index: 3}, "instance 3", false},
		{two, column.Array{Len: 2, First: []any{float32(1), float32(math.NaN())}}, "[2] 1.00  NaN", true},
		{plain, column.Array{Len: 1_000_000, First: []any{[]float32{1, 2}}}, "[1000000] (1, 2)  ...", false},
		{hex, column.Array{Len: 5, First: []any{int32(16), int32(1), int32(2), int32(3), int32(4)}}, "[5] 0x00000010  0x00000001  0x00000002  0x00000003  ...", false},
	} {
		if got, odd := c.style.Text(c.cell); got != c.want || odd != c.odd {
			t.Errorf("%v of %+v: %q, %v", c.cell, c.style, got, odd)
		}
	}
	if got := Full(column.Array{Len: 2, First: []any{float32(1), "a"}}); got != "2 values\n[0]  1\n[1]  \"a\"" {
		t.Errorf("%q", got)
	}
}
