// Package task is what the pool and its workers agree on for each kind of job: its name, its
// parameters, and its result. What a task does is in jobs/worker.
package task

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Result is what a task hands over in addition to the index of the frame that it has read.
type Result uint8

const (
	Facts Result = iota // nothing but the index and the task's own answer
	Frame               // a frame: columns in scratch memory, or in a converted file that is mapped
	File                // a file that was written
	Rows                // rows of data in scratch memory
)

// Class orders tasks: those of a class wait until no tasks of earlier classes are left.
type Class uint8

const (
	Now   Class = iota // a user looks at where it will be
	Soon               // a user has asked for it
	Later              // when there is nothing else to do
)

// Input is the frame that a job is about: an .icecache, its converted file, or both.
type Input struct {
	Source    string `json:"source,omitempty"`    // .icecache; "" if there is only a converted file
	Converted string `json:"converted,omitempty"` // .sih5, read if it is fresh
}

// Path is the file to name in messages.
func (in Input) Path() string {
	if in.Source != "" {
		return in.Source
	}
	return in.Converted
}

// None is for tasks without parameters or without an answer of their own.
type None struct{}

// About describes to New a task with parameters of type P.
type About[P any] struct {
	Result Result
	Class  Class
	// FromScratch says that the task, if it is given a frame in scratch memory, works on its
	// columns rather than decoding them again.
	FromScratch bool
	// Yields says that a job is canceled as soon as one of another task waits for its worker.
	Yields bool
	// Reads are the files that a job reads beside its input; nil: none.
	Reads func(in Input, p P) []string
	// Writes is the file that a job writes; nil: it writes none.
	Writes func(in Input, p P) string
}

// Task is a kind of job. Both ends know it by its name. It is made by New, and never
// changes.
type Task struct {
	name        string
	result      Result
	class       Class
	fromScratch bool
	yields      bool
	encode      func(params any) (json.RawMessage, error)
	answer      func(raw json.RawMessage) (any, error)
	own         func(answer any) (json.RawMessage, error)
	reads       func(in Input, params any) []string
	writes      func(in Input, params any) string
}

// New makes a task that takes parameters of type P and answers with an A. Both travel as
// JSON; paths in them are of type pathname.Text.
func New[P, A any](name string, about About[P]) *Task {
	return &Task{
		name: name, result: about.Result, class: about.Class, fromScratch: about.FromScratch, yields: about.Yields,
		encode: func(params any) (json.RawMessage, error) { return encode[P](name+" takes", params) },
		own:    func(answer any) (json.RawMessage, error) { return encode[A](name+" answers with", answer) },
		answer: func(raw json.RawMessage) (any, error) { return Decode[A](raw) },
		reads: func(in Input, params any) []string {
			if about.Reads == nil {
				return nil
			}
			p, _ := params.(P)
			return about.Reads(in, p)
		},
		writes: func(in Input, params any) string {
			if about.Writes == nil {
				return ""
			}
			p, _ := params.(P) // nil: the zero value
			return about.Writes(in, p)
		},
	}
}

func (t *Task) String() string    { return t.name }
func (t *Task) Result() Result    { return t.result }
func (t *Task) Class() Class      { return t.class }
func (t *Task) FromScratch() bool { return t.fromScratch }
func (t *Task) Yields() bool      { return t.yields }

// Encode encodes the parameters of a job for the pipe; nil stands for the zero value.
// Parameters of another task are an error.
func (t *Task) Encode(params any) (json.RawMessage, error) { return t.encode(params) }

// Writes is the file that a job with such parameters writes, "" for none.
func (t *Task) Writes(in Input, params any) string { return t.writes(in, params) }

// Reads are the files that a job with such parameters reads: its input, and others.
func (t *Task) Reads(in Input, params any) []string {
	files := t.reads(in, params)
	for _, path := range []string{in.Source, in.Converted} {
		if path != "" {
			files = append(files, path)
		}
	}
	return files
}

// EncodeAnswer encodes a task's own answer for the pipe, and DecodeAnswer decodes it; nil
// stands for the zero value.
func (t *Task) EncodeAnswer(answer any) (json.RawMessage, error) { return t.own(answer) }
func (t *Task) DecodeAnswer(raw json.RawMessage) (any, error)    { return t.answer(raw) }

func encode[T any](whose string, v any) (json.RawMessage, error) {
	if v == nil {
		return nil, nil
	}
	if _, ok := v.(T); !ok {
		return nil, fmt.Errorf("%s %T, not %T", whose, *new(T), v)
	}
	return json.Marshal(v)
}

// Decode reads what Encode made. A field that T does not have is an error.
func Decode[T any](raw json.RawMessage) (T, error) {
	var v T
	if len(raw) == 0 {
		return v, nil
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	err := d.Decode(&v)
	return v, err
}
