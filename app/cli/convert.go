package cli

import (
	"context"
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
are skipped. A .sih5 has the rights and the group of its source. One that others could
have written who can neither write its source nor replace it is not believed, but
written anew, as is one that is a link or lies in a folder that is a link. Nothing is
written into a .sih5 folder that is a link unless -o names it.

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
			f.bool("verify", "read each .sih5 back from the disk and compare all values with\nthe source's; those that are up to date too")
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
	kinds := export.Caches(env.Formats)
	order, err := parseConversion(f, kinds)
	if err != nil {
		return err
	}
	like := f.args[0]
	found := findInputs(kinds, order, f.args)
	plan, err := order.Plan()
	if err != nil {
		return refusedPlan(order, err)
	}
	if f.isSet("prune") {
		found.Notes = slices.DeleteFunc(found.Notes, func(n cache.Note) bool { return n.Gone })
	}
	printNotes(env.Stderr, like, found.Notes)
	err = runPlan(ctx, f, env, plan, newTeller(env))
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
	if f.isSet("verify") && kind.Name != "sih5" {
		return nil, usagef("--verify is for .sih5: leave out --to")
	}
	existing := export.Skip
	if f.isSet("force") {
		existing = export.Replace
	}
	dir, err := folder(f)
	return &export.Order{Kind: kind, Dir: dir, Options: export.Options{Chosen: chosen, Existing: existing, Verify: f.isSet("verify"), Hint: "--force writes it again"}}, err
}

// runPlan has workers make the files of a plan, and says what became of them.
func runPlan(ctx context.Context, f *flags, env Env, plan *export.Plan, out *teller) error {
	if err := plan.Prepare(); err != nil {
		return refusedPlan(&plan.Order, err)
	}
	return carryOut(ctx, f, env, plan, out)
}

// carryOut is runPlan of a plan that is prepared.
func carryOut(ctx context.Context, f *flags, env Env, plan *export.Plan, out *teller) error {
	pool := newPool(f, env, len(plan.Jobs))
	defer pool.Close()
	for i := range plan.Jobs {
		if j := &plan.Jobs[i]; j.Err == nil && j.Skip == "" {
			expect(pool, j.Inputs...)
			pool.Expect(j.Inputs[0].Path(), j.Target)
		}
	}
	loop := export.NewLoop()
	var run *export.Run
	draw := func() {
		if run != nil { // else nothing is written yet
			out.line.show(run.Progress())
		}
	}
	run = export.Start(ctx, plan, &export.Pool{Plan: plan, Pool: pool}, export.RunOptions{
		Width: window(pool), Post: loop.Post, Stepped: draw,
		Told: func(r *export.Report, i int, j *export.Job, o *export.Outcome) {
			out.told(r, i, j, o)
			draw()
		},
	})
	loop.Until(run.Ended)
	plan.Tidy()
	if err := out.ended(run.Report()); err != nil {
		return err
	}
	if f.isSet("stats") {
		writeStats(env.Stderr, pool.Stats())
	}
	if !run.Report().OK() {
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
		for _, err := range o.Further {
			env.say("%s", err)
		}
	case o.Bypassed != nil || len(o.Notes) > 0:
		line.clear()
		warnBypassed(env.Stderr, o.Bypassed)
		warn(env.Stderr, &j.Inputs[0], o.Notes)
	}
}
