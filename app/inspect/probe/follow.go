package probe

import (
	"context"
	"errors"
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
	Points  []int32 // IDs, or places in the file; each once
	ByID    bool    // else by place: the same point as long as no point before it is born or dies
	Columns []*expr.Expr
	FPS     float64
}

// ErrNoIDs says that points cannot be followed by ID.
var ErrNoIDs = errors.New("the points have no ID")

// Attributes are all that a frame must have for the query.
func (q *Query) Attributes() []string {
	out := []string{idName}
	for _, e := range q.Columns {
		out = append(out, e.Attributes()...)
	}
	return out
}

// Restrict has files loaded with no more than the query needs. The first is loaded with all:
// what is wrong with a column is told by what there is in its place.
func (q *Query) Restrict(files []frames.File) {
	only := q.Attributes()
	for i := 1; i < len(files); i++ {
		files[i].Only = only
	}
}

// Finder looks for the points in one frame after another, which is fastest if these are
// neighbours. It belongs to one goroutine.
type Finder struct {
	query Query
	at    []int // last row of each
}

// NewFinder makes a finder.
func NewFinder(q Query) *Finder { return &Finder{q, make([]int, len(q.Points))} }

// Look finds the points in a frame.
func (d *Finder) Look(f expr.Frame) Moment {
	m := Moment{Number: f.Number}
	rows := make([]int, len(d.query.Points))
	err := fault.Guard(func() { m.Err = d.find(f.Frame, rows) })
	if m.Err = errors.Join(err, m.Err); m.Err != nil {
		return m
	}
	m.Rows = rows
	var there []uint32 // rows of the points that are there
	var whose []int
	for i, row := range rows {
		if row >= 0 {
			there, whose = append(there, uint32(row)), append(whose, i)
		}
	}
	for _, e := range d.query.Columns {
		m.Columns = append(m.Columns, read(e, f, there, whose, len(rows)))
	}
	return m
}

// find finds the rows of the points, -1 for those that are not there.
func (d *Finder) find(f *cache.Frame, rows []int) error {
	if !d.query.ByID {
		for i, p := range d.query.Points {
			if rows[i] = -1; p >= 0 && int64(p) < int64(f.Header.Points) {
				rows[i] = int(p)
			}
		}
		return nil
	}
	ids, known := IDs(f), cache.Range{}
	if ids == nil && f.Header.Points > 0 {
		return ErrNoIDs
	}
	if ids != nil {
		if a := f.Attribute(idName); len(a.Ranges) == 1 {
			known = a.Ranges[0]
		}
	}
	findAll(ids, known, d.query.Points, d.at, rows)
	return nil
}

// read reads a column of the points that are there; whose are their places among all n.
func read(e *expr.Expr, f expr.Frame, there []uint32, whose []int, n int) Cells {
	c, err := column.Bind(e, f)
	if err != nil {
		return Cells{Err: err}
	}
	out := Cells{Titles: c.Titles()}
	cells, err := c.Read(there)
	if err != nil {
		return Cells{Err: err}
	}
	for _, of := range cells {
		all := make([]any, n)
		for k, i := range whose {
			all[i] = of[k]
		}
		out.Values = append(out.Values, all)
	}
	return out
}

// Follow finds the points in all frames. ahead is how many frames are loaded at a time, and
// done is called after each with how many are finished. The error is that of ctx.
func Follow(ctx context.Context, pool frames.Pool, files []frames.File, ahead int, q Query, done func(n int)) (*Trace, error) {
	numbers := make([]cache.Number, len(files))
	for i := range files {
		numbers[i] = files[i].Number
	}
	files = slices.Clone(files)
	q.Restrict(files)
	t, finder := NewTrace(q, numbers), NewFinder(q)
	err := frames.Each(ctx, pool, files, ahead, func(i int, f *cache.Frame, err error) bool {
		m := Moment{Number: numbers[i], Err: err}
		if err == nil {
			m = finder.Look(expr.Frame{Frame: f, Number: numbers[i], FPS: q.FPS})
		}
		t.Take(i, m)
		done(i + 1)
		return true
	})
	return t, err
}
