package spread

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// agePool answers a load at once with a frame of five points: their Age is that of the
// frame before, moved on by one point. Frame 3 has Heat too.
type agePool struct{ t *testing.T }

func (p agePool) Submit(r jobs.Request) jobs.ID {
	age, ids := make([]float32, 5), make([]int32, 5)
	for i := range age {
		age[i], ids[i] = float32((i+int(r.Frame))%5), int32(100+i)
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 5})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 15))
	b.Int32s("ID", ids)
	b.Float32s("Age", cache.TypeFloat, age)
	if r.Frame == 3 {
		b.Float32s("Heat", cache.TypeFloat, age)
		b.Add(cache.Column{Name: "Trail", Type: cache.TypeFloat, Structure: cache.Array}, make([]byte, 4*1000), []uint64{0, 0, 997, 997, 998, 1000})
	}
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	if r.Task == jobs.Measure {
		r.Done(jobs.Result{ID: jobs.ID(r.Frame), Request: r, Index: f.Index()})
		return jobs.ID(r.Frame)
	}
	r.Done(jobs.Result{ID: jobs.ID(r.Frame), Request: r, Frame: f, Mapped: true})
	return jobs.ID(r.Frame)
}
func (agePool) Cancel(jobs.ID)                       {}
func (agePool) CancelLayer(int)                      {}
func (agePool) Reprioritise(func(*jobs.Request) int) {}
func (agePool) Forgive(string)                       {}
func (agePool) Retry()                               {}
func (agePool) Stats() jobs.Stats                    { return jobs.Stats{} }

type rig struct {
	*Spread
	t      *testing.T
	s      *session.Session
	keep   *settings.Spreadsheet
	posted chan func()
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{t: t, keep: &settings.Spreadsheet{Decimals: -1}, posted: make(chan func(), 100)}
	post := func(f func()) { r.posted <- f }
	r.s = session.New(agePool{t}, post, session.Options{Budget: 1 << 30, Patience: time.Minute})
	r.Spread = New(r.s, r.keep, post, func() {})
	dir := t.TempDir()
	for n := 1; n <= 3; n++ {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	r.s.Add(found.Sequences)
	r.rest()
	return r
}

// rest turns the loop until all is answered.
func (r *rig) rest() {
	r.t.Helper()
	for {
		for len(r.posted) > 0 {
			(<-r.posted)()
		}
		r.s.Advance(time.Unix(1000, 0))
		r.Follow(true)
		if r.Answered() && r.View() != nil {
			return
		}
		select {
		case f := <-r.posted:
			f()
		case <-time.After(10 * time.Second):
			r.t.Fatal("no answer came")
		}
	}
}

func (r *rig) points() (out []uint32) {
	r.rest()
	for i := range r.View().Rows() {
		out = append(out, r.View().Row(i))
	}
	return out
}

func (r *rig) selected() string {
	rows, _ := r.s.Selected(r.s.Active(), r.Shown())
	var out []string
	for i := range r.View().Frame.Header.Points {
		if rows != nil && rows.Test(uint(i)) {
			out = append(out, fmt.Sprint(i))
		}
	}
	return strings.Join(out, " ")
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func TestTheSheetFollowsTheFrame(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.Filter("Age > 1"))
	r.must(r.Sort(sheet.Order{By: "Age", Descending: true}))
	if got := r.points(); !slices.Equal(got, []uint32{3, 2, 1}) {
		t.Error(got)
	}
	r.s.Seek(2)
	if got := r.points(); !slices.Equal(got, []uint32{2, 1, 0}) {
		t.Error("frame 2:", got)
	}
	st := r.State()
	if st.Rows != 3 || st.Of != 5 || st.Filter != "Age > 1" || st.Sort != "Age" || !st.Descending || fmt.Sprint(st.First["ID"], st.First["Age"]) != "102 4" {
		t.Errorf("%+v", st)
	}
	r.s.SetVisible(r.s.Active(), false)
	if got := r.points(); len(got) != 3 {
		t.Error("hidden:", got)
	}
	r.Follow(false)
	if r.View() != nil || r.Layer() != nil {
		t.Error("it does not let go")
	}
}

func TestWhatTheFrameDoesNotKnowChangesNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.Filter("Age > 1"))
	for _, bad := range []string{"Aeg > 1", "Age +", "Age", "Cold > 1", "Heat"} {
		if err := r.Filter(bad); err == nil || r.Sheet().Filter() != "Age > 1" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := r.Sort(sheet.Order{By: "P"}); err == nil || r.Sheet().Order().By != "" {
		t.Error(err)
	}
	r.must(r.Filter("Heat > 1"))
	if !slices.Equal(r.keep.Filters, []string{"Heat > 1", "Age > 1"}) {
		t.Error(r.keep.Filters)
	}
}

func TestATitleSortsUpDownAndNoMore(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, want := range []sheet.Order{{By: "Age"}, {By: "Age", Descending: true}, {}} {
		o := r.Turn("Age")
		if o != want {
			t.Errorf("%+v, want %+v", o, want)
		}
		r.must(r.Sort(o))
	}
	r.must(r.Sort(sheet.Order{By: "ID", Descending: true}))
	if o := r.Turn("Age"); o != (sheet.Order{By: "Age"}) {
		t.Error(o)
	}
}

func TestRowsSelectPointsOfTheScene(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.Sort(sheet.Order{By: "-ID"})) // points 4 3 2 1 0
	r.rest()
	for _, c := range []struct {
		row, anchor    int64
		toggle, extend bool
		want           string
	}{
		{1, -1, false, false, "3"},
		{3, 1, false, true, "1 2 3"},
		{2, 3, true, false, "1 3"},
		{2, 2, true, false, "1 2 3"},
		{4, 2, true, true, "0 1 2 3"},
		{0, 4, false, false, "4"},
	} {
		r.must(r.Select(r.Chosen(c.row, c.anchor, c.toggle, c.extend)))
		r.rest()
		if got := r.selected(); got != c.want || r.cursor != c.row {
			t.Errorf("%+v: selected %s, cursor %d", c, got, r.cursor)
		}
	}
	if !r.Marked(0) || r.Marked(1) {
		t.Error("marks are not those of the selection")
	}
	r.SetScope(sheet.Selected)
	if got := r.points(); !slices.Equal(got, []uint32{4}) {
		t.Error("only selected:", got)
	}
	r.must(r.Filter(""))
	r.must(r.SelectShown())
	if r.rest(); r.selected() != "4" {
		t.Error(r.selected())
	}
}

// A point that was clicked in the scene had its row anywhere.
func TestAPointThatIsSelectedAloneHasItsRowInView(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.Sort(sheet.Order{By: "$index", Descending: true}))
	r.rest()
	pick := func(rows ...uint) (row int64, reveal bool) {
		set := bitset.New(uint(r.View().Rows()))
		for _, i := range rows {
			set.Set(i)
		}
		r.s.Select(session.SelectOnly, session.Picked{Layer: r.s.Active().ID, Number: r.Shown().Number, Rows: set})
		r.rest()
		return r.Cursor()
	}
	last := int64(r.View().Rows() - 1)
	if row, reveal := pick(1); row != last-1 || !reveal {
		t.Errorf("row %d, in view %v", row, reveal)
	}
	if row, reveal := pick(0, 2); row != last-1 || reveal {
		t.Errorf("several: row %d, in view %v", row, reveal)
	}
	if row, reveal := pick(2); row != last-2 || !reveal {
		t.Errorf("another one: row %d, in view %v", row, reveal)
	}
}

func TestGoingToPoints(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.Filter("Age > 1"))
	r.must(r.Sort(sheet.Order{By: "Age", Descending: true}))
	r.rest() // points 3 2 1
	for _, c := range []struct {
		number int64
		id     bool
		row    int64
		want   string
	}{
		{2, false, 1, ""},
		{103, true, 0, ""},
		{0, false, 0, "the point of index 0 is not among the rows that are shown"},
		{7, false, 0, "no point has the index 7"},
		{7, true, 0, "no point has the ID 7"},
		{-1, false, 0, "no point has the index -1"},
		{1 << 40, true, 0, "no point has the ID 1099511627776"},
	} {
		var told error
		if err := r.GoTo(c.number, c.id, func(err error) { told = err }); err != nil {
			told = err
		}
		r.rest()
		row, reveal := r.Cursor()
		if c.want == "" && (told != nil || row != c.row || !reveal) || c.want != "" && (told == nil || told.Error() != c.want || reveal) {
			t.Errorf("%+v: row %d, %v", c, row, told)
		}
	}
	if err := r.GoToSelected(func(error) {}); err == nil {
		t.Error("nothing is selected")
	}
	r.must(r.Select(Pick{From: 2, To: 2}))
	r.SetCursor(0)
	r.rest()
	r.must(r.GoToSelected(func(err error) { t.Error(err) }))
	r.rest()
	if row, reveal := r.Cursor(); row != 2 || !reveal {
		t.Error(row, reveal)
	}
}

func TestCopiesTellWhatTheyHold(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.ListColumns("ID, Age * 2"))
	r.rest()
	if err := r.Copy("tsv", true, true, nil); err == nil {
		t.Error("nothing is selected")
	}
	r.must(r.Select(Pick{From: 1, To: 2}))
	r.rest()
	var text, told string
	r.must(r.Copy("tsv", true, true, func(a, b string, err error) { text, told = a, b }))
	r.rest()
	if text != "index\tID\tAge * 2\n1\t101\t4\n2\t102\t6\n" || told != "2 rows copied" {
		t.Errorf("%q %q", text, told)
	}
}
