package session

import "iceexplorer/app/look"

// ResetView looks at things as a new window does; the size of points without a Size,
// a preference, stays.
func (s *Session) ResetView() {
	size := s.View.PointSize
	s.View = look.Default()
	s.View.PointSize = size
	s.changed(Drawn)
}
