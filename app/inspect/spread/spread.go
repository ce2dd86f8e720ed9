// Package spread is the spreadsheet of what is open: a sheet over the frame that is shown
// of the active layer, its rows and the session's selection. It draws nothing.
package spread

import (
	"errors"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/rows"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
)

// Spread belongs to the session's goroutine.
type Spread struct {
	session *session.Session
	sheet   *sheet.Sheet
	masks   *sheet.Sheet // of what the scene draws
	only    bool         // it draws only what there are rows of
	keep    *settings.Spreadsheet
	wake    func()

	wanted   bool           // rows are
	layer    *session.Layer // that rows are of; nil: none
	shown    session.Shown
	selected *bitset.BitSet // points of the shown frame; nil: none

	columns  []string // that the sheet shows
	settled  uint64   // key of the frame that they were chosen for
	known    int      // attributes of the sequence then
	changed  bool     // the chosen columns are others
	cursor   int64
	reveal   bool   // the cursor is to be brought into view
	outcomes int    // searches and copies on their way
	picked   uint64 // version of the selection that was met last

	expanded *sheet.Array // nil: none
}

// New makes the spreadsheet of a session; keep remembers what is chosen. post must run a
// function on the session's goroutine, soon, and wake have the window drawn.
func New(s *session.Session, keep *settings.Spreadsheet, post func(func()), wake func()) *Spread {
	woken := func(f func()) {
		post(func() {
			f()
			wake()
		})
	}
	return &Spread{session: s, keep: keep, wake: wake, cursor: -1, changed: true, sheet: sheet.New(woken), masks: sheet.NewMask(woken)}
}

// Follow brings the sheet up to what is shown now, and lets go of it where the sheet is
// not wanted.
func (s *Spread) Follow(wanted bool) {
	s.wanted = wanted
	l := s.session.Active()
	if l == nil || !wanted && !s.only {
		s.leave()
		return
	}
	sh, acquire := s.session.Inspect(l)
	if acquire == nil {
		s.leave()
		s.layer, s.shown.Why = l, sh.Why
		return
	}
	if s.layer != l {
		s.cursor = -1
	}
	s.layer, s.shown = l, sh
	src := &sheet.Source{Frame: expr.Frame{Frame: sh.Frame, Number: sh.Number, FPS: s.session.FPS()}, Key: sh.Key, Owner: l, Acquire: acquire}
	src.Selected, src.SelectedKey = s.session.Selected(l, sh)
	s.selected = src.Selected
	s.followMask(src)
	if !wanted {
		s.sheet.Show(nil)
		return
	}
	v := s.sheet.Show(src)
	s.meet(l)
	if known := len(l.Attributes()); v != nil && (v.Key != s.settled || s.changed || known != s.known) {
		s.settled, s.changed, s.known = v.Key, false, known
		s.choose(v)
	}
}

// meet brings the row of a point into view that was selected alone, be it in the scene. Of
// several the rows stay where they are.
func (s *Spread) meet(l *session.Layer) {
	version := l.SelectionVersion()
	if version == s.picked || !s.current() || s.session.Choosing() {
		return
	}
	if s.picked = version; s.selected != nil && s.selected.Count() == 1 {
		_ = s.GoToSelected(func(error) {}) // a row that the filter hides is not asked for
	}
}

func (s *Spread) leave() {
	s.Collapse()
	s.sheet.Show(nil)
	s.masks.Show(nil)
	s.layer, s.selected, s.shown = nil, nil, session.Shown{}
}

// Layer is the layer that rows are of, nil if there is none.
func (s *Spread) Layer() *session.Layer { return s.layer }

// Shown is the frame that rows are of, once they are found.
func (s *Spread) Shown() session.Shown { return s.shown }

// View are the rows, nil if there is no frame.
func (s *Spread) View() *sheet.View { return s.sheet.View() }

// Sheet is what rows and cells are asked of; it is changed through the Spread alone.
func (s *Spread) Sheet() *sheet.Sheet { return s.sheet }

// Busy reports whether rows are being looked for, or something else was not answered yet.
func (s *Spread) Busy() bool {
	_, _, busy := s.sheet.Busy()
	_, _, masking := s.masks.Busy()
	return busy || masking || s.outcomes > 0
}

// Turn sorts by an expression up; if it is sorted so down, and then no more.
func (s *Spread) Turn(by string) (o sheet.Order) {
	switch o = s.sheet.Order(); {
	case o.By != by:
		return sheet.Order{By: by}
	case !o.Descending:
		return sheet.Order{By: by, Descending: true}
	}
	return sheet.Order{}
}

// SetScope says which rows are shown.
func (s *Spread) SetScope(scope sheet.Scope) { s.sheet.SetScope(scope) }

// Style is how numbers are written.
func (s *Spread) Style() sheet.Style { return sheet.Style{Decimals: s.keep.Decimals, Hex: s.keep.Hex} }

// Cursor is the row that keys move from, -1 for none; reveal tells, once, that it is to be
// brought into view.
func (s *Spread) Cursor() (row int64, reveal bool) {
	reveal, s.reveal = s.reveal, false
	return s.cursor, reveal
}

// SetCursor moves it.
func (s *Spread) SetCursor(row int64) { s.cursor = row }

// errNoRows is told where something is asked of rows and there are none.
var errNoRows = errors.New("no frame is shown")

// State is what the rows are, for reports.
type State struct {
	Filter     string         `json:"filter"`
	Sort       string         `json:"sort"`
	Descending bool           `json:"descending"`
	Scope      string         `json:"scope"`
	Columns    []string       `json:"columns"`
	Rows       int            `json:"rows"` // found
	Of         int            `json:"of"`   // points of the frame
	Busy       string         `json:"busy,omitempty"`
	Fault      string         `json:"fault,omitempty"`
	Notes      []string       `json:"notes,omitempty"` // what the frame lacks of what was asked for
	Only       bool           `json:"only"`            // the scene draws no other points
	Cursor     int64          `json:"cursor"`          // row, -1 for none
	Point      int64          `json:"point"`           // in that row, -1 for none
	First      map[string]any `json:"first"`           // cells of the first row, by their titles; of arrays the beginning
	Array      *ArrayState    `json:"array"`           // null: none is expanded
}

// Scopes are the words for sheet.Scope.
var Scopes = []string{sheet.All: "all", sheet.Filtered: "filtered", sheet.Selected: "selected"}

// State tells what the rows are.
func (s *Spread) State() State {
	o, v := s.sheet.Order(), s.sheet.View()
	st := State{Filter: s.sheet.Filter(), Sort: o.By, Descending: o.Descending, Scope: Scopes[s.sheet.Scope()], Columns: slices.Clone(s.columns), Cursor: s.cursor, Point: -1, Only: s.only, First: map[string]any{}}
	st.Rows, st.Of = v.Points()
	st.Busy, _, _ = s.sheet.Busy()
	if v == nil {
		return st
	}
	if a := s.expanded; a != nil {
		st.Array = &ArrayState{Column: a.Column, Point: a.Point, Values: a.Len}
	}
	if v.Fault != nil {
		st.Fault = v.Fault.Error()
	}
	for _, n := range s.Notes() {
		st.Notes = append(st.Notes, n.Text)
	}
	if s.cursor >= 0 && s.cursor < int64(st.Rows) {
		st.Point = int64(v.Row(int(s.cursor)))
	}
	if st.Rows > 0 {
		st.First["index"] = v.Row(0)
		titles, cells, _ := s.sheet.First(s.wake)
		for i, c := range cells {
			if a, ok := c.(column.Array); ok {
				c = a.First
			}
			st.First[titles[i]] = rows.JSON(c)
		}
	}
	return st
}

// Answered reports whether State has all it tells.
func (s *Spread) Answered() bool {
	if s.Busy() {
		return false
	}
	if s.sheet.View() == nil {
		return true
	}
	_, _, ok := s.sheet.First(s.wake)
	return ok
}
