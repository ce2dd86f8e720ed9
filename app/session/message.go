package session

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
)

// Message is something to tell the user.
type Message struct {
	Level Level
	Text  string
	Time  time.Time
	About Subject
	Past  bool // the problem has been resolved

	Remedy
}

// Level of a message.
type Level uint8

const (
	Info Level = iota
	Warning
	Error
)

// slog is the level in the log.
func (l Level) slog() slog.Level {
	switch l {
	case Warning:
		return slog.LevelWarn
	case Error:
		return slog.LevelError
	}
	return slog.LevelInfo
}

// Subject is what a message is about, so that it can be withdrawn: success at something
// settles earlier messages about it. A message with the zero Subject cannot be withdrawn.
type Subject struct {
	what   string
	layer  int          // ID of the layer, if it is about one
	number cache.Number // of a frame
}

// About is the subject of an activity: "open", "save", the ID of an action.
func About(what string) Subject { return Subject{what: what} }

// Subjects of a layer. Those of frames have a number.
const (
	aboutFrame   = "frame"   // it could not be read, or is damaged
	aboutNote    = "note"    // oddities in a file
	aboutFailed  = "failed"  // frames that could not be read, together
	aboutDamaged = "damaged" // damaged ones, together
	aboutConvert = "convert"

	aboutUnmeasured = "unmeasured" // frames that could not be measured, together
)

func (l *Layer) about(what string) Subject { return Subject{what: what, layer: l.ID} }

func (l *Layer) aboutFrame(what string, i int) Subject {
	return Subject{what: what, layer: l.ID, number: l.Seq.Frames[i].Number}
}

// maxMessages is how many messages are kept.
const maxMessages = 500

// Tell adds a message.
func (s *Session) Tell(level Level, text string) { s.TellOf(Subject{}, level, text) }

// TellOf adds a message that holds until Settle is called for its subject.
func (s *Session) TellOf(about Subject, level Level, text string) {
	text = pathname.Display(text)
	s.opt.Log.Log(context.Background(), level.slog(), text)
	m := Message{Level: level, Text: text, Time: time.Now(), About: about}
	if n := len(s.messages); n > 0 && !m.Time.After(s.messages[n-1].Time) {
		m.Time = s.messages[n-1].Time.Add(1) // Windows' clock stands still for up to 16 ms, and messages are told apart by their times
	}
	if n := len(s.messages); n > 0 && s.messages[n-1].Text == text {
		if first := s.messages[n-1].About; first != (Subject{}) {
			m.About = first // it was passed on
		}
		s.messages[n-1] = m
		return
	}
	s.messages = append(s.messages, m)
	if len(s.messages) > maxMessages {
		s.messages = slices.Delete(s.messages, 0, len(s.messages)-maxMessages)
	}
}

// aboutSelection is the subject of messages about the selection.
var aboutSelection = About("selection")

// TellSelection says what was selected; it holds until the selection changes.
func (s *Session) TellSelection(text string) {
	s.Settle(aboutSelection)
	s.TellOf(aboutSelection, Info, text)
}

// Settle marks messages about a subject as past.
func (s *Session) Settle(about Subject) {
	s.settle(func(o Subject) bool { return o == about })
}

// settleLayer marks messages about a layer and its frames as past.
func (s *Session) settleLayer(l *Layer) {
	s.settle(func(o Subject) bool { return o.layer == l.ID })
}

// settleFrames marks messages about a frame that is there now as past, and those about the
// layer's frames together if they no longer apply to any.
func (s *Session) settleFrames(l *Layer, i int) {
	frame, failed, damaged := l.aboutFrame(aboutFrame, i), l.about(aboutFailed), l.about(aboutDamaged)
	s.settle(func(o Subject) bool {
		return o == frame || o == failed && l.counts[Failed] == 0 || o == damaged && l.counts[Partial] == 0
	})
}

func (s *Session) settle(of func(Subject) bool) {
	for i := range s.messages {
		if m := &s.messages[i]; m.About != (Subject{}) && !m.Past && of(m.About) {
			m.Past = true
		}
	}
}

// Messages are the latest messages, oldest first.
func (s *Session) Messages() []Message { return s.messages }

// Latest is the latest message that still holds; ok is false if there is none.
func (s *Session) Latest() (m Message, ok bool) {
	for _, m := range slices.Backward(s.messages) {
		if !m.Past {
			return m, true
		}
	}
	return Message{}, false
}
