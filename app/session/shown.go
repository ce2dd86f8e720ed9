package session

import (
	"fmt"

	"iceexplorer/cache"
)

// Current is the layer's frame under the play head, nil if it is not there. It may
// be used until the session's next call.
func (s *Session) Current(l *Layer) *cache.Frame {
	number, ok := s.Number()
	if !ok {
		return nil
	}
	return l.Frame(number)
}

// Shown is what a layer's picture is made of.
type Shown struct {
	Frame  *cache.Frame // nil: nothing
	Key    uint64       // of the frame's data: another frame has another
	Number cache.Number // of Frame
	Held   bool         // Frame is not the one under the play head, which is being loaded
	Why    string       // if Held, or Frame is nil: what keeps the right one away
}

// Shown is the layer's frame under the play head, and nothing that is not: only while
// that is being loaded, the one that was shown last is held. It may be used until the
// session's next call.
func (s *Session) Shown(l *Layer) Shown {
	number, ok := s.Number()
	if !ok {
		return Shown{}
	}
	i := l.Seq.Find(number)
	if i >= 0 && l.slots[i].shared != nil {
		return s.present(l, i, number)
	}
	why := ""
	switch first, last := l.Seq.Frames[0].Number, l.Seq.Frames[len(l.Seq.Frames)-1].Number; {
	case number < first || number > last: // the sequence has not begun, or is over
	case i < 0:
		why = fmt.Sprintf("%s has no frame %v", l.Seq.Name, number)
	case l.slots[i].state == Failed:
		why = fmt.Sprintf("%s: frame %v could not be read", l.Seq.Name, number)
	case l.slots[i].state == Absent && s.paused:
		why = fmt.Sprintf("%s: frame %v is not loaded, as loading was canceled", l.Seq.Name, number)
	case l.last == nil:
		why = fmt.Sprintf("%s: loading frame %v", l.Seq.Name, number)
	default:
		return s.held(l, number)
	}
	l.forget()
	return Shown{Why: why}
}

// held is the frame shown last, while another is being loaded.
func (s *Session) held(l *Layer, number cache.Number) Shown {
	sh := Shown{Frame: l.last.frame, Key: l.last.key, Number: l.lastNumber, Held: true}
	if number == l.lastNumber {
		sh.Why = fmt.Sprintf("%s: loading frame %v again", l.Seq.Name, number)
	} else {
		sh.Why = fmt.Sprintf("%s: loading frame %v, still showing frame %v", l.Seq.Name, number, l.lastNumber)
	}
	return sh
}

// present is a frame that is there.
func (s *Session) present(l *Layer, i int, number cache.Number) Shown {
	if h := l.slots[i].shared; h != l.last {
		l.forget()
		h.refs.Add(1)
		l.last, l.lastNumber = h, number
		for _, c := range s.drawnColumns(h.frame) {
			populate(c) // at once, rather than by a fault for every few pages
		}
	}
	return Shown{Frame: l.last.frame, Key: l.last.key, Number: number}
}

// forget lets go of the frame that was shown last.
func (l *Layer) forget() {
	if l.last != nil {
		l.last.release()
		l.last = nil
	}
}
