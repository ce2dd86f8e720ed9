// Package column is what a table shows of each point: an attribute as it is, or the value of
// an expression. Only the rows asked for are read.
package column

import (
	"context"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/value"
)

// Column is an expression bound to a frame. It may be used until the frame is closed.
type Column struct {
	Title     string
	Attribute *cache.Attribute // that it shows as it is; nil: an expression

	program *expr.Program // nil: of an attribute that cannot be computed with
	rows    uint64
}

// Bind finds what an expression means in a frame. Any attribute can be shown, even arrays,
// blobs and those that belong to the frame or to edges. The error is an *expr.Error or
// fault.Err.
func Bind(e *expr.Expr, f expr.Frame) (*Column, error) {
	c := &Column{Title: e.String(), rows: uint64(f.Header.Points)}
	p, err := e.Bind(f)
	if err == nil {
		c.program, c.Attribute = p, p.Attribute()
		return c, nil
	}
	if name := e.Name(); name != "" {
		a := f.Frame.Attribute(name)
		if long, part, ok := expr.Short(name); a == nil && ok && part == "" {
			a = f.Frame.Attribute(long)
		}
		if a != nil {
			c.Attribute = a
			return c, nil
		}
	}
	return nil, err
}

// Components are the names of the components that stand side by side; nil if there is one.
func (c *Column) Components() []string {
	if c.program == nil {
		return nil
	}
	return c.program.ComponentNames()
}

// Titles are the titles of the components: PointPosition.x, or the title alone.
func (c *Column) Titles() []string {
	names := c.Components()
	if names == nil {
		return []string{c.Title}
	}
	var out []string
	for _, n := range names {
		out = append(out, c.Title+"."+n)
	}
	return out
}

// Numeric reports whether the cells are numbers.
func (c *Column) Numeric() bool {
	return c.program != nil && c.program.Type() != expr.String && c.program.Type() != expr.Bool && !c.shapes()
}

func (c *Column) shapes() bool { return c.Attribute != nil && c.Attribute.Type == cache.TypeShape }

// Program evaluates the column; nil if it cannot be computed with.
func (c *Column) Program() *expr.Program { return c.program }

// Read returns the cells of rows, by component and by row: float32, float64, int64, bool,
// string, []any (an array), []byte (a blob), cache.ShapeRecord, or nil where a row has
// no value. The error is fault.Err.
func (c *Column) Read(rows []uint32) ([][]any, error) { return c.read(rows, -1) }

// Array is the beginning of an array.
type Array struct {
	Len   int
	First []any
}

// Glance is Read for those who show only the beginning of arrays: it reads as many of their
// values as given, and returns an Array for each.
func (c *Column) Glance(rows []uint32, most int) ([][]any, error) { return c.read(rows, most) }

func (c *Column) read(rows []uint32, most int) ([][]any, error) {
	n := max(len(c.Components()), 1)
	cells := make([][]any, n)
	for k := range cells {
		cells[k] = make([]any, len(rows))
	}
	if len(rows) == 0 {
		return cells, nil // a program would take no rows for all
	}
	if c.program == nil || c.shapes() {
		return cells, fault.Guard(func() {
			for i, row := range rows {
				cells[0][i] = c.stored(uint64(row), most)
			}
		})
	}
	for k := range cells {
		if err := c.component(k, rows, cells[k]); err != nil {
			return nil, err
		}
	}
	return cells, nil
}

// run is where the stored values of a row lie.
func (c *Column) run(row uint64) (from, to uint64) {
	if c.Attribute.NumRows() == 1 && c.rows != 1 {
		row = 0 // of the frame
	}
	return c.Attribute.Row(row)
}

// stored is an attribute's cell as it is in the file; of an array that is glanced at the
// beginning.
func (c *Column) stored(row uint64, most int) any {
	a := c.Attribute
	from, to := c.run(row)
	switch {
	case a.Structure == cache.Array && most >= 0:
		return Array{Len: int(to - from), First: values(a, from, min(to, from+uint64(most)))}
	case a.Structure == cache.Array:
		return values(a, from, to)
	case from == to:
		return nil
	}
	return value.Of(a, from)
}

func values(a *cache.Attribute, from, to uint64) []any {
	out := make([]any, 0, to-from)
	for v := from; v < to; v++ {
		out = append(out, value.Of(a, v))
	}
	return out
}

// IsArray reports whether the cells are arrays.
func (c *Column) IsArray() bool { return c.Attribute != nil && c.Attribute.Structure == cache.Array }

// Len is how many values the array of a row has. The error is fault.Err.
func (c *Column) Len(row uint32) (n int, err error) {
	err = fault.Guard(func() {
		from, to := c.run(uint64(row))
		n = int(to - from)
	})
	return n, err
}

// Values are those of a row's array from one place to another, as far as it has them. The
// error is fault.Err.
func (c *Column) Values(row uint32, from, to int) (out []any, err error) {
	err = fault.Guard(func() {
		at, end := c.run(uint64(row))
		n := end - at
		out = values(c.Attribute, at+min(uint64(max(from, 0)), n), at+min(uint64(max(to, from, 0)), n))
	})
	return out, err
}

func (c *Column) component(k int, rows []uint32, cells []any) error {
	ctx := context.Background() // few rows
	switch c.program.Type() {
	case expr.String:
		v := make([]string, len(rows))
		if err := c.program.Strings(ctx, rows, v); err != nil {
			return err
		}
		box(cells, v)
	case expr.Float32:
		v := make([]float32, len(rows))
		if err := c.program.Float32s(ctx, k, rows, v); err != nil {
			return err
		}
		box(cells, v)
	case expr.Float64:
		v := make([]float64, len(rows))
		if err := c.program.Float64s(ctx, k, rows, v); err != nil {
			return err
		}
		box(cells, v)
	default:
		v := make([]int64, len(rows))
		if err := c.program.Int64s(ctx, k, rows, v); err != nil {
			return err
		}
		for i, x := range v {
			if cells[i] = x; c.program.Type() == expr.Bool {
				cells[i] = x != 0
			}
		}
	}
	return nil
}

func box[T any](cells []any, values []T) {
	for i, v := range values {
		cells[i] = v
	}
}
