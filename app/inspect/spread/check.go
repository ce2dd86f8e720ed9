package spread

import (
	"errors"
	"fmt"
	"strings"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/order"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/cache/unit"
)

// lacking is the attribute that a frame lacks for an expression, if that is what the error
// is about.
func lacking(err error) (name string, ok bool) {
	e := (*expr.Error)(nil)
	if !errors.As(err, &e) || !e.Lacks {
		return "", false
	}
	return e.Text[e.Pos:e.End], true
}

// anywhere checks something against the frame that is shown and, if that lacks an
// attribute, against all that the frames of the sequence are known to have. Where no frame
// is shown nothing is known, and all is taken.
func (s *Spread) anywhere(check func(expr.Frame) error) error {
	v := s.sheet.View()
	if v == nil || s.layer == nil {
		return nil
	}
	return inspect.Anywhere(v.Frame, s.layer.Attributes(), s.layer.Measured(), len(s.layer.Seq.Frames), check)
}

// Check says what is wrong with an expression: as a filter, or as what rows are sorted by.
// What the frame that is shown lacks though others of the sequence have it is not wrong.
// The error is an *expr.Error.
func (s *Spread) Check(text string, filter bool) error {
	if text == "" {
		return nil
	}
	e, err := expr.Parse(text)
	if err != nil {
		return err
	}
	return s.anywhere(func(f expr.Frame) error {
		p, err := e.Bind(f)
		if err != nil {
			return err
		}
		if filter {
			return p.Condition()
		}
		return order.Sortable(p)
	})
}

// Filter shows only the points for which an expression is yes, "" all. What is wrong is an
// error as that of Check, and changes nothing.
func (s *Spread) Filter(text string) error {
	if err := s.Check(text, true); err != nil {
		return err
	}
	if err := s.sheet.SetFilter(text); err != nil {
		return err
	}
	if s.sheet.Scope() == sheet.All {
		s.sheet.SetScope(sheet.Filtered)
	}
	if text != "" {
		s.keep.Filtered(text)
	}
	return nil
}

// Sort sorts the rows by an expression, "" as in the file. Errors are as those of Filter.
func (s *Spread) Sort(o sheet.Order) error {
	if err := s.Check(o.By, false); err != nil {
		return err
	}
	return s.sheet.Sort(o)
}

// Note says what of the rows is not as it was asked for in the frame that is shown.
type Note struct {
	Text  string
	Minor bool // the rows are those asked for, in their order
}

// Notes tell what filter, sort and columns ask for and the frame does not have.
func (s *Spread) Notes() []Note {
	v := s.sheet.View()
	if v == nil {
		return nil
	}
	var out []Note
	frame := "frame " + v.Frame.Number.String()
	if name, lacks := lacking(v.Fault); lacks {
		out = append(out, Note{Text: fmt.Sprintf("No rows: %s has no %s, which the filter asks for; it applies again at frames that have it", frame, name)})
	}
	if v.Unsorted != nil {
		text := fmt.Sprintf("Not sorted by %s: ", s.sheet.Order().By)
		if name, lacks := lacking(v.Unsorted); lacks {
			text += fmt.Sprintf("%s has no %s; the sort applies again at frames that have it", frame, name)
		} else {
			text += v.Unsorted.Error()
		}
		out = append(out, Note{Text: text})
	}
	var empty []string
	for _, c := range s.sheet.Columns() {
		if c.Fault != nil {
			empty = append(empty, c.Text)
		}
	}
	if len(empty) > 0 {
		out = append(out, Note{Text: fmt.Sprintf("%s has no values for %s", "F"+frame[1:], strings.Join(empty, ", ")), Minor: true})
	}
	return out
}

// Counted is how many rows there are, of which points. There is nothing to say while no frame is
// shown.
func (s *Spread) Counted() string {
	v := s.sheet.View()
	if v == nil {
		return ""
	}
	n, of := v.Points()
	if n != of {
		return fmt.Sprintf("%s of %s", unit.Count(n), unit.Plural(of, "point"))
	}
	return unit.Plural(of, "point")
}

// Told is Counted, and in which order and of which frame they are.
func (s *Spread) Told() string {
	v, text := s.sheet.View(), s.Counted()
	if v == nil {
		return text
	}
	switch o := s.sheet.Order(); {
	case v.Fault != nil: // nothing was sorted
	case v.Unsorted != nil:
		text += ", not sorted"
	case o.By != "" && o.Descending:
		text += ", sorted by " + o.By + " from the greatest"
	case o.By != "":
		text += ", sorted by " + o.By
	}
	if sh := s.Shown(); sh.Held {
		text += ", of frame " + sh.Number.String() + " still"
	} else if b, ok := s.session.Between(s.layer, sh); ok {
		text += fmt.Sprintf(", of frame %v: the scene is between %v and %v", sh.Number, b.From, b.To)
	}
	return text
}
