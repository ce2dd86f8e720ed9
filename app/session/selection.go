package session

import (
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/beside"
	"iceexplorer/app/inspect/probe"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/unit"
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
	count   int      // of current
	finding *finding // nil: they are there, or were not asked for
}

func (s *Session) newSelection() uint64 {
	s.selections++
	return s.selections
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
	s.dropChoices()
	for _, l := range s.layers {
		l.selection = selection{}
	}
	s.Settle(aboutSelection)
	s.changed(Drawn)
}

// Selected is the selected points of a frame that is shown of a layer, one bit per point, and
// a key that changes with them; nil and 0 if there are none. They may be used until the
// session's next call. Points are found by their IDs beside the session's goroutine: what
// takes longer than a moment comes later, and until then the last points are there.
func (s *Session) Selected(l *Layer, sh Shown) (rows *bitset.BitSet, key uint64) {
	sel := &l.selection
	if sel.version == 0 || sh.Frame == nil {
		return nil, 0
	}
	if (sel.of != sh.Key || sel.at != sel.version) && sel.finding == nil {
		s.findSelected(l, sh)
	}
	if sel.current == nil || sel.of != sh.Key && sel.current.Len() != uint(sh.Frame.Header.Points) {
		return nil, 0
	}
	return sel.current, sel.key
}

// finding is the search for the points of a frame that are selected by their IDs.
type finding struct {
	of, at uint64 // as in selection
	rows   *bitset.BitSet
}

// findSelected looks for the points of a frame that are selected.
func (s *Session) findSelected(l *Layer, sh Shown) {
	sel := &l.selection
	f := &finding{of: sh.Key, at: sel.version}
	a, ids := identities(sh.Frame)
	h := l.sharing(sh)
	if ids == nil || h == nil {
		f.rows = sel.rows[sh.Number]
		l.found(f, s.newSelection())
		return
	}
	set := sel.ids
	sel.finding = f
	h.refs.Add(1)
	if beside.Do(s.Until(), func() {
		defer h.release()
		s.opt.Disk.Populate(a.Bytes())
		// Where a fault is met nothing is found; drawing meets it too, and tells of it.
		_ = fault.Guard(func() { f.rows = set.rows(ids, a) })
	}, func() {
		s.post(func() {
			if l.selection.finding == f {
				l.found(f, s.newSelection())
				s.changed(Drawn)
			}
		})
	}) {
		l.found(f, s.newSelection())
	}
}

// found takes the points that were found, and the key that they have from now on.
func (l *Layer) found(f *finding, key uint64) {
	sel := &l.selection
	sel.finding, sel.of, sel.at, sel.current, sel.count = nil, f.of, f.at, nil, 0
	if f.rows == nil || f.rows.None() {
		return
	}
	sel.current, sel.count, sel.key = f.rows, int(f.rows.Count()), key
}

// sharing is a frame that is shown of the layer, nil if it is there no longer.
func (l *Layer) sharing(sh Shown) *shared {
	if l.last != nil && l.last.key == sh.Key {
		return l.last
	}
	if i := l.Seq.Find(sh.Number); i >= 0 && l.slots[i].shared != nil && l.slots[i].shared.key == sh.Key {
		return l.slots[i].shared
	}
	return nil
}

// SelectionSize is how many points of visible layers are selected: by ID over all frames,
// and without IDs in the frame under the play head.
func (s *Session) SelectionSize() int {
	n := 0
	for _, l := range s.layers {
		if l.Visible {
			n += l.selection.size(s.ownNumber(l))
		}
	}
	return n
}

// HasSelection reports whether any points are selected, be they of hidden layers.
func (s *Session) HasSelection() bool {
	return slices.ContainsFunc(s.layers, func(l *Layer) bool { return l.selection.size(s.ownNumber(l)) > 0 })
}

// size is how many points are selected by ID, or in the frame with a number.
func (sel *selection) size(number cache.Number) int {
	n := sel.ids.size()
	if rows := sel.rows[number]; rows != nil {
		n += int(rows.Count())
	}
	return n
}

// SelectionText says how many points of visible layers are selected, and how many of them
// the shown frames have, if that is less; "" if none are.
func (s *Session) SelectionText() string {
	n := s.SelectionSize()
	if n == 0 {
		return ""
	}
	here := 0
	for _, l := range s.layers {
		if !l.Visible {
			continue
		}
		if rows, _ := s.Selected(l, s.Shown(l)); rows != nil {
			here += l.selection.count
		}
	}
	text := unit.Count(n) + " selected"
	if here != n && !s.Choosing() {
		text += ", " + unit.Count(here) + " in this frame"
	}
	return text
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
	rows := sel.rows[s.ownNumber(l)]
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

// SelectedSome reports whether any points are selected in any of the layer's frames.
func (l *Layer) SelectedSome() bool { return l.selection.ids.size() > 0 || len(l.selection.rows) > 0 }

// SelectedIn tells which points of the layer's frames are selected, as it is now: by ID in
// every frame, without IDs in those in which they were picked. It may be called from any
// goroutine as long as the frame is open, and meets faults of its file.
func (l *Layer) SelectedIn() func(cache.Number, *cache.Frame) *bitset.BitSet {
	set, picked := l.selection.ids, maps.Clone(l.selection.rows)
	return func(number cache.Number, f *cache.Frame) *bitset.BitSet {
		a, ids := identities(f)
		if ids != nil {
			return set.rows(ids, a)
		}
		n := uint(f.Header.Points)
		out := bitset.New(n)
		if rows := picked[number]; rows != nil && rows.Len() == n {
			out.InPlaceUnion(rows)
		}
		return out
	}
}

// SelectionVersion changes with what is selected of the layer.
func (l *Layer) SelectionVersion() uint64 { return l.selection.version }

// Selection is what is selected of the layer: IDs, which hold in every frame, and of frames without IDs rows. Neither
// is changed by anybody.
func (l *Layer) Selection() (ids *roaring.Bitmap, rows map[cache.Number]*bitset.BitSet) {
	if l.selection.ids.size() > 0 {
		ids = l.selection.ids.bits
	}
	return ids, maps.Clone(l.selection.rows)
}
