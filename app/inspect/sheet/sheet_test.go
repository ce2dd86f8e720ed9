package sheet

import (
	"fmt"
	"math"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

// desk is a goroutine's queue of what was posted.
type desk struct {
	queue chan func()
	held  atomic.Int32 // frames that are kept open
}

func newDesk() *desk { return &desk{queue: make(chan func(), 100)} }

func (d *desk) source(t testing.TB, key uint64, age ...float32) *Source {
	t.Helper()
	ids := make([]int32, len(age))
	for i := range ids {
		ids[i] = int32(100 + i)
	}
	b := cache.NewBuilder(cache.Header{Points: uint32(len(age))})
	b.Int32s("ID", ids)
	b.Float32s("Age", cache.TypeFloat, age)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return &Source{Frame: expr.Frame{Frame: f}, Key: key, Acquire: func() func() {
		d.held.Add(1)
		return func() { d.held.Add(-1) }
	}}
}

// settled shows a source until its rows are found.
func (d *desk) settled(t testing.TB, s *Sheet, src *Source) *View {
	t.Helper()
	for {
		v := s.Show(src)
		if _, _, busy := s.Busy(); !busy {
			return v
		}
		select {
		case f := <-d.queue:
			f()
		case <-time.After(10 * time.Second):
			t.Fatal("the rows were never found")
		}
	}
}

func points(v *View) []uint32 {
	out := []uint32{}
	for i := range v.Rows() {
		out = append(out, v.Row(i))
	}
	return out
}

func (d *desk) sheet() *Sheet { return New(func(f func()) { d.queue <- f }) }

var nan = float32(math.NaN())

func TestRowsAreFilteredAndSorted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		filter   string
		order    Order
		selected []uint
		scope    Scope
		want     []uint32
	}{
		{"", Order{}, nil, Filtered, []uint32{0, 1, 2, 3, 4}},
		{"", Order{Descending: true}, nil, Filtered, []uint32{4, 3, 2, 1, 0}},
		{"Age > 1", Order{}, nil, Filtered, []uint32{0, 2, 4}},
		{"Age > 1", Order{}, nil, All, []uint32{0, 1, 2, 3, 4}},
		{"Age > 1", Order{By: "Age"}, nil, Filtered, []uint32{2, 0, 4}},
		{"", Order{By: "Age"}, nil, Filtered, []uint32{1, 2, 0, 4, 3}},
		{"", Order{By: "Age", Descending: true}, nil, Filtered, []uint32{0, 4, 2, 1, 3}},
		{"", Order{By: "-ID"}, []uint{1, 3}, Selected, []uint32{3, 1}},
		{"Age > 0", Order{}, []uint{0, 1, 3}, Selected, []uint32{0, 1}},
		{"", Order{}, nil, Selected, []uint32{}},
		{"", Order{Descending: true}, nil, Selected, []uint32{}},
		{"Age > 100", Order{By: "Age"}, nil, Filtered, []uint32{}},
	} {
		d := newDesk()
		s := d.sheet()
		src := d.source(t, 1, 3, 1, 2, nan, 3)
		if c.selected != nil {
			src.Selected = bitset.New(5)
			for _, i := range c.selected {
				src.Selected.Set(i)
			}
			src.SelectedKey = 9
		}
		if err := s.SetFilter(c.filter); err != nil {
			t.Fatal(err)
		}
		if err := s.Sort(c.order); err != nil {
			t.Fatal(err)
		}
		s.SetScope(c.scope)
		if got := points(d.settled(t, s, src)); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
		s.Close()
		if n := d.held.Load(); n != 0 {
			t.Errorf("%+v: %d frames are still kept", c, n)
		}
	}
}

func TestOrderAndFilterStayWhenTheFrameChanges(t *testing.T) {
	t.Parallel()
	d := newDesk()
	s := d.sheet()
	s.SetFilter("Age > 0")
	s.Sort(Order{By: "Age", Descending: true})
	d.settled(t, s, d.source(t, 1, 1, 2, 3))
	src := d.source(t, 2, 7, 0, 9, 8)
	if v := s.Show(src); v.Key != 1 || v.Rows() != 3 {
		t.Error("the rows of before are not shown until the new ones are found")
	}
	if got := points(d.settled(t, s, src)); !slices.Equal(got, []uint32{2, 3, 0}) {
		t.Error(got)
	}
	s.Show(nil)
	if n := d.held.Load(); n != 0 {
		t.Errorf("%d frames are still kept", n)
	}
}

func TestFaultsOfExpressions(t *testing.T) {
	t.Parallel()
	d := newDesk()
	s := d.sheet()
	s.SetFilter("Age > 1")
	if err := s.SetFilter("Age >"); err == nil || s.Filter() != "Age > 1" {
		t.Error(err, s.Filter())
	}
	if err := s.Sort(Order{By: "("}); err == nil || s.Order().By != "" {
		t.Error(err)
	}
	s.SetFilter("Heat > 1")
	v := d.settled(t, s, d.source(t, 1, 1, 2))
	if v.Rows() != 0 || v.Fault == nil || v.Fault.Error() != "column 1: Heat: no such attribute" {
		t.Error(v.Rows(), v.Fault)
	}
	s.Close()
}

// The summary of rows that could not be found was on its way for ever.
func TestASummaryRestsWhereTheFilterCannotBeCarriedOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		filter, by string
		age        []float32
		fails      bool
		count      uint64
	}{
		{"Heat > 1", "", []float32{1, 2}, true, 0},
		{"Heat > 1", "", nil, true, 0},
		{"", "Heat", []float32{1, 2}, false, 2},
		{"", "Heat", nil, false, 0},
	} {
		d := newDesk()
		s := d.sheet()
		s.SetColumns([]string{"Age"})
		s.SetFilter(c.filter)
		s.Sort(Order{By: c.by})
		d.settled(t, s, d.source(t, 1, c.age...))
		sum := s.Summary(0, 0, func() {})
		for sum == nil {
			select {
			case f := <-d.queue:
				f()
			case <-time.After(10 * time.Second):
				t.Fatalf("%+v: no summary came", c)
			}
			sum = s.Summary(0, 0, func() {})
		}
		if (sum.Err != nil) != c.fails || sum.Count != c.count {
			t.Errorf("%+v: %+v", c, sum)
		}
		s.Close()
	}
}

func TestACanceledSearchIsNotBegunAgain(t *testing.T) {
	t.Parallel()
	d := newDesk()
	s := d.sheet()
	src := d.source(t, 1, 1, 2, 3)
	d.settled(t, s, src)
	s.Sort(Order{By: "Age"})
	s.Show(src)
	s.Cancel()
	if _, _, busy := s.Busy(); busy {
		t.Error("still busy")
	}
	if v := s.Show(src); v.Rows() != 3 {
		t.Error("the rows of before are gone")
	}
	if _, _, busy := s.Busy(); busy {
		t.Error("begun again")
	}
	s.Sort(Order{By: "-Age"})
	if got := points(d.settled(t, s, src)); !slices.Equal(got, []uint32{2, 1, 0}) {
		t.Error(got)
	}
	for d.held.Load() > 1 { // of the canceled one
		(<-d.queue)()
	}
	s.Close()
}

func TestPlacesAndRanges(t *testing.T) {
	t.Parallel()
	d := newDesk()
	s := d.sheet()
	src := d.source(t, 1, 3, 1, 2)
	v := d.settled(t, s, src)
	if i, ok := v.Place(2); i != 2 || !ok {
		t.Error(i, ok)
	}
	s.Sort(Order{By: "Age"})
	v = d.settled(t, s, src)
	if i, ok := v.Place(0); i != 2 || !ok {
		t.Error(i, ok)
	}
	if _, ok := v.Place(77); ok {
		t.Error("a point that is not there has a place")
	}
	if set := v.Between(2, 1); set.Count() != 2 || !set.Test(0) || !set.Test(2) {
		t.Error(set)
	}
	s.Close()
}

func TestOnlyWhatIsSeenIsRead(t *testing.T) {
	t.Parallel()
	d := newDesk()
	s := d.sheet()
	if err := s.SetColumns([]string{"ID", "Age", "Age * 2", "Heat"}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetColumns([]string{"Age", ")"}); err == nil || len(s.Columns()) != 4 {
		t.Error(err)
	}
	src := d.source(t, 1, 3, 1, 2, 5)
	d.settled(t, s, src)
	cols := s.Columns()
	if cols[3].Fault == nil || cols[0].Fault != nil {
		t.Error(cols)
	}
	read := func(from, to int, columns ...int) *Page {
		p := s.Read(from, to, columns, func() {})
		for !p.Has(s.view, from, min(to, s.view.Rows()), columns) { // a slow machine
			(<-d.queue)()
			p = s.Read(from, to, columns, func() {})
		}
		return p
	}
	p := read(1, 3, 0, 2, 3)
	if got := fmt.Sprint(p.Cell(0, 0, 1), p.Cell(2, 0, 2), p.Cell(3, 0, 1), p.Cell(1, 0, 1), p.Cell(0, 0, 0)); got != "101 4 <nil> <nil> <nil>" {
		t.Error(got)
	}
	if again := read(1, 2, 2); again.From != 1 || again.To != 3 {
		t.Error("rows that are there were read again")
	}
	if p := read(3, 9, 1); p.Cell(1, 0, 3) != float32(5) || p.To != 4 {
		t.Error(p)
	}
	s.Close()
}

func BenchmarkPageOf100MRows(b *testing.B) {
	d := newDesk()
	s := d.sheet()
	src := d.source(b, 1, make([]float32, 100_000_000)...)
	s.SetColumns([]string{"ID", "Age", "Age * 2"})
	s.Show(src)
	at := 0
	for b.Loop() {
		at = (at + 7_654_321) % 99_000_000
		for p := s.Read(at, at+60, []int{0, 1, 2}, func() {}); p.From != at; p = s.Read(at, at+60, []int{0, 1, 2}, func() {}) {
			(<-d.queue)()
		}
	}
	s.Close()
}
