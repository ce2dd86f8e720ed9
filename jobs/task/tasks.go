package task

import (
	"path/filepath"

	"iceexplorer/cache/pathname"
)

// The tasks of the program. Load and Index deliver a frame, Convert one over the file
// that it has written.
var (
	// Load makes a frame drawable: it opens a fresh .sih5, or else decodes the source.
	Load = New[LoadParams, None]("load", About[LoadParams]{Result: Frame, Class: Now})
	// Index opens a fresh .sih5, and fails if there is none.
	Index = New[None, None]("index", About[None]{Result: Frame, Class: Now})
	// Convert writes the .sih5 of a source.
	Convert = New[ConvertParams, Converted]("convert", About[ConvertParams]{
		Result: Frame, Class: Later, FromScratch: true,
		Writes: func(in Input, _ ConvertParams) string { return in.Converted },
	})
	// Export writes a frame, or those of a sequence, to another file.
	Export = New[ExportParams, Exported]("export", About[ExportParams]{
		Result: File, Class: Soon, FromScratch: true,
		Reads:  exportReads,
		Writes: func(_ Input, p ExportParams) string { return string(p.Target) },
	})
	// Measure finds the ranges and lengths of all attributes.
	Measure = New[MeasureParams, Measured]("measure", About[MeasureParams]{Result: Facts, Class: Soon})
	// Verify reads all of a file and holds it against its checksums: the .sih5 if that is up to date or all there is,
	// or else the source. What does not fit is the job's error.
	Verify = New[None, Verified]("verify", About[None]{Result: Facts, Class: Later, Yields: true})
)

// LoadParams are the parameters of Load.
type LoadParams struct {
	// Only are the attributes that are needed. A frame that lies in a converted file may lack
	// the others: it is opened in less time.
	Only []string `json:"only,omitempty"`
}

// ConvertParams are the parameters of Convert.
type ConvertParams struct {
	Again bool `json:"again,omitempty"` // also write files that are up to date
	Named bool `json:"named,omitempty"` // a user has named the folder: it may be a link
	// Verify has the file read back and its values compared with the source's, those of a file that is
	// up to date too.
	Verify bool `json:"verify,omitempty"`
}

// Converted is the answer of Convert, in addition to the index.
type Converted struct {
	// Replaced is what was wrong with the file that was there and seemed to be up to date.
	Replaced pathname.Text `json:"replaced,omitempty"`
}

// ExportParams are the parameters of Export.
type ExportParams struct {
	Target  pathname.Text     `json:"target"`
	Format  string            `json:"format"`            // its name
	Options map[string]string `json:"options,omitempty"` // that the format declares; those left out have their defaults
	Number  float64           `json:"number"`            // of the frame
	Change  *Change           `json:"change,omitempty"`  // made of the frame before it is written
	Verify  bool              `json:"verify,omitempty"`  // of a .sih5: as of Convert
	// Further are frames that the file holds after that of the job. They are read when it is
	// their turn.
	Further []ExportFrame `json:"further,omitempty"`
}

// Change is what becomes of a frame before it is written. Expressions see it as it is in the
// file.
type Change struct {
	// Selected is a file that says which points are written, "" for all: a selection is too large for a message.
	Selected pathname.Text `json:"selected,omitempty"`

	Where  string            `json:"where,omitempty"`  // only points that meet this condition
	Derive []string          `json:"derive,omitempty"` // further attributes: name=expression
	Attrs  []string          `json:"attrs,omitempty"`  // these alone, in this order
	Scale  float64           `json:"scale,omitempty"`  // of lengths; 0: as they are
	Up     string            `json:"up,omitempty"`     // z: turned from Y-up to Z-up
	Kinds  map[string]string `json:"kinds,omitempty"`  // what attributes mean in space, by name
	FPS    float64           `json:"fps,omitempty"`    // what $time counts by; 0: 24
}

// Exported is what Export answers with beside the index.
type Exported struct {
	LeftOut []Left `json:"left_out,omitempty"`
	AsIs    []Left `json:"as_is,omitempty"` // what is there, but not as it was asked for
}

// Left is what the file leaves out of its frames for one reason.
type Left struct {
	Why        string   `json:"why"`
	Attributes []string `json:"attributes"` // the first of them
	More       int      `json:"more,omitempty"`
}

// exportReads are the files of further frames, and that of the selection.
func exportReads(in Input, p ExportParams) (files []string) {
	for _, f := range p.Further {
		further := f.Input(in)
		for _, path := range []string{further.Source, further.Converted} {
			if path != "" {
				files = append(files, path)
			}
		}
	}
	if p.Change != nil && p.Change.Selected != "" {
		files = append(files, string(p.Change.Selected))
	}
	return files
}

// ExportFrame is a further frame of an Export. Files in the folder of the job's own are
// given by their names alone: a message has room for some 20,000.
type ExportFrame struct {
	Source    pathname.Text `json:"source,omitempty"`
	Converted pathname.Text `json:"converted,omitempty"`
	Number    float64       `json:"number"`
}

// Input is the frame's files, where first is that of the job.
func (f *ExportFrame) Input(first Input) Input {
	path := func(name pathname.Text) string {
		if name == "" || filepath.IsAbs(string(name)) {
			return string(name)
		}
		return filepath.Join(filepath.Dir(first.Path()), string(name))
	}
	return Input{Source: path(f.Source), Converted: path(f.Converted)}
}

// MeasureParams are the parameters of Measure.
type MeasureParams struct {
	Checksums bool `json:"checksums,omitempty"`
	// Names asks for no more than which attributes there are: how many values they have and
	// their ranges may be missing from the index. No more of a file is read than that takes.
	Names bool `json:"names,omitempty"`
}

// Measured is the answer of Measure, in addition to the index.
type Measured struct {
	SHA256 []string `json:"sha256,omitempty"` // of each attribute's values, in order, if they were asked for
}

// Verified is the answer of Verify, in addition to the index.
type Verified struct {
	Against string `json:"against"` // what the file holds against, or why there is nothing
}
