package session

import (
	"slices"

	"iceexplorer/cache"
)

// Between is what a layer has to show where the head stands, or passes, between two of its
// frames.
type Between struct {
	From, To cache.Number // of the layer's own frames; From is the shown one
	Key      uint64       // of the later frame's data
	At       cache.Number // the layer's own number of the head's position
	Part     float64      // of the way
	Seconds  float64      // from frame to frame
}

// SetInterpolate says whether the head may stand between frames, and passes what is between
// them when it plays more slowly than at the frame rate.
func (s *Session) SetInterpolate(on bool) {
	if on == s.player.Between() {
		return
	}
	s.steer(func() { s.player.SetBetween(on) })
	s.changed(Drawn | Play)
}

// Interpolate reports that the head may stand between frames.
func (s *Session) Interpolate() bool { return s.player.Between() }

// Position is where the head is: Number, or up to the next number behind it. While it plays
// that is as of the last Advance.
func (s *Session) Position() (cache.Number, bool) {
	_, ok := s.player.Head()
	return s.player.Position(), ok
}

// Passing reports that the head passes what is between frames, as it plays now.
func (s *Session) Passing() bool { return s.player.Slow() }

// Between tells between which frames of a layer the head is, of which sh is shown; ok is false
// if it is on one, or the later one is not there.
func (s *Session) Between(l *Layer, sh Shown) (b Between, ok bool) {
	if !s.player.Between() || sh.Frame == nil || sh.Held {
		return b, false
	}
	at := s.player.Position()
	if head, _ := s.player.Head(); at == head { // exactly, whatever is rounded
		at = l.ToOwn(head)
	} else {
		at = l.timing.toOwn(at, l.Seq.Frames[0].Number)
	}
	i, found := slices.BinarySearchFunc(l.Seq.Frames, at, func(f cache.FrameFile, n cache.Number) int {
		switch {
		case f.Number < n:
			return -1
		case f.Number > n:
			return 1
		}
		return 0
	})
	if found || i == 0 || i == len(l.slots) || l.Seq.Frames[i-1].Number != sh.Number || l.slots[i].shared == nil {
		return b, false
	}
	b = Between{From: sh.Number, To: l.Seq.Frames[i].Number, Key: l.slots[i].shared.key, At: at}
	b.Part = float64((at - b.From) / (b.To - b.From))
	b.Seconds = float64(b.To-b.From) / s.player.FPS()
	return b, true
}
