package charts

// Range is a range of values that was marked on the histogram; ok is false if none is.
func (h *Histogram) Range() (lo, hi float64, ok bool) {
	return h.marked[0], h.marked[1], h.isMarked
}

// RangeOfAll reports whether the range was marked on the histogram of all frames.
func (h *Histogram) RangeOfAll() bool { return h.isMarked && h.ofAll }

// SetRange marks a range on the histogram of the frame, or of all frames; or none.
func (h *Histogram) SetRange(lo, hi float64, on, ofAll bool) {
	h.marked, h.isMarked, h.ofAll = [2]float64{lo, hi}, on && lo < hi, ofAll
}
