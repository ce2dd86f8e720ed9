package session

import (
	"errors"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/cache"
)

// ErrNoIDs says that points have no IDs by which they could be met in other frames.
var ErrNoIDs = errors.New("the points have no IDs")

// Found are points that were found in several frames of a layer, by their IDs. The zero
// value has none. It belongs to one goroutine at a time.
type Found struct{ ids idSet }

// Take adds points of a frame. It meets faults of the frame's file, and is ErrNoIDs where
// points have no IDs.
func (f *Found) Take(frame *cache.Frame, rows *bitset.BitSet) error {
	if rows.None() {
		return nil
	}
	a, ids := identities(frame)
	if ids == nil {
		return ErrNoIDs
	}
	f.ids = f.ids.or(idsOf(ids, a, rows))
	return nil
}

// SelectFound selects the points that were found, and no others.
func (s *Session) SelectFound(l *Layer, f *Found) {
	s.dropChoices()
	s.Settle(aboutSelection)
	for _, o := range s.layers {
		if o.selection = (selection{}); o == l {
			o.selection = selection{ids: f.ids, version: s.newSelection()}
		}
	}
	s.changed(Drawn)
}
