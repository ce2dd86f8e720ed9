// Package sessionfile is a session as a file, .iceview: which sequences are open, and how they
// are looked at. It is JSON, with paths that begin in the file's folder, so that a project can
// move as a whole.
package sessionfile

import (
	"encoding/json"
	"path/filepath"
	"strings"

	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
)

// Ending is what the names of the files end in.
const Ending = ".iceview"

// Is reports whether a path is that of a session, by its name.
func Is(path string) bool { return strings.EqualFold(filepath.Ext(path), Ending) }

// Named is a path with the ending.
func Named(path string) string {
	if Is(path) {
		return path
	}
	return path + Ending
}

// Version is that of the files which are written. It rises when a program of before would
// misread what is new; a field that it may do without does not make a new version.
const Version = 1

// File is a session.
type File struct {
	Version   int        `json:"version"`
	Sequences []Sequence `json:"sequences"`
	Camera    *Camera    `json:"camera,omitempty"` // nil: all is in view
	Panes     *Panes     `json:"panes,omitempty"`  // nil: there was only one camera
	ZUp       bool       `json:"zUp"`
	Look      look.Look  `json:"look"`
	Rows      Rows       `json:"rows"`

	FPS         float64       `json:"fps,omitempty"`         // 0: the preference
	Frame       *cache.Number `json:"frame,omitempty"`       // under the play head; nil: the first
	Interpolate *bool         `json:"interpolate,omitempty"` // show what is between frames; nil: the preference
	In          *cache.Number `json:"in,omitempty"`          // nil: there is no such point
	Out         *cache.Number `json:"out,omitempty"`

	Bookmarks []Bookmark       `json:"bookmarks,omitempty"` // of the timeline
	Cameras   []look.Viewpoint `json:"cameras,omitempty"`   // remembered ones

	// SavedAs is the file that this is a later state of, in one that is kept for the case of a crash.
	SavedAs pathname.Text `json:"savedAs,omitempty"`
}

// Sequence is an open sequence.
type Sequence struct {
	Name   pathname.Text   `json:"name"`            // as users see it
	Folder pathname.Text   `json:"folder"`          // from the file's folder, with / between names
	Was    pathname.Text   `json:"was"`             // the same as it was when the file was written, from the root
	File   pathname.Text   `json:"file"`            // of the sequence, in the folder
	Files  []pathname.Text `json:"files,omitempty"` // all of them; none: all that the folder has
	Hidden bool            `json:"hidden,omitempty"`
	Active bool            `json:"active,omitempty"`
	Timing *Timing         `json:"timing,omitempty"` // nil: frames lie where their numbers say

	Title  string `json:"title,omitempty"` // as the user calls it; "": Name
	Solo   bool   `json:"solo,omitempty"`
	Locked bool   `json:"locked,omitempty"`
	Look   *Look  `json:"look,omitempty"` // of its own; nil: the session's
}

// Look is how a sequence is drawn. Settings that are missing in the file are those of a new
// window.
type Look struct{ look.Look }

// UnmarshalJSON reads it.
func (l *Look) UnmarshalJSON(data []byte) error {
	l.Look = look.Default()
	return json.Unmarshal(data, &l.Look)
}

// Timing is how the frames of a sequence lie in the session's time.
type Timing struct {
	Offset cache.Number `json:"offset"`
	Scale  float64      `json:"scale"`
	Before bool         `json:"holdBefore"`
	After  bool         `json:"holdAfter"`
}

// Bookmark is a number of the timeline with a name.
type Bookmark struct {
	Name   string       `json:"name"`
	Number cache.Number `json:"number"`
}

// Camera is where the scene is seen from. Angles are degrees.
type Camera struct {
	Target    [3]float64 `json:"target"`
	Distance  float64    `json:"distance"`
	Yaw       float64    `json:"yaw"`
	Pitch     float64    `json:"pitch"`
	Fov       float64    `json:"fov"` // vertical
	Ortho     bool       `json:"ortho,omitempty"`
	KeepOrtho bool       `json:"keepOrtho,omitempty"` // also when it turns
}

// Panes are the four panes of the scene.
type Panes struct {
	On      bool      `json:"on"`     // or else the active one fills the scene
	Active  int       `json:"active"` // from 0 on; its camera is that of the file
	Cameras [4]Camera `json:"cameras"`
}

// Rows is what the spreadsheet shows.
type Rows struct {
	Shown      bool     `json:"shown,omitempty"` // the panel is
	Filter     string   `json:"filter,omitempty"`
	Only       bool     `json:"only,omitempty"` // the scene draws no others
	Sort       string   `json:"sort,omitempty"` // expression
	Descending bool     `json:"descending,omitempty"`
	Columns    []string `json:"columns,omitempty"` // expressions; none: all attributes
}

// Layer is what is open, to make a Sequence of.
type Layer struct {
	Seq            cache.Sequence
	Hidden, Active bool
	Timing         *Timing
	Title          string
	Solo, Locked   bool
	Look           *Look
}

// Put takes over what is open.
func (f *File) Put(layers []Layer) {
	f.Sequences = make([]Sequence, 0, len(layers))
	for _, l := range layers {
		s := Sequence{Name: pathname.Text(l.Seq.Name), Was: pathname.Text(l.Seq.Dir), Hidden: l.Hidden, Active: l.Active, Timing: l.Timing, Title: l.Title, Solo: l.Solo, Locked: l.Locked, Look: l.Look}
		for i, frame := range l.Seq.Frames {
			name, err := filepath.Rel(l.Seq.Dir, frame.Path())
			if err != nil {
				name = frame.Path()
			}
			if i == 0 {
				s.File = pathname.Text(filepath.ToSlash(name))
			}
			if !l.Seq.Whole {
				s.Files = append(s.Files, pathname.Text(filepath.ToSlash(name)))
			}
		}
		f.Sequences = append(f.Sequences, s)
	}
}

// place has the folders begin in that of the file.
func (f *File) place(dir string) {
	for i := range f.Sequences {
		s := &f.Sequences[i]
		if s.Was == "" {
			continue
		}
		s.Folder = s.Was
		if rel, err := filepath.Rel(dir, string(s.Was)); err == nil { // else they are on two drives
			s.Folder = pathname.Text(filepath.ToSlash(rel))
		}
	}
}
