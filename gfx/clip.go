package gfx

import "math"

// ClipHandle is a point one can drag to move a face of the clip box.
type ClipHandle struct {
	Axis int
	Max  bool // the face at Box.Max
	At   Vec3
}

// Handles are those of the finite faces; infinite edges are cut at the bounds.
func (c Clip) Handles(bounds Box) []ClipHandle {
	if !c.On {
		return nil
	}
	b := c.visible(bounds)
	ctr := b.Center()
	var out []ClipHandle
	for axis := range 3 {
		for _, hi := range []bool{false, true} {
			at := c.Box.Min[axis]
			if hi {
				at = c.Box.Max[axis]
			}
			if math.IsInf(at, 0) {
				continue
			}
			p := ctr
			p[axis] = at
			out = append(out, ClipHandle{axis, hi, p})
		}
	}
	return out
}

// visible is the clip box with its infinite ends moved to the bounds.
func (c Clip) visible(bounds Box) Box {
	b := c.Box
	if bounds.Empty() {
		bounds = Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}
	}
	for i := range 3 {
		if math.IsInf(b.Min[i], -1) {
			b.Min[i] = math.Min(bounds.Min[i], b.Max[i])
		}
		if math.IsInf(b.Max[i], 1) {
			b.Max[i] = math.Max(bounds.Max[i], b.Min[i])
		}
	}
	return b
}

// ClipHandleAt finds the handle within 9 pixels of x, y (y down) of a w x h view.
func (v *View) ClipHandleAt(x, y float64, w, h int) (ClipHandle, bool) {
	m := v.Camera.Matrices(sceneBounds(v, v.Bounds), float64(w), float64(h))
	best, found := 9*positive(v.UIScale, 1), false
	var out ClipHandle
	for _, k := range v.Clip.Handles(v.Bounds) {
		px, py, _, ok := m.Project(k.At)
		if d := math.Hypot(px-x, py-y); ok && d <= best {
			best, out, found = d, k, true
		}
	}
	return out, found
}

// DragClip moves a handle's face so that the handle follows a mouse that went dx, dy pixels,
// and returns the handle at its new place. A face never passes the opposite one.
func (v *View) DragClip(k ClipHandle, dx, dy float64, w, h int) ClipHandle {
	m := v.Camera.Matrices(sceneBounds(v, v.Bounds), float64(w), float64(h))
	x0, y0, _, ok := m.Project(k.At)
	var unit Vec3
	unit[k.Axis] = 1
	step := 1 / m.PixelsPerUnit(k.At) // about a pixel
	x1, y1, _, ok1 := m.Project(k.At.Add(unit.Mul(step)))
	if !ok || !ok1 {
		return k
	}
	ax, ay := x1-x0, y1-y0
	l := ax*ax + ay*ay
	if l < 0.01 {
		return k // the axis points at the eye: no direction to drag in
	}
	at := k.At[k.Axis] + (dx*ax+dy*ay)/l*step
	if k.Max {
		at = math.Max(at, v.Clip.Box.Min[k.Axis])
		v.Clip.Box.Max[k.Axis] = at
	} else {
		at = math.Min(at, v.Clip.Box.Max[k.Axis])
		v.Clip.Box.Min[k.Axis] = at
	}
	k.At[k.Axis] = at
	return k
}

func (r *Renderer) addClip(f *frame) {
	r.lines.box(f.v.Clip.visible(f.v.Bounds), 1.4*f.scale, rgba{250, 190, 92, 170})
}

func (r *Renderer) drawClipHandles(f *frame) {
	for _, k := range f.v.Clip.Handles(f.v.Bounds) {
		x, y, _, ok := f.m.Project(k.At)
		if !ok {
			continue
		}
		r.canvas.disc(x, y, 6*f.scale, rgba{20, 20, 22, 220})
		r.canvas.disc(x, y, 4.5*f.scale, axisColors[k.Axis])
	}
}
