package session

import (
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/app/inspect"
)

// Active is the layer that panels and actions are about unless another is named; nil if none
// is open. The layer opened last is active, or the first of several opened at once, as
// people open something to work on it. When the active layer is closed, the one that takes
// its place in the list becomes active, or else the one above it.
func (s *Session) Active() *Layer { return s.active }

// SetActive makes an open layer the active one.
func (s *Session) SetActive(l *Layer) {
	if l == s.active || !slices.Contains(s.layers, l) {
		return
	}
	s.active = l
	s.changed(Drawn)
}

// StepActive makes the layer n places further down the list active, going around at
// its ends.
func (s *Session) StepActive(n int) {
	if len(s.layers) == 0 {
		return
	}
	count := len(s.layers)
	at := slices.Index(s.layers, s.active) + n
	s.SetActive(s.layers[(at%count+count)%count])
}

// activateOpened makes the first of the opened layers active, unless layers that were asked
// for later are already there.
func (s *Session) activateOpened(layers []*Layer, place uint64) {
	if len(layers) > 0 && (s.active == nil || place >= s.activePlace) {
		s.active, s.activePlace = layers[0], place
	}
}

// passOnActive chooses another active layer after the one at index i was closed.
func (s *Session) passOnActive(closed *Layer, i int) {
	if s.active != closed {
		return
	}
	s.active = nil
	if n := len(s.layers); n > 0 {
		s.active = s.layers[min(i, n-1)]
	}
}

// NameOf is the name of an open layer: Name or, if several layers share it, a longer one that no
// other layer has.
func (s *Session) NameOf(l *Layer) string {
	names := l.names()
	for _, name := range names {
		if len(s.Named(name)) == 1 {
			return name
		}
	}
	return names[len(names)-1]
}

// Called is what people read of a layer: Name and, if several layers share it, as many of the
// folders above it as tell it apart.
func (s *Session) Called(l *Layer) string {
	name := l.Name()
	longer := func(l *Layer, folders int) string {
		names := strings.FieldsFunc(filepath.ToSlash(l.Seq.Dir), func(r rune) bool { return r == '/' })
		return strings.Join(append(slices.Clone(names[max(len(names)-folders, 0):]), name), "/")
	}
	alike := slices.DeleteFunc(slices.Clone(s.layers), func(o *Layer) bool { return o == l || o.Name() != name })
	const most = 8
	for folders := range most {
		text := longer(l, folders)
		if alike = slices.DeleteFunc(alike, func(o *Layer) bool { return longer(o, folders) != text }); len(alike) == 0 {
			return text
		}
	}
	return name
}

// Named are the open layers that go by a name: Name, the name of the sequence with the path of
// its folder, or the path of its first file.
func (s *Session) Named(name string) []*Layer {
	var out []*Layer
	for _, l := range s.layers {
		if slices.Contains(l.names(), name) {
			out = append(out, l)
		}
	}
	return out
}

// names are the names of a layer, the shortest first. Two layers may share all but the last:
// a_1 and a.1 in one folder are two sequences.
func (l *Layer) names() []string {
	return []string{l.Name(), filepath.Join(l.Seq.Dir, l.Seq.Name), l.Seq.Frames[0].Path()}
}

// Attributes are all that any frame of the layer has; those of one name and kind are listed
// once.
func (l *Layer) Attributes() []inspect.Attribute { return l.survey.Attributes() }

// activeFirst are all layers, the active one before the others.
func (s *Session) activeFirst() []*Layer {
	i := slices.Index(s.layers, s.active)
	if i <= 0 {
		return s.layers
	}
	return slices.Concat(s.layers[i:i+1], s.layers[:i], s.layers[i+1:])
}
