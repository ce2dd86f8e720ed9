package stage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/value"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
)

// BoundsOf is the box of some of a frame's points; empty if none has a place.
func BoundsOf(f *cache.Frame, rows *bitset.BitSet) gfx.Box {
	box := gfx.EmptyBox()
	a := f.Attribute("PointPosition")
	if a == nil || a.Type != cache.TypeVector3 || a.Structure != cache.Single || rows == nil {
		return box
	}
	// A mapping that was cut short has no bounds; drawing meets the fault too.
	_ = fault.Guard(func() {
		pos := a.Float32s()
		for i := range rows.EachSet() {
			from, to := a.Row(uint64(i))
			if to <= from || 3*to > uint64(len(pos)) {
				continue
			}
			p := [3]float32(pos[3*from : 3*to])
			if finite(p[:]) {
				box = box.Union(gfx.BoxOf(p, p))
			}
		}
	})
	return box
}

func finite(v []float32) bool {
	for _, x := range v {
		if x-x != 0 {
			return false
		}
	}
	return true
}

// tellFirst are the attributes that say most of a point, in order.
var tellFirst = []string{"PointPosition", "PointVelocity", "Age", "Size", "Mass", "Color"}

// PointFacts are what one wants to know of a point at a glance, as names and
// values: its identity, what it is coloured by, and a few attributes more.
func PointFacts(f *cache.Frame, index uint64, v *look.Look) [][2]string {
	var out [][2]string
	err := fault.Guard(func() {
		if ids := probe.IDs(f); ids != nil && index < uint64(len(ids)) {
			out = append(out, [2]string{"ID", fmt.Sprint(ids[index])})
		}
		out = append(out, [2]string{"point", fmt.Sprint(index)})
		names := tellFirst
		if v.ColorMode == style.ColorScalar {
			if a := f.Attribute(v.Scalar); a != nil && v.Component == style.Magnitude && a.Type.Components() > 1 {
				if c := components(a, index); c != nil {
					out = append(out, [2]string{scalarTitle(a.Name, a.Type, v.Component), value.Short(value.Length(c))})
				}
			}
			if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, cache.TrimPadding(v.Scalar)) }) {
				names = append([]string{v.Scalar}, names...)
			}
		}
		for _, name := range names {
			a := f.Attribute(name)
			if a == nil || strings.EqualFold(cache.TrimPadding(a.Name), "ID") {
				continue
			}
			if c := components(a, index); c != nil {
				var text []string
				for _, x := range c {
					text = append(text, value.Short(x))
				}
				out = append(out, [2]string{cache.TrimPadding(a.Name), strings.Join(text, "  ")})
			}
		}
	})
	if err != nil {
		return [][2]string{{"point", fmt.Sprint(index)}}
	}
	return out
}

// components are a point's value of a single attribute of numbers, nil if it has
// none or too many to be read at a glance.
func components(a *cache.Attribute, index uint64) []float64 {
	if a.Structure != cache.Single || a.Context != cache.Context0D || a.Type.Components() > 4 {
		return nil
	}
	from, to := a.Row(index)
	if to != from+1 {
		return nil
	}
	return value.Numbers(a, from)
}
