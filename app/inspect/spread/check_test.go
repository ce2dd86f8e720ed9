package spread

import (
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/inspect/sheet"
	"iceexplorer/cache"
)

// Filters, sorts and columns of an attribute that only other frames of the sequence have were
// refused.
func TestWhatOtherFramesHaveCanBeAskedFor(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.AddColumn("Heat"))
	r.must(r.Sort(sheet.Order{By: "Heat", Descending: true}))
	r.must(r.Filter("Heat > 1"))
	if got := r.points(); len(got) != 0 {
		t.Error("frame 1:", got)
	}
	notes := strings.Join(r.State().Notes, "\n")
	for _, want := range []string{"No rows: frame 1 has no Heat, which the filter asks for", "Frame 1 has no values for Heat"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q, want %q", notes, want)
		}
	}
	r.s.Seek(3)
	if got := r.points(); !slices.Equal(got, []uint32{1, 0, 4}) || len(r.State().Notes) > 0 {
		t.Error("frame 3:", got, r.State().Notes)
	}
}

// A frame without the attribute that rows were sorted by had no rows.
func TestRowsStayWhereTheyCannotBeSorted(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.s.Seek(3)
	r.rest()
	r.must(r.Sort(sheet.Order{By: "Heat", Descending: true}))
	if got := r.points(); !slices.Equal(got, []uint32{1, 0, 4, 3, 2}) {
		t.Error("frame 3:", got)
	}
	r.s.Seek(1)
	if got := r.points(); !slices.Equal(got, []uint32{0, 1, 2, 3, 4}) {
		t.Error("frame 1:", got)
	}
	st := r.State()
	if len(st.Notes) != 1 || st.Notes[0] != "Not sorted by Heat: frame 1 has no Heat; the sort applies again at frames that have it" || st.Sort != "Heat" || st.Fault != "" {
		t.Errorf("%+v", st)
	}
	r.s.Seek(3)
	if got := r.points(); !slices.Equal(got, []uint32{1, 0, 4, 3, 2}) {
		t.Error("frame 3 again:", got)
	}
}

// Where the filter asks for what the frame lacks, rows were called sorted though there were none.
func TestRowsAreCalledSortedWhereTheyAre(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.Sort(sheet.Order{By: "Heat", Descending: true}))
	told := func(number cache.Number, want string) {
		t.Helper()
		r.s.Seek(number)
		r.rest()
		if got := r.Told(); got != want {
			t.Errorf("frame %v: %q, want %q", number, got, want)
		}
	}
	told(3, "5 points, sorted by Heat from the greatest")
	told(1, "5 points, not sorted")
	r.must(r.Filter("Heat > 1"))
	told(1, "0 of 5 points")
	told(3, "3 of 5 points, sorted by Heat from the greatest")
}

// Of arrays there was no way to see more than the first values.
func TestArraysAreExpanded(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	never := func(err error) { t.Error(err) }
	for text, row := range map[string]int64{"Age": 0, "Trail": 0, "Nope": 0, "ID": 99} {
		if err := r.Expand(text, row, never); err == nil {
			t.Errorf("%s of row %d is expanded", text, row)
		}
	}
	r.s.Seek(3)
	r.rest()
	if err := r.Expand("Trail", 5, never); err == nil || !strings.Contains(err.Error(), "from 0 to 4") {
		t.Error(err)
	}
	r.must(r.Sort(sheet.Order{By: "-ID"}))
	r.rest()
	r.must(r.Expand("Trail", 3, never))
	r.rest()
	if a := r.State().Array; a == nil || *a != (ArrayState{"Trail", 1, 997}) {
		t.Fatalf("%+v", a)
	}
	a := r.Expanded()
	read := func(from, to, want, first int) {
		t.Helper()
		values, at := a.Read(from, to, func() {})
		for len(values) != want || at != first { // a slow machine
			select {
			case f := <-r.posted:
				f()
			case <-time.After(10 * time.Second):
				t.Fatalf("%d values from %d, want %d from %d", len(values), at, want, first)
			}
			values, at = a.Read(from, to, func() {})
		}
	}
	read(900, 930, 30, 900)
	read(910, 920, 30, 900) // is there
	read(990, 2000, 7, 990)
	r.s.Seek(1)
	r.rest()
	read(0, 5, 5, 0) // its frame is kept
	r.must(r.SetColumns(nil))
	r.Collapse()
	if r.State().Array != nil {
		t.Error("still expanded")
	}
}

// Between frames the scene shows other places than the rows, which say of which frame they are.
func TestRowsBetweenFramesSayOfWhichTheyAre(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.s.SetInterpolate(true)
	r.s.Seek(1.5)
	r.rest()
	if got := r.Told(); got != "5 points, of frame 1: the scene is between 1 and 2" {
		t.Errorf("%q", got)
	}
	r.s.Seek(2)
	r.rest()
	if got := r.Told(); got != "5 points" {
		t.Errorf("%q", got)
	}
}
