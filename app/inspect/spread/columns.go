package spread

import (
	"errors"
	"fmt"
	"slices"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/cache"
)

// choose has the columns shown that were chosen, or of a sequence that knows none of them
// the frame's own.
func (s *Spread) choose(v *sheet.View) {
	want := s.want(v.Frame.Frame)
	if slices.Equal(want, s.columns) {
		return
	}
	var sound []string
	for _, text := range want {
		if _, err := expr.Parse(text); err == nil {
			sound = append(sound, text)
		}
	}
	if s.sheet.SetColumns(sound) == nil {
		s.columns = slices.Clone(want)
	}
}

// want are the columns that a frame is to be shown with.
func (s *Spread) want(f *cache.Frame) []string {
	if slices.ContainsFunc(s.keep.Columns, s.bindable) {
		return s.keep.Columns
	}
	return sheet.DefaultColumns(f)
}

// listed are the columns that a change begins with: those shown, or to be shown once there are rows.
func (s *Spread) listed() ([]string, error) {
	switch {
	case !s.changed:
		return s.columns, nil
	case s.shown.Frame == nil:
		return nil, errNoRows
	}
	return s.want(s.shown.Frame), nil
}

func (s *Spread) bindable(text string) bool {
	e, err := expr.Parse(text)
	return err == nil && s.showable(e) == nil
}

// showable says why no frame can show an expression as a column.
func (s *Spread) showable(e *expr.Expr) error {
	return s.anywhere(func(f expr.Frame) error {
		_, err := column.Bind(e, f)
		return err
	})
}

// Columns are the expressions that are shown side by side.
func (s *Spread) Columns() []string { return s.columns }

// SetColumns shows these; none means the frame's own.
func (s *Spread) SetColumns(texts []string) error {
	for _, t := range texts {
		if _, err := expr.Parse(t); err != nil {
			return err
		}
	}
	s.keep.Columns, s.changed = slices.Clone(texts), true
	return nil
}

// ListColumns shows the expressions of a list with commas between them. Errors are those of
// AddColumn.
func (s *Spread) ListColumns(list string) error {
	parsed, err := expr.ParseList(list)
	if err != nil {
		return err
	}
	var texts []string
	for _, e := range parsed {
		if err := s.showable(e); err != nil {
			return err
		}
		if !slices.Contains(texts, e.String()) {
			texts = append(texts, e.String())
		}
	}
	return s.SetColumns(texts)
}

// AddColumn shows another expression, behind the others. It is an error if no frame of the
// sequence is known to have what it asks for.
func (s *Spread) AddColumn(text string) error {
	columns, err := s.listed()
	if err != nil || slices.Contains(columns, text) {
		return err
	}
	e, err := expr.Parse(text)
	if err != nil {
		return err
	}
	if err := s.showable(e); err != nil {
		return err
	}
	return s.SetColumns(append(slices.Clone(columns), text))
}

// without are the columns but for one of them.
func (s *Spread) without(text string) ([]string, error) {
	columns, err := s.listed()
	if err != nil {
		return nil, err
	}
	at, err := place(columns, text)
	if err != nil {
		return nil, err
	}
	return slices.Delete(slices.Clone(columns), at, at+1), nil
}

// place is where a column is of some.
func place(columns []string, text string) (int, error) {
	if i := slices.Index(columns, text); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("there is no column %s", text)
}

// RemoveColumn shows one no more.
func (s *Spread) RemoveColumn(text string) error {
	rest, err := s.without(text)
	switch {
	case err != nil:
		return err
	case len(rest) == 0:
		return errors.New("the last column stays")
	}
	return s.SetColumns(rest)
}

// MoveColumn puts a column at another place, counted from 0.
func (s *Spread) MoveColumn(text string, to int) error {
	rest, err := s.without(text)
	if err != nil {
		return err
	}
	return s.SetColumns(slices.Insert(rest, min(max(to, 0), len(rest)), text))
}

// PartText is the expression of a component of a column, and of an array of its length:
// what rows can be sorted by.
func PartText(c *sheet.Column, component int) string {
	if a := c.Bound.Attribute; a != nil && a.Structure == cache.Array {
		return "len(" + c.Text + ")"
	}
	names := c.Bound.Components()
	if names == nil {
		return c.Text
	}
	if c.Bound.Attribute == nil {
		return "(" + c.Text + ")." + names[component]
	}
	return c.Text + "." + names[component]
}
