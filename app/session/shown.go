package session

import (
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"iceexplorer/cache"
)

// Current is the layer's frame under the play head; nil if it is not there. It may be used
// until the session's next call.
func (s *Session) Current(l *Layer) *cache.Frame {
	number, ok := s.Number()
	if !ok {
		return nil
	}
	return l.Frame(number)
}

// Shown is what a layer's picture shows.
type Shown struct {
	Frame  *cache.Frame // nil: nothing
	Key    uint64       // of the frame's data: another frame has another
	Number cache.Number // of Frame
	Held   bool         // Frame is an earlier one, held while the one under the play head is being loaded or read
	Why    string       // if Held or without Frame: why the right one is not shown
}

// Shown is the layer's frame under the play head, and never another one, except that the last
// frame is held while the new one is being loaded or read into memory. It may be used until
// the session's next call.
func (s *Session) Shown(l *Layer) Shown {
	number, ok := s.Number()
	if !ok {
		return Shown{}
	}
	h, hold, why := s.wanted(l, number)
	if why != "" && (h == nil || h != l.last) {
		why = fmt.Sprintf(why, l.Seq.Name, number)
	}
	if !hold || l.last == nil {
		return Shown{Why: why}
	}
	sh := Shown{Frame: l.last.frame, Key: l.last.key, Number: l.lastNumber}
	switch {
	case h != nil && number == l.lastNumber: // the frame, or what it was before it was converted
	case number == l.lastNumber:
		sh.Held, sh.Why = true, why+" again"
	default:
		sh.Held, sh.Why = true, fmt.Sprintf("%s, still showing frame %v", why, l.lastNumber)
	}
	return sh
}

// wanted is the frame with a number that a layer should show. hold tells whether the last one
// is shown until then; why is a format that says what keeps it away, from the sequence's
// name and the number, as it is rarely needed.
func (s *Session) wanted(l *Layer, number cache.Number) (h *shared, hold bool, why string) {
	i := l.Seq.Find(number)
	switch first, last := l.Seq.Frames[0].Number, l.Seq.Frames[len(l.Seq.Frames)-1].Number; {
	case number < first || number > last: // the sequence has not begun, or is over
		return nil, false, ""
	case i < 0:
		return nil, false, "%s has no frame %v"
	case l.slots[i].shared != nil:
		return l.slots[i].shared, true, "%s: reading frame %v"
	case l.slots[i].state == Failed:
		return nil, false, "%s: frame %v could not be read"
	case l.slots[i].state == Absent && s.paused:
		return nil, false, "%s: frame %v is not loaded, as loading was canceled"
	}
	return nil, true, "%s: loading frame %v"
}

// present has each layer show its frame under the play head as soon as the frame is there and
// its values are in memory; until then the layer shows what it did.
func (s *Session) present() {
	number, ok := s.Number()
	if !ok {
		return
	}
	var until time.Time
	for _, l := range s.layers {
		h, hold, _ := s.wanted(l, number)
		switch {
		case !l.Visible || !hold:
			l.forget()
		case h == nil || h == l.last:
		default:
			if until.IsZero() {
				until = time.Now().Add(s.opt.Patience)
			}
			if h != l.arrived && !s.pageIn(l, h, until) {
				continue
			}
			l.forget()
			h.refs.Add(1)
			l.last, l.lastNumber = h, number
		}
		l.arrived = nil
	}
}

// forget releases the frame that was shown last.
func (l *Layer) forget() {
	if l.last != nil {
		l.last.release()
		l.last = nil
	}
}

// maxPageIns is how many frames of a layer may be on their way into memory to be shown: if a
// disk does not answer, more would wait for it in vain.
const maxPageIns = 2

// pageIn is a frame whose values are being brought into memory, to be shown.
type pageIn struct {
	of   *shared
	over atomic.Bool // it has arrived, or is no longer wanted
}

// pageIn brings a frame's drawn values into memory beside the session's goroutine, all at
// once rather than by a page fault every few pages. Values in memory are ready within
// microseconds; those that are not ready in the given time arrive later.
func (s *Session) pageIn(l *Layer, h *shared, until time.Time) bool {
	columns := s.drawnColumns(h.frame)
	if len(columns) == 0 {
		return true
	}
	if len(l.pageIns) >= maxPageIns || slices.ContainsFunc(l.pageIns, func(p *pageIn) bool { return p.of == h }) {
		return false
	}
	p, in := &pageIn{of: h}, make(chan struct{})
	h.refs.Add(1)
	go func() {
		for _, c := range columns {
			s.opt.Disk.Populate(c)
		}
		h.release()
		if p.over.CompareAndSwap(false, true) {
			close(in)
			return
		}
		s.post(func() { s.arrived(l, p) })
	}()
	patience := time.NewTimer(time.Until(until))
	defer patience.Stop()
	select {
	case <-in:
		return true
	case <-patience.C:
	}
	if !p.over.CompareAndSwap(false, true) {
		return true
	}
	l.pageIns = append(l.pageIns, p)
	return false
}

// arrived shows a late frame if it is still wanted.
func (s *Session) arrived(l *Layer, p *pageIn) {
	l.pageIns = slices.DeleteFunc(l.pageIns, func(o *pageIn) bool { return o == p })
	l.arrived = p.of
	s.present()
	s.unseen = true
	s.pump() // what waited until all is shown
	s.changed(Drawn)
}

// late reports whether a layer's frame under the play head is on its way into memory.
func (s *Session) late(l *Layer) bool {
	number, _ := s.Number()
	i := l.Seq.Find(number)
	return l.Visible && i >= 0 && l.slots[i].shared != nil && l.slots[i].shared != l.last && len(l.pageIns) > 0
}

// anyLate reports late for any layer.
func (s *Session) anyLate() bool { return slices.ContainsFunc(s.layers, s.late) }
