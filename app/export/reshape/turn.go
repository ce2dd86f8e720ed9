package reshape

import (
	"context"
	"math"

	"iceexplorer/cache"
)

// turn is a change of units and axes.
type turn struct {
	up    bool // Y-up, right-handed, becomes Z-up, right-handed: a quarter turn about X
	scale float64
	kinds map[string]string // by attribute, instead of those that are known
	told  *telling
}

// frame changes all attributes of a frame.
func (t *turn) frame(ctx context.Context, f *cache.Frame) error {
	if !t.up && t.scale == 1 {
		return nil
	}
	t.lacking(f)
	for _, a := range f.Attributes {
		do := t.change(a, t.kindOf(a, f))
		if do == nil {
			continue
		}
		a.Ranges, a.Lengths = nil, cache.Lengths{}
		n := a.Type.Components()
		for values := a.Float32s(); len(values) > 0; {
			if err := ctx.Err(); err != nil {
				return err
			}
			part := values[:min(step*n, len(values))]
			values = values[len(part):]
			for ; len(part) > 0; part = part[n:] {
				do(part[:n])
			}
		}
	}
	return nil
}

// lacking tells of attributes whose kind was told and that the frame has not.
func (t *turn) lacking(f *cache.Frame) {
	for name := range t.kinds {
		if f.Attribute(name) == nil {
			t.told.asIs("of these a kind was told, and some frames have no such attribute", name)
		}
	}
}

// kindOf is what an attribute is taken for. Of what may mean something in space it is told where that is
// not known.
func (t *turn) kindOf(a *cache.Attribute, f *cache.Frame) kind {
	for name, k := range t.kinds {
		if !same(name, a.Name) {
			continue
		}
		if k := kindNames[k]; k.fits(a.Type) {
			return k
		}
		t.told.asIs("their type has no such kind as was told", a.Name)
		return plain
	}
	for _, k := range known {
		if same(k.name, a.Name) && k.kind.fits(a.Type) {
			if same(a.Name, "Scale") && t.up && f.Attribute("Orientation") == nil {
				t.told.asIs("it is along the axes of an Orientation, which some frames lack", a.Name)
			}
			return k.kind
		}
	}
	switch typ := a.Type; {
	case t.up && (typ == cache.TypeVector3 || rotation(typ) || typ == cache.TypeMatrix33 || typ == cache.TypeMatrix44):
		t.told.asIs("not turned, as it is not known what they mean in space", a.Name)
	case typ == cache.TypeVector3 || typ == cache.TypeMatrix44:
		t.told.asIs("not scaled, as it is not known what they mean in space", a.Name)
	}
	return plain
}

// change is what becomes of a value; nil: it stays.
func (t *turn) change(a *cache.Attribute, k kind) func(v []float32) {
	scale := func(v []float32) {
		for i := range v {
			v[i] = float32(float64(v[i]) * t.scale)
		}
	}
	up := quarter
	if !t.up {
		up = func([]float32) {}
	}
	switch {
	case k == position || k == vector:
		return func(v []float32) { up(v); scale(v) }
	case k == length:
		return scale
	case k == transform && a.Type == cache.TypeMatrix44:
		return func(v []float32) {
			for i := 0; i < 16; i += 4 { // rows are the axes and the place
				up(v[i : i+3])
			}
			scale(v[12:15])
		}
	case !t.up:
		return nil
	case k == direction:
		return quarter
	case k == transform:
		return func(v []float32) { quarter(v[:3]); quarter(v[3:6]); quarter(v[6:]) }
	case k == spin:
		return func(v []float32) { quarter(v[1:]) } // w x y z
	case k == orientation:
		return quarterAfter
	}
	return nil
}

// quarter turns x y z by 90 degrees about X: what points up along Y points up along Z.
func quarter(v []float32) { v[1], v[2] = 0-v[2], v[1] } // not -0

// quarterAfter turns by a rotation w x y z, and then by a quarter about X.
func quarterAfter(v []float32) {
	w, x, y, z := float64(v[0]), float64(v[1]), float64(v[2]), float64(v[3])
	const c = math.Sqrt2 / 2
	v[0], v[1], v[2], v[3] = float32(c*(w-x)), float32(c*(x+w)), float32(c*(y-z)), float32(c*(z+y))
}
