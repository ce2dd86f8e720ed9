package charts

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/session"
	"iceexplorer/cache"
)

// ages adds ages, IDs and velocities of three times the age.
func ages(v ...float32) func(*cache.Builder) {
	return func(b *cache.Builder) {
		id, vel := make([]int32, len(v)), make([]float32, 3*len(v))
		for i := range v {
			id[i], vel[3*i] = int32(i), 3*v[i]
		}
		b.Float32s("Age", cache.TypeFloat, v)
		b.Int32s("ID", id)
		b.Float32s("PointVelocity", cache.TypeVector3, vel)
	}
}

// three frames, of which the second has Heat too.
func three(t *testing.T) *rig {
	return newRig(t, map[cache.Number]uint32{1: 4, 2: 2, 3: 3}, map[cache.Number]func(*cache.Builder){
		1: ages(0, 1, 2, 10), 2: func(b *cache.Builder) {
			ages(5, 20)(b)
			b.Float32s("Heat", cache.TypeFloat, []float32{7, 9})
		}, 3: ages(1, float32(math.NaN()), 3),
	})
}

func count3(bins []uint64) (n uint64) {
	for _, b := range bins {
		n += b
	}
	return n
}

func TestHistogramFollowsTheFrameTheFilterAndTheSelection(t *testing.T) {
	t.Parallel()
	r := three(t)
	h := r.charts.Histogram
	if err := h.Show("Age"); err != nil {
		t.Fatal(err)
	}
	r.idle()
	got := h.Result()
	if got == nil || got.Number != 1 || got.Summary.Min != 0 || got.Summary.Max != 10 || count3(got.Counts.Bins) != 4 || got.Percentiles[3] != 1.5 {
		t.Fatalf("%+v", got)
	}
	h.Seen = true
	r.goTo(3)
	r.idle()
	if got = h.Result(); got.Number != 3 || got.Counts.NonFinite != 1 || count3(got.Counts.Bins) != 2 {
		t.Errorf("%+v", got)
	}
	r.goTo(1)
	r.filter = "Age > 0.5"
	h.SetOver(Filtered)
	r.idle()
	if got = h.Result(); got.Summary.Count != 3 || got.Summary.Min != 1 {
		t.Errorf("%+v", got)
	}
	h.SetOver(Selected)
	r.idle()
	if got = h.Result(); got.Summary.Count != 0 || len(got.Counts.Bins) != 0 || h.Sequence() != nil {
		t.Errorf("%+v", got)
	}
	r.session.Select(session.SelectOnly, session.Picked{Layer: r.layer.ID, Number: 1, Rows: bitset.New(4).Set(0).Set(3)})
	r.idle()
	if got = h.Result(); got.Summary.Count != 2 || got.Summary.Mean != 5 {
		t.Errorf("%+v", got)
	}
	if err := h.Show("Age +"); err == nil || h.Text() != "Age" {
		t.Errorf("%v; shown is %q", err, h.Text())
	}
	if err := h.Show("Aeg"); err != nil {
		t.Fatal(err)
	}
	r.idle()
	if got = h.Result(); got.Fault == nil || !strings.Contains(got.Fault.Error(), "column 1: Aeg: no such attribute") {
		t.Errorf("%+v", got)
	}
}

func TestSequenceIsCountedFrameByFrame(t *testing.T) {
	t.Parallel()
	for _, inMemory := range []bool{true, false} {
		for _, c := range []struct {
			text, filter string
			lo, hi       float64
			counted      uint64
			nonFinite    uint64
			frames       int
		}{
			{"Age", "", 0, 20, 8, 1, 3}, {"Age * 2", "", 0, 40, 8, 1, 3}, {"v", "", 0, 60, 8, 1, 3}, {"Heat", "", 7, 9, 2, 0, 1},
			{"Age", "Age < 4", 0, 3, 5, 0, 3},
		} {
			name := fmt.Sprintf("%s where %q, in memory %v", c.text, c.filter, inMemory)
			r := three(t)
			h := r.charts.Histogram
			h.Seen = inMemory
			if c.filter != "" {
				r.filter = c.filter
				h.SetOver(Filtered)
			}
			if !inMemory {
				r.refused = true
				r.session.Reload(r.layer)
				r.until("the frames are gone", func() bool { return len(r.session.Readings()) == 0 && r.layer.Frame(1) == nil })
			}
			if err := h.Show(c.text); err != nil {
				t.Fatal(err)
			}
			if !inMemory {
				if err := h.CountSequence(); err != nil {
					t.Fatal(err)
				}
				r.until("the sequence is counted", func() bool { _, ok := h.Counting(); return !ok })
			}
			r.until("it is there: "+name, func() bool { q := h.Sequence(); return q != nil && q.Counted })
			q := h.Sequence()
			if q.Range.Lo != c.lo || q.Range.Hi != c.hi || count3(q.Counts.Bins) != c.counted || q.Counts.NonFinite != c.nonFinite || q.Frames != c.frames || q.Skipped != 3-c.frames {
				t.Errorf("%s: %+v", name, q)
			}
		}
	}
}

func TestAFrameWithoutTheAttributeLeavesTheHistogramOfAllFrames(t *testing.T) {
	t.Parallel()
	r := three(t)
	h := r.charts.Histogram
	h.Seen = true
	if err := h.Show("Heat"); err != nil { // frame 1 has none: the others are counted all the same
		t.Fatal(err)
	}
	r.idle()
	first := h.Sequence()
	if h.Result().Fault == nil || first == nil || !first.Counted || count3(first.Counts.Bins) != 2 || first.Title != "Heat" {
		t.Fatalf("%+v, all frames %+v", h.Result(), first)
	}
	for _, n := range []cache.Number{2, 3, 1} {
		r.goTo(n)
		r.idle()
		if lacks := h.Result().Fault != nil; lacks != (n != 2) || h.Sequence() != first {
			t.Errorf("frame %v: %+v, all frames %+v", n, h.Result(), h.Sequence())
		}
	}
}

func TestTheSelectionIsCountedByIDInAllFrames(t *testing.T) {
	t.Parallel()
	r := three(t)
	h := r.charts.Histogram
	h.Seen = true
	h.SetOver(Selected)
	if err := h.Show("Age"); err != nil {
		t.Fatal(err)
	}
	r.idle()
	if h.Sequence() != nil || h.CountSequence() == nil || h.Select(0, 1) == nil {
		t.Error("nothing is selected, and it is counted")
	}
	r.session.Select(session.SelectOnly, session.Picked{Layer: r.layer.ID, Number: 1, Rows: bitset.New(4).Set(0).Set(2)})
	r.idle()
	q := h.Sequence() // ages 0 and 2, 5, 1 and 3
	if q == nil || !q.Counted || count3(q.Counts.Bins) != 5 || q.Range.Lo != 0 || q.Range.Hi != 5 || q.Frames != 3 {
		t.Fatalf("%+v", q)
	}
	r.session.Select(session.SelectOnly, session.Picked{Layer: r.layer.ID, Number: 1, Rows: bitset.New(4).Set(3)})
	r.idle()
	if q = h.Sequence(); !q.Counted || count3(q.Counts.Bins) != 1 || q.Range.Lo != 10 || q.Frames != 3 {
		t.Errorf("%+v", q)
	}
}

func TestTheSelectionWithoutIDsIsCountedWhereItWasPicked(t *testing.T) {
	t.Parallel()
	age := func(v ...float32) func(*cache.Builder) {
		return func(b *cache.Builder) { b.Float32s("Age", cache.TypeFloat, v) }
	}
	r := newRig(t, map[cache.Number]uint32{1: 3, 2: 2}, map[cache.Number]func(*cache.Builder){1: age(1, 2, 4), 2: age(8, 16)})
	h := r.charts.Histogram
	h.Seen = true
	h.SetOver(Selected)
	if err := h.Show("Age"); err != nil {
		t.Fatal(err)
	}
	r.session.Select(session.SelectOnly, session.Picked{Layer: r.layer.ID, Number: 1, Rows: bitset.New(3).Set(0).Set(1)})
	r.idle()
	if q := h.Sequence(); q == nil || !q.Counted || count3(q.Counts.Bins) != 2 || q.Range.Hi != 2 {
		t.Errorf("%+v", q)
	}
	r.session.Select(session.SelectAdd, session.Picked{Layer: r.layer.ID, Number: 2, Rows: bitset.New(2).Set(1)})
	r.idle()
	if q := h.Sequence(); q == nil || !q.Counted || count3(q.Counts.Bins) != 3 || q.Range.Hi != 16 {
		t.Errorf("%+v", q)
	}
}

func TestARangeOfTheSelectionNarrowsIt(t *testing.T) {
	t.Parallel()
	r := three(t)
	h := r.charts.Histogram
	h.SetOver(Selected)
	if err := h.Show("Age"); err != nil {
		t.Fatal(err)
	}
	r.session.Select(session.SelectOnly, session.Picked{Layer: r.layer.ID, Number: 1, Rows: bitset.New(4).Set(0).Set(1).Set(3)})
	for _, c := range []struct {
		lo, hi float64
		left   int
	}{{0.5, 10, 2}, {0, 10, 2}, {0, 5, 1}, {2, 5, 0}} {
		if err := h.Select(c.lo, c.hi); err != nil { // at once, while the selection's points are still looked for
			t.Fatal(err)
		}
		if !h.Busy() {
			t.Error("what is being selected is not waited for")
		}
		r.idle()
		if n := r.session.SelectionSize(); n != c.left {
			t.Errorf("%g to %g: %d are left, want %d", c.lo, c.hi, n, c.left)
		}
	}
	if h.Select(0, 10) == nil {
		t.Error("nothing is selected, and a range of it is")
	}
}

func TestRangeOfAnAttributeOverTheSequenceIsKnownAtOnce(t *testing.T) {
	t.Parallel()
	r := three(t)
	h := r.charts.Histogram
	if err := h.Show("PointVelocity.x"); err != nil {
		t.Fatal(err)
	}
	if q := h.Sequence(); q == nil || q.Counted || q.Range.Lo != 0 || q.Range.Hi != 60 {
		t.Errorf("%+v", q)
	}
	h.CancelSequence()
	r.idle()
	if err := h.CountSequence(); err != nil {
		t.Fatal(err)
	}
	h.CancelSequence()
	if _, ok := h.Counting(); ok {
		t.Error("it is still counted")
	}
	r.idle()
	if h.Sequence().Counted {
		t.Error("what was canceled was counted")
	}
}

func TestARangeOfTheHistogramIsSelected(t *testing.T) {
	t.Parallel()
	r := three(t)
	h := r.charts.Histogram
	if err := h.Show("v * 2"); err != nil {
		t.Fatal(err)
	}
	r.idle()
	if err := h.Select(6, 12); err != nil {
		t.Fatal(err)
	}
	r.until("something is selected", func() bool { return r.session.SelectionSize() > 0 })
	rows, _ := r.session.Selected(r.layer, r.session.Shown(r.layer))
	if rows == nil || rows.Count() != 2 || !rows.Test(1) || !rows.Test(2) {
		t.Error(rows)
	}
}

func TestAttributesAreListedWithThoseOfOtherFrames(t *testing.T) {
	t.Parallel()
	r := newRig(t, map[cache.Number]uint32{1: 2, 2: 2}, map[cache.Number]func(*cache.Builder){
		1: func(b *cache.Builder) {
			b.Float32s("Age", cache.TypeFloat, []float32{1, float32(math.Inf(1))})
			b.Float32s("Size", cache.TypeFloat, []float32{0.25})
			b.Float32s("Color", cache.TypeColor4, []float32{1, 0, 0.5, 1})
		},
		2: func(b *cache.Builder) {
			b.Float32s("Age___", cache.TypeFloat, []float32{3, 4})
			b.Float32s("Heat", cache.TypeFloat, []float32{5, 8})
		},
	})
	var got []string
	list, _ := r.charts.Attributes()
	for _, a := range list {
		got = append(got, fmt.Sprintf("%s %s %s: %s (%d)", a.Name, a.Type, a.About(), a.Values, a.NonFinite))
	}
	want := []string{
		"Age float 2 rows: 1 (1)", "Size float the same for all: 0.25 (0)", "Color color4 the same for all: 1, 0, 0.5, 1 (0)",
		"Heat float not in this frame, but in 1 frame: 5 to 8 (0)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSparksAreOfWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	r := three(t)
	_, sh := r.charts.Attributes()
	if s, current := r.charts.Sparks.Of(sh, "Age"); s != nil || current {
		t.Fatal(s)
	}
	r.idle()
	s, current := r.charts.Sparks.Of(sh, "Age")
	if !current || len(s.Bins) != sparkBins || s.Bins[0] != 1 || s.Bins[sparkBins-1] != 1 || count3(s.Bins) != 4 {
		t.Fatalf("%+v", s)
	}
	r.goTo(3)
	_, sh = r.charts.Attributes()
	if s, current := r.charts.Sparks.Of(sh, "Age"); current || s == nil || count3(s.Bins) != 4 {
		t.Errorf("%v, %+v: not that of the frame before", current, s)
	}
	r.idle()
	if s, current := r.charts.Sparks.Of(sh, "Age"); !current || count3(s.Bins) != 2 {
		t.Errorf("%v, %+v", current, s)
	}
	if s, _ := r.charts.Sparks.Of(sh, "ID"); s != nil {
		t.Errorf("nobody has asked for %+v", s)
	}
}

func TestProfileFollowsTheActiveLayer(t *testing.T) {
	t.Parallel()
	r := three(t)
	p := r.charts.Profile
	c, err := p.Curve()
	if err != nil || fmt.Sprint(c.Max) != "[4 2 3]" {
		t.Fatal(c, err)
	}
	if err := p.Show("Heat"); err != nil {
		t.Fatal(err)
	}
	if c, err = p.Curve(); err != nil || fmt.Sprint(c.Max) != "[NaN 9 NaN]" {
		t.Error(c, err)
	}
	if err := p.Show("Humidity"); err == nil || p.Name() != "Heat" {
		t.Error(err, p.Name())
	}
	r.session.CloseAll()
	if c, err := p.Curve(); c != nil || err != nil {
		t.Error(c, err)
	}
}
