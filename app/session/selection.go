package session

import (
	"maps"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/probe"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
)

// SelectMode says how a pick changes the selection.
type SelectMode uint8

const (
	SelectOnly   SelectMode = iota // the picked points replace the selection
	SelectAdd                      // they are added
	SelectRemove                   // they are removed
)

// Picked are points the user picked: of a layer, in the frame with the given number.
type Picked struct {
	Layer  int // ID
	Number cache.Number
	Rows   *bitset.BitSet // one bit per point; nil: all of them
}

// selection is what is selected in a layer. Points with an ID are selected by it, in all
// frames; points without one by their index, in the frame where they were picked.
type selection struct {
	ids     idSet
	rows    map[cache.Number]*bitset.BitSet // by frame number; none is empty
	version uint64                          // changes with the contents; 0: nothing was ever selected

	// The points of the frame asked for last.
	of      uint64 // its key
	at      uint64 // version they were made for
	key     uint64 // of current
	current *bitset.BitSet
}

// Select changes the selection by the picked points. Points whose frame is no longer there are
// ignored.
func (s *Session) Select(mode SelectMode, picked ...Picked) {
	if mode == SelectOnly {
		s.ClearSelection()
	}
	for _, p := range picked {
		if i := slices.IndexFunc(s.layers, func(l *Layer) bool { return l.ID == p.Layer }); i >= 0 {
			s.selectIn(s.layers[i], mode, p)
		}
	}
	s.changed(Drawn)
}

// SelectAll selects every point of the shown frames of the visible layers.
func (s *Session) SelectAll() {
	s.ClearSelection()
	for _, l := range s.layers {
		if sh := s.Shown(l); l.Visible && sh.Frame != nil {
			s.selectIn(l, SelectAdd, Picked{Layer: l.ID, Number: sh.Number})
		}
	}
	s.changed(Drawn)
}

// InvertSelection selects the points of the shown frames of the visible layers that
// were not selected, and nothing else.
func (s *Session) InvertSelection() {
	for _, l := range s.layers {
		sh := s.Shown(l)
		if !l.Visible || sh.Frame == nil {
			l.selection = selection{version: s.newSelection()}
			continue
		}
		rows := bitset.New(uint(sh.Frame.Header.Points))
		if was, _ := s.Selected(l, sh); was != nil {
			rows = was.Clone()
		}
		rows.FlipRange(0, uint(sh.Frame.Header.Points))
		l.selection = selection{}
		s.selectIn(l, SelectAdd, Picked{Layer: l.ID, Number: sh.Number, Rows: rows})
	}
	s.changed(Drawn)
}

func (s *Session) newSelection() uint64 {
	s.selections++
	return s.selections
}

// selectIn takes the picked points of one layer.
func (s *Session) selectIn(l *Layer, mode SelectMode, p Picked) {
	f := l.Frame(p.Number)
	if f == nil && l.last != nil && l.lastNumber == p.Number {
		f = l.last.frame
	}
	if f == nil {
		return
	}
	n := uint(f.Header.Points)
	rows := p.Rows
	if rows != nil && rows.Len() > n {
		rows = rows.Clone().Shrink(max(n, 1) - 1) // a pick of a frame that has changed
	}
	sel := &l.selection
	sel.version = s.newSelection()
	err := fault.Guard(func() {
		a, ids := identities(f)
		if ids == nil {
			sel.selectRows(mode, p.Number, rows, n)
			return
		}
		if picked := idsOf(ids, a, rows); mode == SelectRemove {
			sel.ids = sel.ids.minus(picked)
		} else {
			sel.ids = sel.ids.or(picked)
		}
	})
	if err != nil {
		s.Fault(l, p.Number, err)
	}
}

// selectRows takes a pick of a frame of n points that have no IDs.
func (sel *selection) selectRows(mode SelectMode, number cache.Number, rows *bitset.BitSet, n uint) {
	if rows == nil {
		rows = bitset.New(n).FlipRange(0, n)
	}
	now := bitset.New(n)
	if was := sel.rows[number]; was != nil {
		now.InPlaceUnion(was)
	}
	if mode == SelectRemove {
		now.InPlaceDifference(rows)
	} else {
		now.InPlaceUnion(rows)
	}
	if sel.rows == nil {
		sel.rows = map[cache.Number]*bitset.BitSet{}
	}
	if sel.rows[number] = now; now.None() {
		delete(sel.rows, number)
	}
}

// identities are the IDs of a frame's points, with their attribute; nil if there are none or
// they do not tell points apart.
func identities(f *cache.Frame) (*cache.Attribute, []int32) {
	ids := probe.IDs(f)
	if ids == nil {
		return nil, nil
	}
	return f.Attribute("ID"), ids
}

// ClearSelection selects nothing.
func (s *Session) ClearSelection() {
	for _, l := range s.layers {
		if l.selection.version == 0 {
			continue
		}
		l.selection = selection{}
	}
	s.Settle(aboutSelection)
	s.changed(Drawn)
}

// Selected is the selected points of a layer's shown frame, one bit per point, and a
// key that changes with them; nil and 0 if there are none. They may be used until the
// session's next call.
func (s *Session) Selected(l *Layer, sh Shown) (rows *bitset.BitSet, key uint64) {
	sel := &l.selection
	if sel.version == 0 || sh.Frame == nil {
		return nil, 0
	}
	if sel.of != sh.Key || sel.at != sel.version {
		sel.of, sel.at, sel.current = sh.Key, sel.version, nil
		err := fault.Guard(func() { sel.current = sel.find(sh) })
		if err != nil { // drawing meets the fault too, and tells of it
			sel.of = 0
		}
		if sel.current != nil {
			sel.key = s.newSelection()
		}
	}
	if sel.current == nil {
		return nil, 0
	}
	return sel.current, sel.key
}

// find is the selection in a frame, nil if nothing is selected.
func (sel *selection) find(sh Shown) *bitset.BitSet {
	rows := sel.rows[sh.Number]
	if a, ids := identities(sh.Frame); ids != nil {
		rows = sel.ids.rows(ids, a)
	}
	if rows == nil || rows.None() {
		return nil
	}
	return rows
}

// SelectionSize is how many points are selected: by ID over all frames, and without
// IDs in the frame under the play head.
func (s *Session) SelectionSize() int {
	number, _ := s.Number()
	n := 0
	for _, l := range s.layers {
		n += l.selection.ids.size()
		if rows := l.selection.rows[number]; rows != nil {
			n += int(rows.Count())
		}
	}
	return n
}

// Followed are the selected points of a layer that can be met in all its frames: their
// IDs or, without IDs, their places in the frame under the play head or else in the first
// in which any are selected. They are at most as many as given, rising; of counts all.
func (s *Session) Followed(l *Layer, most int) (points []int32, byID bool, of int) {
	sel := &l.selection
	if n := sel.ids.size(); n > 0 {
		for it := sel.ids.bits.Iterator(); it.HasNext() && len(points) < most; {
			points = append(points, int32(it.Next()))
		}
		return points, true, n
	}
	number, _ := s.Number()
	rows := sel.rows[number]
	if rows == nil && len(sel.rows) > 0 {
		rows = sel.rows[slices.Min(slices.Collect(maps.Keys(sel.rows)))]
	}
	if rows == nil {
		return nil, false, 0
	}
	for row := range rows.EachSet() {
		if len(points) == most {
			break
		}
		points = append(points, int32(row))
	}
	return points, false, int(rows.Count())
}

// SelectionVersion changes with what is selected of the layer.
func (l *Layer) SelectionVersion() uint64 { return l.selection.version }
