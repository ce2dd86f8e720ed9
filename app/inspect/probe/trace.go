package probe

import (
	"errors"
	"math"
	"slices"

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

// Life tells when a point comes and goes, in indices of Trace.Moments.
type Life struct {
	First, Last int  // frames it is in
	Born, Died  bool // the frame before First, or after Last, is known not to have it
}

// Life tells when a point was born and died; ok is false if no frame has it.
func (t *Trace) Life(point int) (l Life, ok bool) {
	l.First = -1
	for i := range t.Moments {
		if t.Has(i, point) {
			if l.Last = i; l.First < 0 {
				l.First = i
			}
		}
	}
	if l.First < 0 {
		return Life{}, false
	}
	l.Born = l.First > 0 && t.Moments[l.First-1].Rows != nil
	l.Died = l.Last < len(t.Moments)-1 && t.Moments[l.Last+1].Rows != nil
	return l, true
}

// Has reports whether the i-th frame has a point.
func (t *Trace) Has(i, point int) bool {
	rows := t.Moments[i].Rows
	return rows != nil && rows[point] >= 0
}
