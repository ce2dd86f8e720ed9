package settings

import "slices"

// Spreadsheet is what the spreadsheet remembers.
type Spreadsheet struct {
	Filters  []string           `json:"filters,omitempty"` // used ones, the newest first
	Columns  []string           `json:"columns,omitempty"` // expressions, in their order; none: all attributes
	Widths   map[string]float64 `json:"widths,omitempty"`  // of columns by their titles, in pixels at scale 1
	Decimals int                `json:"decimals"`          // of numbers; -1: as many as it takes
	Hex      bool               `json:"hex,omitempty"`     // whole numbers in hexadecimal
	Summary  bool               `json:"summary,omitempty"` // show it below the rows
}

// Limits of a Spreadsheet.
const (
	MaxFilters = 20
	maxWidths  = 2000

	MinColumn, MaxColumn = 30, 2000 // widths of columns
)

func (s *Spreadsheet) clamp() {
	s.Decimals = min(max(s.Decimals, -1), 12)
	s.Filters = s.Filters[:min(len(s.Filters), MaxFilters)]
	if len(s.Widths) > maxWidths {
		s.Widths = nil
	}
	for title, w := range s.Widths {
		s.Widths[title] = within(w, MinColumn, MaxColumn)
	}
}

// Filtered notes that a filter was used.
func (s *Spreadsheet) Filtered(text string) {
	s.Filters = slices.DeleteFunc(s.Filters, func(f string) bool { return f == text })
	s.Filters = slices.Insert(s.Filters, 0, text)
	s.Filters = s.Filters[:min(len(s.Filters), MaxFilters)]
}

// SetWidth notes how wide a column is.
func (s *Spreadsheet) SetWidth(title string, width float64) {
	if s.Widths == nil {
		s.Widths = map[string]float64{}
	}
	s.Widths[title] = width
}
