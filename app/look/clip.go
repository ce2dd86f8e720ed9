package look

import "fmt"

// ClipTo hides what is outside a box. The error is for users.
func (d *Desk) ClipTo(lo, hi [3]float64) error {
	for i := range 3 {
		if err := rising(lo[i], hi[i]); err != nil {
			return err
		}
	}
	d.change("Clipping", "", func(l *Look) { l.ClipMode, l.ClipMin, l.ClipMax = ClipBox, lo, hi })
	return nil
}

// ClipToSlab hides what is outside a slab across an axis. The error is for users.
func (d *Desk) ClipToSlab(axis Axis, lo, hi float64) error {
	if err := rising(lo, hi); err != nil {
		return err
	}
	d.change("Clipping", "", func(l *Look) {
		l.ClipMode, l.SlabAxis, l.ClipMin[axis], l.ClipMax[axis] = ClipSlab, axis, lo, hi
	})
	return nil
}

// ClipIn hides what is outside a part of the box around all points: the box as it was,
// or, where nothing was clipped, all of it.
func (d *Desk) ClipIn(lo, hi [3]float64) {
	d.change("Clipping", "", func(l *Look) {
		l.clipFrom(lo, hi)
		l.ClipMode = ClipBox
	})
}

// slabPart is how thick a new slab is, as a part of the box around all points.
const slabPart = 0.25

// ClipAcross hides what is outside a slab across an axis: the one that was, or a new one
// in the middle of the box around all points.
func (d *Desk) ClipAcross(axis Axis, lo, hi [3]float64) {
	d.change("Clipping", "", func(l *Look) {
		fresh := l.ClipMode == ClipNone || l.ClipMode == ClipSlab && l.SlabAxis != axis
		l.clipFrom(lo, hi)
		l.ClipMode, l.SlabAxis = ClipSlab, axis
		if i := axis; fresh && !empty(lo, hi) {
			mid, half := (lo[i]+hi[i])/2, (hi[i]-lo[i])*slabPart/2
			l.ClipMin[i], l.ClipMax[i] = mid-half, mid+half
		}
	})
}

// clipFrom begins with all of a box if nothing was clipped.
func (l *Look) clipFrom(lo, hi [3]float64) {
	if l.ClipMode == ClipNone && !empty(lo, hi) {
		l.ClipMin, l.ClipMax = lo, hi
	}
}

// empty reports whether a box holds nothing, or is of no use.
func empty(lo, hi [3]float64) bool {
	for i := range 3 {
		if rising(lo[i], hi[i]) != nil {
			return true
		}
	}
	return false
}

// ClipNothing shows everything again.
func (d *Desk) ClipNothing() {
	d.change("Clipping", "", func(l *Look) { l.ClipMode = ClipNone })
}

// MoveClip moves faces of the box, or of the slab, as they are dragged; of a box with no
// inside nothing moves.
func (d *Desk) MoveClip(lo, hi [3]float64) {
	d.change("Clipping", "clipping", func(l *Look) {
		for i := range 3 {
			if moves := l.ClipMode == ClipBox || l.ClipMode == ClipSlab && Axis(i) == l.SlabAxis; moves && rising(lo[i], hi[i]) == nil {
				l.ClipMin[i], l.ClipMax[i] = lo[i], hi[i]
			}
		}
	})
}

func rising(lo, hi float64) error {
	if !finite(lo, hi) || lo > hi {
		return fmt.Errorf("%g to %g are no rising numbers", lo, hi)
	}
	return nil
}
