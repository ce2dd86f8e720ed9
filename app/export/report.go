package export

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// Report is what became of the files of a run. As JSON it is for other programs.
type Report struct {
	Kind     string        `json:"kind"`
	Total    int           `json:"total"`
	Written  int           `json:"written"`
	Damaged  int           `json:"damaged"` // of Written: made of what is not whole
	Warned   int           `json:"warned"`  // of Written: those with a warning
	Skipped  []Skipped     `json:"skipped"`
	Failed   int           `json:"failed"`
	Nowhere  int           `json:"nowhere"` // arguments that name no cache
	Canceled bool          `json:"canceled"`
	Bytes    uint64        `json:"bytes"` // of values
	Took     time.Duration `json:"ns"`
	LeftOut  []Left        `json:"left_out,omitempty"`
	AsIs     []Left        `json:"as_is,omitempty"`  // what is there, but not as it was asked for
	Absent   string        `json:"absent,omitempty"` // frames that were asked for and do not exist: 21-30
	Files    []File        `json:"files"`

	noun, did string
	values    bool // Bytes are counted
	stopped   error
	alike     map[alike]int // failures
}

// Skipped is how many files were skipped for a reason.
type Skipped struct {
	Reason string `json:"reason"`
	Files  int    `json:"files"`
}

// What became of a File.
const (
	FileWritten  = "written"
	FileSkipped  = "skipped"
	FileFailed   = "failed"
	FileCanceled = "canceled"
)

// File is what became of one file.
type File struct {
	Frame   float64  `json:"frame"`
	From    []string `json:"from"`
	To      string   `json:"to,omitempty"`
	Outcome string   `json:"outcome"`
	Why     string   `json:"why,omitempty"`
	Further []string `json:"further,omitempty"` // as Why, of more of its frames
	Damaged bool     `json:"damaged,omitempty"`
	Notes   []string `json:"notes,omitempty"`
}

type alike struct{ what, dir string }

// NewReport is the report of a plan of which nothing is done.
func NewReport(p *Plan) *Report {
	return &Report{Kind: p.Kind.Name, Total: len(p.Jobs), Absent: p.absent(), Skipped: []Skipped{}, Files: []File{}, noun: p.Kind.Noun, did: p.Kind.Did, values: p.Kind.By == Workers, alike: map[alike]int{}}
}

// absent names the frames that were asked for and do not exist.
func (o *Order) absent() string {
	if !o.Named {
		return ""
	}
	var numbers []cache.Number
	for _, in := range o.Inputs {
		if in.Err == nil {
			numbers = append(numbers, in.Number)
		}
	}
	return cache.Absent(o.Frames, numbers)
}

// take counts a job.
func (r *Report) take(j *Job, o *Outcome) {
	f := File{Frame: float64(j.Number), To: j.Target, Damaged: o.Damaged, Notes: o.Notes}
	for _, in := range j.Inputs {
		f.From = append(f.From, in.Name)
	}
	switch {
	case o.Canceled:
		f.Outcome = FileCanceled
	case o.Err != nil:
		f.Outcome, f.Why = FileFailed, o.Err.Error()
		for _, err := range o.Further {
			f.Further = append(f.Further, err.Error())
		}
		r.fail(j, o)
	case o.Skip != "":
		f.Outcome, f.Why = FileSkipped, o.Skip
		r.skip(o.Skip)
	default:
		f.Outcome = FileWritten
		r.Written++
		r.Bytes += o.Bytes
		r.LeftOut, r.AsIs = addLeft(r.LeftOut, o.LeftOut), addLeft(r.AsIs, o.AsIs)
		if o.Damaged {
			r.Damaged++
		} else if len(o.Notes) > 0 {
			r.Warned++
		}
	}
	r.Files = append(r.Files, f)
}

func (r *Report) fail(j *Job, o *Outcome) {
	if o.Stop {
		r.stopped = o.Err
	}
	if j.Target == "" {
		r.Nowhere++
		r.Total--
		return
	}
	r.Failed++
	if o.Alike != "" {
		r.alike[alikeOf(j, o)]++
	}
}

// undo counts nothing as written.
func (r *Report) undo() {
	r.Written, r.Damaged, r.Warned, r.Bytes = 0, 0, 0, 0
	for i := range r.Files {
		if f := &r.Files[i]; f.Outcome == FileWritten {
			f.Outcome, f.Damaged = FileCanceled, false
		}
	}
}

func alikeOf(j *Job, o *Outcome) alike { return alike{o.Alike, filepath.Dir(j.Target)} }

func (r *Report) skip(reason string) {
	i := slices.IndexFunc(r.Skipped, func(s Skipped) bool { return s.Reason == reason })
	if i < 0 {
		r.Skipped = append(r.Skipped, Skipped{Reason: reason})
		slices.SortStableFunc(r.Skipped, func(a, b Skipped) int { return rank(a.Reason) - rank(b.Reason) })
		i = slices.IndexFunc(r.Skipped, func(s Skipped) bool { return s.Reason == reason })
	}
	r.Skipped[i].Files++
}

// rank puts reasons that every kind has first.
func rank(reason string) int {
	switch {
	case reason == SkipFresh, reason == SkipEqual:
		return 0
	case strings.HasPrefix(reason, SkipExists):
		return 1
	}
	return 2
}

// Again reports that the failure just reported is like an earlier one in the same folder:
// a full or read-only folder fails every file alike, and one line is enough. Repeats says
// how many there were.
func (r *Report) Again(j *Job, o *Outcome) bool { return o.Alike != "" && r.alike[alikeOf(j, o)] > 1 }

// Repeats says, a line for each folder, how many failures were not reported one by one.
func (r *Report) Repeats() []string {
	var out []string
	for a, n := range r.alike {
		if n > 1 {
			out = append(out, fmt.Sprintf("%s failed in the same way: %s", unit.Plural(n-1, "more "+r.noun), a.dir))
		}
	}
	slices.Sort(out)
	return out
}

// Stopped is the error that ended the run early, because every file would have failed of
// it.
func (r *Report) Stopped() error { return r.stopped }

// OK reports that nothing failed, which sets a program's exit status.
func (r *Report) OK() bool { return r.Failed+r.Nowhere == 0 }

// Of lists the frames of the files of an outcome; damaged: of those alone that were made
// of what is not whole.
func (r *Report) Of(outcome string, damaged bool) []File {
	var out []File
	for _, f := range r.Files {
		if f.Outcome == outcome && (f.Damaged || !damaged) {
			out = append(out, f)
		}
	}
	return out
}

// Text is a line for people.
func (r *Report) Text() string {
	parts := []string{unit.Count(r.Written) + " " + r.did}
	var but []string
	if r.Damaged > 0 {
		but = append(but, unit.Count(r.Damaged)+" damaged")
	}
	if r.Warned > 0 {
		but = append(but, unit.Count(r.Warned)+" with warnings")
	}
	if len(but) > 0 {
		parts[0] += " (" + strings.Join(but, ", ") + ")"
	}
	done := r.Written + r.Failed
	for _, s := range r.Skipped {
		parts = append(parts, fmt.Sprintf("%s skipped (%s)", unit.Count(s.Files), s.Reason))
		done += s.Files
	}
	if r.Failed > 0 {
		parts = append(parts, unit.Count(r.Failed)+" failed")
	}
	if r.Nowhere > 0 {
		parts = append(parts, unit.Plural(r.Nowhere, "argument")+" led nowhere")
	}
	if done < r.Total {
		parts = append(parts, unit.Count(r.Total-done)+" not done")
	}
	text := unit.Plural(r.Total, r.noun) + ": " + strings.Join(parts, ", ")
	switch {
	case r.Written > 0 && !r.values:
		text += "; in " + unit.Duration(r.Took)
	case r.Written > 0:
		s := r.Took.Seconds()
		text += fmt.Sprintf("; %s of values in %s, %.1f frames/s, %s", unit.Bytes(r.Bytes), unit.Duration(r.Took), float64(r.frames())/max(s, 1e-9), unit.Rate(float64(r.Bytes), s))
	}
	return text
}

// frames is how many frames the files hold that workers have written.
func (r *Report) frames() (n int) {
	for i := range r.Files {
		if r.Files[i].Outcome == FileWritten {
			n += len(r.Files[i].From)
		}
	}
	return n
}

// Line says in short how many files were written, and where.
func (r *Report) Line(where string) string {
	text := fmt.Sprintf("%s of %s %s: %s", unit.Count(r.Written), unit.Plural(r.Total, r.noun), r.did, where)
	if r.Canceled {
		text = "Canceled: " + text
	}
	return text
}
