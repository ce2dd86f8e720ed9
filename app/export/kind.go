// Package export plans, runs and reports the writing of files: caches by the workers of
// a pool, pictures by the loop that draws. Verbs and window share it.
//
// An Order says what is to be written from what; its Plan has a job for every file, with
// what stands in the way of it. A Run gives the jobs to a Doer, tells how far it is, can
// be canceled, and ends with a Report.
package export

import (
	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/jobs"
)

// Holds is what one file of a kind holds.
type Holds uint8

const (
	OneFrame  Holds = iota // a frame of one sequence
	AllLayers              // a frame of all sequences together, as a picture does
	AllFrames              // all frames of one sequence
)

// By is who makes files of a kind.
type By uint8

const (
	Workers By = iota // from the caches' files
	Stage             // the loop that draws, which needs frames and a renderer
)

// Kind declares a kind of output. What is done is decided by this, never by a name.
type Kind struct {
	Name  string // as a command line takes it
	Ext   string // of its files
	Noun  string // what messages call one of them
	Did   string // what was done when one is written
	Holds Holds
	By    By
	Film  bool // all files of a plan are one, and its pictures follow each other

	Format *export.Format // that workers write; nil: they write none

	// Beside names the file that an input becomes, in dir, or beside its source where dir
	// is "". nil: such files are named by a Pattern.
	Beside func(in *Input, dir string) string
	// NeedsFolder reports that an input has no place beside its source.
	NeedsFolder func(in *Input) bool
	// Already, if not "", is why an input that is already of this kind is skipped.
	Already string
	// Fresh reports that the doer checks whether the file of an input is up to date, so that
	// the file's existence is no reason to skip the input.
	Fresh func(in *Input) bool
	// Request is the job of a worker that makes a file.
	Request func(j *Job, o *Options) jobs.Request
}

// Options are what formats are written with, and of what.
type Options struct {
	Chosen   map[string]string // of the options of the kind's format, by name
	Existing Existing
	Hint     string       // how people have files written that exist, for messages
	Change   jobs.Change  // made to each frame before it is written
	Offset   cache.Number // added to the frames' numbers
	Verify   bool         // read a .sih5 back and compare it with its source, those that are up to date too

	inFolder bool // of a plan: a folder was named to write to
}

// Existing is what becomes of files that exist.
type Existing uint8

const (
	Skip    Existing = iota
	Replace          // also those that are up to date
	Rename           // the new ones have other names
	Refuse           // nothing is begun
)

// Input is the file or files that one frame of one sequence is read from, or why there is
// none.
type Input struct {
	Name      string // as messages show it: relative if the argument was
	Source    string // the .icecache
	Converted string // the .sih5, if there is no source
	Sequence  int    // which of several
	Stem      string // of files that hold all frames of it
	Number    cache.Number
	Selected  string // the file of a reshape.Selection: only these points; "": all
	Err       error
}

// Path is the file that is read; "" if there is none or if the frame is open.
func (in *Input) Path() string {
	if in.Source != "" {
		return in.Source
	}
	return in.Converted
}

// InputOf is a frame's file, under the name that messages show.
func InputOf(f cache.FrameFile, name string) Input {
	in := Input{Name: name, Source: f.Source, Number: f.Number}
	if f.Source == "" {
		in.Converted = f.Converted
	}
	return in
}
