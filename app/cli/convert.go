package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"iceexplorer/app/export"
	"iceexplorer/cache"
)

func convertVerb(env Env) verb {
	return verb{
		name: "convert", args: "PATH...",
		short: "convert caches to .sih5, which open at once, or to .icecache",
		long: `
Converts each file to a .sih5 that can be mapped, named like its source with .sih5
added, in a folder named .sih5 beside it or in DIR. Sources whose .sih5 is up to date
are skipped.

With --to icecache it writes .icecache files to DIR instead, skipping those that exist.
Without DIR, a .sih5 from a folder named .sih5 goes beside that folder, and any other
.sih5 goes beside itself. A file is never written over itself, and each appears under
its name only when it is complete.

A .sih5, .h5 or .hdf5 becomes another .sih5 only with -o DIR, as NAME.sih5; those that
exist are skipped. The intact part of a damaged file is converted to a .sih5 that is
marked as damaged, with a warning. It does not become an .icecache, which has no place
for such a mark and would look intact.

A converted frame whose source is gone is left out if other sources of the sequence
exist: it may belong to an older, longer simulation. --prune removes such files, from
the .sih5 folders of those PATHs that are folders and from nowhere else.`,
		flags: func(f *flags) {
			f.output("DIR", "folder to write to, made if it is missing")
			formatFlags(f, export.Caches(env.Formats))
			f.bool("force", "also write files that are up to date or exist")
			f.bool("prune", "remove converted frames from .sih5 folders if their source is\ngone and other sources of the sequence exist")
			poolFlags(f)
		},
		run: convert,
	}
}

func convert(ctx context.Context, f *flags, env Env) error {
	if len(f.args) == 0 {
		return usagef("convert needs a file or folder")
	}
	if f.isGiven("output") && f.text("output") == "" {
		return usagef("-o needs a folder")
	}
	order, err := parseConversion(f, export.Caches(env.Formats))
	if err != nil {
		return err
	}
	// All arguments are looked at together, so that a source and its .sih5 are one file.
	like := f.args[0]
	found, err := cache.Discover(f.args...)
	for _, e := range split(err) {
		order.Inputs = append(order.Inputs, input{Err: asWritten(e, f.args...)})
	}
	for i, s := range found.Sequences {
		for _, file := range s.Frames {
			in := export.InputOf(file, shown(like, file.Path()))
			in.Sequence, in.Stem = i, s.Stem()
			order.Inputs = append(order.Inputs, in)
		}
	}
	plan, err := order.Plan()
	switch {
	case errors.Is(err, export.ErrNoFolder):
		return usagef("--to %s needs a folder to write to: -o DIR", order.Kind.Name)
	case err != nil:
		return err
	}
	if f.isSet("prune") {
		found.Notes = slices.DeleteFunc(found.Notes, func(n cache.Note) bool { return n.Gone })
	}
	printNotes(env.Stderr, like, found.Notes)
	err = runPlan(ctx, f, env, plan)
	if f.isSet("prune") && ctx.Err() == nil {
		if pruned := prune(env, like, found.Gone); err == nil {
			err = pruned
		}
	}
	return err
}

// parseConversion is what the flags of convert ask for.
func parseConversion(f *flags, kinds []*export.Kind) (*export.Order, error) {
	kind, chosen, err := parseFormat(f, kinds)
	if err != nil {
		return nil, err
	}
	if f.isSet("prune") && (f.text("output") != "" || kind.Fresh == nil) {
		return nil, usagef("--prune is for .sih5 folders beside sources: leave out -o and --to")
	}
	existing := export.Skip
	if f.isSet("force") {
		existing = export.Replace
	}
	order := &export.Order{Kind: kind, Dir: f.text("output"), Options: export.Options{Chosen: chosen, Existing: existing, Hint: "--force writes it again"}}
	if order.Dir != "" {
		dir, err := filepath.Abs(order.Dir)
		if err != nil {
			return nil, fmt.Errorf("find the folder: %w: %s", err, order.Dir)
		}
		order.Dir = dir
	}
	return order, nil
}

// runPlan has workers make the files of a plan, and says what became of them.
func runPlan(ctx context.Context, f *flags, env Env, plan *export.Plan) error {
	if err := plan.Prepare(); err != nil {
		return err
	}
	line := newProgress(env.Stderr, len(plan.Jobs))
	pool := newPool(f, env, len(plan.Jobs))
	defer pool.Close()
	loop := export.NewLoop()
	run := export.Start(ctx, plan, &export.Pool{Plan: plan, Pool: pool}, export.RunOptions{
		Width: window(pool), Post: loop.Post, Told: func(r *export.Report, i int, j *export.Job, o *export.Outcome) {
			tell(env, line, r, j, o)
			line.draw(i+1, r.Bytes)
		},
	})
	loop.Until(run.Ended)
	report := run.Report()
	line.clear()
	for _, text := range report.Repeats() {
		env.say("%s", text)
	}
	for _, text := range report.Lacks() {
		env.say("%s", text)
	}
	if err := env.print("%s\n", report.Text()); err != nil {
		return err
	}
	if f.isSet("stats") {
		writeStats(env.Stderr, pool.Stats())
	}
	if !report.OK() {
		return errReported
	}
	return nil
}

// tell says why a file was not written, or what is wrong with its source.
func tell(env Env, line *progress, r *export.Report, j *export.Job, o *export.Outcome) {
	switch {
	case o.Canceled || o.Err != nil && r.Again(j, o):
	case o.Err != nil:
		line.clear()
		env.say("%s", o.Err)
	case o.Bypassed != nil || len(o.Notes) > 0:
		line.clear()
		warnBypassed(env.Stderr, o.Bypassed)
		warn(env.Stderr, &j.Inputs[0], o.Notes)
	}
}
