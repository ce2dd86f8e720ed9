// Package stage turns frames and the user's way of looking at them into what the
// renderer draws. The window and the render verb share it, so that a saved picture
// is the one that was seen. It copies no column.
package stage

import (
	"fmt"
	"slices"

	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/gfx"
	"iceexplorer/gfx/style"
)

// Bounds is the box of a frame's points, from the ranges the reader measured;
// empty if there are none.
func Bounds(f *cache.Frame) gfx.Box {
	a := f.Attribute("PointPosition")
	if a == nil || len(a.Ranges) != 3 || a.Ranges[0].Finite == 0 || a.Ranges[1].Finite == 0 || a.Ranges[2].Finite == 0 {
		return gfx.EmptyBox()
	}
	var lo, hi [3]float32
	for i, r := range a.Ranges {
		lo[i], hi[i] = float32(r.Min), float32(r.Max)
	}
	return gfx.BoxOf(lo, hi)
}

// Cloud is a frame as a cloud of the renderer. scale is that of the view's scalar, if it
// colours by one.
func Cloud(f *cache.Frame, layer, key uint64, v *look.Look, scale Scale) gfx.Cloud {
	c := gfx.Cloud{Layer: layer, Key: key, Coloring: coloring(f, v, scale), Drawing: drawing(v)}
	var why string
	if c.Position, why = positions(f); why != "" {
		return c
	}
	c.N = int(f.Header.Points)
	c.Color = column(f, "Color", 4)
	c.Size = column(f, "Size", 1)
	if v.Shapes {
		c.Shape = column(f, "Shape", 1)
		c.Scale = column(f, "Scale", 3)
		if c.Orientation = column(f, "Orientation", 4); !c.Orientation.Present() {
			c.Orientation = column(f, "Rotation", 4)
		}
	}
	if v.ColorMode == style.ColorScalar {
		c.Scalar = column(f, v.Scalar, 0)
	}
	if v.Vectors != "" {
		c.Vector = column(f, v.Vectors, 3)
	}
	if v.Strands {
		if a := f.Attribute("StrandPosition"); a != nil && a.Structure == cache.Array && a.Type == cache.TypeVector3 && !a.Constant && a.Rows == uint64(c.N) {
			c.Strands = gfx.Strands{Offsets: a.RowOffsets(), Points: a.Float32s()}
		}
	}
	return c
}

// positions are the places of a frame's points, or why they are not known.
func positions(f *cache.Frame) (pos []float32, why string) {
	a := f.Attribute("PointPosition")
	switch {
	case a == nil:
		return nil, "PointPosition is missing"
	case a.Type != cache.TypeVector3 || a.Structure != cache.Single:
		return nil, fmt.Sprintf("PointPosition is %v %v, not one vector3 per point", a.Structure, a.Type)
	}
	if pos = a.Float32s(); len(pos) != 3 && len(pos) != 3*int(f.Header.Points) {
		return nil, fmt.Sprintf("PointPosition has values for %d of %d points", len(pos)/3, f.Header.Points)
	}
	return pos, ""
}

// Trouble is what a picture of a frame has to say, as lines: that its file is damaged,
// or why it has points and shows none. There is none of a frame in order.
func Trouble(name string, number cache.Number, f *cache.Frame) []string {
	if f.Damage != nil {
		state := "the file of frame %v is damaged"
		if f.Damage.Foreign {
			state = "frame %v could be read only in part"
		}
		return []string{name + ": " + fmt.Sprintf(state, number), f.Damage.String()}
	}
	if _, why := positions(f); why != "" && f.Header.Points > 0 {
		return []string{fmt.Sprintf("%s: no point of frame %v can be drawn", name, number), why}
	}
	return nil
}

// column is a single attribute of the points as the renderer takes it; absent if
// it does not have comps components (0: any) or one row per point.
func column(f *cache.Frame, name string, comps int) gfx.Attrib {
	a := f.Attribute(name)
	if a == nil || a.Structure != cache.Single || a.Context != cache.Context0D || a.Type.Components() == 0 ||
		comps != 0 && a.Type.Components() != comps || a.Rows != 1 && a.Rows != uint64(f.Header.Points) {
		return gfx.Attrib{}
	}
	g := gfx.Attrib{Comps: a.Type.Components()}
	switch a.Type.Elem() {
	case cache.ElemFloat32:
		g.F = a.Float32s()
	case cache.ElemInt32:
		g.I = a.Int32s()
	case cache.ElemUint8:
		g.U = a.Bytes()
	}
	return g
}

// drawing is how points with a look are drawn.
func drawing(v *look.Look) *gfx.Drawing {
	width := float64(v.LineWidth)
	return &gfx.Drawing{
		Points: gfx.PointOptions{Fixed: float64(v.FixedSize), Scale: float64(v.PointScale)}, NoShapes: !v.Shapes,
		Vectors: gfx.VectorOptions{On: v.Vectors != "", Scale: float64(v.VectorScale), Width: width},
		Strands: gfx.LineOptions{On: v.Strands, Width: width}, Trails: gfx.LineOptions{On: v.Trails > 0, Width: width, Fade: true},
		Transparency: 1 - float64(v.Opacity),
	}
}

// Apply sets the options of the renderer's view that the user chose for all clouds, which are
// to be drawn.
func Apply(v *look.Look, g *gfx.View, clouds []gfx.Cloud) {
	g.Grid, g.GridLabels, g.Gizmo, g.BoundsBox, g.Legend = v.Grid, v.Grid, v.Axes, v.Bounds, v.Legend
	g.DepthCue, g.Background.Top, g.Background.Bottom = float64(v.DepthCue), v.Top, v.Bottom
	if !slices.ContainsFunc(clouds, func(c gfx.Cloud) bool { return c.Size.Present() }) {
		for i := range clouds {
			if d := clouds[i].Drawing; d.Points.Fixed == 0 {
				d.Points.Fixed = float64(v.PointSize)
			}
		}
	}
	g.Density = gfx.Density{On: v.Density, Exposure: float64(v.Exposure)}
	g.Detail.ShapeLimit, g.Detail.PointLimit = v.ShapeLimit, v.PointLimit
	g.Clip = Clip(v)
}

// Clip is what the view's clipping keeps.
func Clip(v *look.Look) gfx.Clip {
	switch v.ClipMode {
	case look.ClipBox:
		return gfx.Clip{On: true, Box: gfx.Box{Min: v.ClipMin, Max: v.ClipMax}}
	case look.ClipSlab:
		return gfx.Slab(int(v.SlabAxis), v.ClipMin[v.SlabAxis], v.ClipMax[v.SlabAxis])
	}
	return gfx.Clip{}
}
