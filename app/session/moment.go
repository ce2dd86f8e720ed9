package session

import (
	"cmp"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// The session's numbers are those of the play head. A layer's slot has a number of its own,
// by which its frame and its files are known.

// Gaps says what is shown at a number that a sequence lacks between its frames.
type Gaps uint8

const (
	HoldGaps  Gaps = iota // the frame before it, with a note
	EmptyGaps             // nothing
)

var gapsNames = [...]string{HoldGaps: "hold", EmptyGaps: "empty"}

func (g Gaps) String() string { return gapsNames[g] }

// ParseGaps is the inverse of Gaps.String; ok is false for unknown names.
func ParseGaps(name string) (g Gaps, ok bool) {
	i := slices.Index(gapsNames[:], name)
	return Gaps(max(i, 0)), i >= 0
}

// Gaps says what is shown where sequences lack numbers.
func (s *Session) Gaps() Gaps { return s.gaps }

// SetGaps sets it.
func (s *Session) SetGaps(g Gaps) {
	if g == s.gaps {
		return
	}
	s.gaps = g
	s.pump() // what is held may not be there
	s.changed(Drawn)
}

// slotAt is the slot of the layer's frame at one of the session's numbers, -1 if it has none.
func (l *Layer) slotAt(number cache.Number) int {
	if i, found := l.search(number); found {
		return i
	}
	return -1
}

// numberOf is the session's number of a slot.
func (l *Layer) numberOf(slot int) cache.Number {
	if l.numbers != nil {
		return l.numbers[slot]
	}
	return l.Seq.Frames[slot].Number
}

// search is the first slot at or after one of the session's numbers.
func (l *Layer) search(number cache.Number) (slot int, found bool) {
	if l.numbers != nil {
		return slices.BinarySearch(l.numbers, number)
	}
	return slices.BinarySearchFunc(l.Seq.Frames, number, func(f cache.FrameFile, n cache.Number) int { return cmp.Compare(f.Number, n) })
}

// heldAt is the slot of the last frame up to one of the session's numbers, or of the one that
// stands before the first or after the last; -1 if none does. missing tells that the sequence
// lacks a frame there: a frame stands for the numbers up to the next whole one.
func (l *Layer) heldAt(number cache.Number) (slot int, missing bool) {
	i, found := l.search(number)
	switch {
	case found:
		return i, false
	case i == 0 && l.timing.Before:
		return 0, false
	case i == len(l.slots) && l.timing.After:
		return i - 1, false
	case i == 0 || i == len(l.slots):
		return -1, false
	}
	own := l.timing.toOwn(number, l.Seq.Frames[0].Number)
	return i - 1, own.Floor() > l.Seq.Frames[i-1].Number.Floor()
}

// Between are the layer's frames that lie between two of the session's numbers, both included.
func (l *Layer) Between(first, last cache.Number) []cache.FrameFile {
	from, _ := l.search(first)
	to, found := l.search(last)
	if found {
		to++
	}
	return l.Seq.Frames[from:max(from, to)]
}

// FrameAt is the layer's frame at one of the session's numbers; nil if it lacks one there, be another one held.
func (l *Layer) FrameAt(number cache.Number) *cache.FrameFile {
	i, missing := l.heldAt(number)
	if i < 0 || missing {
		return nil
	}
	return &l.Seq.Frames[i]
}

// drawnAt is the slot of the frame that a layer shows, or would if it were visible, at one of
// the session's numbers; -1 if it shows none.
func (s *Session) drawnAt(l *Layer, number cache.Number) int {
	i, missing := l.heldAt(number)
	if missing && s.gaps == EmptyGaps {
		return -1
	}
	return i
}

// atHead is drawnAt of the number under the play head.
func (s *Session) atHead(l *Layer) int {
	number, ok := s.Number()
	if !ok {
		return -1
	}
	return s.drawnAt(l, number)
}

// ownNumber is the number of the frame that a layer shows under the play head, or else the
// play head's.
func (s *Session) ownNumber(l *Layer) cache.Number {
	if i := s.atHead(l); i >= 0 {
		return l.Seq.Frames[i].Number
	}
	number, _ := s.Number()
	return number
}

// stateAt is the state of what is shown at a number over all visible layers, as StateAt is of
// the frames that have that very number.
func (s *Session) stateAt(number cache.Number) (state State, ok bool) {
	state = numStates
	for _, l := range s.layers {
		if i := s.drawnAt(l, number); i >= 0 && l.Visible {
			state, ok = min(state, l.slots[i].told), true
		}
	}
	if !ok {
		state = Absent
	}
	return state, ok
}

// stepsTo is how many steps of play lead from the head to a layer's frame.
func (s *Session) stepsTo(l *Layer, slot int) int { return s.ahead(s.indexOf(l.numberOf(slot))) }

// urgencyOf is the priority of a request's frame: that which is to be seen now comes first,
// then those ahead in the direction of play; the last if it is gone.
func (s *Session) urgencyOf(r jobs.Request) int {
	i := slices.IndexFunc(s.layers, func(l *Layer) bool { return l.ID == r.Layer })
	if i < 0 {
		return len(s.Frames())
	}
	l := s.layers[i]
	switch slot := l.Seq.Find(r.Frame); slot {
	case -1:
		return len(s.Frames())
	case s.atHead(l):
		return 0
	default:
		return s.stepsTo(l, slot)
	}
}
