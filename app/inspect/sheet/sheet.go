// Package sheet is a spreadsheet over the points of a frame: which rows there are, in
// which order, and what stands in those that are seen. Filters and sorts run beside the
// caller's goroutine and can be canceled; rows that are not seen are not read. It draws
// nothing.
package sheet

import (
	"math"
	"sync/atomic"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
)

// Source is the frame whose points are shown.
type Source struct {
	Frame expr.Frame
	Key   uint64 // of the frame's data: another has another
	Owner any    // whose frame it is
	// Acquire keeps the frame open for work beside the caller's goroutine.
	Acquire func() (release func())

	Selected    *bitset.BitSet // one bit per point; nil: none
	SelectedKey uint64         // changes with Selected
}

// Order is what rows are sorted by.
type Order struct {
	By         string // an expression; "": as in the file
	Descending bool
}

// Scope says which rows there are.
type Scope uint8

const (
	All      Scope = iota // of the frame
	Filtered              // by the filter, if there is one
	Selected              // and selected besides
)

// Sheet belongs to one goroutine, which calls Show before it asks for rows.
type Sheet struct {
	post  func(func())
	masks bool   // Within is all that is asked for
	views uint64 // counts them

	filter, by *expr.Expr // nil: none
	order      Order
	scope      Scope

	view     *View
	job      *job
	canceled *wish // is not begun again

	columns []Column
	bound   *View // that the columns are bound to
	window  reader
	first   reader // of the first row

	sums map[sumKey]*Summed
	sum  *sumJob // on its way
}

// New makes an empty sheet. post must run a function on the caller's goroutine, soon.
func New(post func(func())) *Sheet { return &Sheet{post: post, scope: Filtered} }

// NewMask is New for a sheet that is asked for Within alone, not for rows.
func NewMask(post func(func())) *Sheet { return &Sheet{post: post, scope: Filtered, masks: true} }

// wish is what a View is made of.
type wish struct {
	key      uint64 // of the frame
	filter   string
	order    Order
	only     bool   // the selected ones
	selected uint64 // key of the selection, where rows depend on it
}

// View is the rows of a frame in their order, as far as they have been found.
type View struct {
	Frame expr.Frame
	Key   uint64         // of the frame
	Owner any            // of the Source
	Mask  *bitset.BitSet // rows the filter lets through; nil: all
	Fault error          // why the filter could not be carried out; there are no rows then
	// Unsorted is why the rows are as in the file though an order is asked for, an
	// *expr.Error: the frame may lack an attribute that others have.
	Unsorted error

	Serial uint64 // of the view: another of its sheet has another

	wish    wish
	within  *bitset.BitSet // what there are rows of; nil: all
	passed  int            // how many that are
	rows    []uint32       // nil: all, as in the file
	refs    atomic.Int32
	release func() // of the frame
}

func (s *Sheet) newView(src *Source, w wish) *View {
	s.views++
	v := &View{Frame: src.Frame, Key: src.Key, Owner: src.Owner, Serial: s.views, wish: w, release: src.Acquire()}
	v.refs.Store(1)
	return v
}

// Hold keeps the view's frame open, for work beside the caller's goroutine, until release
// is called, once, from anywhere.
func (v *View) Hold() (release func()) {
	v.refs.Add(1)
	return v.drop
}

func (v *View) drop() {
	if v.refs.Add(-1) == 0 {
		v.release()
	}
}

// Rows is how many rows there are.
func (v *View) Rows() int {
	switch {
	case v == nil || v.Fault != nil:
		return 0
	case v.rows == nil:
		return int(v.Frame.Header.Points)
	}
	return len(v.rows)
}

// Row is the point in the i-th row.
func (v *View) Row(i int) uint32 {
	if v.rows == nil {
		return uint32(i)
	}
	return v.rows[i]
}

// Place is the row in which a point stands; ok is false if it is in none.
func (v *View) Place(point uint32) (i int, ok bool) {
	if v.Rows() == 0 {
		return 0, false
	}
	if v.rows == nil {
		return int(point), point < v.Frame.Header.Points
	}
	for i, r := range v.rows {
		if r == point {
			return i, true
		}
	}
	return 0, false
}

// Points is how many points there are rows of, and how many the frame has.
func (v *View) Points() (rows, of int) {
	if v == nil {
		return 0, 0
	}
	return v.Rows(), int(v.Frame.Header.Points)
}

// Within are the points there are rows of, and how many; nil: all.
func (v *View) Within() (points *bitset.BitSet, n int) {
	if v.within == nil {
		return nil, int(v.Frame.Header.Points)
	}
	return v.within, v.passed
}

// Between are the points in the rows from one to another, whichever is first.
func (v *View) Between(i, k int) *bitset.BitSet {
	set := bitset.New(uint(v.Frame.Header.Points))
	for at := max(min(i, k), 0); at <= min(max(i, k), v.Rows()-1); at++ {
		set.Set(uint(v.Row(at)))
	}
	return set
}

// View is what Show returned last.
func (s *Sheet) View() *View { return s.view }

// SetFilter has only the points shown for which an expression is yes; "" shows all. The
// error is an *expr.Error; the filter is then as before.
func (s *Sheet) SetFilter(text string) error {
	e, err := changed(s.filter, text)
	s.filter, s.canceled = e, nil
	return err
}

// changed is the expression of a text, or the old one with an error.
func changed(old *expr.Expr, text string) (*expr.Expr, error) {
	if text == "" {
		return nil, nil
	}
	e, err := expr.Parse(text)
	if err != nil {
		return old, err
	}
	return e, nil
}

func textOf(e *expr.Expr) string {
	if e == nil {
		return ""
	}
	return e.String()
}

// Filter is the filter's text.
func (s *Sheet) Filter() string { return textOf(s.filter) }

// Sort has the rows sorted; it stays when the frame changes. The error is an *expr.Error;
// the order is then as before.
func (s *Sheet) Sort(o Order) error {
	by, err := changed(s.by, o.By)
	if err == nil {
		s.by, s.order = by, o
	}
	s.canceled = nil
	return err
}

// Order is what rows are sorted by.
func (s *Sheet) Order() Order { return s.order }

// SetScope says which rows are shown.
func (s *Sheet) SetScope(scope Scope) { s.scope, s.canceled = scope, nil }

// Scope says which rows are shown.
func (s *Sheet) Scope() Scope { return s.scope }

// Show gives the sheet the frame that is shown now, nil for none, and begins to find its
// rows where that is not done. It returns the rows that can be shown: until the new ones
// are found those of before.
func (s *Sheet) Show(src *Source) *View {
	if src == nil {
		s.Close()
		return nil
	}
	w := wish{key: src.Key, order: s.order}
	if s.scope != All {
		w.filter = s.Filter()
	}
	if s.scope == Selected {
		w.only, w.selected = true, src.SelectedKey
	}
	switch {
	case s.view != nil && s.view.wish == w:
		s.stop()
	case s.job != nil && s.job.wish == w:
	case s.canceled != nil && *s.canceled == w:
	case w.filter == "" && w.order.By == "" && !w.only && !w.order.Descending:
		s.stop()
		s.take(s.newView(src, w))
	default:
		s.begin(src, w)
	}
	return s.view
}

func (s *Sheet) take(v *View) {
	if s.view != nil {
		s.view.drop()
	}
	s.view = v
	s.stopSum()
}

// Close lets go of the frames.
func (s *Sheet) Close() {
	s.stop()
	if s.view != nil {
		s.take(nil)
	}
}

func (s *Sheet) stop() {
	if s.job != nil {
		s.job.cancel()
		s.job = nil
	}
}

// Cancel ends the search for rows; those of before stay.
func (s *Sheet) Cancel() {
	if s.job != nil {
		s.canceled = &s.job.wish
		s.stop()
	}
}

// Busy tells what is being done, and how much of it; ok is false if nothing is.
func (s *Sheet) Busy() (text string, part float64, ok bool) {
	if s.job == nil {
		return "", 0, false
	}
	part = math.Float64frombits(s.job.part.Load())
	if s.job.wish.order.By != "" && part > 0 {
		return "sorting", part, true
	}
	return "filtering", part, true
}
