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
		if a := f.Frame.Attribute(name); a != nil {
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
func (c *Column) Read(rows []uint32) ([][]any, error) {
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
				cells[0][i] = c.stored(uint64(row))
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

// stored is an attribute's cell as it is in the file.
func (c *Column) stored(row uint64) any {
	a := c.Attribute
	if a.NumRows() == 1 && c.rows != 1 {
		row = 0 // of the frame
	}
	values := value.OfRow(nil, a, row)
	switch {
	case a.Structure == cache.Array:
		return values
	case len(values) == 0:
		return nil
	}
	return values[0]
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
