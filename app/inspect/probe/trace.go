package probe

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"iceexplorer/cache"
)

// Trace is what is known of some points over all frames.
type Trace struct {
	Query
	Moments []Moment // by ascending frame

	titles [][]string // of the components of each column; nil: of no frame yet
}

// Moment holds what was found in a frame.
type Moment struct {
	Number  cache.Number
	Err     error   // why nothing is known of the frame
	Rows    []int   // of each point, -1: it is not there; nil: nothing is known of the frame, or not yet
	Columns []Cells // of each column
}

// Cells are the values of a column in a frame.
type Cells struct {
	Titles []string // of its components
	Values [][]any  // by component and by point; nil where the point is not there
	Err    error    // why there are none
}

// Part is a component of a column.
type Part struct {
	Title             string
	Column, Component int
}

// NewTrace makes a trace of frames of which nothing is known yet.
func NewTrace(q Query, numbers []cache.Number) *Trace {
	t := &Trace{Query: q, Moments: make([]Moment, len(numbers)), titles: make([][]string, len(q.Columns))}
	for i, n := range numbers {
		t.Moments[i].Number = n
	}
	return t
}

var errOther = errors.New("it has other components in other frames")

// Take adds what was found in the i-th frame.
func (t *Trace) Take(i int, m Moment) {
	for k := range m.Columns {
		switch c := &m.Columns[k]; {
		case c.Err != nil:
		case t.titles[k] == nil:
			t.titles[k] = c.Titles
		case !slices.Equal(t.titles[k], c.Titles):
			c.Values, c.Err = nil, errOther
		}
	}
	t.Moments[i] = m
}

// Parts are the components of the columns, side by side. A column that no frame has is a
// single part.
func (t *Trace) Parts() []Part {
	var out []Part
	for k, titles := range t.titles {
		if titles == nil {
			titles = []string{t.Columns[k].String()}
		}
		for c, title := range titles {
			out = append(out, Part{title, k, c})
		}
	}
	return out
}

// Fault is why a column has no values in any frame; nil if it has some, or if nothing is
// known of any frame yet.
func (t *Trace) Fault(column int) (err error) {
	for i := range t.Moments {
		if m := &t.Moments[i]; m.Rows != nil {
			if m.Columns[column].Err == nil {
				return nil
			}
			if err == nil {
				err = m.Columns[column].Err
			}
		}
	}
	return err
}

// Cell is a component of a point in the i-th frame; nil if there is none.
func (t *Trace) Cell(i int, p Part, point int) any {
	m := &t.Moments[i]
	if p.Column >= len(m.Columns) {
		return nil
	}
	values := m.Columns[p.Column].Values
	if p.Component >= len(values) {
		return nil
	}
	return values[p.Component][point]
}

// Number is a cell as a number: NaN if it is none.
func Number(cell any) float64 {
	switch v := cell.(type) {
	case float32:
		return float64(v)
	case float64:
		return v
	case int64:
		return float64(v)
	case bool:
		if v {
			return 1
		}
		return 0
	}
	return math.NaN()
}

// Curve is a component of a point over the frames: NaN where the point is missing or the
// value is not a number.
func (t *Trace) Curve(p Part, point int) []float64 {
	out := make([]float64, len(t.Moments))
	for i := range out {
		out[i] = Number(t.Cell(i, p, point))
	}
	return out
}

// Spell is a stretch of frames that all have a point, in indices of Trace.Moments.
type Spell struct {
	First, Last int
	Born, Died  bool // the frame before First, or after Last, is known not to have it
}

// Life is the spells of a point. A frame of which nothing is known ends one too.
type Life []Spell

// Life tells in which frames a point is; nil: in none.
func (t *Trace) Life(point int) (l Life) {
	for i := 0; i < len(t.Moments); i++ {
		if !t.Has(i, point) {
			continue
		}
		s := Spell{First: i, Born: i > 0 && t.Moments[i-1].Rows != nil}
		for i+1 < len(t.Moments) && t.Has(i+1, point) {
			i++
		}
		s.Last, s.Died = i, i+1 < len(t.Moments) && t.Moments[i+1].Rows != nil
		l = append(l, s)
	}
	return l
}

// At is the spell that the i-th frame is in; ok is false if it is in none.
func (l Life) At(i int) (s Spell, ok bool) {
	k, ok := slices.BinarySearchFunc(l, i, func(s Spell, i int) int {
		switch {
		case s.Last < i:
			return -1
		case s.First > i:
			return 1
		}
		return 0
	})
	if !ok {
		return Spell{}, false
	}
	return l[k], true
}

// Throughout reports whether all frames have the point.
func (t *Trace) Throughout(l Life) bool {
	return len(l) == 1 && l[0].First == 0 && l[0].Last == len(t.Moments)-1
}

// Span is a spell as people write it: 12, or 1-40.
func (t *Trace) Span(s Spell) string {
	first, last := t.Moments[s.First].Number, t.Moments[s.Last].Number
	switch {
	case s.First == s.Last:
		return first.String()
	case first < 0:
		return first.String() + ".." + last.String()
	}
	return first.String() + "-" + last.String()
}

// mostSpans is how many spells are written.
const mostSpans = 12

// Spans are the spells of a life with commas between them: 1-40, 52-100. Of many the first
// are told, and how many more there are.
func (t *Trace) Spans(l Life) string {
	var out []string
	for _, s := range l[:min(len(l), mostSpans)] {
		out = append(out, t.Span(s))
	}
	text := strings.Join(out, ", ")
	if n := len(l) - mostSpans; n > 0 {
		text += fmt.Sprintf(" and %d more", n)
	}
	return text
}

// Has reports whether the i-th frame has a point.
func (t *Trace) Has(i, point int) bool {
	rows := t.Moments[i].Rows
	return rows != nil && rows[point] >= 0
}
