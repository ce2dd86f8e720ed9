package panel

import "slices"

// Arrangement is a choice of panels for a kind of work.
type Arrangement struct {
	Name, Help string
	Shown      []string // beside those that cannot be hidden
}

// Arrangements are those that come with the program.
func Arrangements() []Arrangement {
	return []Arrangement{
		{"Play", "The scene and the timeline, to watch", []string{"Timeline"}},
		{"Inspect", "Attributes, histogram, profile and the spreadsheet, to find out about points", []string{"Browser", "Attributes", "Display", "Histogram", "Profile", "Spreadsheet", "Timeline"}},
		{"Compare", "Browser, display and camera, to see sequences beside each other", []string{"Browser", "Display", "Camera", "Timeline"}},
	}
}

// Arrange shows these docked panels, and no others.
func (s *Set) Arrange(shown []string) {
	s.Reset()
	for _, p := range s.panels {
		if p.docked() && !p.Fixed && slices.Contains(shown, p.Name) == p.Hidden {
			s.settings.SetShown(p.Name, p.Hidden)
		}
	}
}
