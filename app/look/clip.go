package look

import "fmt"

// ClipTo hides everything outside a box. The error is written for users.
func (d *Desk) ClipTo(lo, hi [3]float64) error {
	for i := range 3 {
		if err := rising(lo[i], hi[i]); err != nil {
			return err
		}
	}
	d.change("Clipping", "", func(l *Look) { l.ClipMode, l.ClipMin, l.ClipMax = ClipBox, lo, hi })
	return nil
}

// ClipToSlab hides everything outside a slab across an axis. The error is written for users.
func (d *Desk) ClipToSlab(axis Axis, lo, hi float64) error {
	if err := rising(lo, hi); err != nil {
		return err
	}
	d.change("Clipping", "", func(l *Look) {
		l.ClipMode, l.SlabAxis, l.ClipMin[axis], l.ClipMax[axis] = ClipSlab, axis, lo, hi
	})
	return nil
}

// ClipIn starts clipping to a box: the one used before or, if there was none, the box around
// all points.
func (d *Desk) ClipIn(lo, hi [3]float64) {
	d.change("Clipping", "", func(l *Look) {
		l.clipFrom(lo, hi)
		l.ClipMode = ClipBox
	})
}

// slabPart is the thickness of a new slab, as a fraction of the box around all points.
const slabPart = 0.25

// ClipAcross starts clipping to a slab across an axis: the one used before, or a new one in
// the middle of the box around all points.
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

// clipFrom begins with the whole box if nothing was clipped before.
func (l *Look) clipFrom(lo, hi [3]float64) {
	if l.ClipMode == ClipNone && !empty(lo, hi) {
		l.ClipMin, l.ClipMax = lo, hi
	}
}

// empty reports whether a box holds nothing or is not usable.
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

// MoveClip moves faces of the box, or of the slab, as they are dragged; a move that would
// leave no inside is ignored.
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
		return fmt.Errorf("%g to %g is not a range: the second number must be greater than the first", lo, hi)
	}
	return nil
}
