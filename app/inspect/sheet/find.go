package sheet

import (
	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/probe"
	"iceexplorer/cache/fault"
)

// Target is a row that is looked for; one of its fields says which.
type Target struct {
	Index    uint32         // a point
	ID       int32          // of a point
	ByID     bool           // ID counts, not Index
	Selected *bitset.BitSet // the next row of one of these points
	After    int            // the row that Selected is looked for behind, and at last above
}

// Find looks for a row, beside the caller's goroutine, which done is called on. exists
// tells whether there is such a point, though there is no row of it.
func (s *Sheet) Find(t Target, done func(row int, ok, exists bool)) {
	v := s.view
	release := v.Hold()
	go func() {
		row, ok, exists := 0, false, false
		err := fault.Guard(func() { row, ok, exists = v.look(t) })
		release()
		s.post(func() { done(row, ok && err == nil, exists) })
	}()
}

func (v *View) look(t Target) (row int, ok, exists bool) {
	switch {
	case t.Selected != nil:
		n := v.Rows()
		for k := range n {
			if i := (max(t.After, -1) + 1 + k) % n; t.Selected.Test(uint(v.Row(i))) {
				return i, true, true
			}
		}
		return 0, false, t.Selected.Any()
	case t.ByID:
		point, has := probe.Find(probe.IDs(v.Frame.Frame), t.ID, 0)
		if !has {
			return 0, false, false
		}
		t.Index = uint32(point)
	}
	row, ok = v.Place(t.Index)
	return row, ok, t.Index < v.Frame.Header.Points
}

// Beside runs work beside the caller's goroutine, then what it returns on that.
func (s *Sheet) Beside(work func() (then func())) {
	go func() { s.post(work()) }()
}
