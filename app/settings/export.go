package settings

import (
	"slices"

	"iceexplorer/cache/pathname"
)

// Export is what frames are exported as, from what, and to where: texts as they are typed. What is about the
// caches that are open, rather than about where they go, is not kept.
type Export struct {
	Format   string                       `json:"format,omitempty"`
	Of       string                       `json:"of,omitempty"`     // one of ExportOf
	Source   pathname.Text                `json:"source,omitempty"` // of OfFolder
	Folder   pathname.Text                `json:"folder,omitempty"` // to write to; "": beside the sources
	Name     string                       `json:"name,omitempty"`   // template of names; "": as the sources
	Existing string                       `json:"existing,omitempty"`
	Scale    string                       `json:"scale,omitempty"`
	Up       string                       `json:"up,omitempty"`
	FPS      string                       `json:"fps,omitempty"`
	Options  map[string]map[string]string `json:"options,omitempty"` // of formats, by their names

	Range  string   `json:"-"` // one of ExportRanges
	Frames string   `json:"-"` // of RangeFrames: 1-100x2
	Points string   `json:"-"` // one of ExportPoints
	Where  string   `json:"-"` // and only points that meet this condition
	Attrs  []string `json:"-"` // these alone, in this order; none: all
	Derive []string `json:"-"`
	Kinds  string   `json:"-"`
	Offset string   `json:"-"`
}

// What is exported.
const (
	OfActive = "active"
	OfAll    = "all"
	OfFolder = "folder"

	RangeAll    = "all"
	RangeInOut  = "range"
	RangeFrame  = "frame"
	RangeFrames = "frames"

	PointsAll      = "all"
	PointsFilter   = "filter"
	PointsSelected = "selected"
)

// The choices, the first of which is taken where nothing is said.
var (
	ExportOf       = []string{OfActive, OfAll, OfFolder}
	ExportRanges   = []string{RangeAll, RangeInOut, RangeFrame, RangeFrames}
	ExportPoints   = []string{PointsAll, PointsFilter, PointsSelected}
	ExportExisting = []string{"refuse", "skip", "overwrite", "rename"}
)

// Clean puts the first choice where there is none.
func (e *Export) Clean() {
	for _, c := range []struct {
		text *string
		of   []string
	}{{&e.Of, ExportOf}, {&e.Range, ExportRanges}, {&e.Points, ExportPoints}, {&e.Existing, ExportExisting}, {&e.Up, []string{"y", "z"}}} {
		if !slices.Contains(c.of, *c.text) {
			*c.text = c.of[0]
		}
	}
}

// Option is what is chosen of the format, "" if nothing is.
func (e *Export) Option(name string) string { return e.Options[e.Format][name] }

// SetOption chooses an option of the format; "" is its default.
func (e *Export) SetOption(name, value string) {
	all := map[string]map[string]string{}
	for format, options := range e.Options { // others may have the map
		all[format] = options
	}
	of := map[string]string{}
	for name, value := range all[e.Format] {
		of[name] = value
	}
	if of[name] = value; value == "" {
		delete(of, name)
	}
	all[e.Format] = of
	e.Options = all
}
