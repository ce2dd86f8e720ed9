package spread

import (
	"context"
	"errors"
	"fmt"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/session"
	"iceexplorer/cache/unit"
)

// current reports whether the rows are those of the frame that is shown.
func (s *Spread) current() bool {
	v := s.sheet.View()
	return v != nil && s.layer != nil && v.Key == s.shown.Key
}

// Marked reports whether the point of a row is selected.
func (s *Spread) Marked(row int64) bool {
	return s.selected != nil && s.current() && s.selected.Test(uint(s.sheet.View().Row(int(row))))
}

// Pick says which rows are meant, and how they change the selection.
type Pick struct {
	From, To int64 // rows, both meant; the latter becomes the cursor
	Mode     session.SelectMode
}

// Chosen is the pick of a click on a row: it alone, with Ctrl added or taken out, and with
// Shift all from the anchor to it.
func (s *Spread) Chosen(row, anchor int64, toggle, extend bool) Pick {
	p := Pick{From: row, To: row}
	if extend && anchor >= 0 {
		p.From = anchor
	}
	switch {
	case toggle && !extend && s.Marked(row):
		p.Mode = session.SelectRemove
	case toggle:
		p.Mode = session.SelectAdd
	}
	return p
}

// beside is how many rows are selected at once; more take a moment.
const beside = 1 << 20

// Select selects the points of rows.
func (s *Spread) Select(p Pick) error {
	v := s.sheet.View()
	if v.Rows() == 0 {
		return errNoRows
	}
	s.cursor = min(max(p.To, 0), int64(v.Rows()-1))
	from, to := int(min(p.From, p.To)), int(max(p.From, p.To))
	if to-from < beside {
		s.take(p.Mode, v, v.Between(from, to))
		return nil
	}
	release := v.Hold()
	s.outcomes++
	s.sheet.Beside(func() func() {
		points := v.Between(from, to)
		release()
		return func() {
			s.outcomes--
			s.take(p.Mode, v, points)
		}
	})
	return nil
}

func (s *Spread) take(mode session.SelectMode, v *sheet.View, points *bitset.BitSet) {
	n := points.Count()
	s.session.Select(mode, session.Picked{Layer: v.Owner.(*session.Layer).ID, Number: v.Frame.Number, Rows: points})
	if n > 1 || mode != session.SelectOnly {
		s.session.TellSelection(unit.Plural(n, "row") + map[session.SelectMode]string{
			session.SelectOnly: " selected", session.SelectAdd: " added to the selection", session.SelectRemove: " taken out of the selection",
		}[mode])
	}
}

// SelectShown selects the points there are rows of.
func (s *Spread) SelectShown() error {
	v := s.sheet.View()
	if v == nil || v.Fault != nil {
		return errNoRows
	}
	points, _ := v.Within()
	if points == nil {
		n := uint(v.Rows())
		points = bitset.New(n).FlipRange(0, n)
	}
	s.take(session.SelectOnly, v, points)
	return nil
}

// GoTo brings the row of a point into view, given by its index or its ID; failed is told
// if there is none.
func (s *Spread) GoTo(number int64, byID bool, failed func(error)) error {
	v := s.sheet.View()
	if v == nil {
		return errNoRows
	}
	t, what := sheet.Target{ByID: byID, ID: int32(number), Index: uint32(number)}, "index"
	if byID {
		what = "ID"
		if probe.IDs(v.Frame.Frame) == nil {
			return errors.New("the points of this frame have no ID: go to an index")
		}
	}
	if number != int64(t.ID) && byID || number != int64(t.Index) && !byID {
		return fmt.Errorf("no point has the %s %d", what, number)
	}
	s.find(t, failed, fmt.Errorf("no point has the %s %d", what, number), fmt.Errorf("the point of %s %d is not among the rows that are shown", what, number))
	return nil
}

// GoToSelected brings the next row into view whose point is selected.
func (s *Spread) GoToSelected(failed func(error)) error {
	if !s.current() || s.selected == nil {
		return errors.New("nothing is selected in this frame")
	}
	t := sheet.Target{Selected: s.selected, After: int(s.cursor)}
	s.find(t, failed, errNoRows, errors.New("what is selected is not among the rows that are shown"))
	return nil
}

func (s *Spread) find(t sheet.Target, failed func(error), none, hidden error) {
	v := s.sheet.View()
	s.outcomes++
	s.sheet.Find(t, func(row int, ok, exists bool) {
		s.outcomes--
		switch {
		case v != s.sheet.View(): // the rows have changed meanwhile
		case ok:
			s.cursor, s.reveal = int64(row), true
		case exists:
			failed(hidden)
		default:
			failed(none)
		}
	})
}

// copyLimit is how many bytes are copied at most: more hold up the programs that take
// them.
const copyLimit = 32 << 20

// Copy copies rows: the selected ones of those shown, or all. done gets text for the
// clipboard and what to tell.
func (s *Spread) Copy(format string, head, selected bool, done func(text, told string, err error)) error {
	if s.sheet.View() == nil {
		return errNoRows
	}
	opt := sheet.CopyOptions{Format: format, Head: head, Limit: copyLimit}
	if selected {
		if opt.Only = s.selected; opt.Only == nil {
			return errors.New("nothing is selected in this frame")
		}
	}
	s.outcomes++
	s.sheet.Copy(context.Background(), opt, func(c sheet.Copied, err error) {
		s.outcomes--
		told := unit.Plural(c.Rows, "row") + " copied"
		if c.Rows < c.Of {
			told = fmt.Sprintf("The first %s of %s rows copied, which is all that a clipboard takes; iceexplorer query writes all", unit.Count(c.Rows), unit.Count(c.Of))
		}
		done(c.Text, told, err)
	})
	return nil
}

// HasSelected reports whether a point of the frame is selected.
func (s *Spread) HasSelected() bool { return s.selected != nil }

// Formats are what rows can be copied as.
var Formats = []string{"tsv", "csv", "json"}
