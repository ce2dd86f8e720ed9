package session

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"iceexplorer/cache"
)

// Timing is how a layer's frames lie in the session's time. They begin Offset numbers later
// than they are called, and Scale of them pass in the time of one: at 2 the layer is over in
// half its time.
type Timing struct {
	Offset cache.Number `json:"offset"`
	Scale  float64      `json:"scale"`
	Before bool         `json:"holdBefore"` // its first frame shows before it begins
	After  bool         `json:"holdAfter"`  // its last frame shows when it is over
}

// Limits of a Timing.
const (
	MinScale, MaxScale = 0.01, 100
	MaxOffset          = 1e9
)

// Plain reports that frames lie where their numbers say.
func (t Timing) Plain() bool { return t.Offset == 0 && t.Scale == 1 }

// whole reports that whole numbers stay whole.
func (t Timing) whole() bool { return t.Scale == 1 && t.Offset.Whole() }

// Check says what is wrong with a Timing, such as one that was read from a file.
func (t Timing) Check() error {
	switch {
	case !(t.Scale >= MinScale && t.Scale <= MaxScale):
		return fmt.Errorf("a time scale of %g: want %g to %g", t.Scale, float64(MinScale), float64(MaxScale))
	case !(math.Abs(float64(t.Offset)) <= MaxOffset):
		return fmt.Errorf("an offset of %v frames: want at most %d", t.Offset, int(MaxOffset))
	}
	return nil
}

// decimals are those of numbers in scaled time: enough to tell apart any frames that play in
// their order, and few enough for equal times to be equal.
const decimals = 6

// toHead is the session's number for one of a sequence that begins with first.
func (t Timing) toHead(own, first cache.Number) cache.Number {
	if t.Plain() {
		return own
	}
	return (first + t.Offset + cache.Number(float64(own-first)/t.Scale)).Round(decimals)
}

// toOwn is the inverse of toHead.
func (t Timing) toOwn(head, first cache.Number) cache.Number {
	if t.Plain() {
		return head
	}
	return (first + cache.Number(float64(head-first-t.Offset)*t.Scale)).Round(decimals)
}

// Timing is how the layer lies in time.
func (l *Layer) Timing() Timing { return l.timing }

// SetTiming changes it; what is no Timing is refused, and any for a locked layer.
func (s *Session) SetTiming(l *Layer, t Timing) error {
	if err := cmp.Or(t.Check(), l.unlocked()); err != nil {
		return err
	}
	if t == l.timing || !slices.Contains(s.layers, l) {
		return nil
	}
	l.timing = t
	s.reindex()
	s.Settle(aboutSelection) // it was about another frame
	s.pump()
	s.changed(everything)
	return nil
}

// placeFrames finds where a layer's frames lie, after they or its timing have changed.
func (l *Layer) placeFrames() {
	l.numbers = nil
	if l.timing.Plain() {
		return
	}
	first := l.Seq.Frames[0].Number
	for _, f := range l.Seq.Frames {
		l.numbers = append(l.numbers, l.timing.toHead(f.Number, first))
	}
}

// Span is where the layer's first and last frame lie in the session's time.
func (l *Layer) Span() (first, last cache.Number) {
	return l.numberOf(0), l.numberOf(len(l.slots) - 1)
}

// ToHead is where a number of the layer's frames lies in the session's time.
func (l *Layer) ToHead(own cache.Number) cache.Number {
	return l.timing.toHead(own, l.Seq.Frames[0].Number)
}

// ToOwn is the number of the layer's own time at one of the session's: that of the frame there,
// or of the place between frames.
func (l *Layer) ToOwn(head cache.Number) cache.Number {
	if i := l.slotAt(head); i >= 0 {
		return l.Seq.Frames[i].Number
	}
	return l.timing.toOwn(head, l.Seq.Frames[0].Number)
}
