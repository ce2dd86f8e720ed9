package session

import (
	"math"
	"slices"

	"iceexplorer/cache"
)

// SelectMode says how a pick changes the selection.
type SelectMode uint8

const (
	SelectOnly   SelectMode = iota // the picked points instead of what was selected
	SelectAdd                      // them too
	SelectRemove                   // all but them
)

// Picked is a point the user picked: of a layer, in the frame with the given number.
type Picked struct {
	Layer  int // ID
	Number int
	Index  uint64
}

// selection is what is selected of a layer. Points that have an ID are selected by
// it, in all frames; points without one by their index, in the frame they were
// picked in.
type selection struct {
	ids     map[int32]struct{}
	indices map[int]map[uint64]struct{} // by frame number
	version uint64                      // changes with the contents; 0: never was anything

	// The indices in the frame asked for last.
	of      uint64 // its key
	at      uint64 // version they were made for
	key     uint64 // of current
	current []uint64
}

// Select changes the selection by what was picked. Points whose frame is no longer
// there are passed over.
func (s *Session) Select(mode SelectMode, picked []Picked) {
	if mode == SelectOnly {
		s.ClearSelection()
	}
	for len(picked) > 0 {
		n := 1
		for n < len(picked) && picked[n].Layer == picked[0].Layer && picked[n].Number == picked[0].Number {
			n++
		}
		if i := slices.IndexFunc(s.layers, func(l *Layer) bool { return l.ID == picked[0].Layer }); i >= 0 {
			s.selectIn(s.layers[i], mode, picked[:n])
		}
		picked = picked[n:]
	}
	s.changed()
}

// selectIn takes picks of one layer and frame.
func (s *Session) selectIn(l *Layer, mode SelectMode, picked []Picked) {
	number := picked[0].Number
	f := l.Frame(number)
	if f == nil && l.last != nil && l.lastNumber == number {
		f = l.last.frame
	}
	if f == nil {
		return
	}
	sel := &l.selection
	s.selections++
	sel.version = s.selections
	err := cache.Guard(func() {
		ids := IDs(f)
		for _, p := range picked {
			if p.Index >= uint64(f.Header.Points) {
				continue
			}
			if ids != nil {
				change(&sel.ids, ids[p.Index], mode)
				continue
			}
			at := sel.indices[number]
			if change(&at, p.Index, mode); sel.indices == nil {
				sel.indices = map[int]map[uint64]struct{}{}
			}
			sel.indices[number] = at
		}
	})
	if err != nil {
		s.Fault(l, number, err)
	}
}

func change[K comparable](set *map[K]struct{}, k K, mode SelectMode) {
	if mode == SelectRemove {
		delete(*set, k)
		return
	}
	if *set == nil {
		*set = map[K]struct{}{}
	}
	(*set)[k] = struct{}{}
}

// IDs are the identities of a frame's points, one per point; nil if there are none
// that tell points apart. The slice may point into the frame's mapping.
func IDs(f *cache.Frame) []int32 {
	a := f.Attribute("ID")
	if a == nil || a.Structure != cache.Single || a.Type != cache.TypeLong || a.Constant {
		return nil
	}
	if ids := a.Int32s(); len(ids) == int(f.Header.Points) {
		return ids
	}
	return nil
}

// ClearSelection selects nothing.
func (s *Session) ClearSelection() {
	for _, l := range s.layers {
		if l.selection.version == 0 {
			continue
		}
		l.selection = selection{}
	}
	s.changed()
}

// Selected is the selected points of a layer's shown frame: ascending indices, and
// a key that changes with them, 0 if there are none. They may be used until the
// session's next call.
func (s *Session) Selected(l *Layer, sh Shown) (indices []uint64, key uint64) {
	sel := &l.selection
	if sel.version == 0 || sh.Frame == nil {
		return nil, 0
	}
	if sel.of != sh.Key || sel.at != sel.version {
		sel.of, sel.at, sel.current = sh.Key, sel.version, nil
		err := cache.Guard(func() { sel.current = sel.find(sh) })
		if err != nil { // drawing meets the fault too, and tells of it
			sel.of = 0
		}
		if sel.current != nil {
			s.selections++
			sel.key = s.selections
		}
	}
	if len(sel.current) == 0 {
		return nil, 0
	}
	return sel.current, sel.key
}

// find is the indices of what is selected in a frame.
func (sel *selection) find(sh Shown) []uint64 {
	var out []uint64
	ids := IDs(sh.Frame)
	if ids == nil {
		for i := range sel.indices[sh.Number] {
			if i < uint64(sh.Frame.Header.Points) {
				out = append(out, i)
			}
		}
		slices.Sort(out)
		return out
	}
	if len(sel.ids) == 0 {
		return nil
	}
	// Most points are not selected: two comparisons tell most of them.
	first, last := int32(math.MaxInt32), int32(math.MinInt32)
	for id := range sel.ids {
		first, last = min(first, id), max(last, id)
	}
	for i, id := range ids {
		if id < first || id > last {
			continue
		}
		if _, ok := sel.ids[id]; ok {
			out = append(out, uint64(i))
		}
	}
	return out
}

// SelectionSize is how many points are selected: by ID over all frames, and without
// IDs in the frame under the play head.
func (s *Session) SelectionSize() int {
	number, _ := s.Number()
	n := 0
	for _, l := range s.layers {
		n += len(l.selection.ids) + len(l.selection.indices[number])
	}
	return n
}
