package spread

import (
	"fmt"

	"iceexplorer/app/inspect/sheet"
)

// ArrayState is the array that is expanded, for reports.
type ArrayState struct {
	Column string `json:"column"`
	Point  uint32 `json:"point"`
	Values int    `json:"values"`
}

// Expand shows all values of the array that a column holds in a row. Later ones take the
// place of it.
func (s *Spread) Expand(text string, row int64, failed func(error)) error {
	i, err := place(s.columns, text)
	if err != nil {
		return err
	}
	v, columns := s.sheet.View(), s.sheet.Columns()
	switch {
	case v.Rows() == 0:
		return errNoRows
	case row < 0 || row >= int64(v.Rows()):
		return fmt.Errorf("there is no row %d: they are counted from 0 to %d", row, v.Rows()-1)
	case i >= len(columns) || columns[i].Bound == nil || !columns[i].Bound.IsArray():
		return fmt.Errorf("%s holds no arrays in this frame", text)
	}
	s.outcomes++
	s.sheet.Expand(i, v.Row(int(row)), func(a *sheet.Array) {
		s.outcomes--
		s.Collapse()
		switch {
		case a == nil:
			failed(fmt.Errorf("the values of %s can be read no longer", text))
		case s.sheet.View() == nil: // the sheet was closed meanwhile
			a.Close()
		default:
			s.expanded = a
		}
	})
	return nil
}

// Expanded is the array that is shown, nil if none is.
func (s *Spread) Expanded() *sheet.Array { return s.expanded }

// Collapse shows it no longer.
func (s *Spread) Collapse() {
	if s.expanded != nil {
		s.expanded.Close()
		s.expanded = nil
	}
}
