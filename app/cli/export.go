package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/app/export/reshape"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

func exportVerb(env Env) verb {
	return verb{
		name: "export", args: "PATH...",
		short: "write frames for other programs, as files of many formats",
		long: `
Writes a file for each frame in a format that --to names, usda and mc a set of files for
each sequence. docs/export.md tells what each holds; docs/farm.md has job files for
queues.
` + readers(env) + `
Names of files are templates: {name} is the sequence's, {object} the same without a
version, {version} the v003 of the name or of the nearest folder, {frame} or {frame:04}
the number, {format} the format's; a slash makes folders, and {{ is a brace. Without
--name files are called as their sources. Names that two frames would share, and files
that exist, are refused before anything is begun; --skip completes a run that was
broken off.

--where and --derive take expressions (docs/expressions.md), of the values as they are
in the cache. --up z turns caches, which are Y-up, to Z-up; --scale multiplies lengths.
Attributes of unknown meaning stay as they are, of which you are told.

A file appears under its name only when it is complete. Ctrl+C removes what is being
written and keeps what is done.

Every tenth frame for Houdini in meters, those points alone that move:
  iceexplorer export --to bgeo --frames 1-240x10 --scale 0.01 --where 'v.mag > 0' \
    --name '{object}/{version}/{name}.{frame:04}' -o out PATH`,
		flags: func(f *flags) { exportFlags(f, export.Caches(env.Formats)) },
		run:   exports,
	}
}

// readers lists what the formats are for.
func readers(env Env) string {
	t := table{}
	for _, k := range export.Caches(env.Formats) {
		t.add(k.Name, k.Format.For)
	}
	text := &strings.Builder{}
	t.write(text, "  ")
	return "\n" + strings.TrimRight(text.String(), "\n") + "\n"
}

// ofExport are options of formats that export offers for all of them.
var ofExport = []string{"attrs"}

func exportFlags(f *flags, kinds []*export.Kind) {
	f.output("DIR", "folder to write to, made if it is missing (default beside the\nsources, where these are of another format)")
	formatFlags(f, kinds, ofExport...)
	f.string("name", "TEMPLATE", "names of the files, such as {name}.{frame:04}")
	f.string("frames", "FRAMES", "only these, such as 12, 1-48, 1-48x2 or 1-48:2 (every second one),\n1,5.25,10-20 or '1 2 3'")
	f.string("attrs", "A,B,...", "write only these attributes, in this order")
	f.string("where", "EXPR", "only points that meet this condition")
	f.list("derive", "NAME=EXPR", "a further attribute, such as speed=PointVelocity.mag;\nmay be given several times")
	f.string("scale", "N", "multiply positions, velocities, sizes and other lengths by this")
	f.string("up", "AXIS", "z: turn positions, directions, rotations and matrices from Y-up\nto Z-up; y: leave them (default y)")
	f.string("kind", "A=KIND,...", "what attributes mean to --scale and --up: position, vector,\ndirection, length, orientation, spin, transform or plain")
	f.string("offset", "N", "add this to the frames' numbers")
	f.string("fps", "N", "frames per second, for files that tell and for $time (default 24)")
	f.bool("overwrite", "replace files that exist")
	f.bool("skip", "leave files that exist, and write the others")
	f.bool("rename", "write beside files that exist, as NAME_2")
	f.string("shard", "I/N", "write only the I-th of N shares of the files, I from 1")
	f.bool("dry-run", "print what would be written, and write nothing")
	f.bool("json", "print a line of JSON for each file, and the report at the end")
	f.string("report", "FILE", "also write the report to this file, as JSON")
	f.bool("merge-reports", "print one report of several; each PATH is a report or a folder\nof them")
	f.string("names", "FORMAT", "print what the format calls the attributes of ICE, and do nothing\nelse")
	poolFlags(f)
}

func exports(ctx context.Context, f *flags, env Env) error {
	kinds := export.Caches(env.Formats)
	if f.isGiven("names") {
		return printNames(env, kinds, f.text("names"))
	}
	if len(f.args) == 0 {
		return usagef("export needs a file or folder")
	}
	if f.isSet("merge-reports") {
		return mergeReports(f, env)
	}
	err := exportCaches(ctx, f, env, kinds)
	if err != nil && f.isSet("json") && !errors.Is(err, errReported) && ctx.Err() == nil {
		out := newOutput(f, env)
		out.encode(notBegunEvent{"refused", err.Error()})
		return errFirst(out.broken, err)
	}
	return err
}

// exportCaches plans an export, and carries it out. Of what keeps it from beginning, an error is not printed yet.
func exportCaches(ctx context.Context, f *flags, env Env, kinds []*export.Kind) error {
	order, err := parseExport(f, kinds)
	if err != nil {
		return err
	}
	found := findInputs(kinds, order, f.args)
	plan, err := order.Plan()
	if err != nil {
		return refusedPlan(order, err)
	}
	printNotes(env.Stderr, f.args[0], found.Notes)
	if len(plan.Jobs) == 0 && order.Shard.Of == 0 {
		return fmt.Errorf("none of these frames exists: %s", f.text("frames"))
	}
	if err := seek(ctx, f, env, plan); err != nil {
		return refusedPlan(order, err)
	}
	out := newOutput(f, env)
	if f.isSet("dry-run") {
		if err := plan.Look(); err != nil {
			return refusedPlan(order, err)
		}
		if err := errFirst(plan.Try(), out.check(plan)); err != nil {
			return notBegun(err)
		}
		foresee(ctx, f, env, plan)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return out.plan(plan)
	}
	if err := plan.Prepare(); err != nil {
		return notBegun(refusedPlan(order, err))
	}
	if err := out.check(plan); err != nil {
		return notBegun(err)
	}
	return carryOut(ctx, f, env, plan, out)
}

// foresee has the jobs of a dry run fail whose frames the condition or a derived attribute makes no sense of, as they would
// in the run. It reads the frames only if there are such expressions.
func foresee(ctx context.Context, f *flags, env Env, plan *export.Plan) {
	change := &plan.Options.Change
	if change.Where == "" && len(change.Derive) == 0 {
		return
	}
	pool := newPool(f, env, len(plan.Jobs))
	defer pool.Close()
	forEach(ctx, pool, len(plan.Jobs), len(pool.Stats().Workers), func(i int) *jobs.Request {
		j := &plan.Jobs[i]
		if j.Err != nil || j.Skip != "" {
			return nil
		}
		return &jobs.Request{Task: jobs.Load, Source: j.Inputs[0].Source, Converted: j.Inputs[0].Converted}
	}, func(i int, r *jobs.Result) {
		if r == nil {
			return
		}
		j := &plan.Jobs[i]
		in := &j.Inputs[0]
		if r.Err != nil {
			j.Err = in.Explain(r.Err)
			return
		}
		defer r.Frame.Close()
		if err := reshape.Bind(expr.Frame{Frame: r.Frame, Number: j.Number, FPS: change.FPS}, change); err != nil {
			j.Err = fmt.Errorf("%w: %s", err, in.Name)
		}
	})
}

// notBegun is an error that nothing was begun of, which programs know by the exit status.
func notBegun(err error) error {
	var usage *usageError
	if errors.As(err, &usage) {
		return err
	}
	return &usageError{text: err.Error(), world: true}
}

// seek is an error if an attribute is named that no frame has.
func seek(ctx context.Context, f *flags, env Env, plan *export.Plan) error {
	if !plan.Options.Seeks() {
		return nil
	}
	pool := newPool(f, env, 1)
	defer pool.Close()
	return plan.Seek(ctx, pool)
}

// refusedPlan is why nothing is begun, as a mistake on the command line where it is one.
func refusedPlan(order *export.Order, err error) error {
	var refused *export.Refused
	switch {
	case errors.Is(err, export.ErrNoFolder):
		return usagef("--to %s needs a folder to write to: -o DIR", order.Kind.Name)
	case errors.As(err, &refused) && refused.Exist:
		return usagef("%v: add --overwrite, --skip or --rename", err)
	case errors.As(err, &refused):
		return usagef("%v", err)
	}
	return err
}

// about is the one of some arguments that an error names last; if it names none, what it does name.
func about(err error, args []string) string {
	text := err.Error()
	for _, arg := range args {
		if strings.HasSuffix(text, ": "+arg) {
			return arg
		}
	}
	return strings.TrimSpace(text[strings.LastIndex(text, ": ")+1:])
}

// findInputs finds the files of an order. All arguments are looked at together, so that a source and its
// .sih5 are one file.
func findInputs(kinds []*export.Kind, order *export.Order, args []string) *cache.Found {
	finder := cache.Finder{Made: func(name string) bool { return export.Makes(kinds, name) }}
	found, err := finder.Discover(args...)
	for _, e := range split(err) {
		why := asWritten(e, args...)
		order.Inputs = append(order.Inputs, input{Name: about(why, args), Err: why})
	}
	for i, s := range found.Sequences {
		for _, file := range s.Frames {
			in := export.InputOf(file, shown(args[0], file.Path()))
			in.Sequence, in.Stem = i, s.Stem()
			order.Inputs = append(order.Inputs, in)
		}
	}
	return &found
}
