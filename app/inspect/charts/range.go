package charts

// Range is a range of values that was marked on the histogram; ok is false if none is.
func (h *Histogram) Range() (lo, hi float64, ok bool) {
	return h.marked[0], h.marked[1], h.isMarked
}

// SetRange marks a range, or none.
func (h *Histogram) SetRange(lo, hi float64, on bool) {
	h.marked, h.isMarked = [2]float64{lo, hi}, on && lo < hi
}
