package charts

import (
	"strings"
	"testing"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/session"
	"iceexplorer/cache"
)

// A range that was dragged on the histogram of all frames selected points of the shown one.
func TestARangeOfAllFramesSelectsPointsByWhatTheyHaveInAnyFrame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, filter string
		lo, hi       float64
		want         []uint32 // IDs
	}{
		{"Age", "", 15, 30, []uint32{1}}, {"Age", "", 2.5, 5, []uint32{0, 2}}, {"Age", "", 10, 10, []uint32{3}}, {"v", "", 60, 60, []uint32{1}},
		{"Heat", "", 7, 9, []uint32{0, 1}}, {"Age", "", 100, 200, nil}, {"Age", "ID < 2", 0, 5, []uint32{0, 1}},
	} {
		r := three(t)
		h := r.charts.Histogram
		if c.filter != "" {
			r.filter = c.filter
			h.SetOver(Filtered)
		}
		if err := h.Show(c.text); err != nil {
			t.Fatal(err)
		}
		r.idle()
		if err := h.SelectAnywhere(c.lo, c.hi); err != nil {
			t.Fatal(err)
		}
		if _, searching := h.Searching(); !searching || !h.Busy() {
			t.Error("what is being searched is not waited for")
		}
		r.idle()
		ids, _ := r.layer.Selection()
		var got []uint32
		if ids != nil {
			got = ids.ToArray()
		}
		if len(got) != len(c.want) || len(got) > 0 && (got[0] != c.want[0] || got[len(got)-1] != c.want[len(c.want)-1]) {
			t.Errorf("%s where %q from %g to %g: %v, want %v", c.text, c.filter, c.lo, c.hi, got, c.want)
		}
	}
}

func TestARangeOfAllFramesNarrowsTheSelection(t *testing.T) {
	t.Parallel()
	r := three(t)
	h := r.charts.Histogram
	h.SetOver(Selected)
	if err := h.Show("Age"); err != nil {
		t.Fatal(err)
	}
	if h.SelectAnywhere(0, 1) == nil {
		t.Error("nothing is selected, and a range of it is")
	}
	r.session.Select(session.SelectOnly, session.Picked{Layer: r.layer.ID, Number: 1, Rows: bitset.New(4).Set(0).Set(2).Set(3)})
	r.idle()
	if err := h.SelectAnywhere(4, 30); err != nil {
		t.Fatal(err)
	}
	r.idle()
	if ids, _ := r.layer.Selection(); ids == nil || ids.GetCardinality() != 2 || !ids.Contains(0) || !ids.Contains(3) {
		t.Errorf("%v", ids)
	}
	if err := h.SelectAnywhere(0, 100); err != nil {
		t.Fatal(err)
	}
	h.CancelSearch()
	r.idle()
	if n := r.session.SelectionSize(); n != 2 {
		t.Errorf("a search that was canceled leaves %d selected", n)
	}
}

func TestPointsWithoutIDsAreNotSelectedInAllFrames(t *testing.T) {
	t.Parallel()
	age := func(b *cache.Builder) { b.Float32s("Age", cache.TypeFloat, []float32{1, 2}) }
	r := newRig(t, map[cache.Number]uint32{1: 2, 2: 2}, map[cache.Number]func(*cache.Builder){1: age, 2: age})
	h := r.charts.Histogram
	if err := h.Show("Age"); err != nil {
		t.Fatal(err)
	}
	r.idle()
	if err := h.SelectAnywhere(0, 5); err != nil {
		t.Fatal(err)
	}
	r.idle()
	messages := r.session.Messages()
	if r.session.SelectionSize() != 0 || len(messages) == 0 || !strings.Contains(messages[len(messages)-1].Text, "have no IDs") {
		t.Errorf("%d selected, %+v", r.session.SelectionSize(), messages)
	}
}
