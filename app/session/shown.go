package session

import (
	"fmt"
	"slices"
	"time"

	"iceexplorer/app/beside"
	"iceexplorer/cache"
)

// Current is the frame that the layer has to show under the play head; nil if it is not there.
// It may be used until the session's next call.
func (s *Session) Current(l *Layer) *cache.Frame {
	if i := s.atHead(l); i >= 0 && l.slots[i].shared != nil {
		return l.slots[i].shared.frame
	}
	return nil
}

// Shown is what a layer's picture shows.
type Shown struct {
	Frame   *cache.Frame // nil: nothing
	Key     uint64       // of the frame's data: another frame has another
	Number  cache.Number // of Frame
	Held    bool         // Frame is an earlier one, held while the one to be shown is being loaded or read
	Missing bool         // the sequence lacks the number under the play head, and Frame is the one before
	Why     string       // if Held, Missing or without Frame: why the right one is not shown
}

// Shown is the layer's frame under the play head, and never another one, except that the last
// frame is held while the new one is being loaded or read into memory, and that the frame
// before it stands for a missing one unless gaps are empty. It may be used until the
// session's next call.
func (s *Session) Shown(l *Layer) Shown {
	head, ok := s.Number()
	if !ok {
		return Shown{}
	}
	i, hold, why := s.wanted(l, head)
	number, h := l.ToOwn(head), (*shared)(nil)
	if i >= 0 {
		number, h = l.Seq.Frames[i].Number, l.slots[i].shared
	}
	if why != "" && (h == nil || h != l.last) {
		why = fmt.Sprintf(why, l.Name(), number)
	}
	if !hold || l.last == nil {
		return Shown{Why: why}
	}
	sh := Shown{Frame: l.last.frame, Key: l.last.key, Number: l.lastNumber}
	_, missing := l.heldAt(head)
	switch {
	case number == l.lastNumber && h != nil && missing:
		sh.Missing, sh.Why = true, fmt.Sprintf("%s has no frame %v, showing frame %v", l.Name(), l.ToOwn(head), number)
	case number == l.lastNumber && h != nil: // the frame, or what it was before it was converted
	case number == l.lastNumber:
		sh.Held, sh.Why = true, why+" again"
	default:
		sh.Held, sh.Why = true, fmt.Sprintf("%s, still showing frame %v", why, l.lastNumber)
	}
	return sh
}

// wanted is the slot of the frame that a layer should show at a number, -1 if there is none.
// hold tells whether the last one is shown until it is there; why is a format that says what
// keeps it away, from the sequence's name and the frame's number, as it is rarely needed.
func (s *Session) wanted(l *Layer, number cache.Number) (i int, hold bool, why string) {
	i = s.drawnAt(l, number)
	first, last := l.Span()
	switch {
	case i < 0 && (number < first || number > last): // the sequence has not begun, or is over
		return -1, false, ""
	case i < 0:
		return -1, false, "%s has no frame %v"
	case l.slots[i].shared != nil:
		return i, true, "%s: reading frame %v"
	case l.slots[i].state == Failed:
		return i, false, "%s: frame %v could not be read"
	case l.slots[i].state == Absent && s.paused:
		return i, false, "%s: frame %v is not loaded, as loading was canceled"
	}
	return i, true, "%s: loading frame %v"
}

// present has each layer show its frame under the play head as soon as the frame is there and
// what is drawn of it is in memory; until then the layer shows what it did.
func (s *Session) present() {
	number, ok := s.Number()
	if !ok {
		return
	}
	var until time.Time
	for _, l := range s.layers {
		names := s.opt.Drawn(l)
		i, hold, _ := s.wanted(l, number)
		var h *shared
		if i >= 0 {
			h = l.slots[i].shared
		}
		switch {
		case !l.Visible || !hold:
			l.forget()
		case h == nil || h == l.last && holds(l.columns, names):
		default:
			own := l.Seq.Frames[i].Number
			if until.IsZero() {
				until = s.Until()
			}
			if !l.arrived.brings(h, names) && !s.pageIn(l, h, own, names, until) {
				continue
			}
			l.show(h, own, names)
		}
		l.arrived = nil
	}
}

// show shows a frame, of which attributes are in memory.
func (l *Layer) show(h *shared, number cache.Number, names []string) {
	if h != l.last {
		l.forget()
		h.refs.Add(1)
		l.last, l.lastNumber = h, number
	}
	for _, name := range names {
		if !slices.Contains(l.columns, name) {
			l.columns = append(l.columns, name)
		}
	}
}

// Redrawn is called when other attributes are drawn than before: what is shown of them is
// brought into memory, and what comes next.
func (s *Session) Redrawn() {
	same := true
	for _, l := range s.layers {
		names := s.opt.Drawn(l)
		same, l.drawn = same && slices.Equal(names, l.drawn), names
	}
	if same {
		return
	}
	s.drawing++
	s.present()
	if len(s.Frames()) > 0 {
		s.prefetch()
	}
}

// Until is when the session's goroutine waits no longer for what is made beside it, from now
// on in this turn.
func (s *Session) Until() time.Time { return time.Now().Add(s.opt.Patience) }

// Populate brings a part of a mapping into memory; it is called beside the session's
// goroutine.
func (s *Session) Populate(b []byte) { s.opt.Disk.Populate(b) }

// Missing are those of some attributes of a layer's shown frame that were not brought into
// memory.
func (s *Session) Missing(l *Layer, names []string) (missing []string) {
	if l.last == nil {
		return nil
	}
	for _, name := range names {
		if !slices.Contains(l.columns, name) && len(columnsOf(l.last.frame, []string{name})) > 0 {
			missing = append(missing, name)
		}
	}
	return missing
}

// Behind reports that attributes are drawn now of a frame that is shown already, and are
// on their way into memory.
func (s *Session) Behind() bool {
	return slices.ContainsFunc(s.layers, func(l *Layer) bool { return l.behind(s.opt.Drawn(l)) })
}

func (l *Layer) behind(names []string) bool {
	return l.Visible && l.last != nil && !holds(l.columns, names) && len(l.pageIns) > 0
}

func holds(have, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(have, name) })
}

// forget releases the frame that was shown last.
func (l *Layer) forget() {
	if l.last != nil {
		l.last.release()
		l.last, l.columns = nil, nil
	}
}

// maxPageIns is how many frames of a layer may be on their way into memory to be shown: if a
// disk does not answer, more would wait for it in vain.
const maxPageIns = 2

// pageIn is a frame of which attributes are being brought into memory, to be shown.
type pageIn struct {
	of    *shared
	names []string
}

// brings reports whether a frame's attributes came by it.
func (p *pageIn) brings(h *shared, names []string) bool {
	return p != nil && p.of == h && holds(p.names, names)
}

// pageIn brings attributes of a frame into memory, and has made what else its picture
// needs, beside the session's goroutine: at once, rather than by a fault for every few
// pages. What is there is there within microseconds; what is not by the time given arrives
// later.
func (s *Session) pageIn(l *Layer, h *shared, number cache.Number, names []string, until time.Time) bool {
	var prepare func()
	if h == l.last { // the others are there
		names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(l.columns, name) })
	} else {
		prepare = s.opt.Prepare(l, h.frame, number, h.key)
	}
	columns := columnsOf(h.frame, names)
	if len(columns) == 0 && prepare == nil {
		return true
	}
	if len(l.pageIns) >= maxPageIns || slices.ContainsFunc(l.pageIns, func(p *pageIn) bool { return p.brings(h, names) }) {
		return false
	}
	p := &pageIn{of: h, names: names}
	h.refs.Add(1)
	done := beside.Do(until, func() {
		for _, c := range columns {
			s.opt.Disk.Populate(c)
		}
		if prepare != nil {
			prepare()
		}
		h.release()
	}, func() { s.post(func() { s.arrived(l, p) }) })
	if !done {
		l.pageIns = append(l.pageIns, p)
	}
	return done
}

// arrived shows a late frame if it is still wanted.
func (s *Session) arrived(l *Layer, p *pageIn) {
	l.pageIns = slices.DeleteFunc(l.pageIns, func(o *pageIn) bool { return o == p })
	if l.arrived = p; l.last == p.of {
		l.show(p.of, l.lastNumber, p.names)
	}
	s.present()
	s.unseen = true
	s.pump() // what waited until all is shown
	s.changed(Drawn)
}

// late reports whether what is drawn of a layer's frame under the play head is on its way
// into memory.
func (s *Session) late(l *Layer) bool {
	i := s.atHead(l)
	if !l.Visible || i < 0 || l.slots[i].shared == nil || len(l.pageIns) == 0 {
		return false
	}
	return l.slots[i].shared != l.last || l.behind(s.opt.Drawn(l))
}

// anyLate reports late for any layer.
func (s *Session) anyLate() bool { return slices.ContainsFunc(s.layers, s.late) }
