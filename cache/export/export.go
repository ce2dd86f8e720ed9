// Package export says what a format is that frames are written in: a Format declares its
// names and options, and its Writer makes a file. Each format is a package below this one
// and a line in the list of package formats.
//
// Declarations are read by every process, Writers run in workers alone.
package export

import (
	"context"
	"fmt"
	"iter"
	"runtime"

	"iceexplorer/cache"
)

// Format declares a format.
type Format struct {
	Name    string   // as command lines and scripts write it
	Label   string   // what people call a file of it, with its article: an .icecache
	Ext     string   // of its files, ".csv"
	Further []string // extensions of the files that go with one
	For     string   // what reads it: spreadsheets, pandas
	Holds   Holds    // in one file

	Options []Option
	// Check, if not nil, finds what is wrong with values that are right one by one.
	Check func(Values) error

	// Attributes names those that a file can hold, of a frame that may have more or fewer;
	// the Writer sees no others. nil: it takes whole frames.
	Attributes func(Values) []string
	// Naming is how its files are called where nobody says how, in the words of the verb's
	// names: frame={frame}/{name}. nil, or "": as their sources.
	Naming func(Values) string
	// Companion says that files lie in a folder of their own beside their sources, and are
	// read in the place of those as long as they are newer.
	Companion bool
	// Marks says that its files can tell that a frame is damaged. Others would look whole, and
	// are not made of such frames.
	Marks bool

	// Places says what becomes of a frame's attributes, without their values. nil: all are
	// there, under their names.
	Places func(*cache.Index, Values) []Place

	// There reports whether the files of a set, which an earlier Write made for these frames, are all
	// there. nil: the file that a set goes by is all there is of it.
	There func(path string, frames []cache.Number, v Values) bool

	// Write makes a file. nil in a declaration whose Writer needs cgo, see package writers.
	Write Writer
}

// Holds is what one file of a format holds.
type Holds uint8

const (
	OneFrame  Holds = iota
	AllFrames       // of one sequence
)

// Writer makes the file of a job: complete, or not at all, and what was there before is
// kept then and when ctx ends. Of a job it writes the same bytes each time. It holds no
// second copy of the frame. Errors are one sentence with the path last.
type Writer func(ctx context.Context, j *Job) error

// Job is what a Writer is asked for.
type Job struct {
	Frame   *cache.Frame // of a format that holds one
	Number  cache.Number // its number, or the first of Frames
	Frames  Frames       // of a format that holds all
	Path    string
	Options Values

	Source  cache.Stamp // of what the frame was read from, for formats that tell; zero: it has none
	From    string      // the file that it was read from; "": none, or others than that alone
	Program string      // name and version of this one, for formats that tell
	Threads int         // that may be busy; 0: as many as there are cores
}

// Frames are the frames of a sequence by rising number, to be read once. A frame is read when it is asked
// for, and gone when the next one is. A Writer ends with the error of one that cannot be read.
type Frames iter.Seq2[Numbered, error]

// Numbered is a frame of a sequence.
type Numbered struct {
	*cache.Frame
	Number cache.Number
}

// Do has the format make the job's file.
func (f *Format) Do(ctx context.Context, j Job) error {
	if j.Threads <= 0 {
		j.Threads = runtime.GOMAXPROCS(0)
	}
	if j.Frame != nil {
		if err := f.Whole(j.Frame); err != nil {
			return fmt.Errorf("cannot be written: %w: %s", err, j.Path)
		}
	}
	if j.Frames != nil && !f.Marks {
		j.Frames = j.Frames.each(func(n *Numbered) error { return f.Whole(n.Frame) })
	}
	if f.Attributes != nil {
		names := f.Attributes(j.Options)
		if j.Frame != nil {
			j.Frame = j.Frame.Only(names)
		}
		if j.Frames != nil {
			j.Frames = j.Frames.each(func(n *Numbered) error {
				n.Frame = n.Only(names)
				return nil
			})
		}
	}
	return f.Write(ctx, &j)
}

// Whole is an error if the frame is damaged and files of the format cannot tell. Do refuses
// such a frame by the name of the file that it would become; who knows where the frame comes
// from asks first, and names that. Attributes that a whole file holds in a way that is not known here
// are left out like others that are told of.
func (f *Format) Whole(frame *cache.Frame) error {
	if frame.Damage == nil || frame.Damage.Foreign || f.Marks {
		return nil
	}
	return &cache.FormatError{Offset: -1, Field: "damaged frame", Msg: frame.Damage.String() + ", which " + f.Label + " has no way to say"}
}

func (frames Frames) each(do func(*Numbered) error) Frames {
	return func(yield func(Numbered, error) bool) {
		for f, err := range frames {
			if err == nil {
				err = do(&f)
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// Find is the format of a name.
func Find(list []Format, name string) (*Format, bool) {
	for i := range list {
		if list[i].Name == name {
			return &list[i], true
		}
	}
	return nil, false
}
