package jobs

import (
	"errors"
	"fmt"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs/proto"
)

// Task is a kind of job.
type Task = proto.Task

// The kinds of job. One job is one file.
const (
	Load    = proto.TaskLoad    // make a frame drawable: index a fresh .sih5, else decode the source
	Index   = proto.TaskIndex   // index a fresh .sih5; fails with CodeStale if there is none
	Convert = proto.TaskConvert // write the .sih5 and map it
	Export  = proto.TaskExport  // write the frame to another format
	Measure = proto.TaskMeasure // the index alone, with all ranges and lengths, and checksums
)

// ID names a submitted job for its life; 0 is none.
type ID uint64

// Request is one job: one file.
type Request struct {
	Task     Task
	Layer    int          // workers take turns over layers of equal priority
	Frame    cache.Number // for whoever reads the result
	Priority int          // lower goes first, within the task's class
	Tag      string       // not "": replaces queued requests of the same tag

	Source    string // .icecache; "" if there is only a converted file
	Converted string // .sih5, read or written
	Foreign   bool   // Load: decode the source even if a converted file is there

	// From, for Convert, is a frame that Load delivered in scratch memory and that
	// is still open: its columns are written without decoding again.
	From *cache.Frame

	Target  string // Export: the file to write
	Format  string // Export: "icecache" or "sih5"
	Version uint32 // Export: version of the .icecache, 0 for 103

	Checksums bool // Measure: SHA-256 of each attribute's values

	// Started, if not nil, is called when a worker has been given the job, before
	// Done and from the same goroutine. A job that is tried again, after a crash or
	// because its source changed, is given to a worker more than once.
	Started func(ID)
	// Done is called once, from a goroutine that delivers one result at a time. It may
	// call the pool, except Close, but must not keep the others waiting.
	Done func(Result)
}

// path is the file a request is about, for messages.
func (r *Request) path() string {
	if r.Source != "" {
		return r.Source
	}
	return r.Converted
}

// Result is the outcome of a job.
type Result struct {
	ID      ID
	Request Request
	Err     error // *Error, or nil

	// Frame is what Load, Index and Convert deliver; the receiver closes it.
	Frame  *cache.Frame
	Mapped bool // Frame lies in a mapped .sih5, else in scratch memory

	Index   *cache.Index // of every task
	SHA256  []string     // Measure: per attribute, in order
	Decoded bool         // the source was gunzipped and parsed
	Written bool         // Convert: the file was written, rather than found to be up to date
	Source  cache.Stamp  // of the source as it was read
	Bytes   uint64       // of the columns
	Took    time.Duration

	// Bypassed, if not nil, is what is wrong with the converted file: the source was read
	// in its place.
	Bypassed error
}

// Error is why a job failed: one sentence, with the path last.
type Error struct {
	Code proto.Code
	Text string
}

func (e *Error) Error() string { return e.Text }

// Codes of errors beside those of workers.
const (
	CodeCanceled = proto.CodeCanceled
	CodeReplaced = proto.Code("replaced") // by a newer request with the same tag
	CodeBudget   = proto.Code("budget")   // no scratch memory free, and none was made free
	CodeCrash    = proto.Code("crash")    // the file killed two workers
	CodePool     = proto.Code("pool")     // the pool is closed, or its workers do not start
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

// class orders the tasks: what a user waits for first, conversion when nothing
// else is to be done.
func class(t Task) int {
	switch t {
	case Load, Index:
		return 0
	case Export, Measure:
		return 1
	}
	return 2
}
