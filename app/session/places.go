package session

import (
	"slices"

	"iceexplorer/app/player"
	"iceexplorer/cache"
)

// ShownTrack is what pictures are saved of: the frames of the layers that are shown, and the
// numbers missing between them. The play head stands on those of hidden layers, too. It is
// another one after each change.
func (s *Session) ShownTrack() *player.Track {
	if s.shownTrack != nil {
		return s.shownTrack
	}
	var frames []cache.Number
	whole := false
	for _, l := range s.layers {
		if !l.Visible {
			continue
		}
		whole = whole || !l.timing.whole()
		for i := range l.Seq.Frames {
			frames = append(frames, l.numberOf(i))
		}
	}
	s.shownTrack = player.NewTrack(frames, whole)
	return s.shownTrack
}

// ShownRange is the first and the last of the played frames that a shown layer has; ok is false
// if there are none.
func (s *Session) ShownRange() (first, last cache.Number, ok bool) {
	first, last, ok = s.Range()
	frames := s.ShownTrack().Frames()
	i, _ := slices.BinarySearch(frames, first)
	k, found := slices.BinarySearch(frames, last)
	if found {
		k++
	}
	if !ok || i >= k {
		return first, last, false
	}
	return frames[i], frames[k-1], true
}

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
