package spread

import (
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/session"
)

// Only reports whether the scene draws only the points that there are rows of.
func (s *Spread) Only() bool { return s.only }

// SetOnly has the scene draw only those, or all again.
func (s *Spread) SetOnly(on bool) { s.only = on }

// Cancel ends the search for rows; those of before stay.
func (s *Spread) Cancel() {
	s.sheet.Cancel()
	s.masks.Cancel()
}

// followMask finds the points of the frame that is shown for the scene, whatever order the
// rows are sorted in.
func (s *Spread) followMask(src *sheet.Source) {
	if !s.only {
		s.masks.Show(nil)
		return
	}
	if text := s.sheet.Filter(); text != s.masks.Filter() {
		_ = s.masks.SetFilter(text) // it is one of the sheet's, and so no error
	}
	if scope := s.sheet.Scope(); scope != s.masks.Scope() {
		s.masks.SetScope(scope)
	}
	s.masks.Show(src)
}

// Drawn are the points of a layer's frame that the scene draws.
type Drawn struct {
	Some    bool     // not all
	Words   []uint64 // one bit per point
	Count   int
	Key     uint64 // changes with the words
	Waiting bool   // they are being looked for
	Why     string // the filter cannot be carried out: there are none
}

// Drawn tells what the scene draws of a layer's frame.
func (s *Spread) Drawn(l *session.Layer, sh session.Shown) Drawn {
	if !s.only || l != s.layer {
		return Drawn{}
	}
	if v := s.masks.View(); v == nil || v.Key != sh.Key {
		s.Follow(s.wanted) // the play head has just moved
	}
	v := s.masks.View()
	if v == nil || v.Key != sh.Key {
		_, _, busy := s.masks.Busy()
		return Drawn{Some: busy, Waiting: busy}
	}
	if v.Fault != nil {
		why := v.Fault.Error()
		if name, lacks := lacking(v.Fault); lacks {
			why = "the frame has no " + name
		}
		return Drawn{Some: true, Key: v.Serial, Why: why}
	}
	points, n := v.Within()
	if points == nil {
		return Drawn{}
	}
	return Drawn{Some: true, Words: points.Words(), Count: n, Key: v.Serial}
}
