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
	s.columns, s.bound, s.page = columns, nil, Page{}
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
	Cells    [][][]any // by column, component and row; nil for a column that is not bound
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

// Read returns the cells of rows from to to-1 of some columns, by their place. Those that
// come slowly from a disk are missing at first; posted tells when they are there.
func (s *Sheet) Read(from, to int, columns []int, posted func()) *Page {
	v := s.view
	if v == nil || s.page.Has(v, from, to, columns) {
		return &s.page
	}
	from, to = max(from, 0), min(to, v.Rows())
	bound := s.Columns()
	p := Page{View: v, From: from, To: max(to, from), Columns: slices.Clone(columns)}
	var read []*column.Column
	for _, c := range columns {
		read = append(read, bound[c].Bound)
	}
	if s.reading > 1 {
		return &s.page // a disk that does not answer is not asked again
	}
	rows := make([]uint32, p.To-p.From)
	for i := range rows {
		rows[i] = v.Row(p.From + i)
	}
	v.hold()
	s.reading++
	done := make(chan struct{})
	go func() {
		defer v.drop()
		for _, c := range read {
			var cells [][]any
			if c != nil {
				cells, _ = c.Read(rows) // of a fault of the mapping the scene tells
			}
			p.Cells = append(p.Cells, cells)
		}
		close(done)
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-done:
		s.reading--
		s.page = p
	case <-timer.C:
		go func() {
			<-done
			s.post(func() {
				s.reading--
				if s.view == v {
					s.page = p
				}
				posted()
			})
		}()
	}
	return &s.page
}
