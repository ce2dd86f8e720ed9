package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"

	"iceexplorer/app/export"
	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/rows"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/jobs"
)

// This file is what query, stats and trace share: frames are loaded one after the other,
// and each is asked for values.

// askFlags are the flags of verbs that ask for values.
func askFlags(f *flags) {
	f.string("frames", "FRAMES", "only these, such as 12, 1-48, -10..-1, 1-48x2 (every second\none) or 1,5.25,10-20")
	f.string("fps", "N", "frames per second, for $time (default 24)")
	f.string("format", "FORMAT", "table, csv, tsv, json (one list) or ndjson (one object a line)\n(default table)")
	poolFlags(f)
}

// refusal is why a file cannot be asked, without its path.
type refusal string

func (r refusal) Error() string { return string(r) }

// output says what failed to be written.
type output struct{ io.Writer }

func (o output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if err != nil {
		err = fmt.Errorf("write the output: %w", err)
	}
	return n, err
}

// expression reads a flag's expression, nil if it was not given.
func expression(f *flags, name string) (*expr.Expr, error) {
	if !f.isGiven(name) {
		return nil, nil
	}
	e, err := expr.Parse(f.text(name))
	return e, faulty(name, err)
}

// expressions reads a flag's list of them.
func expressions(f *flags, name string) ([]*expr.Expr, error) {
	if !f.isGiven(name) {
		return nil, nil
	}
	list, err := expr.ParseList(f.text(name))
	return list, faulty(name, err)
}

// faulty is a fault of an expression on the command line, with a mark at its place.
func faulty(flag string, err error) error {
	var fault *expr.Error
	if !errors.As(err, &fault) {
		return err
	}
	return &usageError{text: fmt.Sprintf("--%s: %v", flag, fault), detail: fault.Pointer()}
}

// source is a file with its converted one, which is read if it is fresh.
type source struct {
	input
	converted string
	sequence  named
}

// named is a sequence, by its name and by one that no other has.
type named struct{ short, long string }

// sources are inputs with their converted files.
func sources(env Env, args []string) []source {
	var out []source
	var finder cache.Finder
	for _, arg := range args {
		found, err := finder.Discover(arg)
		printNotes(env.Stderr, arg, found.Notes)
		for _, e := range split(err) {
			out = append(out, source{input: input{Name: arg, Err: asWritten(e, arg)}})
		}
		for _, s := range found.Sequences {
			for _, f := range s.Frames {
				out = append(out, source{export.InputOf(f, shown(arg, f.Path())), f.Converted, named{s.Name, shown(arg, filepath.Join(s.Dir, s.Name))}})
			}
		}
	}
	return out
}

// asking is a run over frames.
type asking struct {
	env   Env
	files []source
	fps   float64
	out   *bufio.Writer
	rows  rows.Writer
	last  func() error // called after the last frame; may be nil

	sequence string // of the frame that is asked
	mixed    bool   // there are several sequences

	all     []source // those of the sequences, asked or not
	learn   func(files []source) ([]inspect.Attribute, error)
	schema  *cache.Frame // has the attributes of all of them; nil: no frame lacked one
	lacking []lacking
}

// nameSequences calls the sequences by their names, or by their paths where two have one
// name, and reports whether there are several.
func nameSequences(files []source) bool {
	longs, shorts := map[string]bool{}, map[string]bool{}
	for i := range files {
		if n := files[i].sequence; files[i].Err == nil {
			longs[n.long], shorts[n.short] = true, true
		}
	}
	for i := range files {
		if len(shorts) == len(longs) {
			files[i].sequence.long = files[i].sequence.short
		}
	}
	return len(longs) > 1
}

// rate is the frames per second that $time counts by.
func rate(f *flags) (float64, error) {
	if !f.isGiven("fps") {
		return 24, nil
	}
	fps, err := strconv.ParseFloat(f.text("fps"), 64)
	if err != nil || !(fps > 0 && fps < 1e6) {
		return 0, usagef("--fps %q: want a number of frames per second", f.text("fps"))
	}
	return fps, nil
}

func newAsking(f *flags, env Env) (*asking, error) {
	if len(f.args) == 0 {
		return nil, usagef("no file or folder is named")
	}
	a := &asking{env: env, out: bufio.NewWriterSize(output{env.Stdout}, 1<<16)}
	var err error
	if a.fps, err = rate(f); err != nil {
		return nil, err
	}
	if a.rows, err = rows.New(f.text("format"), a.out); err != nil {
		return nil, usagef("--format: %v", err)
	}
	var frames []cache.FrameSpan
	if f.isGiven("frames") {
		if frames, err = parseFrames(f.text("frames")); err != nil {
			return nil, err
		}
	}
	a.files = sources(env, f.args)
	a.all = slices.Clone(a.files)
	sequences := map[string]bool{}
	for i := range a.files {
		if a.files[i].Err == nil {
			sequences[a.files[i].sequence.long] = true
		}
	}
	a.mixed = len(sequences) > 1
	if frames != nil {
		a.files = slices.DeleteFunc(a.files, func(in source) bool {
			return in.Err == nil && !slices.ContainsFunc(frames, func(s cache.FrameSpan) bool { return s.Contains(in.Number) })
		})
		if len(a.files) == 0 {
			return nil, fmt.Errorf("none of these frames exists: %s", f.text("frames"))
		}
	}
	return a, nil
}

// each loads the files one after the other and calls ask with each frame; more reports
// whether to go on. Failures are reported, and the other files go on.
func (a *asking) each(ctx context.Context, f *flags, ask func(in *input, frame expr.Frame) (more bool, err error)) error {
	pool := newPool(f, a.env, len(a.files))
	defer pool.Close()
	for i := range a.files {
		expect(pool, a.files[i].input)
	}
	inner, enough := context.WithCancel(ctx)
	defer enough()
	a.learn = func(files []source) ([]inspect.Attribute, error) {
		all := learn(inner, pool, files)
		return all, inner.Err()
	}
	t := &told{asking: a, enough: enough}
	forEach(inner, pool, len(a.files), max(len(pool.Stats().Workers), 1), func(i int) *jobs.Request {
		in := &a.files[i]
		if in.Err != nil {
			return nil
		}
		return &jobs.Request{Task: jobs.Load, Source: in.Source, Converted: in.converted}
	}, func(i int, r *jobs.Result) {
		in := &a.files[i].input
		if r != nil && r.Frame != nil {
			defer r.Frame.Close()
		}
		switch {
		case t.broken != nil || inner.Err() != nil:
			return
		case r == nil:
			t.fail(in.Err)
			return
		case r.Err != nil:
			t.fail(in.Explain(r.Err))
			return
		}
		warnBypassed(a.env.Stderr, r.Bypassed)
		if d := r.Frame.Damage; d != nil {
			warn(a.env.Stderr, in, []string{d.Sentence()})
		}
		a.sequence = a.files[i].sequence.long
		more, err := ask(in, expr.Frame{Frame: r.Frame, Number: in.Number, FPS: a.fps})
		t.take(in, more, err)
	})
	err := t.broken
	if err == nil && ctx.Err() == nil && a.last != nil && (t.asked || !t.failed) {
		err = a.last()
	}
	if err == nil && ctx.Err() == nil {
		err = a.rows.End()
	}
	if flushed := a.out.Flush(); err == nil {
		err = flushed
	}
	if err == nil {
		a.warnLacking()
	}
	if f.isSet("stats") {
		writeStats(a.env.Stderr, pool.Stats())
	}
	switch {
	case err != nil:
		return err
	case t.failed:
		return errReported
	}
	return nil
}

// told is what came of asking files so far.
type told struct {
	*asking
	enough func() // ends it
	failed bool   // a file was, and that was said
	broken error  // no use in going on
	asked  bool   // a frame had an answer
	idle   idle
}

func (t *told) fail(err error) {
	t.failed = true
	t.out.Flush() // keeps the order if both go to the same terminal
	if !t.idle.again(err) {
		t.env.complain(err)
	}
}

// take notes what came of a frame; more reports whether there is a use in going on.
func (t *told) take(in *input, more bool, err error) {
	var wrong *expr.Error
	switch {
	case errors.As(err, &wrong):
		if t.wrong(in, wrong); !t.asked { // the others would say the same
			t.enough()
		}
	case errors.As(err, new(refusal)):
		t.fail(fmt.Errorf("%w: %s", err, in.Name))
	case errors.Is(err, fault.Err):
		t.fail(in.Explain(err))
	case err != nil:
		t.broken = err
		t.enough()
	case !more:
		t.enough()
	}
	t.asked = t.asked || err == nil
}

// wrong tells of an expression that does not fit a file.
func (t *told) wrong(in *input, err *expr.Error) {
	t.fail(fmt.Errorf("%w: %s", err, in.Name))
	t.env.detail(err.Pointer())
}
