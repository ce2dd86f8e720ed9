package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/printable"
	"iceexplorer/cache/unit"
)

// teller says what becomes of a plan's files.
type teller struct {
	env    Env
	line   *progress
	json   *json.Encoder // not nil: lines of JSON
	report string        // a file to write the report to; "": none
	broken error         // the output cannot be written
}

// newTeller tells people, in a line on a terminal.
func newTeller(env Env) *teller {
	return &teller{env: env, line: newProgress(env.Stderr, 0)}
}

// newOutput tells as the flags of export ask for.
func newOutput(f *flags, env Env) *teller {
	t := newTeller(env)
	t.line.plain = env.Stderr
	if f.isSet("json") {
		t.json, t.line = json.NewEncoder(env.Stdout), &progress{}
		t.json.SetEscapeHTML(false)
	}
	t.report = f.text("report")
	return t
}

// event is a line of JSON.
type event struct {
	Event string `json:"event"` // plan or file
	Done  int    `json:"done"`
	Total int    `json:"total"`
	export.File
}

// notBegunEvent is the line of JSON of what was not begun.
type notBegunEvent struct {
	Event string `json:"event"` // refused
	Why   string `json:"why"`
}

// plannedEvent is the last line of JSON of a dry run.
type plannedEvent struct {
	Event   string           `json:"event"` // planned
	Total   int              `json:"total"`
	Planned int              `json:"planned"`
	Skipped []export.Skipped `json:"skipped"`
	Failed  int              `json:"failed"`           // would be
	Absent  string           `json:"absent,omitempty"` // frames that were asked for and do not exist: 21-30
}

// lastEvent is the last line of JSON.
type lastEvent struct {
	Event string `json:"event"` // report
	*export.Report
}

func (t *teller) encode(v any) {
	if err := t.json.Encode(v); err != nil && t.broken == nil {
		t.broken = fmt.Errorf("write the output: %w", err)
	}
}

// told says what became of a job, the i-th.
func (t *teller) told(r *export.Report, i int, j *export.Job, o *export.Outcome) {
	if t.json != nil {
		t.encode(event{"file", i + 1, r.Total, r.Files[len(r.Files)-1]})
		return
	}
	tell(t.env, t.line, r, j, o)
}

// ended says what became of all.
func (t *teller) ended(r *export.Report) error {
	t.line.clear()
	if t.json != nil {
		t.encode(lastEvent{"report", r})
		return errFirst(t.save(r), t.broken)
	}
	for _, text := range append(r.Repeats(), r.Lacks()...) {
		t.env.say("%s", text)
	}
	return errFirst(t.save(r), t.env.print("%s\n", r.Text()))
}

func errFirst(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// check finds out whether the report can be written, before all that it is about is. It may be in a folder that a plan makes.
func (t *teller) check(p *export.Plan) error {
	if t.report == "" {
		return nil
	}
	if st, err := os.Stat(t.report); err == nil && st.IsDir() {
		return fmt.Errorf("write the report: it is a folder: %s", t.report)
	}
	dir, err := filepath.Abs(filepath.Dir(t.report))
	if err != nil {
		return fmt.Errorf("write the report: %w: %s", err, t.report)
	}
	if err := export.Writable(dir); err != nil && !p.Makes(dir) {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// save writes the report, if that is asked for.
func (t *teller) save(r *export.Report) error {
	if t.report == "" {
		return nil
	}
	err := atomicfile.Write(t.report, atomicfile.Options{}, func(w io.Writer) error { return json.NewEncoder(w).Encode(r) })
	if err != nil {
		return fmt.Errorf("write the report: %w: %s", pathname.Step(err), t.report)
	}
	return nil
}

// filePlanned is what becomes of a file of a dry run in the place of being written.
const filePlanned = "planned"

// plan prints what would be done.
func (t *teller) plan(p *export.Plan) error {
	run := export.Start(context.Background(), p, nothing{}, export.RunOptions{Width: 1})
	r := run.Report()
	for i, f := range r.Files {
		if f.Outcome == export.FileWritten {
			f.Outcome = filePlanned
		}
		if t.json != nil {
			t.encode(event{"plan", i + 1, len(r.Files), f})
			continue
		}
		var err error
		switch f.Outcome {
		case export.FileFailed:
			t.env.say("%s", f.Why)
		case export.FileSkipped:
			err = t.env.print("%s: %s\n", printable.Line(f.To), printable.Line(f.Why))
		default:
			err = t.env.print("%s -> %s\n", printable.Line(fromOf(f)), printable.Line(f.To))
		}
		if err != nil {
			return err
		}
	}
	if t.json == nil {
		for _, text := range r.Lacks() {
			t.env.say("%s", text)
		}
		text := []string{unit.Count(r.Written) + " to be written"}
		for _, s := range r.Skipped {
			text = append(text, fmt.Sprintf("%s skipped (%s)", unit.Count(s.Files), s.Reason))
		}
		if r.Failed+r.Nowhere > 0 {
			text = append(text, unit.Count(r.Failed+r.Nowhere)+" would fail")
		}
		t.broken = t.env.print("%s: %s\n", unit.Plural(len(r.Files), p.Kind.Noun), strings.Join(text, ", "))
	} else {
		t.encode(plannedEvent{"planned", len(r.Files), r.Written, r.Skipped, r.Failed + r.Nowhere, r.Absent})
	}
	if t.broken == nil && !r.OK() {
		return errReported
	}
	return t.broken
}

// fromOf is what a file is made of: of several the first, with their number.
func fromOf(f export.File) string {
	text := strings.Join(f.From[:min(len(f.From), 1)], "")
	if more := len(f.From) - 1; more > 0 {
		text += fmt.Sprintf(" and %s more", unit.Count(more))
	}
	return text
}

// nothing does nothing: of a dry run.
type nothing struct{}

func (nothing) Do(_ context.Context, _ *export.Job, done func(export.Outcome)) {
	done(export.Outcome{})
}

// mergeReports prints one report of several.
func mergeReports(f *flags, env Env) error {
	reports, err := export.Reports(f.args)
	if err != nil {
		return err
	}
	r := export.Merge(reports)
	t := newOutput(f, env)
	if t.json == nil {
		for _, file := range r.Of(export.FileFailed, false) {
			for _, why := range append([]string{file.Why}, file.Further...) {
				env.say("%s", why)
			}
		}
	}
	if err := t.ended(r); err != nil {
		return err
	}
	if !r.OK() || len(r.Of(export.FileCanceled, false)) > 0 {
		return errReported
	}
	return nil
}

// printNames prints what a format calls the attributes of ICE.
func printNames(env Env, kinds []*export.Kind, format string) error {
	kind, ok := export.Find(kinds, format)
	if !ok {
		return usagef("--names %q: want %s", format, export.Names(kinds))
	}
	t := table{}
	t.add("attribute", "in "+kind.Format.Label+" file")
	maps := names.Table(format)
	for _, m := range maps {
		t.add(m.Attribute, strings.Join(m.As, " "))
	}
	text := &strings.Builder{}
	switch _, renames := kind.Format.Option("map"); {
	case len(maps) > 0:
		t.write(text, "")
		text.WriteString("All others keep their names")
		if renames {
			text.WriteString("; --map Mass=density,... gives them others")
		}
		text.WriteString(".\n")
	case renames:
		text.WriteString("All attributes keep their names; --map Mass=density,... gives them others.\n")
	default:
		text.WriteString("All attributes keep their names.\n")
	}
	return env.print("%s", text.String())
}

// folder is the folder to write to, "" for none.
func folder(f *flags) (string, error) {
	to := f.text("output")
	if to == "" {
		if f.isGiven("output") {
			return "", usagef("-o needs a folder")
		}
		return "", nil
	}
	dir, err := filepath.Abs(to)
	if err != nil {
		return "", fmt.Errorf("find the folder: %w: %s", err, to)
	}
	return dir, nil
}
