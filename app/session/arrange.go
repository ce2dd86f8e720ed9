package session

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is what the user calls the layer, or else what its sequence is called.
func (l *Layer) Name() string {
	if l.title != "" {
		return l.title
	}
	return l.Seq.Name
}

// Title is the name that the user gave the layer; "" if none was given.
func (l *Layer) Title() string { return l.title }

// longestTitle is how many bytes a title may have.
const longestTitle = 200

// CheckTitle reports what cannot be the name of a layer. The error is written for users.
func CheckTitle(title string) error {
	if len(title) > longestTitle || !utf8.ValidString(title) || strings.ContainsFunc(title, unicode.IsControl) {
		return errors.New("the name of a sequence is one short line of text")
	}
	return nil
}

// Rename calls a layer as the user says; "" calls it as its files are called. The error is
// written for users.
func (s *Session) Rename(l *Layer, title string) error {
	title = strings.TrimSpace(title)
	if title == l.Seq.Name {
		title = ""
	}
	if err := CheckTitle(title); err != nil {
		return err
	}
	if title != l.title {
		l.title = title
		s.changed(Drawn)
	}
	return nil
}

// Hidden reports that the user hid the layer. One that is not may be unseen as well, while
// others are shown alone.
func (l *Layer) Hidden() bool { return l.hidden }

// Solo reports that the layer is shown alone, with others of which that holds.
func (l *Layer) Solo() bool { return l.solo }

// SetVisible shows or hides a layer. What is hidden is not shown alone any more.
func (s *Session) SetVisible(l *Layer, on bool) {
	l.hidden, l.solo = !on, l.solo && on
	s.showLayers()
	s.changed(Drawn)
}

// SetSolo has a layer shown alone, or with others of which that holds; the visibility of the
// others stays as it is for the time after.
func (s *Session) SetSolo(l *Layer, on bool) {
	l.solo = on
	s.showLayers()
	s.changed(Drawn)
}

// showLayers finds which layers are shown.
func (s *Session) showLayers() {
	alone := slices.ContainsFunc(s.layers, (*Layer).Solo)
	for _, l := range s.layers {
		l.Visible = l.solo || !alone && !l.hidden
	}
	s.version++ // what StateAt answers
	s.shownTrack = nil
}

// Locked reports that the layer's points cannot be selected, and that it stays where it lies
// in time.
func (l *Layer) Locked() bool { return l.locked }

// SetLocked changes that.
func (s *Session) SetLocked(l *Layer, on bool) {
	if on != l.locked {
		l.locked = on
		s.changed(Drawn)
	}
}

// unlocked is why a layer cannot be changed; nil if it can.
func (l *Layer) unlocked() error {
	if l.locked {
		return fmt.Errorf("%s is locked", l.Name())
	}
	return nil
}

// MoveLayer moves a layer to a place in the list of layers, or as far as there are others.
func (s *Session) MoveLayer(l *Layer, to int) {
	at := slices.Index(s.layers, l)
	to = min(max(to, 0), len(s.layers)-1)
	if at < 0 || at == to {
		return
	}
	all := slices.Delete(slices.Clone(s.layers), at, at+1) // a new slice: somebody may be ranging over the old one
	s.layers = slices.Insert(all, to, l)
	s.version++
	s.changed(Drawn)
}
