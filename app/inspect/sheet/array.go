package sheet

import (
	"time"

	"iceexplorer/app/inspect/column"
	"iceexplorer/cache"
)

// Array is all values of an array in a cell. It belongs to the sheet's goroutine, and keeps
// the frame open until it is closed.
type Array struct {
	Column string // the expression
	Point  uint32
	Frame  cache.Number
	Type   cache.DataType
	Len    int

	sheet   *Sheet
	view    *View
	column  *column.Column
	release func()
	closed  bool
	from    int // of the values that were read last
	values  []any
	reading int // runs of values on their way
}

// Expand finds out, beside the caller's goroutine, how many values the array has that a
// column holds for a point. done gets nil if the column holds no arrays, or the frame can
// be read no longer.
func (s *Sheet) Expand(column int, point uint32, done func(*Array)) {
	v, c := s.view, s.Columns()[column]
	if c.Bound == nil || !c.Bound.IsArray() {
		done(nil)
		return
	}
	a := &Array{Column: c.Text, Point: point, Frame: v.Frame.Number, Type: c.Bound.Attribute.Type, sheet: s, view: v, column: c.Bound, release: v.Hold()}
	go func() {
		n, err := a.column.Len(point)
		s.post(func() {
			if a.Len = n; err != nil {
				a.Close()
				a = nil
			}
			done(a)
		})
	}()
}

// Read returns values of the array and the place of the first of them. Those that come
// slowly from a disk are missing at first; posted tells when they are there.
func (a *Array) Read(from, to int, posted func()) (values []any, at int) {
	from, to = max(from, 0), min(to, a.Len)
	if from >= a.from && to <= a.from+len(a.values) || a.closed || a.reading > 1 || from >= to {
		return a.values, a.from
	}
	release := a.view.Hold()
	a.reading++
	var read []any
	done := make(chan struct{})
	go func() {
		defer release()
		read, _ = a.column.Values(a.Point, from, to) // of a fault of the mapping the scene tells
		close(done)
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-done:
		a.reading--
		a.from, a.values = from, read
	case <-timer.C:
		go func() {
			<-done
			a.sheet.post(func() {
				a.reading--
				a.from, a.values = from, read
				posted()
			})
		}()
	}
	return a.values, a.from
}

// Close lets go of the frame.
func (a *Array) Close() {
	if !a.closed {
		a.closed = true
		a.release()
	}
}
