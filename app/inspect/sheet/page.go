package sheet

import (
	"slices"
	"time"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

// Column is a column of the sheet.
type Column struct {
	Text  string         // the expression, as it was given
	Bound *column.Column // to the frame that is shown; nil: Fault says why not
	Fault error

	parsed *expr.Expr
}

// SetColumns has these expressions shown. The error, of the first one that is none, is an
// *expr.Error; the columns are then as before.
func (s *Sheet) SetColumns(texts []string) error {
	columns := make([]Column, len(texts))
	for i, t := range texts {
		e, err := expr.Parse(t)
		if err != nil {
			return err
		}
		columns[i] = Column{Text: t, parsed: e}
	}
	s.columns, s.bound, s.window.page, s.first.page = columns, nil, Page{}, Page{}
	return nil
}

// Columns are the sheet's, bound to the frame that is shown. They may be used until the
// next call of Show.
func (s *Sheet) Columns() []Column {
	if s.view != nil && s.bound != s.view {
		for i := range s.columns {
			c := &s.columns[i]
			c.Bound, c.Fault = column.Bind(c.parsed, s.view.Frame)
		}
		s.bound = s.view
	}
	return s.columns
}

// DefaultColumns are a frame's ID and all its other attributes, as expressions.
func DefaultColumns(f *cache.Frame) []string {
	var out []string
	for _, a := range f.Attributes {
		name := cache.TrimPadding(a.Name)
		if f.Attribute(name) != a { // a second one of the name cannot be asked for
			continue
		}
		if name == "ID" && len(out) > 0 {
			out = append([]string{name}, out...)
			continue
		}
		out = append(out, expr.Quote(name))
	}
	return out
}

// Page is what stands in some rows of some columns.
type Page struct {
	View     *View
	From, To int
	Columns  []int
	Cells    [][][]any // by column, component and row, of column.Glance; nil for a column that is not bound
}

// Has reports whether the page has all that is asked for.
func (p *Page) Has(v *View, from, to int, columns []int) bool {
	if p.View != v || v == nil || from < p.From || to > p.To {
		return false
	}
	for _, c := range columns {
		if !slices.Contains(p.Columns, c) {
			return false
		}
	}
	return true
}

// Cell is what stands in a row, for a component of a column; nil if it is not there.
func (p *Page) Cell(c, component, row int) any {
	if row < p.From || row >= p.To {
		return nil
	}
	for i, k := range p.Columns {
		if k == c && component < len(p.Cells[i]) && row-p.From < len(p.Cells[i][component]) {
			return p.Cells[i][component][row-p.From]
		}
	}
	return nil
}

// patience is how long Read waits for cells: mapped values are there at once, unless they
// have to come from a disk.
const patience = 4 * time.Millisecond

// reader keeps the page that was read last.
type reader struct {
	page    Page
	reading int // pages on their way
}

// Read returns the cells of rows from to to-1 of some columns, by their place. Those that
// come slowly from a disk are missing at first; posted tells when they are there.
func (s *Sheet) Read(from, to int, columns []int, posted func()) *Page {
	return s.read(&s.window, from, to, columns, posted)
}

// First are the titles and the cells of the first row, in all columns that can be shown; ok
// is false while they are on their way.
func (s *Sheet) First(posted func()) (titles []string, cells []any, ok bool) {
	if s.view.Rows() == 0 {
		return nil, nil, true
	}
	var all []int
	for i, c := range s.Columns() {
		if c.Bound != nil {
			all = append(all, i)
			titles = append(titles, c.Bound.Titles()...)
		}
	}
	p := s.read(&s.first, 0, 1, all, posted)
	if !p.Has(s.view, 0, 1, all) {
		return nil, nil, false
	}
	for _, c := range p.Cells {
		for _, component := range c {
			cells = append(cells, component[0])
		}
	}
	return titles, cells, len(cells) == len(titles)
}

func (s *Sheet) read(r *reader, from, to int, columns []int, posted func()) *Page {
	v := s.view
	if v == nil || r.page.Has(v, from, to, columns) {
		return &r.page
	}
	if r.reading > 1 {
		return &r.page // a disk that does not answer is not asked again
	}
	from, to = max(from, 0), min(to, v.Rows())
	bound := s.Columns()
	p := Page{View: v, From: from, To: max(to, from), Columns: slices.Clone(columns)}
	var read []*column.Column
	for _, c := range columns {
		read = append(read, bound[c].Bound)
	}
	rows := make([]uint32, p.To-p.From)
	for i := range rows {
		rows[i] = v.Row(p.From + i)
	}
	release := v.Hold()
	r.reading++
	done := make(chan struct{})
	go func() {
		defer release()
		for _, c := range read {
			var cells [][]any
			if c != nil {
				cells, _ = c.Glance(rows, told) // of a fault of the mapping the scene tells
			}
			p.Cells = append(p.Cells, cells)
		}
		close(done)
	}()
	of := s.columns
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-done:
		r.reading--
		r.page = p
	case <-timer.C:
		go func() {
			<-done
			s.post(func() {
				r.reading--
				if s.view == v && len(of) > 0 && len(s.columns) > 0 && &of[0] == &s.columns[0] {
					r.page = p
				}
				posted()
			})
		}()
	}
	return &r.page
}
