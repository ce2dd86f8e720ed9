package reshape

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
)

// derivation reads speed=PointVelocity.mag.
func derivation(text string) (name string, e *expr.Expr, err error) {
	name, of, ok := strings.Cut(text, "=")
	name = strings.TrimSpace(name)
	if !ok || name == "" || strings.TrimSpace(of) == "" {
		return "", nil, fmt.Errorf("%q: want a name and an expression, such as speed=PointVelocity.mag", text)
	}
	if len(name) > cache.MaxNameLen {
		return "", nil, fmt.Errorf("the name of a derived attribute has more than %d bytes", cache.MaxNameLen)
	}
	if e, err = expr.Parse(of); err != nil {
		return "", nil, fmt.Errorf("%s: %w", name, err)
	}
	return name, e, nil
}

// derive makes attributes of the points of a mask; nil: of all.
func derive(ctx context.Context, on expr.Frame, mask *bitset.BitSet, texts []string) ([]*cache.Attribute, error) {
	var out []*cache.Attribute
	for _, text := range texts {
		name, e, err := derivation(text)
		if err != nil {
			return nil, err
		}
		p, err := e.Bind(on)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		d := deriver{name: name, p: p, mask: mask, points: uint64(p.Rows())}
		if mask != nil {
			d.points = uint64(mask.Count())
		}
		d.header = on.Header
		d.header.Points = uint32(d.points)
		f, err := d.frame(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		a := f.Attributes[0]
		if err := measure.ColumnContext(ctx, &a.Column, a.Bytes()); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// deriver makes one attribute.
type deriver struct {
	name   string
	p      *expr.Program
	mask   *bitset.BitSet
	header cache.Header
	points uint64
}

// frame is one with the attribute alone, in memory of its own.
func (d *deriver) frame(ctx context.Context) (*cache.Frame, error) {
	typ := d.dataType()
	rows := d.points
	if d.p.Fixed() {
		rows = min(rows, 1)
	}
	if typ == cache.TypeString {
		return d.texts(ctx, rows)
	}
	c := cache.Column{
		Name: d.name, Type: typ, Structure: cache.Single, Context: cache.Context0D, Category: cache.CategoryCustom,
		Constant: rows == 1 && d.points > 1, Rows: rows, Values: rows, Data: cache.Span{Len: rows * typ.ValueSize()},
	}
	ix := &cache.Index{Header: d.header, Columns: []cache.Column{c}, Storage: cache.StorageMapped}
	f, err := cache.NewFrame(ix, make([]byte, max(c.Data.Len, 64)), nil) // as large as to be aligned
	if err != nil {
		return nil, err
	}
	a := f.Attributes[0]
	return f, d.chunks(rows, func(at int, rows []uint32) error { return d.fill(ctx, a, at, rows) })
}

// dataType is that of an attribute which is the expression, or one that fits its values.
func (d *deriver) dataType() cache.DataType {
	if a := d.p.Attribute(); a != nil && a.Type != cache.TypeShape && (a.Type.Variable() || a.Type.Components() == d.p.Components()) {
		return a.Type
	}
	switch d.p.Type() {
	case expr.String:
		return cache.TypeString
	case expr.Bool:
		return cache.TypeBool
	case expr.Int:
		if d.p.Components() == 1 {
			return cache.TypeLong
		}
	}
	switch names := strings.Join(d.p.ComponentNames(), ""); {
	case names == "rgba":
		return cache.TypeColor4
	case names == "wxyz":
		return cache.TypeQuaternion
	case len(d.p.ComponentNames()) == 9:
		return cache.TypeMatrix33
	case len(d.p.ComponentNames()) == 16:
		return cache.TypeMatrix44
	}
	return [...]cache.DataType{cache.TypeFloat, cache.TypeFloat, cache.TypeVector2, cache.TypeVector3, cache.TypeVector4}[min(d.p.Components(), 4)]
}

// chunkRows is how many rows are computed at a time.
const chunkRows = 1 << 14

// chunks calls do with the first so many of the rows wanted.
func (d *deriver) chunks(limit uint64, do func(at int, rows []uint32) error) error {
	rows := make([]uint32, 0, min(limit, chunkRows))
	next := uint(0)
	for at := uint64(0); at < limit; at += uint64(len(rows)) {
		rows = rows[:min(limit-at, chunkRows)]
		for i := range rows {
			if d.mask != nil {
				next, _ = d.mask.NextSet(next)
			}
			rows[i] = uint32(next)
			next++
		}
		if err := do(int(at), rows); err != nil {
			return err
		}
	}
	return nil
}

// fill computes the values of rows, the first of which is at a place of the attribute.
func (d *deriver) fill(ctx context.Context, a *cache.Attribute, at int, rows []uint32) error {
	if floats := a.Float32s(); floats != nil {
		n := d.p.Components()
		part := make([]float32, len(rows))
		for k := range n {
			if err := d.p.Float32s(ctx, k, rows, part); err != nil {
				return err
			}
			for i, v := range part {
				floats[(at+i)*n+k] = v
			}
		}
		return nil
	}
	part := make([]int64, len(rows))
	if err := d.p.Int64s(ctx, 0, rows, part); err != nil {
		return err
	}
	ints := a.Int32s()
	for i, v := range part {
		switch {
		case ints == nil:
			a.Bytes()[at+i] = byte(v)
		case v != int64(int32(v)):
			return fmt.Errorf("point %d would have %d, and whole numbers go from %d to %d", rows[i], v, math.MinInt32, math.MaxInt32)
		default:
			ints[at+i] = int32(v)
		}
	}
	return nil
}

// texts is frame for text.
func (d *deriver) texts(ctx context.Context, rows uint64) (*cache.Frame, error) {
	var data []byte
	offsets := make([]uint64, 1, rows+1)
	err := d.chunks(rows, func(_ int, rows []uint32) error {
		part := make([]string, len(rows))
		if err := d.p.Strings(ctx, rows, part); err != nil {
			return err
		}
		for _, s := range part {
			data = append(data, s...)
			offsets = append(offsets, uint64(len(data)))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	b := cache.NewBuilder(d.header)
	b.Add(cache.Column{Name: d.name, Type: cache.TypeString, Category: cache.CategoryCustom, Constant: rows == 1 && d.points > 1}, data, offsets)
	return b.Frame()
}
