package session

import "slices"

// Remedy is what can be done about a message.
type Remedy struct {
	// Path is a file or folder that the message is about, to be shown where it lies; "": none.
	Path string
	// Retry does again what failed, on the session's goroutine; nil: there is nothing to do.
	Retry func()
}

// TellWith is TellOf of what something can be done about.
func (s *Session) TellWith(about Subject, level Level, text string, r Remedy) {
	s.TellOf(about, level, text)
	s.messages[len(s.messages)-1].Remedy = r
}

// Retry does again what failed last and can be done again; false: there is nothing.
func (s *Session) Retry() bool {
	for _, m := range slices.Backward(s.messages) {
		if !m.Past && m.Retry != nil {
			m.Retry()
			return true
		}
	}
	return false
}

// Retriable reports that there is something for Retry.
func (s *Session) Retriable() bool {
	return slices.ContainsFunc(s.messages, func(m Message) bool { return !m.Past && m.Retry != nil })
}

// retryFailed has the frames of a layer read again that could not be. Their messages are
// withdrawn: what still applies is told again.
func (s *Session) retryFailed(l *Layer) {
	if !slices.Contains(s.layers, l) {
		return
	}
	s.Settle(l.about(aboutFailed))
	for i := range l.slots {
		if l.slots[i].state == Failed {
			s.Settle(l.aboutFrame(aboutFrame, i))
			s.pool.Forgive(l.Seq.Frames[i].Path())
			l.slots[i].sourceOnly = false
			s.free(l, i, Absent)
		}
	}
	s.again()
}

// ofFailed is what can be done about frames that could not be read; path is one of them.
func (s *Session) ofFailed(l *Layer, path string) Remedy {
	return Remedy{Path: path, Retry: func() { s.retryFailed(l) }}
}
