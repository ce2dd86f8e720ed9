package session

import (
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/beside"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
)

// choice is a change of the selection. The IDs of its points are looked up beside the
// session's goroutine; choices are made in the order in which they were asked for.
type choice struct {
	only   bool // nothing else stays selected
	invert bool // what was selected of the frames is not to be
	mode   SelectMode
	parts  []*chosen
}

// chosen are points of one layer.
type chosen struct {
	l      *Layer
	h      *shared // their frame, until the IDs are looked up
	number cache.Number
	n      uint           // points of the frame
	byID   bool           // which have IDs
	rows   *bitset.BitSet // nil: all
	ids    idSet          // of the rows
	err    error
}

// Select changes the selection by the picked points. Points of locked layers, and those whose
// frame is no longer there, are ignored.
func (s *Session) Select(mode SelectMode, picked ...Picked) {
	c := &choice{only: mode == SelectOnly, mode: mode}
	for _, p := range picked {
		if i := slices.IndexFunc(s.layers, func(l *Layer) bool { return l.ID == p.Layer }); i >= 0 {
			c.add(s.layers[i], p.Number, p.Rows)
		}
	}
	s.choose(c)
}

// SelectAll selects every point of the shown frames of the visible layers that are not locked.
func (s *Session) SelectAll() { s.choose(s.shownPoints(&choice{only: true})) }

// InvertSelection selects the points of the shown frames of the visible layers that were not
// selected, but for locked layers, and nothing else.
func (s *Session) InvertSelection() { s.choose(s.shownPoints(&choice{invert: true})) }

// shownPoints adds all points of the shown frames to a choice.
func (s *Session) shownPoints(c *choice) *choice {
	for _, l := range s.layers {
		if sh := s.Shown(l); l.Visible && sh.Frame != nil {
			c.add(l, sh.Number, nil)
		}
	}
	return c
}

// add adds points of a layer's frame, if that is there and the layer is not locked.
func (c *choice) add(l *Layer, number cache.Number, rows *bitset.BitSet) {
	if l.locked {
		return
	}
	h := l.last
	if i := l.Seq.Find(number); i >= 0 && l.slots[i].shared != nil {
		h = l.slots[i].shared
	} else if h == nil || l.lastNumber != number {
		return
	}
	n := uint(h.frame.Header.Points)
	if rows != nil && rows.Len() > n {
		rows = rows.Clone().Shrink(max(n, 1) - 1) // a pick of a frame that has changed
	}
	h.refs.Add(1)
	_, ids := identities(h.frame)
	c.parts = append(c.parts, &chosen{l: l, h: h, number: number, n: n, byID: ids != nil, rows: rows})
}

// choose makes a choice, behind those that are being made.
func (s *Session) choose(c *choice) {
	if c.only { // those before do not matter
		s.dropChoices()
	}
	s.Settle(aboutSelection)
	s.choices = append(s.choices, c)
	if len(s.choices) == 1 {
		s.nextChoice()
	}
}

// dropChoices forgets the choices that are being made.
func (s *Session) dropChoices() {
	for i, c := range s.choices {
		for _, p := range c.parts {
			if i > 0 { // the first is being looked up
				p.h.release()
			}
		}
	}
	s.choices = nil
}

// nextChoice looks up the IDs of the first choice.
func (s *Session) nextChoice() {
	c := s.choices[0]
	if !slices.ContainsFunc(c.parts, func(p *chosen) bool { return p.byID }) {
		c.lookUp(s.Populate) // nothing
		s.chosen(c)
		return
	}
	if beside.Do(s.Until(), func() { c.lookUp(s.Populate) }, func() { s.post(func() { s.chosen(c) }) }) {
		s.chosen(c)
	}
}

// lookUp finds the IDs of the points.
func (c *choice) lookUp(populate func([]byte)) {
	for _, p := range c.parts {
		if a, ids := identities(p.h.frame); ids != nil {
			populate(a.Bytes())
			p.err = fault.Guard(func() { p.ids = idsOf(ids, a, p.rows) })
		}
		p.h.release()
	}
}

// chosen changes the selection by the first choice, if c is that still.
func (s *Session) chosen(c *choice) {
	if len(s.choices) == 0 || s.choices[0] != c {
		return
	}
	s.choices = s.choices[1:]
	was := map[*Layer]selection{}
	for _, l := range s.layers {
		switch {
		case c.invert:
			was[l], l.selection = l.selection, selection{version: s.newSelection()}
		case c.only:
			l.selection = selection{}
		}
	}
	for _, p := range c.parts {
		if !slices.Contains(s.layers, p.l) {
			continue
		}
		if p.err != nil {
			s.Fault(p.l, p.number, p.err)
			continue
		}
		c.apply(p, was[p.l], s.newSelection())
	}
	s.changed(Drawn)
	if len(s.choices) > 0 {
		s.nextChoice()
	}
}

// apply changes the selection by points of one layer. was is what was selected of it, for a
// choice that inverts.
func (c *choice) apply(p *chosen, was selection, version uint64) {
	sel := &p.l.selection
	sel.version = version
	switch {
	case !p.byID && c.invert:
		sel.selectRows(SelectAdd, p.number, nil, p.n)
		if rows := was.rows[p.number]; rows != nil {
			sel.selectRows(SelectRemove, p.number, rows, p.n)
		}
	case !p.byID:
		sel.selectRows(c.mode, p.number, p.rows, p.n)
	case c.invert:
		sel.ids = p.ids.minus(was.ids)
	case c.mode == SelectRemove:
		sel.ids = sel.ids.minus(p.ids)
	default:
		sel.ids = sel.ids.or(p.ids)
	}
}

// Selecting reports that a change of the selection is being looked up.
func (s *Session) Selecting() bool { return len(s.choices) > 0 }

// Choosing reports that a change of the selection, or what is selected in a frame, is being
// looked up.
func (s *Session) Choosing() bool {
	return s.Selecting() || slices.ContainsFunc(s.layers, func(l *Layer) bool { return l.selection.finding != nil })
}
