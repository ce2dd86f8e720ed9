package session

// Inspect is what there is to ask of a layer: what is shown of it, or of a hidden one the
// frame under the play head. acquire keeps that frame open for work beside the session's
// goroutine; it may be called until the session's next call, and is nil without a frame.
func (s *Session) Inspect(l *Layer) (sh Shown, acquire func() (release func())) {
	h := l.last
	if l.Visible {
		if sh = s.Shown(l); sh.Frame == nil {
			return sh, nil
		}
	} else {
		i := s.atHead(l)
		if i < 0 || l.slots[i].shared == nil {
			return Shown{}, nil
		}
		h = l.slots[i].shared
		sh = Shown{Frame: h.frame, Key: h.key, Number: l.Seq.Frames[i].Number}
	}
	return sh, func() func() {
		h.refs.Add(1)
		return h.release
	}
}
