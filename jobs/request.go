package jobs

import (
	"errors"
	"fmt"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/task"
)

// The tasks that this program has. What each takes and answers with is in package task.
var (
	Load    = task.Load
	Index   = task.Index
	Convert = task.Convert
	Export  = task.Export
	Measure = task.Measure
	Verify  = task.Verify
)

// The parameters and answers of tasks.
type (
	LoadParams    = task.LoadParams
	ConvertParams = task.ConvertParams
	Converted     = task.Converted
	Exported      = task.Exported
	ExportParams  = task.ExportParams
	ExportFrame   = task.ExportFrame
	Change        = task.Change
	Left          = task.Left
	MeasureParams = task.MeasureParams
	Measured      = task.Measured
	Verified      = task.Verified
)

// ID names a submitted job for its life; 0 is none.
type ID uint64

// Request is one job: one task for one frame.
type Request struct {
	Task     *task.Task
	Layer    int          // workers take turns over layers of equal priority
	Frame    cache.Number // for whoever reads the result
	Priority int          // lower goes first, within the task's class
	Tag      string       // not "": replaces queued requests of the same tag

	Source    string // .icecache; "" if there is only a converted file
	Converted string // .sih5, read if it is fresh, and written by Convert
	// SourceOnly leaves the converted file alone: the source is read even if the converted file
	// is fresh.
	SourceOnly bool

	// Params are the task's own, nil for their zero value.
	Params any

	// From is a frame that was delivered in scratch memory and is still open: its columns
	// are used without decoding again. Tasks that would not use it are refused.
	From *cache.Frame

	// Started, if not nil, is called when a worker has been given the job, before
	// Done and from the same goroutine. A job that is tried again, after a crash or
	// because its source changed, is given to a worker more than once.
	Started func(ID)
	// Stepped, if not nil, is called when frames are written of a file that holds several: how many
	// so far, and how many bytes their values have. It is called as Started is.
	Stepped func(frames int, bytes uint64)
	// Done is called once, from a goroutine that delivers one result at a time. It may
	// call the pool, except Close, but must not keep the others waiting.
	Done func(Result)
}

func (r *Request) input() task.Input { return task.Input{Source: r.Source, Converted: r.Converted} }

// path is the file a request is about, for messages.
func (r *Request) path() string { return r.input().Path() }

// Result is the outcome of a job.
type Result struct {
	ID      ID
	Request Request
	Err     error // *Error, or nil

	// Frame is what tasks deliver whose result is one; the receiver closes it.
	Frame  *cache.Frame
	Mapped bool // Frame lies in a mapped .sih5, else in scratch memory

	Rows    *Rows // what tasks deliver whose result they are; the receiver closes them
	Written bool  // a file was written, rather than found to be up to date
	Answer  any   // what else the task has to say, of its own type

	Index   *cache.Index // of the frame that was read, if one was
	Decoded bool         // the source was gunzipped and parsed
	Source  cache.Stamp  // of the source as it was read
	Bytes   uint64       // of the columns
	Took    time.Duration

	// Bypassed, if not nil, is what is wrong with the converted file: the source was read
	// in its place. A *Doubted says so of all those in its folder, and comes once.
	Bypassed error
}

// Doubted says that converted files are not believed, as others could have written them.
type Doubted struct {
	Path string // of the first
	Why  string // "which everybody can write"
}

func (d *Doubted) Error() string {
	return fmt.Sprintf("sources are read instead of converted files that others could have written, such as this, %s: %s", d.Why, d.Path)
}

// Error is why a job failed: one sentence, with the path last.
type Error struct {
	Code proto.Code
	Text string

	Further []string // on more frames of the job, alike
}

func (e *Error) Error() string { return e.Text }

// Codes of errors beside those of workers.
const (
	CodeCanceled = proto.CodeCanceled
	CodeReplaced = proto.Code("replaced") // by a newer request with the same tag
	CodeBudget   = proto.Code("budget")   // no scratch memory free, and none was made free
	CodeCrash    = proto.Code("crash")    // the file killed two workers
	CodePool     = proto.Code("pool")     // the pool is closed, or its workers do not start
	CodeRefused  = proto.Code("refused")  // the request does not fit its task
	CodeFormat   = proto.CodeFormat
	CodeUnknown  = proto.CodeUnsupported // the file uses what this program does not know
	CodeStale    = proto.CodeStale
	CodeNoSpace  = proto.CodeNoSpace
	CodeReadOnly = proto.CodeReadOnly
	CodeChanged  = proto.CodeChanged // the source was replaced again and again while it was read
)

// codeBypass has a job tried again with its source. It never leaves the pool.
const codeBypass = proto.Code("bypass")

// CodeOf is the code of a job's error, "" for nil and foreign errors.
func CodeOf(err error) proto.Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func failure(code proto.Code, format string, args ...any) *Error {
	return &Error{Code: code, Text: fmt.Sprintf(format, args...)}
}
