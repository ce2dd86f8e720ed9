package cli

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/order"
)

func queryVerb() verb {
	return verb{
		name: "query", args: "PATH...",
		short: "print the points that meet a condition, and their values",
		long: `
Prints a row for each point: its index, its frame if there are several files, its
sequence if there are several, and the columns asked for, or all attributes without
--columns. Conditions, columns and sort keys are expressions such as
'Age > 1 and P.y < 0', 'v.mag' or 'ID in [3, 7..20]'; docs/expressions.md describes
them. What a frame lacks and others of its sequence have stays empty there; one warning
names the frames, and the exit status is 0. What no frame has is an error.

The five fastest points of all frames:
  iceexplorer query --sort=-v.mag --limit 5 --columns ID,v.mag PATH`,
		flags: func(f *flags) {
			f.string("where", "EXPR", "only points that meet this condition")
			f.string("columns", "EXPR,...", "the values to print of each point")
			f.string("sort", "EXPR", "sort the rows of all frames, lowest first and NaN last;\n--sort=-EXPR puts the highest first")
			f.number("limit", "N", 1, "print at most this many rows")
			askFlags(f)
		},
		run: query,
	}
}

// asker is a run of query.
type asker struct {
	*asking
	*projection
	where, by *expr.Expr
	limit     int
	many      bool // several files: rows have a frame
	left      int
	best      []kept
}

// kept is a row that waits until all frames are sorted.
type kept struct {
	key   any // float64, int64 or string
	cells []any
}

// maxKept is how many cells of rows to be sorted are kept.
const maxKept = 50_000_000

func query(ctx context.Context, f *flags, env Env) error {
	where, err := expression(f, "where")
	if err != nil {
		return err
	}
	by, err := expression(f, "sort")
	if err != nil {
		return err
	}
	columns, err := expressions(f, "columns")
	if err != nil {
		return err
	}
	a, err := newAsking(f, env)
	if err != nil {
		return err
	}
	lead := []string{"frame", "index"}
	many := len(a.files) > 1
	if !many {
		lead = lead[1:]
	}
	mixed := nameSequences(a.files)
	if mixed {
		lead = slices.Insert(lead, 0, "sequence")
	}
	q := &asker{asking: a, projection: newProjection(a, columns, lead...), where: where, by: by, limit: int(min(f.num("limit"), math.MaxInt32)), many: many}
	if q.limit == 0 {
		q.limit = math.MaxInt
	}
	q.left = q.limit
	a.last = q.sorted
	return a.each(ctx, f, func(in *input, frame expr.Frame) (bool, error) { return q.frame(ctx, in, frame) })
}

// frame prints the rows of a frame, or keeps them.
func (q *asker) frame(ctx context.Context, in *input, f expr.Frame) (more bool, err error) {
	rows, err := q.selected(ctx, q.where, f)
	if err != nil {
		return true, err
	}
	var p *expr.Program
	var sortable bool
	if q.by != nil { // before titles are printed
		if p, sortable, err = q.asking.bind(q.by, f, forOrder); err == nil {
			err = order.Sortable(p)
		}
		if err != nil {
			return true, err
		}
	}
	cols, err := q.projection.bind(in, f)
	if err != nil {
		return true, err
	}
	if q.by == nil {
		if len(rows) > q.left {
			rows = rows[:q.left]
		}
		q.left -= len(rows)
		return q.left > 0, q.print(in, cols, rows, q.rows.Row)
	}
	if sortable {
		if rows, err = order.By(ctx, p, rows, order.Options{}); err != nil {
			return true, err
		}
	}
	rows = rows[:min(len(rows), q.limit)]
	keys := make([]any, len(rows)) // without one, rows come last
	if sortable {
		if keys, err = keysOf(ctx, p, rows); err != nil {
			return true, err
		}
	}
	if (len(q.best)+len(rows))*len(q.titles) > maxKept {
		return false, errors.New("too many rows to sort: ask for fewer with --limit")
	}
	i := 0
	err = q.print(in, cols, rows, func(cells []any) error {
		q.best = append(q.best, kept{keys[i], slices.Clone(cells)})
		i++
		return nil
	})
	slices.SortStableFunc(q.best, func(a, b kept) int { return compareKeys(a.key, b.key) })
	q.best = q.best[:min(len(q.best), q.limit)]
	return true, err
}

// sorted prints what was kept.
func (q *asker) sorted() error {
	for _, k := range q.best {
		if err := q.rows.Row(k.cells); err != nil {
			return err
		}
	}
	return nil
}

// selected are the rows that meet a condition; all of them if there is none, and none in a
// frame that lacks what it asks for.
func (a *asking) selected(ctx context.Context, where *expr.Expr, f expr.Frame) ([]uint32, error) {
	n := uint(f.Header.Points)
	mask := bitset.New(n)
	if where == nil {
		mask.FlipRange(0, n)
	} else {
		p, has, err := a.bind(where, f, forCondition)
		if err == nil {
			err = p.Condition()
		}
		if err != nil || !has {
			return nil, err
		}
		if mask, err = p.Mask(ctx); err != nil {
			return nil, err
		}
	}
	return order.Rows(mask), nil
}

// keysOf are the values that rows are sorted by.
func keysOf(ctx context.Context, p *expr.Program, rows []uint32) ([]any, error) {
	out := make([]any, len(rows))
	var err error
	switch p.Type() {
	case expr.String:
		k := make([]string, len(rows))
		err = p.Strings(ctx, rows, k)
		for i := range k {
			out[i] = k[i]
		}
	case expr.Float32, expr.Float64:
		k := make([]float64, len(rows))
		err = p.Float64s(ctx, 0, rows, k)
		for i := range k {
			out[i] = k[i]
		}
	default:
		k := make([]int64, len(rows))
		err = p.Int64s(ctx, 0, rows, k)
		for i := range k {
			out[i] = k[i]
		}
	}
	return out, err
}

// compareKeys puts NaN last, and nil after it. Keys whose type differs between frames are compared as far as
// possible.
func compareKeys(a, b any) int {
	if b == nil && a != nil {
		return -1
	}
	switch x := a.(type) {
	case nil:
		if b != nil {
			return 1
		}
	case string:
		if y, ok := b.(string); ok {
			return cmp.Compare(x, y)
		}
		return 1
	case int64:
		if y, ok := b.(int64); ok {
			return cmp.Compare(x, y)
		}
		return compareKeys(float64(x), b)
	case float64:
		y, ok := b.(float64)
		if i, whole := b.(int64); whole {
			y, ok = float64(i), true
		}
		switch {
		case !ok:
			return -1
		case x != x && y != y:
			return 0
		case x != x:
			return 1
		case y != y:
			return -1
		}
		return cmp.Compare(x, y)
	}
	return 0
}

// printedAtOnce is how many rows are read at a time.
const printedAtOnce = 1024

// print hands over the cells of rows.
func (q *asker) print(in *input, cols []*column.Column, rows []uint32, put func(cells []any) error) error {
	line := make([]any, len(q.titles))
	for part := range slices.Chunk(rows, printedAtOnce) {
		read := make([][][]any, len(cols))
		for i, c := range cols {
			if c == nil {
				continue
			}
			var err error
			if read[i], err = c.Read(part); err != nil {
				return err
			}
		}
		for k, row := range part {
			line = line[:0]
			if q.mixed {
				line = append(line, q.sequence)
			}
			if q.many {
				line = append(line, float64(in.Number))
			}
			line = append(line, int64(row))
			for i := range cols {
				line = q.cells(line, i, read[i], k)
			}
			if err := put(line); err != nil {
				return err
			}
		}
	}
	return nil
}
