package session

import (
	"iter"

	"iceexplorer/cache"
)

// Places are the numbers from first to last that the play head can stand on, rising: those of
// frames and the missing ones between them.
func (s *Session) Places(first, last cache.Number) iter.Seq[cache.Number] {
	return s.player.Places(first, last)
}

// CountMissing counts the places from first to last that no frame stands for.
func (s *Session) CountMissing(first, last cache.Number) int { return s.player.Missing(first, last) }

// Lacks reports that nothing is there to be shown at a number but what is held where frames
// are missing: each visible layer lacks a frame there, has not begun, or is over.
func (s *Session) Lacks(number cache.Number) bool {
	for _, l := range s.layers {
		if i, missing := l.heldAt(number); l.Visible && i >= 0 && !missing {
			return false
		}
	}
	return true
}

// Stretched reports that frames of a layer stand for more numbers than they have, or for
// fewer.
func (s *Session) Stretched() bool {
	for _, l := range s.layers {
		if l.timing.Scale != 1 {
			return true
		}
	}
	return false
}

// Shows is the state of what is shown at a number over all visible layers, be it held there:
// that of the layer whose frame is farthest from being seen as it was meant. ok is false if
// nothing is shown.
func (s *Session) Shows(number cache.Number) (state State, ok bool) { return s.stateAt(number) }

// ReadyBetween reports, of a number between frames, that nothing more will come of those on
// both sides of it.
func (s *Session) ReadyBetween(number cache.Number) bool {
	for _, l := range s.layers {
		i, found := l.search(number)
		if !l.Visible || found || i == 0 || i == len(l.slots) || l.slots[i].state.Done() {
			continue
		}
		if l.slots[i].state != Absent || l.counts[Queued]+l.counts[Loading] > 0 || s.roomFor(l) {
			return false // it is on its way, or will be
		}
	}
	return true
}
