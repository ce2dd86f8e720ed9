package settings

import (
	"fmt"
	"slices"
)

// maxLayouts bounds the list of layouts.
const maxLayouts = 50

// NamedLayout is where panels are and which are shown.
type NamedLayout struct {
	Name   string   `json:"name"`
	Text   string   `json:"text"`  // as the window writes it
	Scale  float64  `json:"scale"` // that it was made at
	Closed []string `json:"closed,omitempty"`
	Opened []string `json:"opened,omitempty"`
}

func (s *Settings) layout(name string) int {
	return slices.IndexFunc(s.Layouts, func(l NamedLayout) bool { return l.Name == name })
}

// NamedLayout is the layout with a name.
func (s *Settings) NamedLayout(name string) (l NamedLayout, ok bool) {
	if i := s.layout(name); i >= 0 {
		return s.Layouts[i], true
	}
	return l, false
}

// KeepLayout adds a layout with the panels that are shown now, or replaces the one with its name;
// without a name it gets one. The error is written for users.
func (s *Settings) KeepLayout(l NamedLayout) (name string, err error) {
	for n := 1; l.Name == ""; n++ {
		if text := fmt.Sprintf("Layout %d", n); s.layout(text) < 0 {
			l.Name = text
		}
	}
	l.Closed, l.Opened = append([]string(nil), s.Closed...), append([]string(nil), s.Opened...)
	if i := s.layout(l.Name); i >= 0 {
		s.Layouts[i] = l
		return l.Name, nil
	}
	if len(s.Layouts) >= maxLayouts {
		return "", fmt.Errorf("%d layouts are remembered already: remove one", maxLayouts)
	}
	s.Layouts = append(s.Layouts, l)
	return l.Name, nil
}

// TakeLayout shows the panels of a layout.
func (s *Settings) TakeLayout(l NamedLayout) {
	s.Closed, s.Opened = slices.Clone(l.Closed), slices.Clone(l.Opened)
}

// DropLayout removes the layout with a name.
func (s *Settings) DropLayout(name string) (ok bool) {
	i := s.layout(name)
	if i < 0 {
		return false
	}
	s.Layouts = slices.Delete(s.Layouts, i, i+1)
	return true
}

// clampLayouts leaves out what has no name of its own, or says nothing.
func (s *Settings) clampLayouts() {
	all := s.Layouts
	s.Layouts = nil
	for _, l := range all {
		if l.Name != "" && l.Text != "" && s.layout(l.Name) < 0 && len(s.Layouts) < maxLayouts {
			l.Scale = within(l.Scale, 0.25, 16)
			s.Layouts = append(s.Layouts, l)
		}
	}
}
