package session

import (
	"slices"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// The session's numbers are those of the play head. A layer's slot has a number of its own,
// by which its frame and its files are known.

// slotAt is the slot of the layer's frame at one of the session's numbers, -1 if it has none.
func (l *Layer) slotAt(number cache.Number) int { return l.Seq.Find(number) }

// numberOf is the session's number of a slot.
func (l *Layer) numberOf(slot int) cache.Number { return l.Seq.Frames[slot].Number }

// frameAt is what the layer holds at one of the session's numbers, nil if that is not there.
func (l *Layer) frameAt(number cache.Number) *shared {
	if i := l.slotAt(number); i >= 0 {
		return l.slots[i].shared
	}
	return nil
}

// stepsTo is how many steps of play lead from the head to a layer's frame.
func (s *Session) stepsTo(l *Layer, slot int) int { return s.ahead(s.indexOf(l.numberOf(slot))) }

// stepsToRequest is stepsTo for the frame of a request; all frames if it is gone.
func (s *Session) stepsToRequest(r jobs.Request) int {
	if i := slices.IndexFunc(s.layers, func(l *Layer) bool { return l.ID == r.Layer }); i >= 0 {
		if slot := s.layers[i].Seq.Find(r.Frame); slot >= 0 {
			return s.stepsTo(s.layers[i], slot)
		}
	}
	return len(s.Frames())
}
