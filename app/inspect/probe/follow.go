package probe

import (
	"context"
	"errors"
	"math"
	"slices"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
)

// Most is how many points are followed at a time.
const Most = 64

// Query asks for values of some points over all frames.
type Query struct {
	Points  []int32 // IDs, or places in the file
	ByID    bool    // else by place: the same point as long as no point before it is born or dies
	Columns []*expr.Expr
	FPS     float64
}

// Moment holds what was found in a frame.
type Moment struct {
	Number cache.Number
	Err    error   // why nothing is known of the frame
	Rows   []int   // of each point; -1: it is not there
	Cells  [][]any // by component of the columns and by point; nil where there is nothing
}

// Trace is the answer.
type Trace struct {
	Query
	Titles  []string // of the components, in the order of Cells, from the first frame that has them
	Moments []Moment // by ascending frame
}

// ErrNoIDs says that points cannot be followed by ID.
var ErrNoIDs = errors.New("the points have no ID")

// IDs are the identities of a frame's points, one per point; nil if there are none or if they
// do not tell points apart. The slice points into the frame's mapping.
func IDs(f *cache.Frame) []int32 {
	a := f.Attribute("ID")
	if a == nil || a.Structure != cache.Single || a.Type != cache.TypeLong || a.Constant {
		return nil
	}
	if ids := a.Int32s(); len(ids) == int(f.Header.Points) {
		return ids
	}
	return nil
}

// Follow finds the points in all frames. ahead is how many frames are loaded at a time, and
// done is called after each with how many are finished. The error is that of ctx.
func Follow(ctx context.Context, pool frames.Pool, files []frames.File, ahead int, q Query, done func(n int)) (*Trace, error) {
	t := &Trace{Query: q}
	at := make([]int, len(q.Points)) // where each was
	err := frames.Each(ctx, pool, files, ahead, func(i int, f *cache.Frame, err error) bool {
		m := Moment{Number: files[i].Number, Err: err}
		if err == nil {
			m.Err = t.look(expr.Frame{Frame: f, Number: m.Number, FPS: q.FPS}, &m, at)
		}
		t.Moments = append(t.Moments, m)
		done(i + 1)
		return true
	})
	return t, err
}

// look finds the points in a frame.
func (t *Trace) look(f expr.Frame, m *Moment, at []int) error {
	m.Rows = make([]int, len(t.Points))
	var there []uint32 // rows of those that are
	var whose []int
	fault := fault.Guard(func() {
		ids := IDs(f.Frame)
		for i, p := range t.Points {
			row, ok := int(p), p >= 0 && int64(p) < int64(f.Header.Points)
			if t.ByID {
				row, ok = Find(ids, p, at[i])
			}
			m.Rows[i] = -1
			if ok {
				m.Rows[i], at[i] = row, row
				there, whose = append(there, uint32(row)), append(whose, i)
			}
		}
		if t.ByID && ids == nil && f.Header.Points > 0 {
			m.Err = ErrNoIDs
		}
	})
	if fault != nil || m.Err != nil {
		return errors.Join(fault, m.Err)
	}
	var columns []*column.Column
	for _, e := range t.Columns {
		c, err := column.Bind(e, f)
		if err != nil {
			return err
		}
		columns = append(columns, c)
	}
	var titles []string
	for _, c := range columns {
		titles = append(titles, c.Titles()...)
		read, err := c.Read(there)
		if err != nil {
			return err
		}
		for _, cells := range read {
			all := make([]any, len(t.Points))
			for k, i := range whose {
				all[i] = cells[k]
			}
			m.Cells = append(m.Cells, all)
		}
	}
	if t.Titles == nil {
		t.Titles = titles
	} else if !slices.Equal(t.Titles, titles) {
		m.Cells = nil
		return errors.New("its columns have other components than in earlier frames")
	}
	return nil
}

// Curve is a component of a point over the frames: NaN where the point is missing or the
// value is not a number.
func (t *Trace) Curve(component, point int) []float64 {
	out := make([]float64, len(t.Moments))
	for i, m := range t.Moments {
		out[i] = math.NaN()
		if component >= len(m.Cells) {
			continue
		}
		switch v := m.Cells[component][point].(type) {
		case float32:
			out[i] = float64(v)
		case float64:
			out[i] = v
		case int64:
			out[i] = float64(v)
		case bool:
			out[i] = 0
			if v {
				out[i] = 1
			}
		}
	}
	return out
}

// Life is the first and the last frame that a point is in, as indices of Moments; ok is
// false if it is in none. If these are not the sequence's ends, the point was born or died
// within it.
func (t *Trace) Life(point int) (first, last int, ok bool) {
	first = -1
	for i, m := range t.Moments {
		if m.Rows != nil && m.Rows[point] >= 0 {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	return first, last, first >= 0
}
