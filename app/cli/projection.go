package cli

import (
	"fmt"
	"slices"
	"strings"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

// projection is the columns that are printed of every frame. The first frame determines
// what they are called and how many components they have.
type projection struct {
	asking  *asking
	lead    []string     // titles of what stands before
	columns []*expr.Expr // nil until the first frame: all attributes of the frames
	every   bool         // they are all attributes
	titles  []string     // nil: no frame was seen yet
	width   []int        // components of each column
	warned  bool
}

func newProjection(a *asking, columns []*expr.Expr, lead ...string) *projection {
	return &projection{asking: a, columns: columns, lead: lead}
}

// bind finds the columns in a frame; one that it lacks and others have is nil.
func (q *projection) bind(in *input, f expr.Frame) ([]*column.Column, error) {
	if q.columns == nil {
		if err := q.allColumns(f); err != nil {
			return nil, err
		}
	}
	cols := make([]*column.Column, len(q.columns))
	var lacks, titles []string
	var width []int
	for i, e := range q.columns {
		c, has, err := q.asking.bindColumn(e, f, !q.every)
		switch {
		case err != nil && q.titles == nil:
			return nil, err
		case err != nil || q.titles != nil && has && len(c.Titles()) != q.width[i]:
			lacks = append(lacks, e.String())
			continue
		case has:
			cols[i] = c
		}
		if q.titles == nil {
			titles = append(titles, c.Titles()...)
			width = append(width, len(c.Titles()))
		}
	}
	if len(lacks) > 0 && !q.warned {
		q.warned = true
		warn(q.asking.env.Stderr, in, []string{"columns are not here what they are in the first file, and stay empty: " + strings.Join(lacks, ", ")})
	}
	if q.titles == nil {
		q.titles, q.width = slices.Concat(q.lead, titles), width
		q.asking.rows.Head(distinct(q.titles))
	}
	return cols, nil
}

// distinct numbers titles that are there before: JSON has them as keys.
func distinct(titles []string) []string {
	out := make([]string, 0, len(titles))
	for _, t := range titles {
		name := t
		for n := 2; slices.Contains(out, name); n++ {
			name = fmt.Sprintf("%s (%d)", t, n)
		}
		out = append(out, name)
	}
	return out
}

// allColumns asks for all attributes of points that do not stand in front of them: those of
// the first frame, and behind them what only others have.
func (q *projection) allColumns(f expr.Frame) error {
	q.columns, q.every = []*expr.Expr{}, true
	known := map[string]bool{}
	add := func(name string, in cache.Context) error {
		name = cache.TrimPadding(name)
		key := strings.ToLower(name)
		if known[key] || in != cache.Context0D && in != cache.ContextSingleton || slices.Contains(q.lead, name) {
			return nil // or it stands there already
		}
		known[key] = true
		e, err := expr.Parse(expr.Quote(name))
		q.columns = append(q.columns, e)
		return err
	}
	for _, a := range f.Attributes {
		if err := add(a.Name, a.Context); err != nil {
			return err
		}
	}
	if len(q.asking.files) == 1 {
		return nil
	}
	others, err := q.asking.learn(q.asking.files)
	if err != nil {
		return err
	}
	for _, a := range others {
		if err := add(a.Name, a.Context); err != nil {
			return err
		}
	}
	return nil
}

// cells appends the values of column i for the k-th row; read is nil if there are none.
func (q *projection) cells(line []any, i int, read [][]any, k int) []any {
	for w := range q.width[i] {
		var cell any
		if read != nil {
			cell = read[w][k]
		}
		line = append(line, cell)
	}
	return line
}
